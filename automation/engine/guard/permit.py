"""The one-use permit: which single request may write, and its answer."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Final, Literal

from msgspec import Struct
from msgspec.structs import replace

from automation.engine.guard.requests.apis import declared_api
from automation.engine.guard.requests.headers import pages_own_headers, why_rerouted
from automation.engine.guard.requests.meaning import Meaning
from automation.engine.guard.requests.payload_reader import read_headers, read_payload
from automation.engine.guard.requests.side_effects import SideEffects
from automation.engine.guard.requests.tokens import has_any, never_word, tokens
from automation.errors import ErrorCode, ToolError

if TYPE_CHECKING:
    from playwright.async_api import Page

    from automation.engine.guard.reply import Client
    from automation.engine.guard.requests.classify import RequestFacts
    from automation.engine.guard.requests.decision import Decision
    from automation.engine.guard.requests.payload import Pair, Payload
    from automation.engine.guard.traffic import Traffic
    from automation.engine.target import Target

State = Literal["unused", "used", "expired", "revoked"]
LedBy = Callable[["Page | None"], Awaitable[bool]]
"""Whether a human's press on a page led to a request of it."""
MAX_ANSWER: Final = 64 * 1024
CLICK_TYPES: Final = frozenset({"xhr", "fetch", "document", "script"})
_TAIL: Final = frozenset({"for", "by", "buyer", "new", "v", "pc", "h", "app", "web"})
_ENDING: Final = re.compile(r"\.(do|html?|json|jsp|php|aspx?|action)$", re.IGNORECASE)
_LISTS: Final = frozenset({"list", "lists", "ids", "batch", "targets", "numbers", "all"})
_LEAST_ID: Final = 4  # signs: shorter ones are counts and versions
_YEAR: Final = 4  # digits
_DATE: Final = re.compile(r"(?:19|20)[0-9]{2}([-/.])[01]?[0-9]\1[0-3]?[0-9](?![0-9])")


def _alone(pattern: str) -> str:
    """A pattern for what no further letter or digit belongs to."""
    return rf"(?<![0-9A-Za-z]){pattern}(?![0-9A-Za-z])"


_LONG_ID: Final = re.compile(_alone(r"\d{15,19}"))


class PermitScope(Struct, frozen=True):
    """The target that the permit is for, and the ids that must not appear.

    ``names`` are further ids of the thing itself, for instance from the pages' own reads and
    their answers. ``own_ids`` may appear beside one, such as a dispute's ``reverseOrderId``.
    ``other_ids`` belong to something else.
    """

    target: Target
    other_ids: frozenset[str] = frozenset()
    own_ids: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()

    @property
    def naming(self) -> frozenset[str]:
        """The ids of which a request must carry at least one."""
        return self.names | ({self.target.last_id} if self.target.exact else set())

    @property
    def own(self) -> frozenset[str]:
        """Every id that a request may carry."""
        return self.naming | self.own_ids | frozenset(self.target.ids.values())


class PermitAnswer(Struct, frozen=True):
    """The answer; without one, ``status`` is None and ``error`` says why.

    ``sent`` is False only if the request was certainly not sent; ``client`` says who sent it.
    """

    status: int | None
    body: str = ""
    error: str = ""
    sent: bool = True
    client: Client = ""


