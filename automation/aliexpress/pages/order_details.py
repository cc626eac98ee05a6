"""Read Order Details: the order's number, lines and disputes (site facts, section 3)."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Struct

from automation.aliexpress.pages.snapshot import (
    PRESSABLE,
    Snapshot,
    ancestors,
    can_be_pressed,
    innermost,
    label_of,
    outermost,
    squeezed,
    text_of,
    unique,
)
from automation.aliexpress.pages.text.amounts import amounts_in
from automation.aliexpress.pages.text.blocks import MARKS, blocks_of, deadline_on
from automation.aliexpress.pages.text.dates import named_dates_in
from automation.aliexpress.pages.text.id_rows import id_rows
from automation.aliexpress.site import DisputeIds, Hooks, LabelKind, WordPack
from automation.aliexpress.site.addresses import (
    dispute_ids_in,
    is_dispute_page,
    numbers_in,
    order_id_in,
)
from automation.aliexpress.site.words import WordList

if TYPE_CHECKING:
    from collections.abc import Callable

    from selectolax.lexbor import LexborNode

# A box may say more after its name: "Dispute in Progress: waiting for the seller".
_BREAK = re.compile(r"\s[-–—|·•]\s|[:：(（.。!]")
_LEADING = re.compile(r"^[^\w]+")
_BOX_LIMIT = 200
_BOX_DEPTH = 4


class OrderLine(Struct, frozen=True):
    """One item of the order."""

    title: str
    sku: str = ""
    price: str = ""


class DisputeEntry(Struct, frozen=True):
    """A way from Order Details to a dispute.

    Args:
        href: the link's address; empty if it must be clicked.
        label: exact label of the control to click.
        nth: which of the page's elements with this label, from 0 in page order.
        line: index of its order line, ``None`` outside the lines.
        kind: ``link``, ``box`` or ``button``, from certain to uncertain.
    """

    kind: str
    label: str
    href: str = ""
    nth: int = 0
    line: int | None = None

    @property
    def ids(self) -> DisputeIds:
        """The ids in the link."""
        return dispute_ids_in(self.href)


class OrderPage(Struct, frozen=True):
    """What Order Details shows.

    Args:
        order_ids: the numbers after an order's label, else the one in the page's address;
            normally exactly one.
        deadline: end of the protection as ISO 8601, ``None`` if the page does not show it.
        placed: when the order was placed, likewise.
        frozen: its status or reminder says that the site froze it.
    """

    address: str
    order_ids: tuple[str, ...]
    status: str
    lines: tuple[OrderLine, ...]
    entries: tuple[DisputeEntry, ...]
    deadline: str | None
    total: str = ""
    lang: str = "en"
    placed: str | None = None
    frozen: bool = False

    @property
    def disputes(self) -> tuple[DisputeEntry, ...]:
        """The certain entries, links and boxes; a line's button may start a new dispute."""
        return tuple(entry for entry in self.entries if entry.kind != "button")


def read_order(snapshot: Snapshot, hooks: Hooks, words: WordPack) -> OrderPage:
    """Read Order Details; missing parts are empty, never guessed."""
    line_nodes = outermost(snapshot.select(hooks.css("order_line")))
    info = snapshot.texts(hooks.css("order_info"))
    statuses = snapshot.texts(hooks.css("order_status"))
    return OrderPage(
        address=snapshot.address,
        order_ids=_order_ids(snapshot, hooks, words),
        status=statuses[0] if len(statuses) == 1 else "",
        lines=tuple(_line(node, hooks) for node in line_nodes),
        entries=tuple(_entries(snapshot, hooks, words, line_nodes)),
        deadline=deadline_on(snapshot, hooks, words),
        total=next((a for row in info for a in amounts_in(row)), ""),
        lang=words.lang,
        placed=_placed(snapshot, hooks, words),
        frozen=_frozen(snapshot, hooks, words),
    )


