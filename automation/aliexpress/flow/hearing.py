"""Collect further ids of a dispute from what its pages read.

The address of a dispute page may have only the id of the dispute, or only that of its
line. A cancel may carry the other one, or the ``reverseOrderId`` that covers both (site
facts, sections 1, 5 and 9). The permit refuses unknown ids, so this collects the ids of
this dispute in the pages' requests and the site's answers. Anything that contradicts a
known id is ignored.
"""

from __future__ import annotations

import asyncio
import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Literal
from urllib.parse import urlsplit

from playwright.async_api import Error

from automation.aliexpress.site.traffic import site_traffic
from automation.engine.guard.classify import declared_api
from automation.engine.guard.payload import read_payload
from automation.engine.guard.words import tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from playwright.async_api import BrowserContext, Response

    from automation.engine.guard.traffic import Traffic

Role = Literal["dispute", "issue", "line", "reverse_order", "order"]
_ROLES: Final[Mapping[str, Role]] = {
    "reverseorderlineid": "dispute",
    "reverselineid": "dispute",
    "disputeid": "issue",
    "issueid": "issue",
    "tradeorderlineid": "line",
    "orderlineid": "line",
    "reverseorderid": "reverse_order",
    "reverseid": "reverse_order",
    "tradeorderid": "order",
    "orderid": "order",
}
_NAMING: Final[tuple[Role, ...]] = ("dispute", "issue", "line")
_ID: Final = re.compile(r"[\w-]{4,40}", re.ASCII)
_OVER: Final = re.compile(r"cancel|clos|finish|complete|withdraw", re.IGNORECASE)
_CALLBACK: Final = re.compile(r"(?:/\*.*?\*/)?\s*[\w$.\[\]]+\s*\((.*)\)\s*;?\s*", re.DOTALL)
_API: Final = "reverse"
_TYPES: Final = frozenset({"xhr", "fetch", "script"})
_SECONDS: Final = 2.0
_LARGEST: Final = 1_000_000


@dataclass(frozen=True)
class Names:
    """Further ids of one dispute.

    Args:
        naming: ids that each identify the dispute or its line.
        broader: ids that a request may carry next to one of those.
    """

    naming: frozenset[str] = frozenset()
    broader: frozenset[str] = frozenset()

    def of_an_only_line(self) -> Names:
        """The same if the order has one line: then its reverse order covers nothing else."""
        return Names(self.naming | self.broader)


@dataclass(frozen=True)
class Known:
    """The known ids of the dispute: those in its page's address, and its order.

    Args:
        issue: its older number, if the address has that instead of the dispute's id.
    """

    order: str
    dispute: str | None = None
    line: str | None = None
    issue: str | None = None

    def of(self, role: Role) -> str | None:
        """The known id for a role."""
        known: dict[Role, str | None] = {
            "order": self.order,
            "dispute": self.dispute,
            "line": self.line,
            "issue": self.issue,
        }
        return known.get(role)


@dataclass(frozen=True)
class Ids:
    """Ids that appear together, by role."""

    by_role: Mapping[Role, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, object]]) -> Ids:
        """The ids among keys and values."""
        found: dict[Role, set[str]] = {}
        for key, value in pairs:
            role = _ROLES.get(key.replace("_", "").casefold())
            is_plain = isinstance(value, str | int) and not isinstance(value, bool)
            if role and is_plain and _ID.fullmatch(str(value)):
                found.setdefault(role, set()).add(str(value))
        return cls({role: frozenset(values) for role, values in found.items()})

    def among(self, role: Role) -> frozenset[str]:
        """The ids for one role."""
        return self.by_role.get(role, frozenset())

    def are_about(self, known: Known) -> bool:
        """True if they name this dispute or its line, with one id per role and no other."""
        named = any(known.of(role) in self.among(role) for role in _NAMING if known.of(role))
        return named and not self.contradict(known) and all(map(_one, self.by_role.values()))

    def contradict(self, known: Known) -> bool:
        """True if one of them differs from the known id for its role."""
        return any(
            values - {known.of(role)} for role, values in self.by_role.items() if known.of(role)
        )


@dataclass(frozen=True)
class Heard:
    """One answer to a read, and the ids in its request."""

    asked: Ids
    answer: Any


