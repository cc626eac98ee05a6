"""The ids that a page's calls and their answers name for a dispute.

The address of a dispute page may have only the id of the dispute, or only that of its
line. A cancel may carry the other one, or the ``reverseOrderId`` that covers both (site
facts, sections 1, 5 and 9). The permit refuses unknown ids, so ``names_in`` collects the ids
of this dispute in the pages' requests and the site's answers. Anything that contradicts a
known id is ignored.

A page at the address of one dispute may also show the data of another. Then its address
proves nothing; the answer that filled the page does, and ``another_in`` finds it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal
from urllib.parse import unquote

from msgspec import Struct, field

from automation.engine.guard.requests.payload_reader import read_payload
from automation.engine.guard.requests.tokens import tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from automation.aliexpress.site import DisputeIds
    from automation.aliexpress.walk.responses import Heard, Json
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
_NAMED: Final = re.compile(r"OrderLineId\W{1,8}\d{10,19}", re.IGNORECASE)


class Names(Struct, frozen=True):
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


class Known(Struct, frozen=True):
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


class Ids(Struct, frozen=True):
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


def names_in(heard: Iterable[Heard], known: Known, traffic: Traffic) -> Names:
    """Further ids of the dispute, from requests and answers about it alone.

    Two different ids for one role are ambiguous, so neither is taken.
    """
    about = [ids for each in heard for ids in _about(each, known, traffic)]
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
    asked = ids_asked(heard, traffic)
    asked_for_it = asked.are_about(known)
    if asked_for_it:
        yield asked
    parts = [Ids.of(part.items()) for part in _objects(heard.answer, traffic)]
    yield from (ids for ids in parts if ids.are_about(known))
    if asked_for_it:
        whole = Ids(
            {role: frozenset().union(*(ids.among(role) for ids in parts)) for role in _all_roles()}
        )
        if not whole.contradict(known) and all(len(v) <= 1 for v in whole.by_role.values()):
            yield whole


def ids_asked(heard: Heard, traffic: Traffic) -> Ids:
    """The ids in the request, without those in a page that it sends along."""
    payload = read_payload(heard.url, heard.body, "", traffic)
    if payload.unreadable:
        return Ids()
    return Ids.of((pair.key, pair.value) for pair in payload.outside)


def _all_roles() -> frozenset[Role]:
    return frozenset(_ROLES.values())


def _objects(data: Json, traffic: Traffic) -> Iterator[dict[str, Json]]:
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


def _is_over(part: Mapping[str, Json]) -> bool:
    """True for a closed dispute: the one to cancel is open, so this is an older one."""
    status = (str(value) for key, value in part.items() if key.casefold().endswith("status"))
    return any(_OVER.search(text) for text in status) and bool(Ids.of(part.items()).by_role)


def _one(values: frozenset[str]) -> bool:
    return len(values) == 1


def orders_in(heard: Iterable[Heard], ids: DisputeIds, traffic: Traffic) -> frozenset[str]:
    """The orders that the reads of a dispute's page, or their answers, name as its own."""
    known = Known("", ids.reverse_line_id, ids.trade_line_id)
    found = (about.among("order") for each in heard for about in _about(each, known, traffic))
    return frozenset[str]().union(*found)


def another_in(heard: Iterable[Heard], ids: DisputeIds, order_id: str) -> str:
    """The other dispute or order that an answer for this dispute's page is about; empty if none.

    What a page reads for a preview of another dispute says nothing about the page itself.
    """
    for each in heard:
        asked = f"{unquote(each.url)} {unquote((each.body or b'').decode('utf-8', 'replace'))}"
        other = "" if asks_for_another(asked, ids) else names_another(each.answer, ids, order_id)
        if other:
            return f"another dispute or order, {other}"
    return ""


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
