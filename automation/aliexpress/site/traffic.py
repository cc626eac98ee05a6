"""What is known of this site's traffic (site facts, sections 1, 5 and 9)."""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from automation.engine.guard import SiteOrigins, Traffic
from automation.engine.guard.requests.negotiable import why_never
from automation.text import clean_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_LONGEST = 80


@cache
def site_traffic() -> Traffic:
    """The shipped table: hosts, pages, reading calls, and the words of a cancel."""
    text = resources.files("automation.aliexpress.site").joinpath("traffic.json").read_text("utf-8")
    return Traffic.of_site(json.loads(text))


def traffic_of(
    added: Mapping[str, tuple[str, ...]], allowed_reads: tuple[str, ...] = ()
) -> Traffic:
    """The shipped table with what the user's file adds, and calls that they allow for this run.

    Raises:
        ToolError: an addition is malformed (exit 2).
    """
    mine = {**added}
    if allowed_reads:
        mine["allowed_reads"] = (*mine.get("allowed_reads", ()), *allowed_reads)
    return site_traffic().with_overlay(mine) if mine else site_traffic()


def useless_reads(names: Iterable[str]) -> tuple[str, ...]:
    """What to tell a person of each name whose calls are never let through as reads."""
    found = ((clean_text(name, _LONGEST), why_never(name, site_traffic())) for name in names)
    return tuple(f"--allow-read {name} lets nothing through: {why}" for name, why in found if why)


def real_origins() -> SiteOrigins:
    """The hosts of the real site."""
    return SiteOrigins(site_traffic().hosts)
