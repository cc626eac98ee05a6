"""Whole processes, timed in turn: the tool with parts of it switched off, and the bare script."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from automation.aliexpress.cancel.dialogs import WHOLE_SECONDS
from automation.engine.looking import Pace
from fixtures import MimicSite, load_scenario
from tests.benchmarks.floors.scripts import HOWS, Script
from tests.benchmarks.tree import cpu_of_children
from tests.conftest import GOOD_REASON, Tool, disputed_order

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

PLEA: Final = "Please cancel the dispute first, then we send your money back"
_ADVICE: Final = {
    "`advise` on words": ("--because", "fair-agreement"),
    "`advise` on a message": ("--because", "seller-promised", "--seller-says", PLEA),
}
_LOOK: Final = "bare script, up to the button"
_CANCEL: Final = "bare script, with the cancel"
_VERIFY: Final = "bare script, with the cancel and both pages again"


@dataclass(frozen=True)
class Run:
    """One process.

    Args:
        cpu: CPU seconds of it and of all that it started.
        waits: seconds that it waits on purpose: for a dialog that may still change, and between
            its looks at fresh pages.
        looked: seconds up to the last request of its first look at fresh pages, less the waits
            before; 0 without such a look.
    """

    seconds: float
    cpu: float
    waits: float = 0.0
    looked: float = 0.0


@dataclass(frozen=True)
class Kind:
    """What is run, and the bare script to compare it with.

    Args:
        beside: name of that kind; empty for none.
        most: how many times its time it may take.
    """

    name: str
    run: Callable[[], Run]
    beside: str = ""
    most: float = 0.0


@dataclass(frozen=True)
class Timed:
    """One kind over several rounds."""

    name: str
    runs: tuple[Run, ...]
    beside: str = ""
    most: float = 0.0

    @property
    def to_compare(self) -> float:
        """What counts beside others: up to the first look if there is one."""
        looked = [run.looked for run in self.runs if run.looked]
        return statistics.median(looked or [run.seconds for run in self.runs])

    def row(self, known: Mapping[str, Timed]) -> str:
        """One line of the table."""
        seconds = [run.seconds for run in self.runs]
        columns = [
            self.name,
            *(f"{f(seconds):.2f}" for f in (min, statistics.median, max)),
            f"{statistics.median(run.cpu for run in self.runs):.2f}",
            f"{self.to_compare:.2f}" if self.runs[0].looked else "",
            f"{self.runs[0].waits:.1f}" if self.runs[0].waits else "",
            f"{self.to_compare / known[self.beside].to_compare:.2f}" if self.beside else "",
            f"{self.most:g}" if self.most else "",
        ]
        return f"| {' | '.join(columns)} |"


@dataclass(frozen=True)
class Bench:
    """One mimic site without delays, and a fresh state folder for each run."""

    site: MimicSite
    browser: Path

    def bare(self, how: str) -> Run:
        """The bare script."""
        words = ["-m", "tests.benchmarks.bare", self.site.url, str(self.browser), how]
        return self._timed([sys.executable, *words])

    def floor(self, script: Script, how: str) -> Run:
        """The bare script of another tool.

        Raises:
            click.ClickException: it did not do what it is measured for, by the site's ledger.
        """
        return self._timed(script.words(self.site.url, self.browser, how), writes=HOWS[how])

    def offline(self, *words: str, without: tuple[str, ...] = ()) -> Run:
        """A command that opens no browser, perhaps without parts of it (see ``without``)."""
        call = [sys.executable, "-m", "automation", *words]
        return self._timed(_without(call, without), good=(0, 3))

    def imports(self, *modules: str) -> Run:
        """Python, importing something."""
        return self._timed([sys.executable, "-c", f"import {', '.join(modules)}"])

    def listing(self) -> Run:
        """``list``."""
        return self._command("list")

    def dry_run(self, *without: str) -> Run:
        """A dry run, perhaps without parts of it (see ``without``)."""
        return self._command(
            "cancel", disputed_order(self.site), *GOOD_REASON, "--dry-run", without=without
        )

    def plan(self, *without: str) -> Run:
        """``cancel --plan``; its dry run is not timed."""
        order = disputed_order(self.site)
        with tempfile.TemporaryDirectory() as folder:
            digest = Tool(Path(folder)).dry_run(order, self.site).json["plan"]["digest"]
            words = ("cancel", order, *GOOD_REASON, "--plan", str(digest))
            return self._command(*words, folder=Path(folder), without=without)

    def _command(
        self, *words: str, folder: Path | None = None, without: tuple[str, ...] = ()
    ) -> Run:
        if folder is None:
            with tempfile.TemporaryDirectory() as fresh:
                return self._command(*words, folder=Path(fresh), without=without)
        call = Tool(folder).words(*words, "--browser", str(self.browser), site=self.site)
        return self._timed(_without(call, without))

    def _timed(
        self, call: list[str], good: tuple[int, ...] = (0,), writes: int | None = None
    ) -> Run:
        heard, before = len(self.site.ledger.entries), cpu_of_children()
        begun = time.time()
        code = subprocess.run(
            call, check=False, capture_output=True, env=_as_installed()
        ).returncode
        seconds, cpu = time.time() - begun, cpu_of_children() - before
        times = [each.at.timestamp() - begun for each in self.site.ledger.entries[heard:]]
        written = len(self.site.ledger.writes())
        self.site.play(load_scenario("quick"))
        if code not in good or written != (written if writes is None else writes):
            raise click.ClickException("a measured run did not end well, so its time means nothing")
        return Run(seconds, cpu, *(_waits(times) if written and writes is None else ()))


def _without(call: list[str], parts: tuple[str, ...]) -> list[str]:
    """The call of the command, perhaps without parts of it."""
    python, module, _, *words = call
    return [python, module, "tests.benchmarks.without", ",".join(parts), *words] if parts else call


def _as_installed() -> dict[str, str]:
    """The environment of a run: Python keeps compiled code, as it does wherever a tool is installed."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def _waits(times: list[float]) -> tuple[float, float]:
    """What a run waited on purpose, and when the last request of its first look came without that.

    The pause between two looks is the last one in which the site hears nothing for so long.
    """
    pause = Pace().hold
    looks = [first for first, second in pairwise(times) if second - first >= pause]
    if not looks:
        return 0.0, times[-1]
    return WHOLE_SECONDS + pause, looks[-1] - WHOLE_SECONDS


