"""``python -m tests.benchmarks.gains``: a dry run with each way to save time on, and with it off."""

from __future__ import annotations

from functools import partial
from statistics import median
from typing import TYPE_CHECKING, Final

import click

from automation.engine.session.launch.discovery import find_browsers
from fixtures import MimicSite, load_scenario
from tests.benchmarks.measuring import Bench, Kind, measure

if TYPE_CHECKING:
    from tests.benchmarks.measuring import Timed

_ALL: Final = "all of it on"
WAYS: Final = {
    "ahead": "driver and browser start while the tool loads",
    "turns": "threads that load give way sooner",
    "compiled": "words are kept as compiled code",
    "freeze": "no garbage collection while loading and at the end",
    "same-picture": "an unchanged tab is not photographed again",
    "pictures": "(no pictures at all)",
    "receipt": "(no receipt)",
}
"""By the name of the part that is taken out; in brackets what is a cost rather than a way."""


def row(off: Timed, on: Timed) -> str:
    """What one way gains: medians, and the CPU seconds, which load changes less."""
    seconds = [median(run.seconds for run in each.runs) for each in (on, off)]
    cpu = [median(run.cpu for run in each.runs) for each in (on, off)]
    columns = [f"{each:.2f}" for each in (*seconds, seconds[1] - seconds[0], cpu[1] - cpu[0])]
    return f"| {off.name} | {' | '.join(columns)} |"


@click.command()
@click.option("--rounds", type=click.IntRange(min=1), default=9, show_default=True)
def main(rounds: int) -> None:
    """Measure each way, on and off, in turn."""
    browser = find_browsers(headless=True)[0]
    with MimicSite(load_scenario("quick")) as site:
        bench = Bench(site, browser)
        ways = [Kind(words, partial(bench.dry_run, part)) for part, words in WAYS.items()]
        on, *off = measure([Kind(_ALL, bench.dry_run), *ways], rounds)
    click.echo("| seconds of a dry run | on | off | gain | CPU |\n| --- | --- | --- | --- | --- |")
    for each in off:
        click.echo(row(each, on))


if __name__ == "__main__":
    main()
