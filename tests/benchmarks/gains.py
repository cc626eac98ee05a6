"""``python -m tests.benchmarks.gains``: a command with each way to save time on, and with it off."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

import click

from automation.engine.session.launch.discovery import find_browsers
from fixtures import MimicSite, load_scenario
from tests.benchmarks.measuring import PLEA, Bench, Kind, measure
from tests.benchmarks.results import show, write_option
from tests.benchmarks.without import NOTHING

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.benchmarks.measuring import Run, Timed

WAYS: Final = {
    "ahead": "driver and browser start while the tool loads",
    "driver-cache": "Node keeps the driver's compiled code",
    "turns": "threads that load give way sooner",
    "compiled": "words are kept as compiled code",
    "models": "models are built when they are first used",
    "typed": "pydantic checks nothing that Click has typed",
    "template": "the receipt's template is kept as compiled code",
    "freeze": "no garbage collection while loading and at the end, and less in between",
    "same-picture": "an unchanged tab is not photographed again",
    "pictures": "(no pictures at all)",
    "receipt": "(no receipt)",
    "tabs": "tabs of the first look open while the dialog is awaited",
}
"""By the name of the part that is taken out; in brackets what is a cost rather than a way."""
OFFLINE: Final = ("compiled", "typed", "freeze")
COMMIT: Final = ("tabs",)


def row(off: Timed, on: Timed) -> str:
    """What one way gains: the least of all rounds, which load changes less than their median."""
    seconds = [min(run.seconds for run in each.runs) for each in (on, off)]
    cpu = [min(run.cpu for run in each.runs) for each in (on, off)]
    columns = (*seconds, seconds[1] - seconds[0], *cpu, cpu[1] - cpu[0])
    return f"| {off.name} | {' | '.join(f'{each:.2f}' for each in columns)} |"


def table(command: str, run: Callable[..., Run], parts: tuple[str, ...], rounds: int) -> str:
    """A line for each way, on and off."""
    ways = [Kind(WAYS[part], partial(run, part)) for part in parts]
    on, *off = measure([Kind("all of it on", partial(run, NOTHING)), *ways], rounds)
    head = f"| {command} | on, s | off, s | gain | on, CPU s | off, CPU s | gain |"
    return "\n".join([head, f"|{' --- |' * 7}", *(row(each, on) for each in off)])


@click.command()
@click.option("--rounds", type=click.IntRange(min=1), default=9, show_default=True)
@write_option("gains")
def main(rounds: int, write: bool) -> None:
    """Measure each way, on and off, in turn."""
    browser = find_browsers(headless=True)[0]
    with MimicSite(load_scenario("quick")) as site:
        bench = Bench(site, browser)

        def advise(*without: str) -> Run:
            words = ("advise", "--because", "seller-promised", "--seller-says", PLEA)
            return bench.offline(*words, without=without)

        tables = [
            table(
                "`cancel --dry-run`",
                bench.dry_run,
                tuple(way for way in WAYS if way not in COMMIT),
                rounds,
            ),
            table("`cancel --plan`", bench.plan, COMMIT, rounds),
            table("`advise` on a message", advise, OFFLINE, rounds),
        ]
    show("gains", "\n\n".join([f"The least of {rounds} rounds:", *tables]), write=write)


if __name__ == "__main__":
    main()
