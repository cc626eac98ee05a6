"""Run the work of a command so that it ends cleanly: when done, on Ctrl-C, or when it hangs.

The work is cancelled at most once and then closes its browser. A second Ctrl-C changes
nothing, since every part of closing has a deadline. What comes after the work (journal
entry, receipt) is not interrupted. Then the old signal handlers are restored.
"""

from __future__ import annotations

import asyncio
from contextlib import ExitStack, nullcontext
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self, TypeVar

from msgspec import Struct
from playwright.async_api import Error

from automation.errors import ErrorCode, Hint, ToolError
from automation.fault_log import keep_fault
from automation.signals import arrived, handled

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Hashable
    from pathlib import Path
    from types import TracebackType

Result = TypeVar("Result")

PATIENCE = 4
"""How many times the limit of one wait a step may take, if it does not say otherwise."""

_LOOK_SECONDS = 0.5
_SECONDS_MORE = 30.0


class Place(Struct, frozen=True):
    """Where the work is: as long as this does not change, nothing happens.

    Args:
        step: the current step, in words for people.
        mark: another value after each finished step, or part of a long one.
        patience: how many times the limit of one wait the whole step may take; this catches
            waits that never end.
        human_is_asked: no limit: every question has its own.
    """

    step: str
    mark: Hashable = None
    patience: int = PATIENCE
    human_is_asked: bool = False


@dataclass
class Stillness:
    """How long the work has been in one place."""

    _place: Place | None = None
    _since: float = 0.0

    def seconds(self, here: Place, now: float) -> float:
        """Seconds since the work last moved, or since a human was last asked.

        Args:
            here: where the work is now.
            now: seconds on a clock that is never set back.
        """
        if here != self._place or here.human_is_asked:
            self._place, self._since = here, now
        return now - self._since


@dataclass
class Interrupts:
    """Handles Ctrl-C, SIGTERM and SIGHUP inside the ``with`` block.

    Args:
        place: says where the work is now.
        timeout: time limit of one wait, in seconds.
        state_dir: where to keep faults of background tasks.
        runner: the loop to work in, if there is one already; it stays open.
    """

    place: Callable[[], Place]
    timeout: float
    state_dir: Path | None = None
    runner: asyncio.Runner | None = None
    _caught: bool = False
    _running: bool = False
    _over: bool = False
    _stuck: Place | None = None
    _loop: asyncio.AbstractEventLoop | None = None
    _task: asyncio.Task[object] | None = None
    _stack: ExitStack = field(default_factory=ExitStack)

    def __enter__(self) -> Self:
        self._stack.enter_context(handled(self._on_signal))
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._stack.close()

    @property
    def caught(self) -> bool:
        """True once the work was to end: a signal came."""
        return self._caught

    @property
    def stuck(self) -> ToolError | None:
        """The error for a step that hung, once the work was cancelled because of it."""
        return stuck_in(self._stuck) if self._stuck else None

    def run(self, work: Coroutine[None, None, Result]) -> Result:
        """Run the work to its end, and return its result.

        Raises:
            KeyboardInterrupt: it was interrupted; its browser is closed.
            ToolError: a step hung (``step_stuck``), or what the work raised.
        """
        self._running = True
        self._caught |= arrived()
        try:
            with nullcontext(self.runner) if self.runner else asyncio.Runner() as runner:
                self._loop = runner.get_loop()
                self._loop.set_exception_handler(self._on_stray_fault)
                return runner.run(self._watched(work))
        except ToolError:
            if self._caught:  # a terminal's Ctrl-C ends Playwright's driver too
                raise KeyboardInterrupt from None
            raise
        except asyncio.CancelledError:
            if self._stuck is not None:
                raise stuck_in(self._stuck) from None
            raise KeyboardInterrupt from None

    async def _watched(self, work: Coroutine[None, None, Result]) -> Result:
        self._task = asyncio.current_task()
        watch = asyncio.create_task(self._watch())
        if self._caught and self._task:
            self._task.cancel()
        try:
            return await work
        finally:
            self._over = True
            watch.cancel()

    async def _watch(self) -> None:
        """Cancel the work if it hangs."""
        self._stuck = await standstill(self.place, self.timeout)
        if self._task:
            self._task.cancel()

    def _on_signal(self) -> None:
        if self._caught or self._over:
            return
        self._caught = True
        if not self._running:
            raise KeyboardInterrupt
        if self._task is not None and self._loop is not None:
            self._loop.call_soon_threadsafe(self._task.cancel)

    def _on_stray_fault(self, _loop: asyncio.AbstractEventLoop, context: dict[str, object]) -> None:
        """Keep an error of a background task in a file; it changes no outcome.

        Errors of a browser that died are dropped: the work has noticed that already.
        """
        fault = context.get("exception")
        if self.state_dir and isinstance(fault, Exception) and not isinstance(fault, Error):
            keep_fault(self.state_dir, fault)


async def standstill(place: Callable[[], Place], seconds: float) -> Place:
    """Return where the work stands still, once a step takes far longer than its own deadlines.

    Args:
        place: says where the work is now.
        seconds: time limit of one wait.
    """
    clock = asyncio.get_running_loop().time
    stillness = Stillness()
    while True:
        here = place()
        if stillness.seconds(here, clock()) > here.patience * seconds + _SECONDS_MORE:
            return here
        await asyncio.sleep(_LOOK_SECONDS)


def stuck_in(place: Place) -> ToolError:
    """The error for a step that hung."""
    return ToolError(
        f"the browser hung during '{place.step}' and was closed",
        code=ErrorCode.STEP_STUCK,
        hint=Hint.CHECK_BROWSER,
    )
