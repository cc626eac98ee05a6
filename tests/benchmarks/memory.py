"""``python -m tests.benchmarks.memory``: the most memory of a run and all its processes.

Of a page of memory that several processes share each has its part, so the sum counts it once.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from automation.engine.session.launch.discovery import find_browsers
from fixtures import MimicSite, load_scenario
from tests.benchmarks.results import show, write_option
from tests.benchmarks.tree import Cost, cost_of
from tests.conftest import GOOD_REASON, Tool, disputed_order

if TYPE_CHECKING:
    from collections.abc import Iterator


def measured(site: MimicSite, browser: Path, folder: Path) -> Iterator[tuple[str, Cost]]:
    """The bare script and the tool, up to the button and with the cancel."""
    tool, order = Tool(folder), disputed_order(site)
    bare = [sys.executable, "-m", "tests.benchmarks.bare", site.url, str(browser)]
    words = ("cancel", order, *GOOD_REASON, "--quiet", "--browser", str(browser))
    yield "bare script, up to the button", cost_of([*bare, "look"])
    dry = cost_of(tool.words(*words, "--dry-run", site=site))
    yield "`cancel --dry-run`", dry
    yield "`cancel --plan`", cost_of(tool.words(*words, "--plan", dry.out.strip(), site=site))
    site.play(load_scenario("quick"))
    yield "bare script, with the cancel", cost_of([*bare, "cancel"])
    site.play(load_scenario("quick"))
    yield "`list`", cost_of(tool.words("list", "--quiet", site=site))


@click.command()
@write_option("memory")
def main(write: bool) -> None:
    """Measure the peak of each kind of run."""
    browser = find_browsers(headless=True)[0]
    lines = ["| whole process tree | peak MiB | CPU seconds |", "| --- | --- | --- |"]
    with tempfile.TemporaryDirectory() as name, MimicSite(load_scenario("quick")) as site:
        for what, cost in measured(site, browser, Path(name)):
            if cost.code:
                raise click.ClickException(f"{what} ended with {cost.code}: {cost.out}")
            lines.append(f"| {what} | {cost.peak:.0f} | {cost.cpu:.2f} |")
    show("memory", "\n".join(lines), write=write)


if __name__ == "__main__":
    main()
