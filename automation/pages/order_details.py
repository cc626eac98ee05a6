"""Order Details: the order's number, its lines and where its disputes are (site facts, section 3)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from automation.pages.amounts import amounts_in
from automation.pages.blocks import deadline_on
from automation.pages.snapshot import (
    Snapshot,
    ancestors,
    innermost,
    is_enabled,
    label_of,
    long_numbers,
    outermost,
    text_of,
    unique,
)
from automation.site import DisputeIds, Hooks, LabelKind, WordPack
from automation.site.addresses import dispute_ids_in, is_dispute_page
from automation.site.words import WordList, fold

if TYPE_CHECKING:
    from collections.abc import Callable

    from selectolax.lexbor import LexborNode


@dataclass(frozen=True)
class OrderLine:
    """One item of the order."""

    title: str
    sku: str = ""
    price: str = ""


@dataclass(frozen=True)
class DisputeEntry:
    """A way from Order Details to a dispute.

    Args:
        href: the link's address; empty where only a click leads on.
        label: exact words of what has to be clicked.
        nth: which of the elements with these words, counted from 0 in page order.
        line: index of the order line around it, ``None`` outside of the lines.
        kind: ``link``, ``box`` or ``button``, in falling certainty.
    """

    kind: str
    label: str
    href: str = ""
    nth: int = 0
    line: int | None = None

    @property
    def ids(self) -> DisputeIds:
        """Ids that the link carries."""
        return dispute_ids_in(self.href)


@dataclass(frozen=True)
class OrderPage:
    """What Order Details shows.

    Args:
        order_ids: every id-like number in the info rows; exactly one on a sound page.
        deadline: end of the protection as ISO 8601, ``None`` if the page does not tell it.
    """

    address: str
    order_ids: tuple[str, ...]
    status: str
    lines: tuple[OrderLine, ...]
    entries: tuple[DisputeEntry, ...]
    deadline: str | None
    total: str = ""
    lang: str = "en"

    @property
    def disputes(self) -> tuple[DisputeEntry, ...]:
        """Entries that are disputes for sure: links and boxes; a line's button may start a new one."""
        return tuple(entry for entry in self.entries if entry.kind != "button")


def read_order(snapshot: Snapshot, hooks: Hooks, words: WordPack) -> OrderPage:
    """Read Order Details; missing parts come back empty, never guessed."""
    line_nodes = outermost(snapshot.select(hooks.css("order_line")))
    info = snapshot.texts(hooks.css("order_info"))
    statuses = snapshot.texts(hooks.css("order_status"))
    return OrderPage(
        address=snapshot.address,
        order_ids=tuple(long_numbers(" ".join(_id_rows(info, words)))),
        status=statuses[0] if len(statuses) == 1 else "",
        lines=tuple(_line(node, hooks) for node in line_nodes),
        entries=tuple(_entries(snapshot, hooks, words, line_nodes)),
        deadline=deadline_on(snapshot, hooks, words),
        total=next((a for row in info for a in amounts_in(row)), ""),
        lang=words.lang,
    )


def _id_rows(info: list[str], words: WordPack) -> list[str]:
    """Rows that carry the order's number: labelled ones if there are any, else all.

    Labels change more often than digits (site facts, section 2), so digits decide.
    """
    label = words.label(LabelKind.ORDER_LABEL)
    named = [row for row in info if label.found_in(row.split(":")[0])]
    return [row for row in named if long_numbers(row)] or info


def _line(node: LexborNode, hooks: Hooks) -> OrderLine:
    part = Snapshot("", node.html or "")

    def one(name: str) -> str:
        return next(iter(part.texts(hooks.css(name))), "")

    return OrderLine(one("line_title"), one("line_sku"), one("line_price"))


def _entries(
    snapshot: Snapshot, hooks: Hooks, words: WordPack, lines: list[LexborNode]
) -> list[DisputeEntry]:
    outside = {
        n.mem_id for n in snapshot.select(hooks.css("furniture") + ", " + hooks.css("modal"))
    }

    def inside_page(node: LexborNode) -> bool:
        return node.mem_id not in outside and not any(a.mem_id in outside for a in ancestors(node))

    clickable = [n for n in snapshot.select(hooks.css("clickable")) if inside_page(n)]
    links = [n for n in clickable if is_dispute_page(n.attributes.get("href") or "")]
    found = [_entry("link", node, lines) for node in links]
    if found:
        return _each_once(found)
    boxes = _boxes(snapshot, words.label(LabelKind.DISPUTE_ENTRY), inside_page)
    if boxes:
        return _numbered([_entry("box", node, lines) for node in boxes])
    button = words.label(LabelKind.DISPUTE_BUTTON)
    buttons = [n for n in innermost(clickable) if label_of(n) in button and is_enabled(n)]
    return _numbered([_entry("button", node, lines) for node in buttons])


def _boxes(
    snapshot: Snapshot, label: WordList, inside_page: Callable[[LexborNode], bool]
) -> list[LexborNode]:
    body = snapshot.tree.body
    every = unique(body.css("*")) if body else []
    named = [n for n in every if text_of(n) in label or n.text(deep=False) in label]
    return [n for n in innermost(named) if inside_page(n)]


def _entry(kind: str, node: LexborNode, lines: list[LexborNode]) -> DisputeEntry:
    around = {a.mem_id for a in ancestors(node)}
    line = next((i for i, n in enumerate(lines) if n.mem_id in around), None)
    href = node.attributes.get("href") or ""
    if kind == "box":
        # The words may stand inside the link that leads on, or beside it in the same box.
        href = next((a.attributes.get("href") or "" for a in ancestors(node) if a.tag == "a"), href)
    return DisputeEntry(kind, label_of(node), href if is_dispute_page(href) else "", line=line)


def _each_once(entries: list[DisputeEntry]) -> list[DisputeEntry]:
    """Links to the same dispute (box and line's button) count once."""
    kept: list[DisputeEntry] = []
    for entry in entries:
        if not any(_same(entry, other) for other in kept):
            kept.append(entry)
    return kept


def _same(one: DisputeEntry, other: DisputeEntry) -> bool:
    return one.href == other.href or one.ids.agrees_with(other.ids)


def _numbered(entries: list[DisputeEntry]) -> list[DisputeEntry]:
    seen: dict[str, int] = {}
    numbered = []
    for entry in entries:
        key = fold(entry.label)
        numbered.append(
            DisputeEntry(entry.kind, entry.label, entry.href, seen.get(key, 0), entry.line)
        )
        seen[key] = seen.get(key, 0) + 1
    return numbered
