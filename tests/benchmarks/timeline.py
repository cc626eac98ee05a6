"""``python -m tests.benchmarks.timeline``: what one run does when, and what it waits for.

Of several rounds the fastest is shown. ``probe`` notes the calls to the driver, the pauses and the
CPU seconds of the command's own process; the mimic site's ledger has the requests.
"""

from __future__ import annotations

import json
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from fixtures import MimicSite, load_scenario
from tests.conftest import GOOD_REASON, Tool, disputed_order

if TYPE_CHECKING:
    from collections.abc import Iterator

KINDS: Final = ("dry-run", "plan", "list")
_OF_THE_GUARD: Final = ("continue", "abort", "send Fetch.")
"""How the guard's answers to requests begin; there are two for each request."""
_LOOP: Final = "pause of 0.5 s"
"""The watchdog looks every half second, beside the work."""


@dataclass(frozen=True)
class Row:
    """One line.

    Args:
        at: seconds since the process began.
        took: seconds until it ended; 0 for a moment.
        cpu: CPU seconds of the command's own process at its begin; 0 if unknown.
    """

    at: float
    took: float
    cpu: float
    what: str

    def __str__(self) -> str:
        """As it is printed, in milliseconds."""
        return f"{self.at * 1000:7.0f} {self.took * 1000:6.0f} {self.cpu * 1000:6.0f}  {self.what}"


@dataclass(frozen=True)
class Timeline:
    """What one run did, in order."""

    rows: tuple[Row, ...]
    seconds: float

    @property
    def awaited(self) -> float:
        """Seconds in which at least one call was open or one pause was under way."""
        total = until = 0.0
        for row in self.rows:
            if row.what != _LOOP and row.at + row.took > until:
                total += row.at + row.took - max(until, row.at)
                until = row.at + row.took
        return total


def measured(tool: Tool, site: MimicSite, kind: str, notes: Path) -> Timeline:
    """Run a command once, under watch.

    Raises:
        ClickException: it did not end well.
    """
    words = _words(tool, site, kind)
    call = tool.words(*words, site=site)
    call[1:3] = ["-m", "tests.benchmarks.probe", str(notes)]
    heard, begun = len(site.ledger.entries), time.time()
    ran = subprocess.run(call, check=False, capture_output=True, text=True)
    seconds = time.time() - begun
    if ran.returncode:
        raise click.ClickException(f"the measured run ended with {ran.returncode}: {ran.stderr}")
    rows = [*_noted(json.loads(notes.read_text("utf-8")), begun), *_heard(site, heard, begun)]
    return Timeline(tuple(sorted(rows, key=lambda row: row.at)), seconds)


def _words(tool: Tool, site: MimicSite, kind: str) -> tuple[str, ...]:
    if kind == "list":
        return ("list",)
    order = disputed_order(site)
    call = ("cancel", order, *GOOD_REASON)
    if kind == "plan":
        return (*call, "--plan", str(tool.dry_run(order, site).json["plan"]["digest"]))
    return (*call, "--dry-run")


def _noted(notes: list[dict[str, Any]], begun: float) -> Iterator[Row]:
    for note in notes:
        took = max(0.0, note["ended"] - note["begun"])
        yield Row(note["begun"] - begun, took, note["cpu"], note["what"])


def _heard(site: MimicSite, first: int, begun: float) -> Iterator[Row]:
    for entry in site.ledger.entries[first:]:
        at = entry.at.timestamp() - begun
        yield Row(at, 0.0, 0.0, f"  <- {entry.method} {entry.api or entry.path}")


@click.command()
@click.option("--kind", type=click.Choice(KINDS), default="dry-run", show_default=True)
@click.option("--rounds", type=click.IntRange(min=1), default=5, show_default=True)
@click.option("--all", "everything", is_flag=True, help="The guard's answers to requests too.")
def main(kind: str, rounds: int, everything: bool) -> None:
    """Print the timeline of the fastest of several runs."""
    found = []
    with tempfile.TemporaryDirectory() as name, MimicSite(load_scenario("quick")) as site:
        for number in range(rounds):
            site.play(load_scenario("quick"))
            tool = Tool(Path(name) / str(number))
            found.append(measured(tool, site, kind, Path(name) / "notes.json"))
    best = min(found, key=lambda each: each.seconds)
    click.echo("     at   took    CPU  (milliseconds)")
    for row in best.rows:
        if everything or not row.what.startswith((*_OF_THE_GUARD, _LOOP)):
            click.echo(str(row))
    click.echo(
        f"{best.seconds * 1000:7.0f} ms in all; in {best.awaited * 1000:.0f} ms of them it waited"
        " for the driver, the browser or a pause"
    )


if __name__ == "__main__":
    main()
