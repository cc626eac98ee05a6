"""What may stay of a page's texts, names and addresses in a report that may be shared.

Text is kept only for a reason: if it is a label of the word lists, a date or an amount, or on a
button, a link to a dispute or a status line, since reports exist to learn new words; a word there
that reads like a name is masked all the same. A number of an order, line or dispute becomes a
made-up one, the same wherever it stands. Everywhere else each letter becomes ``x`` and each digit
``0``, so lengths and formats stay readable.
"""

from __future__ import annotations

import re
from enum import IntEnum
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, parse_qsl, urlsplit

from msgspec import Struct, field

from automation.aliexpress.pages.redaction.masks import StandIns, mask
from automation.aliexpress.pages.redaction.name_like import names_in, reads_like_a_name
from automation.aliexpress.pages.redaction.private_parts import words_of
from automation.aliexpress.pages.snapshot import LONG_NUMBER
from automation.aliexpress.pages.text.amounts import amount_spans
from automation.aliexpress.pages.text.dates import date_spans
from automation.aliexpress.site.addresses import is_site_host
from automation.aliexpress.site.words import WordList, fold

if TYPE_CHECKING:
    from collections.abc import Callable

    from automation.aliexpress.pages.redaction.private_parts import PrivateParts
    from automation.aliexpress.site import Hooks, SiteMap, WordPack

_NAME = re.compile(r"[A-Za-z_.-]{1,40}")
_PART = re.compile(r"[^\W_]+")
# A word with its marks: everything but white space and the punctuation of ASCII.
_TOKEN = re.compile(r"[^\s!-/:-@\[-`{-~]+")
_LONG_NUMBER = re.compile(r"\d{4,}")
# A key or token: letters among digits (the hash of a CSS module is shorter), or capitals among
# small letters, as no name is written.
_KEY = re.compile(
    r"(?=\w{8})(?=(?:[^\W\d_]*\d){2}).*[^\W\d_].*|(?:[a-z]*[A-Z]){5,}[a-z]+[A-Za-z]*|eyJ\w+|\w{31,}"
)
_MOST_DIGITS = re.compile(r"\d{9,}")
_GROUP_BEFORE = re.compile(r"\d[ -]?$")
_UNSPACED = re.compile(r"\S+")
_OWN_PATH = re.compile(r"/(p|issue|h5)/", re.IGNORECASE)
# Words of the site's own paths (site facts, section 1), and plain ones that may stand beside them.
_PATH_WORDS = frozenset((
    "p", "h5", "issue", "fastissue", "order", "orders", "index", "detail", "details", "list", "html",
    "htm", "refund", "dispute", "disputes", "reverse", "pages", "page", "account", "login", "ug", "info",
    "apply", "application", "result", "progress", "return", "case", "view", "home", "main",
))  # fmt: skip
LONGEST_LABEL = 80
_SHORTEST_PART = 6


class Keep(IntEnum):
    """How much of a text is kept."""

    NOTHING = 0
    KNOWN_LABELS = 1
    KNOWN_WORDS = 2
    WORDS = 3
    SENTENCES = 4


