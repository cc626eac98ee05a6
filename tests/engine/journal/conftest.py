"""Helpers of the journal's tests."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from automation.engine.journal import Event, Journal
from automation.engine.target import Target
from tests.sources import started_sources

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2026, 6, 10, 12, 0, tzinfo=UTC)
TO_INTENT = (Event.WHOLE_FOUND, Event.TARGET_READ, Event.PLANNED, Event.CONSENTED, Event.INTENT)

Begin = Callable[..., int]
Script = Callable[[str], "subprocess.Popen[str]"]


@pytest.fixture
def now() -> datetime:
    """A moment with a zone."""
    return NOW


@pytest.fixture
def state(tmp_path: Path) -> Path:
    """A state folder that does not exist yet."""
    return tmp_path / "share" / "dispute-guard"


@pytest.fixture
def journal(state: Path) -> Iterator[Journal]:
    """A fresh journal."""
    with Journal.open(state) as opened:
        yield opened


@pytest.fixture
def begin() -> Begin:
    """Start an attempt on an order and take it through some events."""

    def start(
        journal: Journal,
        *events: Event,
        order: str = "8200000000001234",
        dispute: str | None = "D1",
        line: str | None = "L1",
    ) -> int:
        ids = {"order": order, "line": line, "dispute": dispute}
        known = {role: each for role, each in ids.items() if each}
        target = Target(ids=known, words=f"order {order}", exact=len(known) > 1)
        number = journal.begin(target, "cancel", "https://site.example", "web", "0.1.0", NOW)
        for event in events:
            journal.record(number, event, NOW)
        return number

    return start


@pytest.fixture
def with_intent(begin: Begin) -> Begin:
    """Start an attempt on an order and take it up to its intent."""

    def start(journal: Journal, **target: str | None) -> int:
        return begin(journal, *TO_INTENT, **target)

    return start


@pytest.fixture
def script(state: Path) -> Iterator[Script]:
    """Run Python source in a process of its own; ``state`` is its first argument."""
    with started_sources(stderr=subprocess.PIPE) as run:
        yield lambda source: run(PRELUDE + source, str(state))


PRELUDE = """
import os, sys
from datetime import UTC, datetime
from pathlib import Path
from automation.errors import ToolError
from automation.engine.journal import Event, Journal, StoredPlan, target_lock
from automation.engine.target import Target
state, now = Path(sys.argv[1]), datetime(2026, 6, 10, 12, tzinfo=UTC)

def say(*words):
    print(*words, flush=True)

def target(dispute, order="8200000000001234"):
    return Target(ids={"order": order, "line": "L1", "dispute": dispute}, words="dispute")

def to_intent(journal, order="8200000000001234", dispute="D1"):
    number = journal.begin(target(dispute, order), "cancel", "https://site.example", "web", "0.1.0", now)
    for event in list(Event)[1:6]:
        journal.record(number, event, now)
    return number
"""
