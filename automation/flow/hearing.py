"""Listening to the pages' own reads for further names of a dispute.

A cancel may carry the ``reverseOrderId`` that holds the dispute's line (site facts,
section 5). The permit refuses ids that it does not know, so the ids that the site's
answers put beside the dispute's own are collected here. Nothing else is taken.
"""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

from playwright.async_api import Error

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from playwright.async_api import BrowserContext, Response

_KEYS = frozenset({"reverseOrderId", "reverseId", "issueId", "disputeId"})
_API = "reverse"
_SECONDS = 2.0
_LARGEST = 1_000_000


class Hearing:
    """Collects the answers to reads about disputes while pages load."""

    def __init__(self, context: BrowserContext) -> None:
        self._reading: set[asyncio.Task[Any]] = set()
        self._answers: list[Any] = []
        context.on("response", self._heard)

    def _heard(self, response: Response) -> None:
        if response.request.resource_type in {"xhr", "fetch"} and _API in response.url:
            task = asyncio.create_task(self._keep(response))
            self._reading.add(task)
            task.add_done_callback(self._reading.discard)

    async def _keep(self, response: Response) -> None:
        try:
            body = await asyncio.wait_for(response.body(), _SECONDS)
            if len(body) <= _LARGEST:
                self._answers.append(json.loads(body))
        except (Error, TimeoutError, ValueError, RecursionError):
            # A body that is gone or no JSON names nothing; the permit is only narrower then.
            return

    async def ids_beside(self, naming: Collection[str]) -> frozenset[str]:
        """Ids that the site's answers name in one object with one of these."""
        if self._reading:
            await asyncio.wait(set(self._reading), timeout=_SECONDS)
        found = {i for answer in self._answers for i in _beside(answer, frozenset(naming))}
        return frozenset(found)


def _beside(data: Any, naming: frozenset[str]) -> Iterator[str]:  # noqa: ANN401  any JSON value
    pending = [data]
    while pending:
        value = pending.pop()
        if isinstance(value, list):
            pending.extend(value)
        elif isinstance(value, dict):
            pending.extend(value.values())
            if naming & {str(each) for each in value.values() if isinstance(each, (str, int))}:
                yield from (str(value[key]) for key in _KEYS & value.keys() if value[key])