class Redactor(Struct, frozen=True):
    """Removes the private parts of texts, names and addresses.

    Args:
        numbers: what is written for a number of an order, line or dispute.
        in_full: names of hooks whose sentences are kept, but for the private parts in them.
    """

    site: SiteMap
    private: PrivateParts
    numbers: StandIns = field(default_factory=StandIns)
    in_full: tuple[str, ...] = ()

    @property
    def hooks(self) -> Hooks:
        """Where the parts of a page are."""
        return self.site.hooks

    def text(self, text: str, keep: Keep, words: WordPack | None = None) -> str:
        """A text of the same length, masked except for what may be kept.

        Args:
            words: of the page's language, for its dates.
        """
        if keep is Keep.NOTHING:
            return mask(text)
        folded = fold(text).rstrip(" .!…:")
        if folded in self.private.known:
            return text
        whole = keep is Keep.SENTENCES or (keep is Keep.WORDS and len(text) <= LONGEST_LABEL)
        if whole and not self._names_goods(folded):
            in_full = keep is Keep.SENTENCES
            return self._words(text, words, known_only=False, in_full=in_full)
        if keep >= Keep.KNOWN_WORDS and not self._names_goods(folded):
            return self._words(text, words, known_only=True)
        label, colon, rest = text.partition(":")
        if colon and fold(label) in self.private.known:
            return label + colon + self._figures(rest, words, mask)
        return self._figures(text, words, mask)

    def _figures(self, text: str, words: WordPack | None, other: Callable[[str], str]) -> str:
        """Keep dates and amounts, replace numbers of orders, and give the rest to ``other``."""
        amounts = [span for span in amount_spans(text) if _is_money(text, span)]
        spans = [*date_spans(text, words or self.site.pack("en")), *amounts]
        kept = {
            span: text[slice(*span)] for span in spans if not LONG_NUMBER.search(text[slice(*span)])
        }
        kept |= {found.span(): self.numbers.of(found[0]) for found in LONG_NUMBER.finditer(text)}
        out, at = [], 0
        for (start, end), shown in sorted(kept.items()):
            if start >= at:
                out += [other(text[at:start]), shown]
                at = end
        return "".join([*out, other(text[at:])])

    def structure(self, value: str) -> str:
        """A class name, id or role without numbers that could be ids and without names."""

        def one(match: re.Match[str]) -> str:
            word = match[0]
            known = self.private.structure
            secret = self.private.names_somebody(word)
            secret = secret or reads_like_a_name(word, known | self.private.vocabulary)
            if secret or not word.isascii() or _KEY.fullmatch(word):
                return mask(word)
            return _LONG_NUMBER.sub(lambda m: "0" * len(m[0]), word)

        return _PART.sub(one, value)

    def identity(self, value: str) -> str:
        """An id: only words of the hooks; others may name somebody."""
        known = self.private.structure
        return _PART.sub(lambda m: m[0] if fold(m[0]) in known else mask(m[0]), value)

    def address(self, value: str) -> str:
        """An address with its path, if it is the site's own, and the names in its query."""
        try:
            parts = urlsplit(value)
        except ValueError:
            return mask(value)
        if parts.scheme not in {"", "http", "https"}:
            return f"{self.structure(parts.scheme)}:{mask(parts.path)}"
        host = f"{parts.scheme}://{_host(parts)}" if parts.netloc else ""
        own = _OWN_PATH.match(parts.path)
        path = _PART.sub(_path_word, parts.path) if own else mask(parts.path)
        pairs = parse_qsl(parts.query, keep_blank_values=True)
        query = "&".join(f"{self._name(name)}={self._value(value)}" for name, value in pairs)
        return host + path + (f"?{query}" if query else "")

    def _name(self, name: str) -> str:
        return self.structure(name) if _NAME.fullmatch(name) else mask(name)

    def _value(self, value: str) -> str:
        return self.numbers.of(value) if LONG_NUMBER.fullmatch(value) else mask(value)

    def _names_goods(self, folded: str) -> bool:
        part = len(folded) >= _SHORTEST_PART
        return any(p in folded or (part and folded in p) for p in self.private.phrases)

    def _words(
        self, text: str, words: WordPack | None, *, known_only: bool, in_full: bool = False
    ) -> str:
        """Keep words, dates and amounts, but no other numbers, mail addresses or names."""
        counts = words is not None and bool(WordList(words.edits).found_in(text))
        lang = words.lang if words else "en"
        names = frozenset[str]() if in_full else names_in(text, lang, self.private.vocabulary)

        def one(match: re.Match[str]) -> str:
            token = match[0]
            parts = words_of(token)
            if counts and len(token) == 1 and token.isdecimal():
                return token  # how many edits are left
            hidden = self.private.words | names
            secret = any(part in hidden or _has_digit(part) for part in parts)
            secret = secret or any(_KEY.fullmatch(part) for part in _PART.findall(token))
            unknown = known_only and not self.private.vocabulary.issuperset(parts)
            return mask(token) if secret or unknown else token

        without_mail = _UNSPACED.sub(_without_mail, text)
        return self._figures(without_mail, words, lambda part: _TOKEN.sub(one, part))


def _is_money(text: str, span: tuple[int, int]) -> bool:
    """False for a number that is too long, or the end of one written in groups."""
    start, end = span
    return not (_MOST_DIGITS.search(text[start:end]) or _GROUP_BEFORE.search(text[:start]))


def _host(parts: SplitResult) -> str:
    """The host, if it is the site's or this machine; never its port or who signs in to it."""
    try:
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return mask(parts.netloc)
    own = is_site_host(host) or host in {"127.0.0.1", "localhost"}
    shown = _PART.sub(_host_word, host) if own else mask(host)
    return f"{shown}:{mask(str(port))}" if own and port else shown


def _host_word(word: re.Match[str]) -> str:
    return mask(word[0]) if _KEY.fullmatch(word[0]) else word[0]


def _path_word(word: re.Match[str]) -> str:
    return word[0] if word[0].casefold() in _PATH_WORDS else mask(word[0])


def _has_digit(text: str) -> bool:
    return any(char.isdigit() for char in text)


def _without_mail(word: re.Match[str]) -> str:
    return mask(word[0]) if "@" in word[0] else word[0]
