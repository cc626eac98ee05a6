"""One mimic site, plans made on it before anything goes wrong, and real runs of the command."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from automation.engine.journal.opening import NAME
from fixtures import MimicSite, load_scenario
from tests.conftest import GOOD_REASON, Tool, disputed_order
from tests.faults import processes
from tests.ready.processes import HANGS_SECONDS, start

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from fixtures.faults import FaultKind
    from tests.ready.processes import Process

STEP_SECONDS: Final = "5"
_SECONDS_ELSEWHERE: Final = "30"
_LOOKS_AGAIN: Final = 0.05
_PLAN_LIVES: Final = 600.0
_LATER_MINUTES: Final = "20"


@dataclass(frozen=True)
class Ended:
    """A run that is over.

    Args:
        code: its exit code, negative for the signal that killed it.
        mark: identifies its processes.
    """

    code: int
    out: str
    err: str
    mark: str

    @property
    def answer(self) -> dict[str, Any]:
        """Its JSON document; empty if it was killed before it could give one."""
        return json.loads(self.out) if self.out.strip() else {}


@dataclass
class Running:
    """A run in progress; its output goes to files, so that no full pipe can block it."""

    process: Process
    mark: str
    folder: Path

    def wait(self) -> Ended:
        """Wait for its end."""
        try:
            code = self.process.wait(HANGS_SECONDS)
        except subprocess.TimeoutExpired:
            processes.end_all(self.mark)
            raise
        out, err = ((self.folder / name).read_text("utf-8") for name in ("out", "err"))
        return Ended(code, out, err, self.mark)

    def signal(self, number: int) -> None:
        """Send a signal to the command alone."""
        if self.process.poll() is None:
            self.process.send_signal(number)


@dataclass
class Stage:
    """A site with one disputed order and a state folder that holds a plan for it."""

    site: MimicSite
    folder: Path
    started: datetime = field(default_factory=lambda: datetime.now(UTC))
    _plan: tuple[str, float] = ("", -_PLAN_LIVES)
    _numbers: count[int] = field(default_factory=lambda: count(1))

    def play(self, **overrides: Any) -> Case:  # noqa: ANN401  values of a scenario file
        """Restart the account with a fresh copy of the plan; ``overrides`` are the faults."""
        digest = self._planned()
        state = self.folder / f"case-{next(self._numbers)}"
        shutil.copytree(self.folder / "template", state)
        self.site.play(load_scenario("quick", now=self.started, **overrides))
        return Case(self, state, disputed_order(self.site), digest)

    def _planned(self) -> str:
        """The digest of a plan that lives long enough, made by a real dry run."""
        digest, made = self._plan
        if time.monotonic() - made < _PLAN_LIVES:
            return digest
        template = self.folder / "template"
        shutil.rmtree(template, ignore_errors=True)
        self.site.play(load_scenario("quick", now=self.started))
        dry = Tool(template).dry_run(disputed_order(self.site), self.site)
        assert dry.code == 0, dry.out + dry.err
        assert self.site.ledger.writes() == ()
        self._plan = (dry.json["plan"]["digest"], time.monotonic())
        return self._plan[0]


@dataclass(frozen=True)
class Case:
    """One order at one moment, with a plan that can be carried out."""

    stage: Stage
    state: Path
    order: str
    digest: str

    @property
    def site(self) -> MimicSite:
        """The site."""
        return self.stage.site

    def commit(self, *, own_driver: bool = False) -> Ended:
        """Carry the plan out and wait for the end; a driver that is killed has to be its own."""
        return self.start_commit(own_driver=own_driver).wait()

    def start_commit(self, *, own_driver: bool = True) -> Running:
        """Start to carry the plan out."""
        words = ("cancel", self.order, *GOOD_REASON, "--plan", self.digest)
        return self.start(*words, shared_driver=not own_driver)

    def start_elsewhere(self, endpoint: str) -> Running:
        """Start to carry the plan out in a browser that a server has to start first."""
        words = ("cancel", self.order, *GOOD_REASON, "--plan", self.digest)
        return self.start(
            *words, "--connect", endpoint, shared_driver=True, seconds=_SECONDS_ELSEWHERE
        )

    def verify(self, *, later: bool = False) -> Ended:
        """The command's outcome, now or once the quiet time is over."""
        return self.start("verify", self.order, later=later, shared_driver=True).wait()

    def start(
        self,
        *words: str,
        later: bool = False,
        shared_driver: bool = False,
        seconds: str = STEP_SECONDS,
    ) -> Running:
        """Start the real command in a process of its own; the site may harm its browser.

        Args:
            seconds: for each of its steps.
        """
        mark = processes.new_mark()
        folder = self.stage.folder / "runs" / mark
        folder.mkdir(parents=True)
        self.site.outside = _harm(mark)
        module = ("tests.faults.later", _LATER_MINUTES) if later else ("automation",)
        options = (
            "--site",
            self.site.url,
            "--gateway",
            self.site.gateway_url,
            "--state-dir",
            str(self.state),
            "--timeout",
            seconds,
        )
        with (
            Path(os.devnull).open("rb") as nothing,
            (folder / "out").open("wb") as out,
            (folder / "err").open("wb") as err,
        ):
            process = start(
                [sys.executable, "-m", *module, *words, "--json", *options],
                stdin=nothing.fileno(),
                stdout=out.fileno(),
                stderr=err.fileno(),
                env=processes.environment(mark),
                shared_driver=shared_driver,
            )
        return Running(process, mark, folder)

    def written(self) -> tuple[tuple[str, int, int], ...]:
        """The journal's files, with their times and sizes."""
        found = []
        for path in sorted(self.state.glob(f"{NAME}*")):
            with suppress(FileNotFoundError):
                kept = path.stat()
                found.append((path.name, kept.st_mtime_ns, kept.st_size))
        return tuple(found)

    def events(self) -> list[str]:
        """Events so far of attempts that may send, read from outside the tool."""
        address = f"file:{self.state / NAME}?mode=ro"
        asked = (
            "SELECT event FROM event JOIN attempt ON attempt.id = event.attempt"
            " WHERE command = 'cancel' ORDER BY event.id"
        )
        try:
            with closing(sqlite3.connect(address, uri=True, timeout=5)) as db:
                return [str(row[0]) for row in db.execute(asked)]
        except sqlite3.Error:
            return []


def at_event(case: Case, running: Running, event: str, number: int = signal.SIGKILL) -> bool:
    """Send a signal as soon as the journal on disk has the event; False if it ended before."""
    before: tuple[tuple[str, int, int], ...] = ()
    again = 0.0
    while running.process.poll() is None:
        # A query costs more than a look at the files, whose times are coarse.
        now, clock = case.written(), time.monotonic()
        if now != before or clock > again:
            before, again = now, clock + _LOOKS_AGAIN
            if event in case.events():
                running.signal(number)
                return True
        time.sleep(0.002)
    return False


@contextmanager
def stage(folder: Path) -> Iterator[Stage]:
    """A running site; all processes of its runs are ended afterwards."""
    with MimicSite(load_scenario("quick")) as site:
        try:
            yield Stage(site, folder)
        finally:
            for run in (folder / "runs").glob("*"):
                processes.end_all(run.name)


def _harm(mark: str) -> Callable[[FaultKind], None]:
    def happen(kind: FaultKind) -> None:
        processes.end(mark, kind.value.partition("-")[0])

    return happen
