"""Judge a request as this site's guard does, with its own table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.aliexpress.site.traffic import site_traffic
from automation.engine.guard.requests import classify as guard

if TYPE_CHECKING:
    from automation.engine.guard import SiteOrigins, Traffic


def classify(
    request: guard.RequestFacts, origins: SiteOrigins, traffic: Traffic | None = None
) -> guard.Decision:
    """The decision on one request."""
    return guard.classify(request, origins, traffic or site_traffic())
