"""Apply the classification and the permit to requests, and keep the record."""

from __future__ import annotations

import re
from collections import Counter
from enum import Enum
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from automation.engine.guard.permit import (
    CLICK_TYPES,
    Permit,
    carries_own_id,
    content_of,
    why_unfit,
)
from automation.engine.guard.report import GuardReport, RequestRecord, key_names, record_of
from automation.engine.guard.requests.classify import RequestFacts, classify
from automation.engine.guard.requests.decision import Decision
from automation.engine.guard.requests.negotiable import asks_something, can_only_read
from automation.engine.guard.requests.payload_reader import read_payload

if TYPE_CHECKING:
    from collections.abc import Callable

    from automation.engine.guard.layers import Layer
    from automation.engine.guard.origins import SiteOrigins
    from automation.engine.guard.traffic import Traffic


_USED: Final = "permit already used"
_TOO_EARLY: Final = "its window was not guarded yet"
_LONG_ID: Final = re.compile(r"(?<!\d)\d{15,19}(?!\d)")
_UNLED: Final = "nobody pressed anything for it"


class Verdict(Enum):
    """What to do with a request."""

    LET = "let through"
    SEND = "sent once under the permit"
    REFUSE = "refused"


class Judge:
    """Judges requests one by one; has no browser object, so tests need none."""

    def __init__(self, origins: SiteOrigins, traffic: Traffic) -> None:
        self.origins = origins
        self.traffic = traffic
        self.permit: Permit | None = None
        self.sealed = False
        self.human_at_work = False
        self.on_refused: Callable[[RequestRecord], None] = lambda _: None
        self._allowed: list[RequestRecord] = []
        self._refused: list[RequestRecord] = []
        self.refused_address = ""
        self._on_the_way: Counter[tuple[str, str]] = Counter()
        self._sent: frozenset[tuple[str, str]] = frozenset()
        self.own_ids: frozenset[str] = frozenset()

    def at_route(
        self, request: RequestFacts, layer: Layer, *, too_early: bool = False, unled: bool = False
    ) -> Verdict:
        """Judge the first address of a request; the only place that uses a permit.

        Args:
            too_early: not every layer is on its page yet, so a read does not pass.
            unled: the permit is for what a human's press leads to, and none led to this.
        """
        decision = self.decide(request)
        if self.sealed:
            return self._refuse(request, replace(decision, reason="the guard is sealed"), layer)
        if decision.allow and too_early:
            return self._refuse(request, replace(decision, reason=_TOO_EARLY), layer)
        if decision.allow:
            self._on_the_way[_key(request)] += 1
            return self._let(request, decision, layer)
        why = self._use_permit(request, decision, unled=unled)
        if why is None:
            self._allowed.append(record_of(request, decision, layer=layer.value, permitted=True))
            return Verdict.SEND
        reason = f"{decision.reason}; {why}" if why else decision.reason
        return self._refuse(request, replace(decision, reason=reason), layer)

    def at_browser(self, request: RequestFacts, layer: Layer) -> Verdict:
        """Judge what is really sent; a permitted request never comes this way."""
        decision = self.decide(request)
        if self.sealed or not decision.allow:
            reason = "the guard is sealed" if self.sealed else decision.reason
            return self._refuse(request, replace(decision, reason=reason), layer)
        if self._was_let(_key(request)):
            return Verdict.LET
        return self._let(request, decision, layer)

    def _was_let(self, key: tuple[str, str]) -> bool:
        """Whether the route let this request through; what it let through once passes once."""
        let = self._on_the_way.pop(key, 0)
        if let > 1:
            self._on_the_way[key] = let - 1
        return let > 0

    def may_go_on(self, request: RequestFacts) -> bool:
        """Whether a route could let this request through or use the permit on it; decides nothing."""
        decision = self.decide(request)
        if self.sealed or decision.allow:
            return not self.sealed
        return self._fits(request, decision)

    def waits_for_press(self, request: RequestFacts) -> bool:
        """Whether a request fits a permit that is only for what a human's press leads to."""
        permit = self.permit
        if permit is None or permit.led_by is None or permit.state != "unused" or self.sealed:
            return False
        decision = self.decide(request)
        return not decision.allow and self._fits(request, decision)

    def _fits(self, request: RequestFacts, decision: Decision) -> bool:
        permit = self.permit
        return permit is not None and not why_unfit(request, decision, permit.scope, self.traffic)

    def refuse_socket(self, url: str, layer: Layer) -> None:
        """Record a refused WebSocket; all are refused."""
        facts = RequestFacts(url, method="WEBSOCKET", resource_type="websocket")
        self._refuse(facts, Decision("unknown", allow=False, reason="no sockets"), layer)

    def decide(self, request: RequestFacts) -> Decision:
        """Classify the request; never cached, since headers may differ."""
        may_send = self.permit is not None and self.permit.state == "unused"
        human = self.human_at_work and not may_send
        return classify(request, self.origins, self.traffic, human=human)

    def start_anew(self) -> None:
        """Begin a report of its own for another target, without a permit."""
        self.permit, self._sent = None, frozenset()
        self._allowed, self._refused, self.refused_address = [], [], ""

    def report(self) -> GuardReport:
        """What was judged so far."""
        answer = self.permit.answer if self.permit else None
        client = answer.client if answer else ""
        return GuardReport(tuple(self._allowed), tuple(self._refused), client)

    def _use_permit(self, request: RequestFacts, decision: Decision, *, unled: bool) -> str | None:
        """None if the request may be sent now; else why not (empty without a permit)."""
        if self.permit is None:
            return ""
        why = why_unfit(request, decision, self.permit.scope, self.traffic)
        if why:
            return why
        if unled:
            return _UNLED
        if self.permit.consume():
            self._sent = content_of(request, self.traffic)
            return None
        state = self.permit.state
        return _USED if state == "used" else f"the permit is {state}"

    def _let(self, request: RequestFacts, decision: Decision, layer: Layer) -> Verdict:
        self._allowed.append(record_of(request, decision, layer=layer.value))
        return Verdict.LET

    def _refuse(self, request: RequestFacts, decision: Decision, layer: Layer) -> Verdict:
        record = record_of(request, decision, layer=layer.value)
        if record.is_held_back:
            record = self._held_back(record, request)
            record = replace(record, nameable=self._nameable(request, decision))
            record = replace(record, asks=self._asks(decision))
            record = replace(record, teachable=self._teachable(request, decision))
        self._refused.append(record)
        if record.main_frame and request.method.upper() == "GET":
            self.refused_address = request.url
        self.on_refused(record)
        return Verdict.REFUSE

    def _asks(self, decision: Decision) -> bool:
        """Whether a held-back call could have brought words that the page shows."""
        unknown = decision.kind == "unknown" and bool(decision.api)
        return unknown or asks_something(decision.api, self.traffic)

    def _teachable(self, request: RequestFacts, decision: Decision) -> bool:
        """Whether site data could name a call as a read: nothing speaks against it but own ids."""
        api, traffic = decision.api, self.traffic
        if not self.own_ids or decision.kind != "unknown" or not api or decision.negotiable:
            return False
        own = self.own_ids | frozenset(_LONG_ID.findall(request.page))
        payload = read_payload(request.url, request.body, request.content_type, traffic)
        if not can_only_read(api, payload, traffic, own):
            return False
        named = traffic.model_copy(update={"reads": traffic.reads | {api.casefold()}})
        return classify(request, self.origins, named).allow

    def _nameable(self, request: RequestFacts, decision: Decision) -> bool:
        """Whether only the name of its API keeps a call from being the permitted one.

        A call that says what it does, and it is something else, is never that one.
        """
        if self.permit is None or not decision.api or self.permit.state != "unused":
            return False
        if decision.kind != "unknown":
            return False
        named = self.traffic.permitted_apis | {decision.api.casefold()}
        traffic = self.traffic.model_copy(update={"permitted_apis": named})
        return not why_unfit(request, decision, self.permit.scope, traffic)

    def _held_back(self, record: RequestRecord, request: RequestFacts) -> RequestRecord:
        """Add details for the buyer: the names of its keys, and its relation to the permit."""
        payload = read_payload(request.url, request.body, request.content_type, self.traffic)
        record = replace(record, keys=key_names(payload.keys - self.traffic.opaque_keys))
        if self.permit is None or request.resource_type not in CLICK_TYPES:
            return record
        after = (
            self.permit.state == "used"
            and (record.kind == "write" or record.reason.endswith(_USED))
            and carries_own_id(request, self.permit.scope, self.traffic)
        )
        repeats = after and content_of(request, self.traffic) == self._sent
        return replace(record, under_permit=True, after_sent=after, repeats=repeats)


def _key(request: RequestFacts) -> tuple[str, str]:
    """The key of a request in both layers: the lower one does not see the fragment."""
    return request.method, request.url.partition("#")[0]
