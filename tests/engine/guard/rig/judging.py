"""Judge a request as this site's guard does, with its own table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.aliexpress.site.traffic import site_traffic
from automation.engine.guard.requests.classify import classify as guard_classifies

if TYPE_CHECKING:
    from automation.engine.guard import SiteOrigins, Traffic
    from automation.engine.guard.requests.classify import RequestFacts
    from automation.engine.guard.requests.decision import Decision


def classify(
    request: RequestFacts, origins: SiteOrigins, traffic: Traffic | None = None
) -> Decision:
    """The decision on one request."""
    return guard_classifies(request, origins, traffic or site_traffic())