class Hearing:
    """Collects the answers to reads about disputes while pages load."""

    def __init__(self, context: BrowserContext, traffic: Traffic | None = None) -> None:
        self._traffic = traffic or site_traffic()
        self._reading: set[asyncio.Task[Any]] = set()
        self._heard: list[Heard] = []
        context.on("response", self._on_response)

    def _on_response(self, response: Response) -> None:
        api = declared_api(urlsplit(response.url).path, self._traffic).casefold()
        known = api in self._traffic.reads and _API in api
        if known and response.request.resource_type in _TYPES:
            task = asyncio.create_task(self._keep(response))
            self._reading.add(task)
            task.add_done_callback(self._reading.discard)

    async def _keep(self, response: Response) -> None:
        request = response.request
        asked = ids_asked(request.url, request.post_data_buffer, self._traffic)
        answer: Any = None
        try:
            body = await asyncio.wait_for(response.body(), _SECONDS)
            answer = answer_in(body) if len(body) <= _LARGEST else None
        except (Error, TimeoutError, ValueError, RecursionError):
            answer = None  # without a body in JSON, the ids in the request still count
        self._heard.append(Heard(asked, answer))

    async def names_of(self, known: Known) -> Names:
        """Further ids of the dispute with these ids."""
        if self._reading:
            await asyncio.wait(set(self._reading), timeout=_SECONDS)
        return names_in(self._heard, known, self._traffic)


def ids_asked(url: str, body: bytes | None, traffic: Traffic) -> Ids:
    """The ids in a page's request, without those in a page that it sends along."""
    payload = read_payload(url, body, "", traffic)
    if payload.unreadable:
        return Ids()
    return Ids.of((pair.key, pair.value) for pair in payload.outside)


def answer_in(body: bytes) -> Any:  # noqa: ANN401  any JSON value
    """The JSON of an answer, also inside a JSONP call.

    Raises:
        ValueError: it is not JSON.
    """
    text = body.decode("utf-8", "replace").strip()
    call = _CALLBACK.fullmatch(text)
    return json.loads(call[1] if call else text)


def names_in(heard: Iterable[Heard], known: Known, traffic: Traffic | None = None) -> Names:
    """Further ids of the dispute, from requests and answers about it alone.

    Two different ids for one role are ambiguous, so neither is taken.
    """
    table = traffic or site_traffic()
    about = [ids for each in heard for ids in _about(each, known, table)]
    taken: dict[Role, frozenset[str]] = {}
    for role in (*_NAMING, "reverse_order"):
        values = frozenset().union(*(ids.among(role) for ids in about)) - {known.of(role)}
        if _one(values) and known.order not in values:
            taken[role] = values
    naming = frozenset().union(*(taken.get(role, frozenset()) for role in _NAMING))
    return Names(naming, taken.get("reverse_order", frozenset()) - naming)


def _about(heard: Heard, known: Known, traffic: Traffic) -> Iterator[Ids]:
    """The ids of the dispute in one exchange: in its request, objects of its answer, or all.

    The whole answer is about the dispute if the request asked for it and no other appears.
    """
    asked_for_it = heard.asked.are_about(known)
    if asked_for_it:
        yield heard.asked
    parts = [Ids.of(part.items()) for part in _objects(heard.answer, traffic)]
    yield from (ids for ids in parts if ids.are_about(known))
    if asked_for_it:
        whole = Ids(
            {role: frozenset().union(*(ids.among(role) for ids in parts)) for role in _all_roles()}
        )
        if not whole.contradict(known) and all(len(v) <= 1 for v in whole.by_role.values()):
            yield whole


def _all_roles() -> frozenset[Role]:
    return frozenset(_ROLES.values())


def _objects(data: Any, traffic: Traffic) -> Iterator[dict[str, Any]]:  # noqa: ANN401  any JSON value
    """The objects of an answer, except those about older or other disputes."""
    pending = [data]
    while pending:
        value = pending.pop()
        if isinstance(value, list):
            pending.extend(value)
        elif isinstance(value, dict) and not _is_over(value):
            pending.extend(
                inner
                for key, inner in value.items()
                if not traffic.history_words & set(tokens(key, traffic))
            )
            yield value


def _is_over(part: dict[str, Any]) -> bool:
    """True for a closed dispute: the one to cancel is open, so this is an older one."""
    status = (str(value) for key, value in part.items() if key.casefold().endswith("status"))
    return any(_OVER.search(text) for text in status) and bool(Ids.of(part.items()).by_role)


def _one(values: frozenset[str]) -> bool:
    return len(values) == 1
