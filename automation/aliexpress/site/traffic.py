"""What is known of this site's traffic (site facts, sections 1, 5 and 9)."""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from automation.engine.guard import SiteOrigins, Traffic

if TYPE_CHECKING:
    from automation.aliexpress.site.model import SiteMap


@cache
def site_traffic() -> Traffic:
    """The shipped table: hosts, pages, reading calls, and the words of a cancel."""
    text = resources.files("automation.aliexpress.site").joinpath("traffic.json").read_text("utf-8")
    return Traffic.of_site(json.loads(text))


def traffic_of(site: SiteMap, allowed_reads: tuple[str, ...] = ()) -> Traffic:
    """The shipped table with what the user's file adds, and calls that they allow for this run.

    Raises:
        ToolError: an addition is malformed (exit 2).
    """
    mine = {**site.traffic}
    if allowed_reads:
        mine["allowed_reads"] = (*mine.get("allowed_reads", ()), *allowed_reads)
    return site_traffic().with_overlay(mine) if mine else site_traffic()


def real_origins() -> SiteOrigins:
    """The hosts of the real site."""
    return SiteOrigins(site_traffic().hosts)
