"""Remove a page's personal data but keep its structure, for a report that may be shared.

Text is kept only for a reason: if it is a label of the word lists, a date or an amount, or on a
button, a link to a dispute or a status line, since reports exist to learn new words; a word there
that reads like a name is masked all the same. A number of an order, line or dispute becomes a
made-up one, the same wherever it stands. Everywhere else each letter becomes ``x`` and each digit
``0``, so lengths and formats stay readable.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from enum import IntEnum
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, parse_qsl, urlsplit

from automation.aliexpress.pages.redaction.name_like import names_in, reads_like_a_name
from automation.aliexpress.pages.redaction.private_parts import contact_blocks, words_of
from automation.aliexpress.pages.snapshot import LONG_NUMBER, ancestors, text_of
from automation.aliexpress.pages.text.amounts import amount_spans
from automation.aliexpress.pages.text.dates import date_spans
from automation.aliexpress.site.addresses import is_dispute_page, is_site_host
from automation.aliexpress.site.words import WordList, fold

if TYPE_CHECKING:
    from collections.abc import Callable

    from selectolax.lexbor import LexborNode

    from automation.aliexpress.pages.redaction.private_parts import PrivateParts
    from automation.aliexpress.pages.snapshot import Snapshot
    from automation.aliexpress.site import Hooks, SiteMap, WordPack

_NAMES = ("class", "data-pl")
_IDS = ("id",)
_KINDS = {
    "role": frozenset((
    "alert", "alertdialog", "article", "banner", "button", "cell", "checkbox", "columnheader", "combobox",
    "complementary", "contentinfo", "dialog", "feed", "figure", "form", "grid", "gridcell", "group",
    "heading", "img", "link", "list", "listbox", "listitem", "log", "main", "menu", "menubar", "menuitem",
    "navigation", "none", "note", "option", "presentation", "progressbar", "radio", "radiogroup", "region",
    "row", "rowgroup", "rowheader", "search", "status", "switch", "tab", "table", "tablist", "tabpanel",
    "textbox", "timer", "toolbar", "tooltip", "tree",
)),
    "type": frozenset((
    "button", "checkbox", "email", "number", "password", "radio", "reset", "search", "submit", "tel", "text",
)),
}  # fmt: skip
_STRUCTURE = (*_NAMES, *_IDS, *_KINDS)
_WORDS = ("title", "aria-label", "value")
_FLAGS = ("disabled", "open", "aria-disabled", "data-dg-hidden", "data-dg-press")
_ADDRESSES = ("href", "src")
_VOID = frozenset(("br", "hr", "img", "input", "source", "track", "wbr", "col", "area"))
_TAG = re.compile(r"h[1-6]|[a-z]+(?:-[a-z]+)*")
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
_HEADINGS = "h1, h2, h3, h4, h5, h6, [role='heading'], legend, th, dt"
_UNSPACED = re.compile(r"\S+")
_OWN_PATH = re.compile(r"/(p|issue|h5)/", re.IGNORECASE)
# Words of the site's own paths (site facts, section 1), and plain ones that may stand beside them.
_PATH_WORDS = frozenset(
    (
        "p",
        "h5",
        "issue",
        "fastissue",
        "order",
        "orders",
        "index",
        "detail",
        "details",
        "list",
        "html",
        "htm",
        "refund",
        "dispute",
        "disputes",
        "reverse",
        "pages",
        "page",
        "account",
        "login",
        "ug",
        "info",
        "apply",
        "application",
        "result",
        "progress",
        "return",
        "case",
        "view",
        "home",
        "main",
    )
)
_STATUS_HOOKS = (
    "dispute_status",
    "dispute_steps",
    "order_status",
    "card_status",
    "card_dispute",
    "modal_title",
)
_LONGEST_LABEL = 80
_SHORTEST_PART = 6


class Keep(IntEnum):
    """How much of a text is kept."""

    NOTHING = 0
    KNOWN_LABELS = 1
    KNOWN_WORDS = 2
    WORDS = 3
    SENTENCES = 4


@dataclass
class StandIns:
    """Made-up numbers for those of orders, lines and disputes, each always the same.

    All numbers of one buyer end in the same digits (site facts, section 9), and so do these.
    """

    known: dict[str, str] = field(default_factory=dict)

    def of(self, number: str) -> str:
        """The made-up number of the same length."""
        if number not in self.known:
            self.known[number] = f"{'819'.ljust(len(number) - 8, '0')}{len(self.known) + 1:04}0413"
        return self.known[number]


@dataclass(frozen=True)
class Written:
    """A redacted page.

    Args:
        html: the whole document.
        texts: what became of each text that was kept in part, with single spaces.
    """

    html: str
    texts: dict[str, str]


@dataclass(frozen=True)
class Redactor:
    """Writes pages without the private parts.

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

    def page(self, snapshot: Snapshot) -> str:
        """A snapshot as a whole HTML document that may be shared."""
        return self.written(snapshot).html

    def written(self, snapshot: Snapshot) -> Written:
        """A snapshot as a whole HTML document, and what became of its texts."""
        lang = (
            snapshot.lang
            if re.fullmatch(r"[A-Za-z]{2,3}([-_][A-Za-z]{2,4})?", snapshot.lang)
            else ""
        )
        title = escape(self.text(snapshot.title, Keep.KNOWN_LABELS))
        body = snapshot.tree.body
        writer = _Writer(self, snapshot)
        inner = writer.children(body) if body else ""
        html = (
            f'<!doctype html>\n<html lang="{lang}">\n<head><meta charset="utf-8">'
            f"<title>{title}</title></head>\n<!-- {escape(self.address(snapshot.address)).replace('--', '-')} -->\n"
            f"<body>{inner}</body>\n</html>\n"
        )
        return Written(html, writer.texts)

    def headings(self, snapshot: Snapshot) -> tuple[str, ...]:
        """What names the parts of a page, redacted: headings first, then buttons."""
        page = snapshot.without(
            ", ".join(self.hooks.css(name) for name in ("furniture", "personal", "messages"))
        )
        contacts = {node.mem_id for node in contact_blocks(page, self.hooks)}
        found = [
            text_of(node)
            for css in (_HEADINGS, self.hooks.css("buttons"))
            for node in page.select(css)
            if not any(each.mem_id in contacts for each in (node, *ancestors(node)))
        ]
        # Behind a comma, a heading may address the buyer.
        short = (text.partition(",")[0] for text in found if len(text) <= _LONGEST_LABEL)
        pack = self.site.pack(snapshot.lang)
        kept = (self.text(text, Keep.WORDS, pack) for text in short)
        return tuple(dict.fromkeys(text for text in kept if text.strip("x0 .,:;!?-/()")))

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
        whole = keep is Keep.SENTENCES or (keep is Keep.WORDS and len(text) <= _LONGEST_LABEL)
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
            secret = fold(word) in (self.private.words | self.private.names) - known
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


