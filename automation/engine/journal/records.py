"""What the journal keeps: attempts, their events, and plans.

It keeps nothing personal: ids are what buyers need to recognise their order; titles,
addresses and messages have no column.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BeforeValidator, ConfigDict
from pydantic.dataclasses import dataclass

from automation.engine.target import Target

Outcome = Literal["done", "not_done", "unknown"]
FinalOutcome = Literal["done", "not_done"]
Detail = str | int | float | bool | None


class Event(StrEnum):
    """What can happen in an attempt: the events of a full run in order, then the early ends.

    A site may find what contains its target first; it has to read the target before a plan.
    """

    STARTED = "started"
    # Their strings are older than the engine, and are in journals.
    WHOLE_FOUND = "order_found"
    TARGET_READ = "dispute_read"
    PLANNED = "planned"
    CONSENTED = "consented"
    INTENT = "intent"
    CLICKED = "clicked"
    PERMIT_USED = "permit_used"
    ANSWERED = "answered"
    VERIFIED = "verified"
    FINISHED = "finished"
    DECLINED = "declined"
    REFUSED = "refused"
    STALE = "stale"
    FAILED = "failed"
    INTERRUPTED = "interrupted"
    SETTLED = "settled"
    # Another outcome than the recorded one, on pages that were looked at after the end.
    SEEN_LATER = "seen_later"


def as_text(moment: datetime) -> str:
    """A moment as UTC ISO 8601 text with milliseconds, which sorts by time.

    Raises:
        ValueError: the moment has no time zone.
    """
    if moment.tzinfo is None:
        raise ValueError("a time in the journal needs a time zone")
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def as_moment(text: str) -> datetime:
    """The moment (UTC) of a text in the journal.

    Raises:
        ValueError: it is not a time, or has no time zone.
    """
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"a time without a zone: {text}")
    try:
        return moment.astimezone(UTC)
    except OverflowError as error:
        raise ValueError(f"no such time: {text}") from error


def _moment(value: object) -> object:
    return as_moment(value) if isinstance(value, str) else value


def _parsed(value: object) -> object:
    return json.loads(value) if isinstance(value, str) else value


_WHEN_USED = ConfigDict(defer_build=True)
_Moment = Annotated[datetime, BeforeValidator(_moment)]


@dataclass(frozen=True, slots=True, config=_WHEN_USED)
class Attempt:
    """One run of a command on one target; times are UTC.

    ``gateway`` is where the site's API has an origin of its own; empty if it has none.
    ``outcome`` is None while it runs and after a crash. ``exit_code`` and ``reason``
    are those of the run itself, even if it was settled later.
    """

    id: int
    target: Annotated[Target, BeforeValidator(_parsed)]
    command: str
    site: str
    surface: str
    tool_version: str
    pid: int
    started: _Moment
    last_event: str
    finished: _Moment | None
    outcome: Outcome | None
    exit_code: int | None
    reason: str | None
    settled: _Moment | None
    settled_how: str | None
    gateway: str = ""


@dataclass(frozen=True, slots=True, config=_WHEN_USED)
class AttemptEvent:
    """One event of an attempt, at ``at`` (UTC)."""

    id: int
    attempt: int
    at: _Moment
    event: Event
    details: Annotated[dict[str, Detail], BeforeValidator(_parsed)]


@dataclass(frozen=True, slots=True, config=_WHEN_USED)
class StoredPlan:
    """A dry run's plan, which can be committed once before ``expires`` (UTC)."""

    digest: str
    target: Annotated[Target, BeforeValidator(_parsed)]
    created: _Moment
    expires: _Moment
    document: Annotated[dict[str, object], BeforeValidator(_parsed)]
    spent: _Moment | None = None
