"""Time the first day: from nothing to a verified cancel, on a site of which nothing is known.

It is cancelled twice, each time with everything fresh: by hand alone, and by the ordinary command
after its pages were taught.

``python -m tests.benchmarks.stranger`` prints the seconds of each round and the site's ledger.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from fixtures import MimicSite, load_scenario
from tests.cli.stranger import FirstDay, by_hand_alone
from tests.cli.taught_stranger import teach_then_cancel
from tests.engine.session.browsers import chromium

_LIMIT_SECONDS = 180


def once() -> tuple[FirstDay, int]:
    """One round with everything fresh: site, browser, state and config."""
    with (
        tempfile.TemporaryDirectory() as folder,
        MimicSite(load_scenario("stranger")) as site,
        chromium(Path(folder) / "theirs", "--disable-popup-blocking", windows=True) as window,
        sync_playwright() as playwright,
    ):
        os.environ["XDG_CONFIG_HOME"] = folder
        person = playwright.chromium.connect_over_cdp(window)
        day = by_hand_alone(site, ("--attach", window), person, Path(folder))
        return day, len(site.ledger.writes())


def taught() -> bool:
    """The other way: teach, then the ordinary command; true if it was done in time with one write."""
    with (
        tempfile.TemporaryDirectory() as folder,
        MimicSite(load_scenario("stranger")) as site,
        chromium(Path(folder) / "theirs", "--disable-popup-blocking", windows=True) as window,
        sync_playwright() as playwright,
    ):
        person = playwright.chromium.connect_over_cdp(window)
        times, last = teach_then_cancel(site, ("--attach", window), person, Path(folder))
        writes = len(site.ledger.writes())
    seconds = sum(each for _, each in times)
    parts = ", ".join(f"{name} {each:.0f} s" for name, each in times)
    outcome = "done" if last.code == 0 else f"exit {last.code}"
    sys.stdout.write(
        f"teach, then cancel: {seconds:.0f} s ({parts}), {outcome}, {writes} write(s)\n"
    )
    return outcome == "done" and writes == 1 and seconds < _LIMIT_SECONDS


def main() -> None:
    """Print how long each took, and exit with 1 if one was not done in time with one write."""
    by_hand = _by_hand()
    sys.exit(not (taught() and by_hand))


def _by_hand() -> bool:
    day, writes = once()
    outcome = "done" if day.ran.code == 0 and not day.unasked else f"exit {day.ran.code}"
    sys.stdout.write(
        f"cancel --by-hand, from nothing to verified: {day.seconds:.0f} s, {outcome}, {writes} write(s)\n"
    )
    return outcome == "done" and writes == 1 and day.seconds < _LIMIT_SECONDS


if __name__ == "__main__":
    main()
