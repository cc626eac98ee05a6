"""Say until when a new dispute may be possible after a cancel: the latest time, never a promise (F6, F7)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from automation.text import when_short, when_text

if TYPE_CHECKING:
    from typing import TypeAlias

    from automation.aliexpress.advice_answer import Advised
    from automation.aliexpress.list_answer import ListedAnswer
    from rules import Advice

    Judged: TypeAlias = Advised | Advice


def refile_at(answer: Judged | ListedAnswer) -> datetime | None:
    """The latest time to file again; ``None`` if it is unknown."""
    at = answer.refile_by
    return datetime.fromisoformat(at) if isinstance(at, str) else at


def refile_cell(answer: Advised) -> str:
    """The same in a cell of a table."""
    at = refile_at(answer)
    if _is_closed(answer):
        return "-"
    return when_short(at) if at else "unknown"


def refile_line(answer: Judged, now: datetime) -> str:
    """The same as a line of its own."""
    at = refile_at(answer)
    if _is_closed(answer):
        return "you cannot file again: the case is closed for good"
    if at is None:
        return "latest time to file again: unknown (no protection deadline is known)"
    if at <= now:
        return f"you can no longer file again: that ended {when_text(at)}"
    return f"latest time to file again, not a promise: {moment(at, now)}"


def refile_sentence(answer: Judged) -> str:
    """The same as a sentence beside the next step; empty if it is unknown."""
    at = refile_at(answer)
    if at is None:
        return ""
    from rules.wording import ZONE_IS_MISSING

    how = "" if _has_zone(answer) else f": {ZONE_IS_MISSING}"
    return f"You could file again until {when_text(at)}, at the latest{how}."


def _is_closed(answer: Judged) -> bool:
    """True after a ruling or an accepted proposal: nothing can be filed again (F5)."""
    return any(finding.rule == "status-final" for finding in answer.findings)


def _has_zone(answer: Judged) -> bool:
    """False if the time rests on a date without a time zone."""
    return all("time_zone" not in finding.facts for finding in answer.findings)


def moment(at: datetime, now: datetime) -> str:
    """A time for people, with the time left."""
    from rules.wording import span_text

    left = f"{span_text(at - now)} left" if at > now else "already over"
    return f"{when_text(at)}, {left}"