class Permit:
    """Lets one matching request be sent, once, within ``seconds`` of its creation.

    With ``led_by``, only one that a human's press led to: a page could send it by itself.
    """

    def __init__(
        self, scope: PermitScope, seconds: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        if not scope.naming:
            raise ToolError(
                f"a permit needs an id of what it is for, and {scope.target} has none",
                code=ErrorCode.PERMIT_WITHOUT_LINE,
            )
        self.scope = scope
        self._clock = clock
        self._expires = clock() + seconds
        self._state: State = "unused"
        self._answer: PermitAnswer | None = None
        self._over = asyncio.Event()
        self.led_by: LedBy | None = None
        self.on_use: Callable[[], None] = lambda: None

    @property
    def state(self) -> State:
        """The current state; an unused permit expires by itself."""
        if self._state == "unused" and self._clock() >= self._expires:
            self._state = "expired"
            self._over.set()
        return self._state

    @property
    def answer(self) -> PermitAnswer | None:
        """The answer to the sent request; None until it arrives."""
        return self._answer

    @property
    def may_have_sent(self) -> bool:
        """Used, without proof that the browser had no connection to send on."""
        return self.state == "used" and (self._answer is None or self._answer.sent)

    @property
    def is_void(self) -> bool:
        """It was never used, and cannot be any more."""
        return self.state in {"expired", "revoked"}

    @property
    def is_over(self) -> bool:
        """Nothing more is sent under it: it is void, or its request has its answer."""
        return self.is_void or (self.state == "used" and self._answer is not None)

    def revoke(self) -> None:
        """Revoke the permit if it is unused."""
        if self.state == "unused":
            self._state = "revoked"
            self._over.set()

    def consume(self) -> bool:
        """Use up the permit; only the first caller gets True. Call before sending."""
        if self.state != "unused":
            return False
        self._state = "used"
        self.on_use()
        return True

    def record(self, answer: PermitAnswer) -> None:
        """Keep the first answer, cut to 64 kB."""
        if self._answer is None:
            self._answer = replace(answer, body=answer.body[:MAX_ANSWER])
            self._over.set()

    async def settled(self, timeout_seconds: float) -> bool:
        """Wait for the answer, expiry or revocation; False after ``timeout_seconds``."""
        end = self._clock() + timeout_seconds
        while not self._over.is_set():
            until = min(end, self._expires) if self.state == "unused" else end
            left = until - self._clock()
            if self._over.is_set() or (left <= 0 and until == end):
                break
            try:
                await asyncio.wait_for(self._over.wait(), max(left, 0.001))
            except TimeoutError:
                continue
        return self._over.is_set()


def why_unfit(
    request: RequestFacts, decision: Decision, scope: PermitScope, traffic: Traffic
) -> str:
    """Why ``scope`` does not permit ``request``; an empty text if it does."""
    if decision.kind not in {"write", "unknown"}:
        return f"a permit is not for requests of kind {decision.kind}"
    if request.method not in {"POST", "GET"} or request.resource_type not in CLICK_TYPES:
        return "not a request that a click makes"
    if request.body_unreadable:
        return "its body is unreadable"
    payload = read_payload(request.url, request.body, request.content_type, traffic)
    if payload.unreadable:
        return f"its content is unreadable: {payload.unreadable}"
    return (
        _never(payload, traffic)
        or _another_matter(payload, traffic)
        or _not_permitted(request, payload, traffic)
        or _more_than_permitted(request, payload, traffic)
        or _wrong_ids(payload, scope, traffic)
    )


def carries_own_id(request: RequestFacts, scope: PermitScope, traffic: Traffic) -> bool:
    """Whether a request names the target anywhere."""
    payload = read_payload(request.url, request.body, request.content_type, traffic)
    texts = [payload.path, *(pair.value for pair in payload.pairs)]
    return any(_carries(text, own) for own in scope.naming for text in texts)


def content_of(request: RequestFacts, traffic: Traffic) -> frozenset[tuple[str, str]]:
    """What a request says, without clock, signature and the like, to compare two requests."""
    payload = read_payload(request.url, request.body, request.content_type, traffic)
    said = {
        (".".join(pair.keys), pair.value)
        for pair in payload.pairs
        if pair.key.casefold() not in traffic.opaque_keys
    }
    return frozenset({("", payload.path), *said})


def _never(payload: Payload, traffic: Traffic) -> str:
    """A never-word in the call's name or operator part; a sent-along page may have any."""
    for name in (payload.path, *sorted(payload.apis)):
        found = never_word(name, traffic)
        if found:
            return f"it says {found!r}"
    found = Meaning(payload, traffic).never()
    return f"it orders {found!r}" if found else ""


def _not_permitted(request: RequestFacts, payload: Payload, traffic: Traffic) -> str:
    """Why the request is not the permitted one; an empty text if it says that it is.

    Any request of the page may carry the target's id; the one that changes it must say so,
    by its name or its operator. A call whose name only looks or tries (``cancel.precheck``)
    must not use up the permit; for one that renders, the operator decides.
    """
    name = declared_api(payload.path, traffic) or payload.path
    if name.casefold() in traffic.permitted_apis:
        return ""
    logs = has_any(tokens(name, traffic), traffic.log_words)
    if logs:
        return f"its name is that of a log ({logs!r})"
    meaning = Meaning(payload, traffic)
    named = meaning.permitted_name(name)
    looks = _looks(name, traffic)
    if looks and (named or looks in traffic.trial_words):
        return f"its name only reads ({looks!r})"
    if (named and not looks) or meaning.orders_permitted():
        return ""
    if looks and (request.method == "GET" or payload.apis):
        return f"its name only reads ({looks!r})"
    return "nothing in it says what the permit is for"


def _more_than_permitted(request: RequestFacts, payload: Payload, traffic: Traffic) -> str:
    """What the request orders besides, in its content or its page's headers; or that it only tries."""
    name = declared_api(payload.path, traffic)
    known = name.casefold() in traffic.permitted_apis
    headers = pages_own_headers(request.headers)
    odd = why_rerouted(headers, traffic)
    if odd:
        return odd
    told = read_headers(headers, traffic)
    if told.unreadable:
        return f"a header: {told.unreadable}"
    found = Meaning(told, traffic).never()
    if found or told.apis:
        return f"a header orders {found or min(told.apis)!r}"
    said = (SideEffects(Meaning(part, traffic), traffic) for part in (payload, told))
    return next(filter(None, (each.why(named=known) for each in said)), "")


def _another_matter(payload: Payload, traffic: Traffic) -> str:
    """What else than the target's matter the name or the operator part is about.

    ``closeTrade`` and ``withdrawEvidence`` withdraw something too, and carry the target's id.
    """
    name = declared_api(payload.path, traffic)
    if name and name.casefold() in traffic.permitted_apis:
        return ""
    odd = _odd_object(_object_of(name, traffic), traffic) if name else ""
    if odd:
        return f"it is about another matter ({odd!r})"
    meaning = Meaning(payload, traffic)
    said = [(_object_of(name, traffic) if name else tokens(payload.path, traffic), True)]
    said += [
        (tokens(pair.value, traffic), meaning.commands(pair))
        for pair in meaning.spoken
        if meaning.decides(pair)
    ]
    found = (_about_another(words, traffic, orders=orders) for words, orders in said)
    return next(filter(None, found), "")


def _object_of(name: str, traffic: Traffic) -> tuple[str, ...]:
    """The words of a name's last part; with those before it if it names no matter itself."""
    *before, last = name.split(".")
    words = tokens(last, traffic)
    if set(words) - traffic.permitted_words - _TAIL or not before:
        return words
    around = tokens(before[-1], traffic)
    if set(around) <= traffic.wider_matters and before[:-1]:
        around = (*tokens(before[-2], traffic), *around)  # ``reverse.order``
    return (*around, *words)


def _odd_object(words: tuple[str, ...], traffic: Traffic) -> str:
    """A word beside one of withdrawing that is not known to be about the target's matter.

    There are more things to cancel or close than a table can list: a survey, a guide, a pickup.
    """
    if not traffic.beside_matters or not has_any(words, traffic.permitted_words):
        return ""
    looking = (traffic.read_words | traffic.trial_words | traffic.log_words) - {"pre"}
    known = traffic.permitted_words | traffic.matters | traffic.beside_matters | _TAIL | looking
    withdrawing = [word for word in words if word in traffic.permitted_words]
    if len(withdrawing) > len(set(withdrawing)):
        return withdrawing[0]
    return next((word for word in words if word not in known and not word.isdigit()), "")


def _about_another(words: tuple[str, ...], traffic: Traffic, *, orders: bool) -> str:
    """Another matter in a name or value; a mere type, such as of the refund, orders nothing."""
    present = set(words)
    other = has_any(words, traffic.other_matters) if orders else ""
    wider = "" if present & traffic.matters else has_any(words, traffic.wider_matters)
    if other or (wider and present & traffic.permitted_words):
        return f"it is about another matter ({other or wider!r})"
    if "undo" in present and present & traffic.permitted_words - {"undo"}:
        return "it undoes what the permit is for"
    return ""


def _looks(name: str, traffic: Traffic) -> str:
    """The read or trial word that begins or ends the last part of a name."""
    part = _ENDING.sub("", name.rstrip("/").rpartition("/")[2]).rpartition(".")[2] or name
    words = [word for word in tokens(part, traffic) if not word.isdigit()]
    ends = _without_tail(words)
    looking = (traffic.read_words | traffic.trial_words) - traffic.permitted_words
    return has_any((*ends[-1:], *ends[:1]), looking)


def _without_tail(words: list[str]) -> list[str]:
    """Drop ``ForBuyer``, ``New``, ``V``, ``Pc`` and the like from the end."""
    while len(words) > 1 and words[-1] in _TAIL:
        words = words[:-1]
    return words


def _wrong_ids(payload: Payload, scope: PermitScope, traffic: Traffic) -> str:
    texts = [payload.path, *(pair.value for pair in payload.pairs)]
    if any(_carries(text, other) for other in scope.other_ids - scope.own for text in texts):
        return "it carries the id of another target"
    if _ids_in(payload.path, scope) - scope.own:
        return "its path names another id"
    for pair in payload.pairs:
        if _names_order(pair.keys, traffic) and _ids_in(pair.value, scope) - scope.own:
            return f"its {pair.key!r} is another id"
    told = [
        pair for pair in payload.beside_addresses if pair.key.casefold() not in traffic.opaque_keys
    ]
    named = any(_names_order(pair.keys, traffic) and pair.value in scope.own for pair in told)
    for pair in told:
        if _is_stray_id(pair, scope, traffic) and (not named or _is_one_of_several(pair, traffic)):
            return f"its {pair.key!r} is an id that nothing explains"
    said = [payload.path, *(pair.value for pair in told)]
    if not any(_carries(text, own) for own in scope.naming for text in said):
        return "it does not carry an id of the target"
    return ""


def _is_stray_id(pair: Pair, scope: PermitScope, traffic: Traffic) -> bool:
    """Whether a value is an id of anything, outside a page that is sent along.

    Ids of products, shops and the like may be there; under ``id`` or ``bizId`` nobody knows.
    """
    value = pair.value.strip()
    if pair.blocks or pair.holder or value not in _ids_in(value, scope) - scope.own:
        return False
    return not frozenset(tokens(" ".join(pair.keys[-2:]), traffic)) & traffic.other_id_words


def _ids_in(text: str, scope: PermitScope) -> set[str]:
    """What in a text may be an id: a long number, and what is built like one of the target's own.

    The year of a date such as ``2026-11-27`` is built like an id of four digits, and is none.
    """
    patterns = {_pattern_of(own) for own in scope.own if len(own) >= _LEAST_ID}
    alike = (found for each in patterns for found in re.finditer(each, text))
    ids = (found[0] for found in alike if not _is_year(found))
    return {*_LONG_ID.findall(text), *ids}


def _is_year(found: re.Match[str]) -> bool:
    """Whether it is the year that a date begins with."""
    return len(found[0]) == _YEAR and _DATE.match(found.string, found.start()) is not None


def _pattern_of(own: str) -> str:
    """A pattern for ids with a digit and a letter where this one has them, as ``_carries`` finds it."""
    signs = re.sub(r"[A-Za-z]", "[A-Za-z]", re.sub(r"[0-9]", "9", re.escape(own)))
    return _alone(signs.replace("9", "[0-9]"))


def _is_one_of_several(pair: Pair, traffic: Traffic) -> bool:
    """Whether a value stands in a list, as the ids of a batch do."""
    return pair.listed or bool(frozenset(tokens(" ".join(pair.keys), traffic)) & _LISTS)


def _names_order(keys: tuple[str, ...], traffic: Traffic) -> bool:
    """Whether the innermost specific key names something like a target, or what contains it.

    A key such as ``id`` is not specific; ``orderLine.productId`` names a product.
    """
    for key in reversed(keys):
        words = frozenset(tokens(key, traffic))
        if words & {"order", "line"}:
            return True
        if words & traffic.other_id_words:
            return False
        if words & traffic.id_words:
            return True
        if words - traffic.bare_id_words and not all(word.isdigit() for word in words):
            return False
    return False


def _carries(text: str, wanted: str) -> bool:
    return re.search(_alone(re.escape(wanted)), text) is not None