def floors(bench: Bench, found: tuple[Script, ...]) -> list[Kind]:
    """The same walk by bare scripts of other tools, beside Playwright's, which comes first there."""
    beside = {"look": _LOOK, "cancel": _CANCEL}
    return [
        Kind(
            name.replace("bare script", f"bare script of {script.name}"),
            partial(bench.floor, script, how),
            name,
        )
        for how, name in beside.items()
        for script in found[1:]
    ]


def kinds(bench: Bench) -> list[Kind]:
    """The tool, and the bare scripts beside it."""
    click_name, bare = "`import click`", "pictures,receipt"
    return [
        Kind(click_name, lambda: bench.imports("click")),
        Kind("`--help`", lambda: bench.offline("--help"), click_name, 1.6),
        Kind("`rules`", lambda: bench.offline("rules")),
        *(
            Kind(name, partial(bench.offline, "advise", *words), click_name, 3)
            for name, words in _ADVICE.items()
        ),
        Kind(_LOOK, lambda: bench.bare("look")),
        Kind(
            "`cancel --dry-run`, without pictures and receipt",
            lambda: bench.dry_run(bare),
            _LOOK,
            1.2,
        ),
        Kind("`cancel --dry-run`", bench.dry_run, _LOOK, 1.35),
        Kind(_CANCEL, lambda: bench.bare("cancel")),
        Kind(_VERIFY, lambda: bench.bare("verify")),
        Kind(
            "`cancel --plan`, without pictures and receipt", lambda: bench.plan(bare), _VERIFY, 1.2
        ),
        Kind("`cancel --plan`", bench.plan, _VERIFY, 1.35),
        Kind("`list`", bench.listing),
    ]


def measure(kinds: list[Kind], rounds: int) -> list[Timed]:
    """Every kind in turn, round after round, so that a busy moment slows all of them.

    The first round is a warm-up and does not count: files come from the disk, and Python compiles.
    """
    found: dict[str, list[Run]] = {kind.name: [] for kind in kinds}
    for number in range(rounds + 1):
        click.echo(f"round {number} of {rounds}", err=True)
        for kind in kinds:
            found[kind.name].append(kind.run())
    found = {name: runs[1:] for name, runs in found.items()}
    return [Timed(kind.name, tuple(found[kind.name]), kind.beside, kind.most) for kind in kinds]
