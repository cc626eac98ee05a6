"""``make bench``: times whole processes beside bare scripts; ``--write`` saves table and times."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Final

import click

from automation.engine.session.launch.discovery import find_browsers
from fixtures import MimicSite, load_scenario
from tests.benchmarks.floors.scripts import absent, scripts
from tests.benchmarks.machine import machine
from tests.benchmarks.measuring import Bench, Timed, floors, kinds, measure
from tests.benchmarks.results import show, write_option

RAW: Final = Path(__file__).with_name("bench.json")
METHOD: Final = (
    "whole processes on a mimic site without delays; in each round every kind once, in turn; a "
    "first round is not counted; CPU seconds are of the process and all that it started"
)


def table(timed: list[Timed]) -> str:
    """One line for each kind; the last columns say how many times the bare script's time it took.

    Up to the first look counts from the start to the last request of the first look at fresh
    pages, less the deliberate waits before it.
    """
    head = "whole process, seconds|min|median|max|CPU|up to the first look|deliberate waits|× bare|at most"
    columns = head.split("|")
    lines = [f"| {' | '.join(columns)} |", f"|{' --- |' * len(columns)}"]
    known = {each.name: each for each in timed}
    return "\n".join([*lines, *(each.row(known) for each in timed)])


@click.command()
@click.option("--runs", type=click.IntRange(min=1), default=9, show_default=True)
@click.option(
    "--json", "raw", type=click.Path(path_type=Path), help="Write every single time here."
)
@write_option("bench")
def main(runs: int, raw: Path | None, write: bool) -> None:
    """Time the tool on a mimic site without delays, beside bare scripts on the same pages."""
    found = find_browsers(headless=True)
    if not found:
        raise click.ClickException("no browser was found; 'make browser' finds or installs one")
    for line in absent():
        click.echo(line, err=True)
    with MimicSite(load_scenario("quick")) as site:
        bench = Bench(site, found[0])
        timed = measure([*kinds(bench), *floors(bench, scripts())], runs)
    facts = machine(found[0])
    for file in filter(None, (raw, RAW if write else None)):
        file.write_text(as_json(timed, facts), "utf-8")
    show("bench", f"{runs} rounds. {'; '.join(facts.values())}.\n\n{table(timed)}", write=write)


def as_json(timed: list[Timed], machine: dict[str, str]) -> str:
    """Every single time, with the machine and the method."""
    told = {"method": METHOD, "machine": machine, "kinds": [asdict(each) for each in timed]}
    return json.dumps(told, indent=1) + "\n"


if __name__ == "__main__":
    main()
