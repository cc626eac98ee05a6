"""Read the dispute list: its cards (site facts, section 4, grade C) and the answer that fills it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from automation.aliexpress.pages.snapshot import Snapshot, long_numbers, outermost, text_of
from automation.aliexpress.pages.text.statuses import read_status
from automation.aliexpress.site import DisputeIds
from automation.aliexpress.site.addresses import dispute_ids_in, is_dispute_page

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from automation.aliexpress.site import Hooks, WordPack
    from rules import DisputeStatus

# The status line also has the time of filing: 2022-03-23 21:19:58.
_FILED = re.compile(r"\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}(?::\d{2})?")
_ID = re.compile(r"[\w-]{1,40}", re.ASCII)
_ORDER = re.compile(r"[0-9]{15,19}", re.ASCII)
_SEPARATORS = " \t·•|,;-–—:"


class ListedDispute(Struct, frozen=True):
    """One dispute as the list shows it.

    Args:
        ids: the ids in its link.
        numbers: long numbers on the card, which may be any id.
        order_id: its order, empty if the list does not show it.
        href: address of its page, empty if the card has no link to it.
    """

    ids: DisputeIds
    numbers: frozenset[str]
    status_words: str
    status: DisputeStatus
    href: str = ""
    order_id: str = ""

    def is_of(self, ids: DisputeIds) -> bool:
        """True if the card matches the dispute with these ids."""
        if self.ids:
            return self.ids.agrees_with(ids)
        return bool(self.numbers & {ids.reverse_line_id, ids.trade_line_id})


def read_listed(snapshot: Snapshot, hooks: Hooks, words: WordPack) -> list[ListedDispute]:
    """The cards of the dispute list, in page order."""
    cards = outermost(snapshot.select(hooks.css("listed_card")))
    return [_listed(node.html or "", hooks, words) for node in cards]


def _listed(html: str, hooks: Hooks, words: WordPack) -> ListedDispute:
    part = Snapshot("", html)
    links = [node.attributes.get("href") or "" for node in part.select(hooks.css("dispute_link"))]
    links = list(dict.fromkeys(link for link in links if is_dispute_page(link)))
    href = links[0] if len(links) == 1 else ""
    shown = " ".join(part.texts(hooks.css("listed_status")))
    status, status_words = read_status(_FILED.sub("", shown).strip(_SEPARATORS), words)
    body = part.tree.body
    numbers = long_numbers(
        " ".join(part.texts(hooks.css("listed_id"))) or (text_of(body) if body else "")
    )
    return ListedDispute(
        ids=dispute_ids_in(href),
        numbers=frozenset(numbers),
        status_words=status_words,
        status=status,
        href=href,
    )


def answered(answers: Iterable[object], words: WordPack) -> list[ListedDispute]:
    """The disputes in the answers that fill the list, each once."""
    rows = (row for answer in answers for row in _rows(answer))
    found: dict[DisputeIds, ListedDispute] = {}
    for each in (_of_row(row, words) for row in rows):
        found.setdefault(each.ids, each)
    return list(found.values())


def _of_row(row: dict[str, object], words: WordPack) -> ListedDispute:
    order = _id(row, "tradeOrderId") or ""
    said = row.get("reverseDetailStatusText")
    status, status_words = read_status(said if isinstance(said, str) else "", words)
    return ListedDispute(
        ids=DisputeIds(_id(row, "reverseOrderLineId"), _id(row, "tradeOrderLineId")),
        numbers=frozenset(),
        status_words=status_words,
        status=status,
        order_id=order if _ORDER.fullmatch(order) else "",
    )


def _rows(data: object) -> Iterator[dict[str, object]]:
    """Objects that name a dispute, anywhere in the answer."""
    pending = [data]
    while pending:
        value = pending.pop(0)
        if isinstance(value, list):
            pending.extend(value)
        elif isinstance(value, dict):
            if _id(value, "reverseOrderLineId"):
                yield value
            else:
                pending.extend(value.values())


def _id(row: dict[str, object], key: str) -> str | None:
    value = row.get(key)
    text = str(value) if isinstance(value, (str, int)) else ""
    return text if _ID.fullmatch(text) else None


def joined(cards: list[ListedDispute], told: list[ListedDispute]) -> list[ListedDispute]:
    """The cards, with their orders from the answer, and the disputes that only the answer has."""
    shown = []
    for card in cards:
        same = [each for each in told if card.is_of(each.ids)]
        known = same[0] if len(same) == 1 else None
        ids = card.ids or (known.ids if known else card.ids)
        shown.append(replace(card, ids=ids, order_id=known.order_id if known else ""))
    extra = [each for each in told if not any(card.is_of(each.ids) for card in cards)]
    return [*shown, *extra]