class _Writer:
    """Writes the elements of one snapshot."""

    def __init__(self, redactor: Redactor, snapshot: Snapshot) -> None:
        self._redactor = redactor
        self._pack = redactor.site.pack(snapshot.lang)
        self.texts: dict[str, str] = {}
        hooks = redactor.hooks
        self._personal = _ids(snapshot, hooks.css("personal")) | {
            node.mem_id for node in contact_blocks(snapshot, hooks)
        }
        self._furniture = _ids(snapshot, hooks.css("furniture"))
        self._messages = _ids(snapshot, hooks.css("messages"))
        self._in_full = {i for name in redactor.in_full for i in _ids(snapshot, hooks.css(name))}
        controls = [
            n for n in snapshot.select(hooks.css("buttons")) if len(text_of(n)) <= _LONGEST_LABEL
        ]
        links = [
            n
            for n in snapshot.select(hooks.css("dispute_link"))
            if is_dispute_page(n.attributes.get("href") or "")
        ]
        self._labels = {n.mem_id for n in (*controls, *links)}
        for name in _STATUS_HOOKS:
            self._labels |= _ids(snapshot, hooks.css(name))

    def children(self, node: LexborNode) -> str:
        """Write the elements inside one; without recursion, since pages may be deep."""
        out: list[str] = []
        todo: list[LexborNode | str] = _inside(node)
        while todo:
            part = todo.pop()
            if isinstance(part, str):
                out.append(part)
            elif part.tag == "-text":
                out.append(escape(self._text(part.text_content or "", part), quote=False))
            elif part.tag and _TAG.fullmatch(part.tag):
                out.append(self._start(part))
                if part.tag not in _VOID:
                    todo += [f"</{part.tag}>", *_inside(part)]
        return "".join(out)

    def _text(self, text: str, node: LexborNode) -> str:
        """The redacted text; for pictures, the strictest one counts where it stands twice."""
        shown = self._redactor.text(text, self._keep(node), self._pack)
        if plain := " ".join(text.split()):
            self.texts[plain] = min(self.texts.get(plain, shown), shown, key=_readable)
        return shown

    def _start(self, node: LexborNode) -> str:
        keep = self._keep(node)
        attributes = node.attributes
        written = []
        for name in (*_STRUCTURE, *_ADDRESSES, *_WORDS, *_FLAGS):
            if name not in attributes:
                continue
            value = attributes[name] or ""
            if name in _STRUCTURE:
                value = self._structure(name, value)
            elif name in _ADDRESSES:
                value = self._redactor.address(value)
            elif name in _WORDS:
                value = self._redactor.text(value, keep, self._pack)
            else:
                value = value if value in {"true", "false"} else ""
            written.append(f' {name}="{escape(value)}"')
        return f"<{node.tag}{''.join(written)}>"

    def _structure(self, name: str, value: str) -> str:
        if name in _KINDS:
            return value if value in _KINDS[name] else mask(value)
        if "@" in value or "%" in value:
            return mask(value)
        return self._redactor.identity(value) if name in _IDS else self._redactor.structure(value)

    def _keep(self, node: LexborNode) -> Keep:
        """How much of a text to keep; the strictest part around it decides."""
        around = {node.mem_id, *(a.mem_id for a in ancestors(node))}
        if around & self._personal:
            return Keep.NOTHING
        if around & self._furniture:
            return Keep.KNOWN_LABELS
        if around & self._in_full:
            return Keep.SENTENCES
        if around & self._labels:
            return Keep.WORDS
        return Keep.KNOWN_LABELS if around & self._messages else Keep.KNOWN_WORDS


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


def _readable(text: str) -> int:
    """How many letters and digits of a redacted text say something."""
    return sum(char.isalnum() and char not in "x0" for char in text)


def _without_mail(word: re.Match[str]) -> str:
    return mask(word[0]) if "@" in word[0] else word[0]


def mask(text: str) -> str:
    """Replace letters and their marks by ``x`` and digits by ``0``."""
    return "".join(map(_masked, text))


def _masked(char: str) -> str:
    if char.isspace():
        return " "
    kind = unicodedata.category(char)[0]
    if kind == "N":
        return "0"
    return char if kind in "PS" and char.isascii() else "x"


def _ids(snapshot: Snapshot, css: str) -> set[int]:
    return {node.mem_id for node in snapshot.select(css)}


def _inside(node: LexborNode) -> list[LexborNode | str]:
    """The child nodes, last first, so a stack returns them in order."""
    found: list[LexborNode | str] = []
    child = node.child
    while child is not None:
        found.append(child)
        child = child.next
    return found[::-1]
