"""Applies the classification and the permit to requests, and keeps the record."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from enum import Enum
from typing import TYPE_CHECKING, Final

from automation.guard.classify import Decision, RequestFacts, classify
from automation.guard.permit import Permit, why_unfit
from automation.guard.report import GuardReport, RequestRecord, record_of

if TYPE_CHECKING:
    from automation.guard.layers import Layer
    from automation.guard.origins import SiteOrigins
    from automation.guard.traffic import Traffic

_CACHE_LIMIT: Final = 2048


class Verdict(Enum):
    """What happens to a request now."""

    LET = "let through"
    SEND = "sent once under the permit"
    REFUSE = "refused"


class Judge:
    """Judges requests one by one; holds no browser object, so tests need none."""

    def __init__(self, origins: SiteOrigins, traffic: Traffic) -> None:
        self.origins = origins
        self.traffic = traffic
        self.permit: Permit | None = None
        self.sealed = False
        self._allowed: list[RequestRecord] = []
        self._refused: list[RequestRecord] = []
        self._on_the_way: Counter[tuple[str, str]] = Counter()
        self._cache: dict[tuple[str, str], Decision] = {}

    def at_route(self, request: RequestFacts, layer: Layer) -> Verdict:
        """Judge the first address of a request; the only place that uses a permit."""
        decision = self.decide(request)
        if self.sealed:
            return self._refuse(request, replace(decision, reason="the guard is sealed"), layer)
        if decision.allow:
            self._on_the_way[_key(request)] += 1
            return self._let(request, decision, layer)
        why = self._use_permit(request, decision)
        if why is None:
            self._allowed.append(record_of(request, decision, layer=layer.value, permitted=True))
            return Verdict.SEND
        reason = f"{decision.reason}; {why}" if why else decision.reason
        return self._refuse(request, replace(decision, reason=reason), layer)

    def at_browser(self, request: RequestFacts, layer: Layer) -> Verdict:
        """Judge what really leaves; a permitted request never comes this way."""
        decision = self.decide(request)
        if self.sealed or not decision.allow:
            reason = "the guard is sealed" if self.sealed else decision.reason
            return self._refuse(request, replace(decision, reason=reason), layer)
        key = _key(request)
        if self._on_the_way[key] > 0:
            self._on_the_way[key] -= 1
            return Verdict.LET
        return self._let(request, decision, layer)

    def may_go_on(self, request: RequestFacts) -> bool:
        """Whether a route could let this request through or use the permit on it; decides nothing."""
        decision = self.decide(request)
        if self.sealed or decision.allow:
            return not self.sealed
        permit = self.permit
        return permit is not None and not why_unfit(request, decision, permit.scope, self.traffic)

    def refuse_socket(self, url: str, layer: Layer) -> None:
        """Record a WebSocket; none is ever let through."""
        facts = RequestFacts(url, method="WEBSOCKET", resource_type="websocket")
        self._refuse(facts, Decision("unknown", allow=False, reason="no sockets"), layer)

    def decide(self, request: RequestFacts) -> Decision:
        """The classification; repeated GETs without a body come from a cache."""
        if request.method != "GET" or request.body or request.headers.get("x-http-method-override"):
            return classify(request, self.origins, self.traffic)
        key = (request.url, request.resource_type)
        known = self._cache.get(key)
        if known is None:
            known = classify(request, self.origins, self.traffic)
            if len(self._cache) < _CACHE_LIMIT:
                self._cache[key] = known
        return known

    def report(self) -> GuardReport:
        """What was judged so far."""
        return GuardReport(tuple(self._allowed), tuple(self._refused))

    def _use_permit(self, request: RequestFacts, decision: Decision) -> str | None:
        """None if the request may go now; else why not (empty without a permit)."""
        if self.permit is None:
            return ""
        why = why_unfit(request, decision, self.permit.scope, self.traffic)
        if why:
            return why
        if self.permit.consume():
            return None
        state = self.permit.state
        return "permit already used" if state == "used" else f"the permit is {state}"

    def _let(self, request: RequestFacts, decision: Decision, layer: Layer) -> Verdict:
        self._allowed.append(record_of(request, decision, layer=layer.value))
        return Verdict.LET

    def _refuse(self, request: RequestFacts, decision: Decision, layer: Layer) -> Verdict:
        self._refused.append(record_of(request, decision, layer=layer.value))
        return Verdict.REFUSE


def _key(request: RequestFacts) -> tuple[str, str]:
    """One request in two layers: the lower one does not see the fragment."""
    return request.method, request.url.partition("#")[0]
