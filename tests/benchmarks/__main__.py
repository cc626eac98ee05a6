"""``make bench``: times whole processes beside a bare script; ``--write`` saves the table."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from automation.engine.session.launch.discovery import find_browsers
from fixtures import MimicSite, load_scenario
from tests.benchmarks.results import show, write_option
from tests.conftest import GOOD_REASON, Tool, disputed_order

if TYPE_CHECKING:
    from collections.abc import Callable

_OTHER_SCENARIO: Final = "fair-agreement"


@dataclass(frozen=True)
class Timed:
    """Seconds of a whole process over several runs."""

    name: str
    seconds: tuple[float, ...]

    def row(self) -> str:
        """One line of the table."""
        low, high = min(self.seconds), max(self.seconds)
        return f"| {self.name} | {low:.2f} | {statistics.median(self.seconds):.2f} | {high:.2f} |"


@dataclass(frozen=True)
class Bench:
    """One mimic site without delays, and a fresh state folder for each run."""

    site: MimicSite
    browser: Path

    def bare(self, how: str) -> float:
        """The bare script."""
        words = [
            sys.executable,
            "-m",
            "tests.benchmarks.bare",
            self.site.url,
            str(self.browser),
            how,
        ]
        return self._timed(lambda: subprocess.run(words, check=True).returncode == 0)

    def offline(self, *words: str) -> float:
        """A command that opens no browser."""
        call = [sys.executable, "-m", "automation", *words]
        return self._timed(lambda: _quiet(call) in {0, 3})

    def command(self, *words: str) -> float:
        """A command on the disputed order; ``cancel`` carries out a plan made beforehand."""
        with tempfile.TemporaryDirectory() as folder:
            tool, order = Tool(Path(folder)), disputed_order(self.site)
            if words == ("cancel",):
                digest = str(tool.dry_run(order, self.site).json["plan"]["digest"])
                words = ("cancel", order, *GOOD_REASON, "--plan", digest)
            elif words == ("dry run",):
                words = ("cancel", order, *GOOD_REASON, "--dry-run")
            call = tool.words(*words, site=self.site)
            return self._timed(lambda: _quiet([*call, "--browser", str(self.browser)]) == 0)

    def _timed(self, work: Callable[[], bool]) -> float:
        begun = time.perf_counter()
        good = work()
        seconds = time.perf_counter() - begun
        self.site.play(load_scenario("quick"))
        if not good:
            raise click.ClickException("a measured run did not end well, so its time means nothing")
        return seconds


def _quiet(call: list[str]) -> int:
    return subprocess.run(call, check=False, capture_output=True).returncode


def measure(bench: Bench, runs: int) -> list[Timed]:
    """Every kind in turn, round after round, so that a busy moment slows all of them."""
    kinds: dict[str, Callable[[], float]] = {
        "`--help`": lambda: bench.offline("--help"),
        "`rules`": lambda: bench.offline("rules"),
        "`advise` on words": lambda: bench.offline("advise", "--because", _OTHER_SCENARIO),
        "bare script, up to the button": lambda: bench.bare("look"),
        "`cancel --dry-run`": lambda: bench.command("dry run"),
        "bare script, with the cancel": lambda: bench.bare("cancel"),
        "`cancel --plan`": lambda: bench.command("cancel"),
        "`list`": lambda: bench.command("list"),
    }
    seconds: dict[str, list[float]] = {name: [] for name in kinds}
    for number in range(runs):
        click.echo(f"round {number + 1} of {runs}", err=True)
        for name, work in kinds.items():
            seconds[name].append(work())
    return [Timed(name, tuple(found)) for name, found in seconds.items()]


@click.command()
@click.option("--runs", type=click.IntRange(min=1), default=9, show_default=True)
@write_option("bench")
def main(runs: int, write: bool) -> None:
    """Time the tool on a mimic site without delays, beside a bare script on the same pages."""
    found = find_browsers(headless=True)
    if not found:
        raise click.ClickException("no browser was found; 'make browser' finds or installs one")
    with MimicSite(load_scenario("quick")) as site:
        timed = measure(Bench(site, found[0]), runs)
    table = "\n".join(
        ["| whole process, seconds | min | median | max |", "| --- | --- | --- | --- |"]
        + [each.row() for each in timed]
    )
    show("bench", f"{runs} rounds on two cores:\n\n{table}", write=write)


if __name__ == "__main__":
    main()
