"""What is known of this site's traffic (site facts, sections 1, 5 and 9)."""

from __future__ import annotations

import json
from functools import cache
from importlib import resources

from automation.engine.guard import SiteOrigins, Traffic


@cache
def site_traffic() -> Traffic:
    """The shipped table: hosts, pages, reading calls, and the words of a cancel."""
    text = resources.files("automation.aliexpress.site").joinpath("traffic.json").read_text("utf-8")
    return Traffic.of_site(json.loads(text))


def real_origins() -> SiteOrigins:
    """The hosts of the real site."""
    return SiteOrigins(site_traffic().hosts)