def _order_ids(snapshot: Snapshot, hooks: Hooks, words: WordPack) -> tuple[str, ...]:
    """The order's number, from the row with an order label.

    Labels change more often than digits (site facts, section 2). Without a known label,
    the number in the page's own address counts if the page shows it; any other stays in
    doubt.
    """
    apart = ", ".join(hooks.css(name) for name in ("furniture", "modal", "order_line"))
    body = snapshot.without(apart).tree.body
    everywhere = id_rows([body] if body else [])
    rows = id_rows(outermost(snapshot.select(hooks.css("order_info"))))
    own = order_id_in(snapshot.address)
    others = numbers_in(snapshot.address) - {own}
    label = words.label(LabelKind.ORDER_LABEL)
    for found in (rows, everywhere):
        named = [row.number for row in found if row.is_called(label) and row.number not in others]
        if named:
            return tuple(dict.fromkeys(named))
    if own is not None and any(row.number == own for row in everywhere):
        return (own,)
    return tuple(dict.fromkeys(row.number for row in rows if row.number not in others))


def _frozen(snapshot: Snapshot, hooks: Hooks, words: WordPack) -> bool:
    told = snapshot.texts(f"{hooks.css('order_status')}, {hooks.css('order_reminder')}")
    return any(WordList(words.order_frozen).found_in(text) for text in told)


def _placed(snapshot: Snapshot, hooks: Hooks, words: WordPack) -> str | None:
    """The date in the row with the label of an order date; ``None`` unless there is exactly one."""
    label = words.label(LabelKind.ORDER_DATE)
    found: set[str | None] = set()
    before = ""
    for text in _cells(snapshot, hooks):
        for name, moment in named_dates_in(text, words):
            # In a table the label is in the cell before.
            if (name.strip(MARKS) or before.strip(MARKS)) in label:
                found.add(moment)
        before = text
    return found.pop() if len(found) == 1 else None


def _cells(snapshot: Snapshot, hooks: Hooks) -> list[str]:
    """The blocks of the order's rows."""
    rows = {node.mem_id for node in snapshot.select(hooks.css("order_info"))}
    return [block.text for block in blocks_of(snapshot, "") if not rows.isdisjoint(block.around)]


def _line(node: LexborNode, hooks: Hooks) -> OrderLine:
    part = Snapshot("", node.html or "")

    def one(name: str) -> str:
        return next(iter(part.texts(hooks.css(name))), "")

    return OrderLine(one("line_title"), one("line_sku"), one("line_price"))


def _entries(
    snapshot: Snapshot, hooks: Hooks, words: WordPack, lines: list[LexborNode]
) -> list[DisputeEntry]:
    page = _Page(snapshot, hooks, words, lines)
    return page.links() or page.boxes() or page.buttons()


