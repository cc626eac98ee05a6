"""A line that says what a run does now, and for how long: at a terminal, while a page loads."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, Final, Self

from automation.cli.screen.terminal import can_rewrite, redraw, rewrite, style
from automation.text import clean_text

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

    from automation.aliexpress.answer import Step
    from automation.aliexpress.running import Run
    from automation.aliexpress.walk.progress import StepRecord

_EVERY_SECONDS: Final = 0.25
# A step that is over sooner needs no line of its own.
_AT_LEAST_SECONDS: Final = 0.5
_LONGEST_PAGE: Final = 60


def step_name(step: Step) -> str:
    """What a person reads for a step."""
    return step.value.replace("_", " ")


def step_in_words(record: StepRecord) -> str:
    """A step that is over, without its note, which may quote a page."""
    name, page = step_name(record.step), clean_text(record.page, _LONGEST_PAGE)
    where = f", {page}" if page.casefold() != name else ""
    return f"{name}{where} ({record.seconds:.1f} s)"


class LiveLine:
    """Redraws one line on stderr while the body works; in a file or pipe, does nothing.

    It never covers a question: the terminal draws no such line after an unfinished one.

    Args:
        words: what to show now; empty for nothing.
        on: false shows nothing, for scripts.
    """

    def __init__(self, words: Callable[[], str], *, on: bool = True) -> None:
        self._words = words
        self._over = threading.Event()
        self._drawer = (
            threading.Thread(target=self._draw, name="live line", daemon=True)
            if on and can_rewrite()
            else None
        )

    def __enter__(self) -> Self:
        if self._drawer is not None:
            self._drawer.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        del kind, error, trace
        self._over.set()
        if self._drawer is not None:
            self._drawer.join()
            rewrite("")

    def _draw(self) -> None:
        while not self._over.wait(_EVERY_SECONDS):
            redraw(self._words)


def words_of(run: Run, clock: Callable[[], float] = time.perf_counter) -> str:
    """The step that a run is in, its page and its whole seconds; empty between two steps."""
    now = run.now
    if now is None or run.human_is_asked:
        return ""
    seconds = clock() - now.since
    if seconds < _AT_LEAST_SECONDS:
        return ""
    name = step_name(now.step)
    page = clean_text(now.running.page, _LONGEST_PAGE)
    return f"{style(f'{int(seconds):6} s', 'dim')}  {name:<16} {page}".rstrip() + " …"
