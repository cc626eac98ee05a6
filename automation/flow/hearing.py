"""Listening to the pages' own reads for further names of a dispute.

The address of a dispute page may name only the dispute, or only its line, and a cancel may
carry the other, or the ``reverseOrderId`` that holds both (site facts, sections 1 and 5).
The permit refuses ids that it does not know, so what the site's answers say of this very
dispute is collected here. Nothing else is taken.
"""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from playwright.async_api import Error

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from playwright.async_api import BrowserContext, Response

_DISPUTE_KEYS = frozenset({"reverseorderlineid", "issueid", "disputeid"})
_LINE_KEYS = frozenset({"tradeorderlineid", "orderlineid"})
_BROADER_KEYS = frozenset({"reverseorderid", "reverseid"})
_API = "reverse"
_SECONDS = 2.0
_LARGEST = 1_000_000


@dataclass(frozen=True)
class Names:
    """Further ids of one dispute.

    Args:
        naming: each of them names the dispute or its line by itself.
        broader: ids that a request may carry beside one of those.
    """

    naming: frozenset[str] = frozenset()
    broader: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Heard:
    """One answer, and the words of the request that it answers."""

    asked: str
    answer: Any


class Hearing:
    """Collects the answers to reads about disputes while pages load."""

    def __init__(self, context: BrowserContext) -> None:
        self._reading: set[asyncio.Task[Any]] = set()
        self._heard: list[Heard] = []
        context.on("response", self._on_response)

    def _on_response(self, response: Response) -> None:
        if response.request.resource_type in {"xhr", "fetch"} and _API in response.url:
            task = asyncio.create_task(self._keep(response))
            self._reading.add(task)
            task.add_done_callback(self._reading.discard)

    async def _keep(self, response: Response) -> None:
        try:
            body = await asyncio.wait_for(response.body(), _SECONDS)
            if len(body) <= _LARGEST:
                asked = f"{response.url} {response.request.post_data or ''}"
                self._heard.append(Heard(asked, json.loads(body)))
        except (Error, TimeoutError, ValueError, RecursionError):
            # A body that is gone or no JSON names nothing; the permit is only narrower then.
            return

    async def names_of(self, known: Collection[str]) -> Names:
        """What the site's answers call the dispute with these ids."""
        if self._reading:
            await asyncio.wait(set(self._reading), timeout=_SECONDS)
        return names_in(self._heard, known)


def names_in(heard: Iterable[Heard], known: Collection[str]) -> Names:
    """Further ids of the dispute, from objects that name it and answers that were asked for it.

    Two values for what can be only one are doubt, and then neither is taken.
    """
    about = [part for each in heard for part in _about(each, frozenset(known))]
    naming: set[str] = set()
    for keys in (_DISPUTE_KEYS, _LINE_KEYS):
        for key in keys:
            values = {value for part in about for value in _values(part, key)} - set(known)
            if len(values) == 1:
                naming |= values
    broader = {value for part in about for key in _BROADER_KEYS for value in _values(part, key)}
    return Names(frozenset(naming), frozenset(broader))


def _about(heard: Heard, known: frozenset[str]) -> Iterator[dict[str, Any]]:
    """The objects of an answer that are about the dispute.

    An answer to a read that asked for this dispute, and that speaks of one only, is
    about it as a whole.
    """
    objects = list(_objects(heard.answer))
    yield from (each for each in objects if known & set(_texts(each)))
    disputes = {value for each in objects for key in _DISPUTE_KEYS for value in _values(each, key)}
    if len(disputes) == 1 and any(name in heard.asked for name in known):
        yield from objects


def _objects(data: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401  any JSON value
    pending = [data]
    while pending:
        value = pending.pop()
        if isinstance(value, list):
            pending.extend(value)
        elif isinstance(value, dict):
            pending.extend(value.values())
            yield value


def _texts(part: dict[str, Any]) -> Iterator[str]:
    return (str(value) for value in part.values() if isinstance(value, (str, int)))


def _values(part: dict[str, Any], wanted: str) -> Iterator[str]:
    for key, value in part.items():
        if key.replace("_", "").casefold() == wanted and isinstance(value, (str, int)) and value:
            yield str(value)
