"""Write a page as HTML that keeps its structure, but no personal data; each part says how much it keeps."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from msgspec import Struct

from automation.aliexpress.pages.redaction.masks import mask
from automation.aliexpress.pages.redaction.private_parts import contact_blocks
from automation.aliexpress.pages.redaction.redact import LONGEST_LABEL, Keep
from automation.aliexpress.pages.snapshot import ancestors, text_of
from automation.aliexpress.site.addresses import is_dispute_page

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

    from automation.aliexpress.pages.redaction.redact import Redactor
    from automation.aliexpress.pages.snapshot import Snapshot
    from automation.aliexpress.site import Hooks

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
# With its region or script; more says nothing about the words.
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z]{2,4})?(?![A-Za-z0-9])")
_TAG = re.compile(r"h[1-6]|[a-z]+(?:-[a-z]+)*")
_HEADINGS = "h1, h2, h3, h4, h5, h6, [role='heading'], legend, th, dt"
# What is left of a text of which nothing was kept.
_MASKED = "x0 .,:;!?-/()"
_STATUS_HOOKS = (
    "dispute_status",
    "dispute_steps",
    "order_status",
    "card_status",
    "card_dispute",
    "modal_title",
)


class Written(Struct, frozen=True):
    """A redacted page.

    Args:
        html: the whole document.
        texts: what became of each text that was kept in part, with single spaces.
    """

    html: str
    texts: dict[str, str]


def written(snapshot: Snapshot, redactor: Redactor) -> Written:
    """A snapshot as a whole HTML document that may be shared, and what became of its texts."""
    known = _LANGUAGE.match(snapshot.lang)
    lang = known[0] if known else ""
    title = escape(redactor.text(snapshot.title, Keep.KNOWN_LABELS))
    address = escape(redactor.address(snapshot.address)).replace("--", "-")
    body = snapshot.tree.body
    writer = _Writer(redactor, snapshot)
    inner = writer.children(body) if body else ""
    html = (
        f'<!doctype html>\n<html lang="{lang}">\n<head><meta charset="utf-8">'
        f"<title>{title}</title></head>\n<!-- {address} -->\n<body>{inner}</body>\n</html>\n"
    )
    return Written(html, writer.texts)


def headings(snapshot: Snapshot, redactor: Redactor) -> tuple[str, ...]:
    """What names the parts of a page, redacted: headings first, then buttons."""
    hooks = redactor.hooks
    page = _own_part(snapshot, hooks)
    contacts = {node.mem_id for node in contact_blocks(page, hooks)}
    found = [
        text_of(node)
        for css in (_HEADINGS, hooks.css("buttons"))
        for node in page.select(css)
        if not any(each.mem_id in contacts for each in (node, *ancestors(node)))
    ]
    # Behind a comma, a heading may address the buyer.
    short = (text.partition(",")[0] for text in found if len(text) <= LONGEST_LABEL)
    pack = redactor.site.pack(snapshot.lang)
    kept = (redactor.text(text, Keep.WORDS, pack) for text in short)
    return tuple(dict.fromkeys(text for text in kept if text.strip(_MASKED)))


def only_words(snapshot: Snapshot, redactor: Redactor) -> tuple[str, ...]:
    """The words of a page that has few, redacted: its message that something failed."""
    hooks = redactor.hooks
    page = _own_part(snapshot, hooks)
    if not page.text or len(page.text) > LONGEST_LABEL or contact_blocks(page, hooks):
        return ()
    kept = redactor.text(page.text, Keep.WORDS, redactor.site.pack(snapshot.lang))
    return (kept,) if kept.strip(_MASKED) else ()


def _own_part(snapshot: Snapshot, hooks: Hooks) -> Snapshot:
    """A page without its furniture, its messages, and what names the buyer."""
    apart = (hooks.css(name) for name in ("furniture", "personal", "messages"))
    return snapshot.without(", ".join(apart))


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
            n for n in snapshot.select(hooks.css("buttons")) if len(text_of(n)) <= LONGEST_LABEL
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


def _readable(text: str) -> int:
    """How many letters and digits of a redacted text say something."""
    return sum(char.isalnum() and char not in "x0" for char in text)


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
