"""``make bench``: times whole processes beside a bare script; ``--write`` saves the table."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Final

import click

from automation.engine.session.launch.discovery import find_browsers
from fixtures import MimicSite, load_scenario
from tests.benchmarks.measuring import Bench, Timed, kinds, measure

DOCUMENT: Final = Path(__file__).with_name("README.md")
_MARK: Final = "## Last result\n"


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
@click.option("--write", is_flag=True, help="Put the table into tests/benchmarks/README.md.")
def main(runs: int, raw: Path | None, write: bool) -> None:
    """Time the tool on a mimic site without delays, beside a bare script on the same pages."""
    found = find_browsers(headless=True)
    if not found:
        raise click.ClickException("no browser was found; 'make browser' finds or installs one")
    with MimicSite(load_scenario("quick")) as site:
        timed = measure(kinds(Bench(site, found[0])), runs)
    shown = table(timed)
    click.echo(shown)
    if raw:
        raw.write_text(json.dumps([asdict(each) for each in timed], indent=1), "utf-8")
    if write:
        head = DOCUMENT.read_text("utf-8").partition(_MARK)[0]
        DOCUMENT.write_text(f"{head}{_MARK}\n{runs} rounds on two cores:\n\n{shown}\n", "utf-8")


if __name__ == "__main__":
    main()
