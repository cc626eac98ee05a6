"""Read the file in which a user corrects or adds to what is known of the site.

It is TOML: the words of one language at the top level (``lang`` and its lists), those of
several below ``[words.LANG]``, selectors below ``[hooks]``, and calls and pages below
``[traffic]``. Whatever it has wrong is one line that names the place and the nearest name.
"""

from __future__ import annotations

import re
import tomllib
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

from msgspec import Struct, field
from msgspec.structs import replace
from selectolax.lexbor import LexborHTMLParser, SelectolaxError

from automation.errors import ErrorCode, ExitCode, ToolError
from automation.text import clean_text, first_line, system_words

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
    from pathlib import Path

    Table = Mapping[str, object]
    _Check = Callable[[str], str]

TRAFFIC: Final = (
    "reads", "pages", "human_pages", "permitted_apis", "allowed_reads", "telemetry_words",
    "opaque_keys",
)  # fmt: skip
_MOST: Final = 256 * 1024
_PARTS: Final = ("hooks", "traffic", "words")
_LONGEST: Final = 60
_ONE_NAME: Final = r"""(?:[\w-]+|"[^"]*"|'[^']*')"""
_KEY_NAME: Final = re.compile(_ONE_NAME)
_DOTTED: Final = rf"{_ONE_NAME}(?:\s*\.\s*{_ONE_NAME})*"
_HEADER: Final = re.compile(rf"\s*\[{{1,2}}\s*({_DOTTED})\s*\]")
_KEY: Final = re.compile(rf"\s*({_DOTTED})\s*=")
HINT: Final = 'write TOML: lang = "en", then lists below [labels] or [dispute_status]'


class UserFile(Struct, frozen=True):
    """The checked parts of a user's file; each pack still has to fit the schema of words.

    Args:
        packs: words of a language; ``places`` has the table in which each stands.
        within: the table that a problem is in.
    """

    path: Path
    packs: tuple[Table, ...] = ()
    places: tuple[tuple[str, ...], ...] = ()
    hooks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    traffic: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    text: str = ""
    within: tuple[str, ...] = ()

    @property
    def by_pack(self) -> Iterator[tuple[UserFile, Table]]:
        """Each pack, with this file for the problems in it."""
        for place, pack in zip(self.places, self.packs, strict=True):
            yield replace(self, within=place), pack

    def refuse(self, problem: str, hint: str = HINT, *, at: Sequence[str] = ()) -> ToolError:
        """The error for something wrong in this file.

        Args:
            problem: what is wrong.
            hint: what to write instead.
            at: the names that lead to it, whose line is shown.
        """
        line = _line_of(self.text, (*self.within, *at)) if at else 0
        where = f"{self.path}, line {line}" if line else str(self.path)
        return ToolError(
            f"invalid site data {where}: {problem}",
            code=ErrorCode.BAD_WORDS_FILE,
            exit_code=ExitCode.USAGE,
            hint=hint,
        )


def check_user_file(path: Path, text: str, hooks: Collection[str]) -> UserFile:
    """Check the text of a file.

    Args:
        path: the user's file, for messages.
        text: its content.
        hooks: the names that a selector can have.

    Raises:
        ToolError: it is no TOML, or has an unknown part (exit 2).
    """
    empty = UserFile(path, text=text)
    try:
        told = tomllib.loads(text)
    except ValueError as error:
        raise empty.refuse(first_line(str(error))) from error
    words = _table(empty, told, "words")
    named = [{"lang": lang, **_table(empty, words, lang, "words")} for lang in words]
    top = {key: value for key, value in told.items() if key not in _PARTS}
    return UserFile(
        path,
        packs=tuple([top] if top else []) + tuple(named),
        places=tuple([()] if top else []) + tuple(("words", lang) for lang in words),
        hooks=_lists(empty, _table(empty, told, "hooks"), hooks, "hooks", _selector),
        traffic=_lists(empty, _table(empty, told, "traffic"), TRAFFIC, "traffic", _name),
        text=text,
    )


def nearest(name: str, known: Collection[str]) -> str:
    """What to add to an error about an unknown name: the nearest one that there is."""
    close = get_close_matches(name, known, 1)
    return f"; did you mean {close[0]}?" if close else ""


def read_text(path: Path) -> str:
    """The text of a user's file.

    Raises:
        ToolError: it is missing, too large or not UTF-8 (exit 2).
    """
    nothing = UserFile(path)
    try:
        with path.open("rb") as file:
            raw = file.read(_MOST + 1)
    except OSError as error:
        raise nothing.refuse(system_words(error)) from error
    if len(raw) > _MOST:
        raise nothing.refuse("it is larger than 256 KiB")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise nothing.refuse("it is not UTF-8 text") from error


def _table(file: UserFile, told: Table, name: str, *inside: str) -> Table:
    found = told.get(name, {})
    if not isinstance(found, dict):
        raise file.refuse(f"{name} is not a table", at=[*inside, name])
    return found


def _lists(
    file: UserFile, told: Table, known: Collection[str], part: str, check: _Check
) -> dict[str, tuple[str, ...]]:
    """The lists of one part, with every name and entry checked."""
    for name, value in told.items():
        shown = clean_text(name, _LONGEST)
        if name not in known:
            problem = f"[{part}] has an unknown name, {shown}{nearest(name, known)}"
            raise file.refuse(problem, f"use one of {', '.join(sorted(known))}", at=[part, name])
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            raise file.refuse(f"{part}.{shown} is not a list of texts", at=[part, name])
        for each in value:
            if problem := check(each):
                said = clean_text(each, _LONGEST)
                raise file.refuse(f"{part}.{shown} has {said!r}, {problem}", at=[part, name])
    return {name: tuple(value) for name, value in told.items() if isinstance(value, list)}


def _selector(text: str) -> str:
    """What is wrong with a CSS selector; an empty text if nothing is."""
    if not _is_css(text):
        return "which is no CSS selector"
    # The end of a list closes what is open, and so the other selectors would be inside it.
    return "which is not closed" if any(_is_css(text + close) for close in ")]") else ""


def _is_css(text: str) -> bool:
    try:
        LexborHTMLParser("<p>").css(text)
    except SelectolaxError:
        return False
    return True


def _name(text: str) -> str:
    return "" if text.strip() else "which is empty"


def _line_of(text: str, path: tuple[str, ...]) -> int:
    """The line of the key or table at a path, or of the nearest one around it; 0 if there is none."""
    table: tuple[str, ...] = ()
    found, deepest = 0, 0
    for number, line in enumerate(text.splitlines(), 1):
        if header := _HEADER.match(line):
            here = table = _names(header[1])
        elif key := _KEY.match(line):
            here = (*table, *_names(key[1]))
        else:
            continue
        depth = min(len(here), len(path))
        if depth > deepest and here[:depth] == path[:depth]:
            found, deepest = number, depth
    return found


def _names(dotted: str) -> tuple[str, ...]:
    return tuple(name.strip("\"'") for name in _KEY_NAME.findall(dotted))
