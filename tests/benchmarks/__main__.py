"""``make bench``: times whole processes beside a bare script; ``--write`` saves the table."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

from automation.engine.session.launch.discovery import find_browsers
from fixtures import MimicSite, load_scenario
from tests.benchmarks.measuring import Bench, Timed, kinds, measure
from tests.benchmarks.results import show, write_option


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
@click.option("--json", "raw", type=click.Path(path_type=Path), help="Write every single time.")
@write_option("bench")
def main(runs: int, raw: Path | None, write: bool) -> None:
    """Time the tool on a mimic site without delays, beside a bare script on the same pages."""
    found = find_browsers(headless=True)
    if not found:
        raise click.ClickException("no browser was found; 'make browser' finds or installs one")
    with MimicSite(load_scenario("quick")) as site:
        timed = measure(kinds(Bench(site, found[0])), runs)
    if raw:
        raw.write_text(json.dumps([asdict(each) for each in timed], indent=1), "utf-8")
    show("bench", f"{runs} rounds on two cores:\n\n{table(timed)}", write=write)


if __name__ == "__main__":
    main()
