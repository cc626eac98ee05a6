"""Whether an address that ends like a file's is one, or a call of the site's interface."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from msgspec import Struct

from automation.engine.guard.requests.tokens import has_any, tokens

if TYPE_CHECKING:
    from automation.engine.guard.requests.payload import Pair, Payload
    from automation.engine.guard.traffic import Traffic

_ID: Final = re.compile(r"(?<![0-9A-Za-z])\d{15,19}(?![0-9A-Za-z])")
_COMBO_ITEM: Final = re.compile(r"[\w./@~-]+\.(?:js|css)")
_CALLBACK_KEYS: Final = frozenset(
    {"callback", "jsonp", "jsonpcallback", "jsoncallback", "cb", "jsonp_callback", "json_callback"}
)
_FILE_KEYS: Final = frozenset(
    {
        "v", "ver", "version", "t", "ts", "_", "r", "rnd", "h", "hash", "m", "md5", "lang", "locale", "region",
        "build", "spm", "_v", "__v",
    }
)  # fmt: skip


class FileAddress(Struct, frozen=True):
    """The address of what may be a file.

    Args:
        payload: the decoded address.
        on_files_host: the host serves files alone, so its paths are names, whatever they say.
    """

    url: str
    payload: Payload
    traffic: Traffic
    on_files_host: bool

    def looks_right(self, endings: tuple[str, ...], *, asked_by_page: bool) -> bool:
        """Whether the address looks like a file's.

        Args:
            endings: those of files of this type.
            asked_by_page: a script of the page asks for it. Then it may only be data: from a host
                of files, or texts in JSON; an address that ends in ``.js`` proves nothing there.
        """
        path = self.payload.path.casefold()
        if asked_by_page and not (self.on_files_host or path.endswith(".json")):
            return False
        if any(pair.key.casefold() in _CALLBACK_KEYS for pair in self.payload.pairs):
            return False  # a script that calls back is the answer of a call
        return bool(self._joined) or path.endswith(endings)

    def has_id(self) -> bool:
        """Whether a value of the query is the id of anything."""
        return any(_ID.search(pair.value) for pair in self.payload.pairs)

    def path_has_id(self) -> bool:
        """Files have names; a path with the id of something is a call about it."""
        return not self.on_files_host and bool(_ID.search(self.payload.path))

    def write(self) -> str:
        """The write word that counts; the path of a file may contain any.

        It counts with a query that has more than the version of a file, and in data that the
        site may make when it is asked for.
        """
        more = any(pair.key.casefold() not in _FILE_KEYS for pair in self.query)
        if self._is_surely_a_file() and not more:
            return ""
        query = (text for pair in self.query for text in (pair.key, pair.value))
        path = "" if self.on_files_host else self.payload.path
        words = (word for text in (path, *query) for word in tokens(text, self.traffic))
        return has_any(words, self.traffic.all_write_words)

    def odd(self) -> str:
        """What makes the address that of a call; an empty text if nothing does."""
        if ";" in self.payload.path:
            return "a parameter in its path"
        if not self.on_files_host and (said := self._odd_folder()):
            return said
        saying = self.traffic.content_keys | self.traffic.id_words
        for pair in self.query:
            words = set(tokens(pair.key, self.traffic))
            if pair.holder or (pair.value and words & saying):
                return "content"
        return ""

    @property
    def query(self) -> tuple[Pair, ...]:
        """What the address asks for, without the names of files that it joins."""
        joined, pairs = self._joined, self.payload.pairs
        return tuple(each for each in pairs if not joined or not _names_files(each, joined))

    @property
    def _joined(self) -> str:
        """The files that one address asks for together (``??a.js,b.js?t=1``); empty if none."""
        query = urlsplit(self.url).query
        files, _, _ = query.removeprefix("?").partition("?")
        joins = query.startswith("?") and all(map(_COMBO_ITEM.fullmatch, files.split(",")))
        return files if joins else ""

    def _odd_folder(self) -> str:
        for path in (self.payload.path, *self._joined.split(",")):
            *folders, _ = path.casefold().split("/")
            if set(folders) & self.traffic.api_folders:
                return "a folder of calls"
            for before, folder in pairwise(folders):
                if folder.isdigit() and set(tokens(before, self.traffic)) & self.traffic.id_words:
                    return "the number of something"
        return ""

    def _is_surely_a_file(self) -> bool:
        """True for scripts and styles; data may be generated, unless it is in a folder of files."""
        path = self.payload.path.casefold()
        folders = set(path.split("/")[1:-1])
        in_folder = bool(self.traffic.file_folders & folders)
        return not path.endswith(".json") or in_folder or self.on_files_host


def _names_files(pair: Pair, files: str) -> bool:
    """Whether a query's pair only names the files, perhaps with a version behind them."""
    named, _, version = pair.key.removeprefix("?").partition("?")
    return named == files and (version.casefold() in _FILE_KEYS or not version)


def names_something(payload: Payload, traffic: Traffic) -> bool:
    """Whether the query names what to act on: a key of an id, or a number under a key of an order."""
    wanted = traffic.id_words | {"id", "ids", "no"}
    return any(pair.value and wanted & set(tokens(pair.key, traffic)) for pair in payload.pairs)