class _Page:
    """The parts of Order Details that may lead to a dispute."""

    def __init__(
        self, snapshot: Snapshot, hooks: Hooks, words: WordPack, lines: list[LexborNode]
    ) -> None:
        apart = {
            n.mem_id for n in snapshot.select(f"{hooks.css('furniture')}, {hooks.css('modal')}")
        }
        body = snapshot.tree.body
        every = unique(body.css("*")) if body else []
        self._nodes = [
            n
            for n in every
            if n.mem_id not in apart and not any(a.mem_id in apart for a in ancestors(n))
        ]
        clickable = {n.mem_id for n in snapshot.select(hooks.css("clickable"))}
        self._clickable = [n for n in self._nodes if n.mem_id in clickable]
        self._pressable = {n.mem_id for n in snapshot.select(PRESSABLE)} | clickable
        self._words = words
        self._lines = lines

    def links(self) -> list[DisputeEntry]:
        """Links that name a dispute."""
        links = [(n, n.attributes.get("href") or "") for n in self._clickable]
        named = [(n, href) for n, href in links if is_dispute_page(href) and dispute_ids_in(href)]
        leading = [
            self._entry("link", n, href) for n, href in named if not self._may_start_one(n, href)
        ]
        # Two links may name one dispute, such as its box and a link to its evidence.
        known = self._words.label(LabelKind.DISPUTE_ENTRY) | self._words.label(
            LabelKind.DISPUTE_BUTTON
        )
        return _each_once(leading, lambda entry: _says(entry.label, known))

    def boxes(self) -> list[DisputeEntry]:
        """Boxes that say that a dispute is open; their class is unknown."""
        label = self._words.label(LabelKind.DISPUTE_ENTRY)
        named = [n for n in self._nodes if _says(text_of(n), label) or n.text(deep=False) in label]
        boxes = [(node, self._leads_on(node)) for node in innermost(named)]
        # A title may have the same words; a pressable element is preferred.
        pressable = [(node, target) for node, target in boxes if target is not None]
        return _each_once([self._box(node, target) for node, target in pressable or boxes])

    def buttons(self) -> list[DisputeEntry]:
        """The lines' buttons, which lead to a dispute or start a new one."""
        label = self._words.label(LabelKind.DISPUTE_BUTTON)
        found = [n for n in innermost(self._clickable) if label_of(n) in label]
        hrefs = [(n, n.attributes.get("href") or "") for n in found if can_be_pressed(n)]
        return [self._entry("button", n, href if dispute_ids_in(href) else "") for n, href in hrefs]

    def _may_start_one(self, node: LexborNode, href: str) -> bool:
        """A link that names only a line, with a label that lines without a dispute have too."""
        label = self._words.label(LabelKind.DISPUTE_BUTTON)
        return not dispute_ids_in(href).reverse_line_id and label_of(node) in label

    def _leads_on(self, node: LexborNode) -> LexborNode | None:
        """The box itself if it is pressable, else its one button that opens the dispute."""
        around = [node, *ancestors(node)][:_BOX_DEPTH]
        if any(a.mem_id in self._pressable for a in around):
            return node
        return self._button_beside(node)

    def _box(self, node: LexborNode, target: LexborNode | None) -> DisputeEntry:
        around = [node, *ancestors(node)]
        href = next((a.attributes.get("href") or "" for a in around if a.tag == "a"), "")
        return self._entry("box", target or node, href)

    def _button_beside(self, node: LexborNode) -> LexborNode | None:
        label = self._words.label(LabelKind.BOX_BUTTON)
        for around in list(ancestors(node))[:_BOX_DEPTH]:
            inside = {n.mem_id for n in unique(around.css("*"))}
            found = [n for n in innermost(self._clickable) if n.mem_id in inside]
            if found:
                leading = [n for n in found if label_of(n) in label and can_be_pressed(n)]
                return leading[0] if len(leading) == 1 else None
        return None

    def _entry(self, kind: str, node: LexborNode, href: str) -> DisputeEntry:
        around = {a.mem_id for a in ancestors(node)}
        line = next((i for i, n in enumerate(self._lines) if n.mem_id in around), None)
        label = label_of(node)
        return DisputeEntry(
            kind,
            label,
            href if is_dispute_page(href) else "",
            nth=self._place(node, label),
            line=line,
        )

    @cached_property
    def _labelled(self) -> dict[str, list[LexborNode]]:
        """The elements by their label."""
        found: dict[str, list[LexborNode]] = {}
        for node in self._nodes:
            found.setdefault(squeezed(label_of(node)), []).append(node)
        return found

    def _place(self, node: LexborNode, label: str) -> int:
        """Its position among the page's elements with this label, from 0."""
        same = innermost(self._labelled.get(squeezed(label), []))
        inside = {n.mem_id for n in (node, *unique(node.css("*")))}
        return next((place for place, n in enumerate(same) if n.mem_id in inside), 0)


def _says(words: str, label: WordList) -> bool:
    """True if the words, or their part before a mark, are a whole label."""
    text = _LEADING.sub("", words)
    if text in label:
        return True
    head = _BREAK.split(text, maxsplit=1)[0]
    return len(text) <= _BOX_LIMIT and head != text and head in label


def _each_once(
    entries: list[DisputeEntry], better: Callable[[DisputeEntry], bool] = lambda _: False
) -> list[DisputeEntry]:
    """Drop repeated entries of one dispute, such as box and button; keep the better one."""
    kept: list[DisputeEntry] = []
    for entry in entries:
        same = next((i for i, other in enumerate(kept) if _same(entry, other)), None)
        if same is None:
            kept.append(entry)
        elif better(entry) and not better(kept[same]):
            kept[same] = entry
    return kept


def _same(one: DisputeEntry, other: DisputeEntry) -> bool:
    if one.href and other.href:
        return one.href == other.href or one.ids.agrees_with(other.ids)
    return (one.label, one.nth) == (other.label, other.nth)
