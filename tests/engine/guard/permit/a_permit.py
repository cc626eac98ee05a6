"""A permit's target, and requests that may fit it."""

from __future__ import annotations

from automation.aliexpress.site.traffic import site_traffic
from automation.engine.guard import PermitScope, SiteOrigins
from automation.engine.guard.permit import why_unfit
from automation.engine.guard.requests.classify import RequestFacts, classify
from automation.engine.target import Target

ORDER, LINE, TRADE, OTHER = (f"{start}190001112223334" for start in "3589")
TARGET = Target(ids={"order": ORDER, "line": TRADE, "dispute": LINE}, words="the dispute")
SCOPE = PermitScope(TARGET, other_ids=frozenset({OTHER}), names=frozenset({TRADE}))
SITE = "http://127.0.0.1:8123"
ORIGINS = SiteOrigins.only(SITE)
CANCEL = f"{SITE}/h5/mtop.aliexpress.buyer.reverse.cancelIt/1.0/"
LIST = f"{SITE}/h5/mtop.aliexpress.trade.buyer.order.list/1.0/"


class Clock:
    """A clock that tests move."""

    now = 100.0

    def __call__(self) -> float:
        """Seconds."""
        return self.now


def facts(
    url: str = CANCEL, body: str = "", kind: str = "xhr", method: str = "POST"
) -> RequestFacts:
    """A request of a page."""
    return RequestFacts(url, method, kind, body.encode() or None)


def fits(request: RequestFacts, scope: PermitScope = SCOPE) -> bool:
    """Whether the permit is for this request."""
    table = site_traffic()
    return not why_unfit(request, classify(request, ORIGINS, table), scope, table)
