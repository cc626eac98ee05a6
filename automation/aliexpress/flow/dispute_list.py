"""Read the site's own list of disputes, next to My Orders (site facts, sections 1 and 5).

Its cards may lead nowhere, so this also listens to the answer that the page itself
loads: it names the order of each dispute.
"""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from playwright.async_api import Error

from automation.aliexpress.flow.hearing import answer_in
from automation.aliexpress.flow.report import Step
from automation.aliexpress.flow.waiting import Deadline
from automation.aliexpress.pages import take_snapshot
from automation.aliexpress.pages.dispute_list import ListedDispute, read_listed
from automation.aliexpress.pages.statuses import read_status
from automation.aliexpress.site import DisputeIds
from automation.errors import ErrorCode, ExitCode, ToolError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.async_api import Page, Response

    from automation.aliexpress.flow.walk import Walk
    from automation.aliexpress.site import WordPack

_ADDRESS = "https://m.aliexpress.com/p/refund-dispute/list.html"
_API = "queryReverseOrderPageListForBuyer"
_LONGEST_WAIT = 10.0
_AFTER_ANSWER = 1.0
_LOOK_SECONDS = 0.25
_BODY_SECONDS = 2.0
_LARGEST = 2_000_000
_ID = re.compile(r"[\w-]{1,40}", re.ASCII)
_ORDER = re.compile(r"[0-9]{15,19}", re.ASCII)


async def read_dispute_list(walk: Walk) -> list[ListedDispute]:
    """Open the dispute list and read it.

    Raises:
        ToolError: it could not be loaded or recognised, or a human is needed (exit 4).
    """
    with walk.report.step(Step.DISPUTE_PAGE) as running:
        running.page = "Dispute list"
        answers = _Answers(walk.page)
        try:
            deadline = Deadline.after(min(walk.timeout, _LONGEST_WAIT))
            address = walk.addresses.absolute(_ADDRESS, walk.addresses.my_orders)
            await walk.watch.load(walk.page, address, deadline)
            await _until_there(walk, answers, deadline)
            snapshot = await take_snapshot(walk.page)
            words = walk.words(snapshot.lang)
            told = await answers.disputes(words)
        finally:
            answers.close()
        shown = read_listed(snapshot, walk.site.hooks, words)
        if not shown and not answers.heard:
            raise ToolError(
                "the page at its address was not recognised",
                code=ErrorCode.PAGE_NOT_RECOGNISED,
                exit_code=ExitCode.PAGE_NOT_RECOGNISED,
                hint="look at your disputes in your own browser",
            )
        running.note = f"{len(shown)} dispute(s)"
        return _merged(shown, told)


async def _until_there(walk: Walk, answers: _Answers, deadline: Deadline) -> None:
    """Wait for cards; an answer without cards means an empty list."""
    card, answered = walk.site.hooks.css("listed_card"), False
    while deadline.left > 0:
        look = Deadline.after(min(_LOOK_SECONDS, deadline.left))
        if await walk.watch.appears(walk.page, card, look):
            return
        if answers.heard and not answered:
            answered = True
            deadline = Deadline.after(min(_AFTER_ANSWER, deadline.left))


def _merged(shown: list[ListedDispute], told: list[ListedDispute]) -> list[ListedDispute]:
    """The cards, with their orders from the page's answer, and disputes only in that answer."""
    merged = []
    for card in shown:
        same = [each for each in told if card.is_of(each.ids)]
        known = same[0] if len(same) == 1 else None
        ids = card.ids or (known.ids if known else card.ids)
        merged.append(replace(card, ids=ids, order_id=known.order_id if known else ""))
    extra = [each for each in told if not any(card.is_of(each.ids) for card in shown)]
    return [*merged, *extra]


@dataclass
class _Answers:
    """Listens to the answers that the page loads its list from."""

    page: Page
    _reading: set[asyncio.Task[Any]] = field(default_factory=set)
    _bodies: list[Any] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("response", self._heard)

    def close(self) -> None:
        """Stop listening."""
        self.page.remove_listener("response", self._heard)

    def _heard(self, response: Response) -> None:
        if _API in response.url and response.request.resource_type in {"xhr", "fetch", "script"}:
            task = asyncio.create_task(self._keep(response))
            self._reading.add(task)
            task.add_done_callback(self._reading.discard)

    async def _keep(self, response: Response) -> None:
        try:
            body = await asyncio.wait_for(response.body(), _BODY_SECONDS)
            if len(body) <= _LARGEST:
                self._bodies.append(answer_in(body))
        except (Error, TimeoutError, ValueError, RecursionError):
            return  # the page itself is still read

    @property
    def heard(self) -> bool:
        """True once the page has its list."""
        return bool(self._bodies)

    async def disputes(self, words: WordPack) -> list[ListedDispute]:
        """The disputes in the answers, without duplicates."""
        if self._reading:
            await asyncio.wait(set(self._reading), timeout=_BODY_SECONDS)
        found: dict[DisputeIds, ListedDispute] = {}
        for row in (row for body in self._bodies for row in _rows(body)):
            ids = DisputeIds(_text(row, "reverseOrderLineId"), _text(row, "tradeOrderLineId"))
            order = _text(row, "tradeOrderId") or ""
            said = row.get("reverseDetailStatusText")
            status, status_words = read_status(said if isinstance(said, str) else "", words)
            found.setdefault(
                ids,
                ListedDispute(
                    ids=ids,
                    numbers=frozenset(),
                    status_words=status_words,
                    status=status,
                    order_id=order if _ORDER.fullmatch(order) else "",
                ),
            )
        return list(found.values())


def _rows(data: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401  any JSON value
    """Objects that name a dispute, anywhere in the answer."""
    pending = [data]
    while pending:
        value = pending.pop(0)
        if isinstance(value, list):
            pending.extend(value)
        elif isinstance(value, dict):
            if _text(value, "reverseOrderLineId"):
                yield value
            else:
                pending.extend(value.values())


def _text(row: dict[str, Any], key: str) -> str | None:
    value = row.get(key)
    text = str(value) if isinstance(value, (str, int)) else ""
    return text if _ID.fullmatch(text) else None
