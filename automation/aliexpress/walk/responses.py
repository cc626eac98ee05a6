"""Collect what pages read: each call, and its answer."""

from __future__ import annotations

import asyncio
import json
import re
from typing import TYPE_CHECKING, Final, Self, TypeAlias
from urllib.parse import urlsplit

from msgspec import Struct
from playwright.async_api import Error

from automation.engine.guard.requests.apis import declared_api

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.async_api import BrowserContext, Page, Response

    from automation.engine.guard.traffic import Traffic

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"

RET: Final = "ret"
"""Where the gateway says what became of a call."""
_CALL: Final = re.compile(r"\((.*)\)", re.DOTALL)
_JSON_STARTS: Final = ("{", "[", '"')
_API: Final = "reverse"
_TYPES: Final = frozenset({"xhr", "fetch", "script"})
_CODE: Final = re.compile(r"([A-Z][A-Z0-9_.-]{1,63})\s*(?::|$)", re.ASCII)
_SUCCESS: Final = "SUCCESS"
_FINE: Final = "OK"
# An answer that takes longer, or is larger, than this counts without its body.
_SECONDS: Final = 2.0
_LARGEST: Final = 2_000_000  # bytes


class Heard(Struct, frozen=True):
    """One read of a page: what it asked, and the answer.

    Args:
        answer: ``None`` if it was not JSON, or too long.
    """

    url: str
    body: bytes | None = None
    answer: Json = None


class Responses:
    """Collects the answers to the reads of a page, or of every page of a browser.

    Args:
        wanted: which addresses to listen to.
    """

    def __init__(self, source: Page | BrowserContext, wanted: Callable[[str], bool]) -> None:
        self._source = source
        self._wanted = wanted
        self._reading: set[asyncio.Task[None]] = set()
        self.heard: list[Heard] = []
        source.on("response", self._on_response)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._source.remove_listener("response", self._on_response)

    def _on_response(self, response: Response) -> None:
        if response.request.resource_type in _TYPES and self._wanted(response.url):
            task = asyncio.create_task(self._keep(response))
            self._reading.add(task)
            task.add_done_callback(self._reading.discard)

    async def _keep(self, response: Response) -> None:
        asked = response.request
        answer: Json = None
        try:
            body = await asyncio.wait_for(response.body(), _SECONDS)
            answer = answer_in(body) if len(body) <= _LARGEST else None
        except (Error, TimeoutError, ValueError, RecursionError):
            answer = None  # without a body in JSON, the request still counts
        self.heard.append(Heard(asked.url, asked.post_data_buffer, answer))

    async def all(self) -> tuple[Heard, ...]:
        """Every answer so far, including those that are still arriving."""
        if self._reading:
            await asyncio.wait(set(self._reading), timeout=_SECONDS)
        return tuple(self.heard)

    @property
    def answers(self) -> tuple[Json, ...]:
        """The answers in JSON so far."""
        return tuple(each.answer for each in self.heard if each.answer is not None)


def about_disputes(traffic: Traffic) -> Callable[[str], bool]:
    """Which addresses are known reads about disputes."""

    def wanted(address: str) -> bool:
        api = declared_api(urlsplit(address).path, traffic).casefold()
        return api in traffic.reads and _API in api

    return wanted


def gateway_texts(answer: Json) -> tuple[str, ...]:
    """What the gateway says became of the call, such as ``SUCCESS::ok``."""
    said = answer.get(RET) if isinstance(answer, dict) else None
    texts = said if isinstance(said, list) else [said]
    return tuple(text for text in texts if isinstance(text, str) and text)


def served_by(text: str) -> bool | None:
    """True if this text of the gateway says yes, ``None`` if it has no code that says either."""
    code = _code_of(text)
    return code.startswith(_SUCCESS) if code and code != _FINE else None


def is_served(answer: Json) -> bool:
    """True if the gateway says that it answered the call, and did not refuse it."""
    return any(served_by(text) is True for text in gateway_texts(answer)[:1])


def refusal_in(answer: Json) -> str:
    """The code with which the gateway refused the call; empty if it does not say that it did."""
    first = gateway_texts(answer)[:1]
    return next((_code_of(text) for text in first if served_by(text) is False), "")


def _code_of(text: str) -> str:
    found = _CODE.match(text.strip().upper())
    return found[1] if found else ""


def answer_in(body: bytes) -> Json:
    """The JSON of an answer, also inside a JSONP call.

    Raises:
        ValueError: it is not JSON.
    """
    text = body.decode("utf-8", "replace").strip()
    inside = None if text[:1] in _JSON_STARTS else _CALL.search(text)
    answer: Json = json.loads(inside[1] if inside else text)
    return answer
