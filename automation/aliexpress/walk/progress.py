"""The steps of a run, and what those who walk the pages tell about them."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager

    from automation.aliexpress.answer import Step


class StepRecord(Struct, frozen=True):
    """One finished step.

    Args:
        page: title or address of the page.
        seconds: how long it took.
        note: what it found, in a few words.
    """

    step: Step
    page: str
    seconds: float
    note: str = ""


@dataclass
class Running:
    """What a step in progress has to say; kept when it succeeds."""

    page: str = ""
    note: str = ""


class Progress(Protocol):
    """Follows the steps of those who read pages; a page can be read without one."""

    def step(self, step: Step) -> AbstractContextManager[Running]:
        """Follow one step."""

    def waiting_for_human(self) -> AbstractContextManager[None]:
        """Stop the time limit of the step while the body asks a human."""


class Untold:
    """Tells no one: for pages that are read within another step."""

    @contextmanager
    def step(self, step: Step) -> Iterator[Running]:  # noqa: ARG002  part of the protocol
        """Run the step."""
        yield Running()

    @contextmanager
    def waiting_for_human(self) -> Iterator[None]:
        """Ask."""
        yield
