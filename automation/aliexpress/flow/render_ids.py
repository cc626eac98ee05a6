"""Detect whose data a dispute page shows, by the ids in the answers that it loads.

A page at the address of one dispute may show the data of another. Then its address proves
nothing; the answer that filled the page does.
"""

from __future__ import annotations

import asyncio
import json
import re
from typing import TYPE_CHECKING, Any, Final, Self, TypeAlias
from urllib.parse import unquote

from playwright.async_api import Error

if TYPE_CHECKING:
    from types import TracebackType

    from playwright.async_api import Page, Response

    from automation.aliexpress.site import DisputeIds

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"

_API: Final = "reverse"
_TYPES: Final = frozenset({"xhr", "fetch", "script"})
_NAMED: Final = re.compile(r"OrderLineId\W{1,8}\d{10,19}", re.IGNORECASE)
_SECONDS: Final = 2.0
_LARGEST: Final = 1_000_000


class RenderIds:
    """Listens to one page while it loads the dispute with these ids."""

    def __init__(self, page: Page, ids: DisputeIds, order_id: str) -> None:
        self._page = page
        self._ids = ids
        self._order_id = order_id
        self._reading: set[asyncio.Task[Any]] = set()
        self._others: list[str] = []

    def __enter__(self) -> Self:
        self._page.on("response", self._on_response)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._page.remove_listener("response", self._on_response)

    def _on_response(self, response: Response) -> None:
        if response.request.resource_type in _TYPES and _API in response.url:
            task = asyncio.create_task(self._read(response))
            self._reading.add(task)
            task.add_done_callback(self._reading.discard)

    async def _read(self, response: Response) -> None:
        try:
            asked = f"{unquote(response.url)} {unquote(response.request.post_data or '')}"
            if asks_for_another(asked, self._ids):
                return
            body = await asyncio.wait_for(response.body(), _SECONDS)
            if len(body) <= _LARGEST:
                answer: Json = json.loads(_unwrapped(body.decode("utf-8")))
                self._others += filter(None, (names_another(answer, self._ids, self._order_id),))
        except (Error, TimeoutError, ValueError, RecursionError):
            return  # without a body in JSON there are no ids

    async def another(self) -> str:
        """The other dispute that an answer was about; empty if there is none."""
        if self._reading:
            await asyncio.wait(set(self._reading), timeout=_SECONDS)
        return f"another dispute or order, {self._others[0]}" if self._others else ""


def asks_for_another(asked: str, ids: DisputeIds) -> bool:
    """True if a read asks for other disputes or lines only, as for a preview."""
    if any(own in asked for own in (ids.reverse_line_id, ids.trade_line_id) if own):
        return False
    return bool(_NAMED.search(asked))


def names_another(answer: Json, ids: DisputeIds, order_id: str) -> str:
    """The id of another dispute, line or order that an answer is about; empty if none.

    An answer is about the ids in its outermost object with ids; deeper ones may be siblings.
    A list that contains this dispute is about it, too.
    """
    wanted = {
        "reverseorderlineid": ids.reverse_line_id,
        "tradeorderlineid": ids.trade_line_id,
        "tradeorderid": order_id,
    }
    level: list[Json] = [answer]
    while level:
        named = [pairs for each in level if (pairs := _named(each, wanted))]
        if named:
            odd = [[value for key, value in pairs if value != wanted[key]] for pairs in named]
            return odd[0][0] if all(odd) else ""
        level = [inner for each in level for inner in _inner(each)]
    return ""


def _named(value: Json, wanted: dict[str, str | None]) -> list[tuple[str, str]]:
    """The ids of an object that have a wanted counterpart."""
    if not isinstance(value, dict):
        return []
    keys = ((key.replace("_", "").casefold(), each) for key, each in value.items())
    return [
        (key, str(each))
        for key, each in keys
        if wanted.get(key) and isinstance(each, (str, int)) and each
    ]


def _inner(value: Json) -> list[Json]:
    if isinstance(value, dict):
        return list(value.values())
    return list(value) if isinstance(value, list) else []


def _unwrapped(text: str) -> str:
    """The JSON inside a JSONP call, or the text itself."""
    stripped = text.strip().rstrip(";")
    start, end = stripped.find("("), stripped.rfind(")")
    called = 0 < start < end and stripped[:1] not in "{["
    return stripped[start + 1 : end] if called else stripped
