"""Work with a browser ends when it is done, when it hangs, and on a signal."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from automation.engine import interrupts
from automation.engine.interrupts import Interrupts, Place, Stillness
from automation.errors import ErrorCode, ToolError

if TYPE_CHECKING:
    from collections.abc import Coroutine
    from pathlib import Path

READS_FOR = 0.5


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A watchdog that ends a step after a tenth of a second."""
    monkeypatch.setattr(interrupts, "_LOOK_SECONDS", 0.01)
    monkeypatch.setattr(interrupts, "_SECONDS_MORE", 0.1)


@dataclass
class Work:
    """Steps in which nothing happens for a while: a human reads, or the browser hangs."""

    asks: bool = False
    steps: int = 0

    def place(self) -> Place:
        """Where it is."""
        return Place("a step", self.steps, human_is_asked=self.asks)

    async def waits(self, *, asks: bool) -> None:
        """One step."""
        self.asks = asks
        await asyncio.sleep(READS_FOR)
        self.asks, self.steps = False, self.steps + 1


def watched(work: Work, run: Coroutine[Any, Any, None], state_dir: Path | None = None) -> None:
    """Run under the watchdog, on a thread of its own like all loops of these tests."""
    with ThreadPoolExecutor(1) as thread, Interrupts(work.place, 0.0, state_dir) as over:
        thread.submit(over.run, run).result()


def test_a_human_may_read_in_any_step() -> None:
    """GIVEN a question in a step WHEN a human takes long to read it THEN the run continues."""
    work = Work()

    watched(work, work.waits(asks=True))

    assert work.steps == 1


def test_a_step_that_hangs_is_ended() -> None:
    """Positive control: the same wait without a question counts as a hanging browser."""
    work = Work()

    with pytest.raises(ToolError, match="hung during 'a step'") as stopped:
        watched(work, work.waits(asks=False))

    assert stopped.value.code == "step_stuck"


def test_the_clock_runs_again_after_the_answer() -> None:
    """GIVEN an answered question WHEN the step hangs afterwards THEN it is ended."""
    work = Work()

    async def asks_and_hangs() -> None:
        await work.waits(asks=True)
        await asyncio.sleep(READS_FOR)

    with pytest.raises(ToolError, match="hung"):
        watched(work, asks_and_hangs())


def test_a_long_step_is_still_only_while_nothing_happens_in_it() -> None:
    """GIVEN a step in parts THEN the time counts anew from the end of each part."""
    stillness = Stillness()

    seconds = [stillness.seconds(Place("a step", mark), now) for mark, now in ((1, 10), (1, 14))]
    after = [stillness.seconds(Place("a step", mark), now) for mark, now in ((2, 15), (2, 17))]

    assert (seconds, after) == ([0, 4], [0, 2])


def test_no_time_passes_while_a_human_is_asked() -> None:
    """GIVEN a question THEN the time counts from its answer."""
    stillness = Stillness()
    asked, answered = Place("a step", human_is_asked=True), Place("a step")

    times = [stillness.seconds(asked, 10), stillness.seconds(asked, 90)]
    times += [stillness.seconds(answered, 91), stillness.seconds(answered, 95)]

    assert times == [0, 0, 0, 4]


def test_a_fault_of_a_background_task_is_kept_and_not_shown(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """GIVEN a failing task that is never awaited THEN a file, and nothing on the screen."""

    async def leaves_a_fault() -> None:
        future = asyncio.get_running_loop().create_future()
        future.set_exception(KeyError("Robin"))
        del future
        await asyncio.sleep(0)

    watched(Work(), leaves_a_fault(), tmp_path)

    [file] = (tmp_path / "faults").iterdir()
    assert "KeyError" in file.read_text("utf-8")
    assert "Robin" not in file.read_text("utf-8")
    assert capfd.readouterr().err == ""


def test_a_signal_before_the_work_ends_it_at_once() -> None:
    """GIVEN a signal before the work began THEN it stops there, and no step begins; a second one is ignored."""
    work = Work()
    over = Interrupts(work.place, 0.0)

    with pytest.raises(KeyboardInterrupt):
        over._on_signal()  # noqa: SLF001  what a signal calls
    over._on_signal()  # noqa: SLF001

    assert over.caught
    with pytest.raises(KeyboardInterrupt):
        in_thread(over, work.waits(asks=False))
    assert work.steps == 0


def test_a_signal_during_the_work_cancels_it() -> None:
    """GIVEN a signal in a step THEN the work is cancelled there, and its own clean-up still runs."""
    cleaned: list[str] = []
    over = Interrupts(Work().place, 60.0)

    async def interrupted() -> None:
        over._on_signal()  # noqa: SLF001
        try:
            await asyncio.Event().wait()
        finally:
            cleaned.append("closed")

    with pytest.raises(KeyboardInterrupt):
        in_thread(over, interrupted())
    assert cleaned == ["closed"]
    assert over.stuck is None


def test_an_error_of_an_interrupted_browser_is_the_interruption() -> None:
    """GIVEN a signal that ended the driver too THEN its error is not the end; without one it is (control)."""

    async def fails() -> None:
        raise ToolError("the browser is gone", code=ErrorCode.INTERNAL_ERROR)

    async def interrupted() -> None:
        over._caught = True  # noqa: SLF001  the signal
        await fails()

    over = Interrupts(Work().place, 60.0)
    with pytest.raises(KeyboardInterrupt):
        in_thread(over, interrupted())
    with pytest.raises(ToolError, match="gone"):
        in_thread(Interrupts(Work().place, 60.0), fails())


def in_thread(over: Interrupts, run: Coroutine[Any, Any, None]) -> None:
    """Run on a thread of its own, without the process's signals."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(over.run, run).result()
