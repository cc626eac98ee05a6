"""``python -m tests.benchmarks.floors``: what each tool takes for the same walk, at least."""

from __future__ import annotations

import statistics
import subprocess
import time
from collections import defaultdict
from typing import TYPE_CHECKING, Final

import click

from automation.engine.session.launch.discovery import find_browsers
from fixtures import MimicSite, load_scenario
from tests.benchmarks.floors.scripts import HOWS, Script, absent, scripts

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    Seconds = Mapping[tuple[str, str], list[float]]

_LIMIT: Final = 120.0


def timed(site: MimicSite, script: Script, browser: Path, how: str) -> float:
    """Seconds of the whole process; afterwards the site is as it was.

    Raises:
        click.ClickException: it did not do what it is measured for, by the site's ledger.
    """
    begun = time.perf_counter()
    words = script.words(site.url, browser, how)
    ended = subprocess.run(words, check=False, capture_output=True, timeout=_LIMIT)
    seconds = time.perf_counter() - begun
    writes = len(site.ledger.writes())
    site.play(load_scenario("quick"))
    if ended.returncode or writes != HOWS[how]:
        raise click.ClickException(
            f"{script.name} did not {how}: exit code {ended.returncode}, {writes} writes"
        )
    return seconds


def measure(found: tuple[Script, ...], browser: Path, runs: int) -> Seconds:
    """Every script in turn, round after round, so that a busy moment slows all of them."""
    seconds: dict[tuple[str, str], list[float]] = defaultdict(list)
    with MimicSite(load_scenario("quick")) as site:
        for number in range(runs):
            click.echo(f"round {number + 1} of {runs}", err=True)
            for script in found:
                for how in HOWS:
                    seconds[script.name, how].append(timed(site, script, browser, how))
    return seconds


def table(found: tuple[Script, ...], seconds: Seconds) -> str:
    """Medians, and their ratio to the script with Playwright, which is the first."""
    lines = [
        "| bare script | up to the button, seconds | × | with the cancel, seconds | × |",
        f"|{' --- |' * 5}",
    ]
    for script in found:
        cells = [script.name]
        for how in HOWS:
            own, first = (statistics.median(seconds[each.name, how]) for each in (script, found[0]))
            cells += [f"{own:.2f}", f"{own / first:.2f}"]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


@click.command()
@click.option("--runs", type=click.IntRange(min=1), default=9, show_default=True)
def main(runs: int) -> None:
    """Measure bare scripts of other tools beside the one with Playwright, on the same pages."""
    browsers = find_browsers(headless=True)
    if not browsers:
        raise click.ClickException("no browser was found; 'make browser' finds or installs one")
    for line in absent():
        click.echo(line, err=True)
    found = scripts()
    click.echo(table(found, measure(found, browsers[0], runs)))


if __name__ == "__main__":
    main()
