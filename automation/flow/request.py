"""What a command asks of the flow."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from automation.flow.elapsed import Moment, Uptime, this_uptime
from rules import Facts

if TYPE_CHECKING:
    from pathlib import Path

    from automation.flow.plan import Plan
    from automation.flow.warnings import SiteWarning
    from automation.session.options import SessionOptions
    from automation.site import Addresses, Doubt, SiteMap
    from rules import Advice

Consent = Callable[["Plan", "Advice"], Awaitable[bool]]
ConfirmWords = Callable[["Doubt"], Awaitable[bool]]
ConfirmWarnings = Callable[["tuple[SiteWarning, ...]", "Plan"], Awaitable[bool]]


def utc_now() -> datetime:
    """The clock of a run; rules and plans get the time passed in."""
    return datetime.now(UTC)


def uptime() -> Uptime:
    """The other clock of a run: it counts from the machine's start, and nobody can set it."""
    return this_uptime()


@dataclass(frozen=True)
class Pace:
    """The pauses of a verification, in seconds.

    Args:
        hold: between the two looks over which an outcome must hold.
        backoff: between looks while the pages are unclear; the last one repeats.
    """

    hold: float = 2.0
    backoff: tuple[float, ...] = (1.0, 2.0, 4.0, 8.0)

    def pauses(self) -> Iterator[float]:
        """One pause after the other."""
        yield from self.backoff
        while True:
            yield self.backoff[-1]


@dataclass(frozen=True)
class Request:
    """One call with a browser.

    Args:
        said: what the buyer says, with the clock of the call.
        item: number of the dispute from 1, or a line's id.
        accepted: rules whose risk the buyer accepts by name.
        dry_run: stop before consent; no permit is ever handed out.
        plan_digest: consent given earlier, by a dry run's digest.
        consent: asks the buyer at the terminal; ``None`` where there is none.
        confirm_words: asks the buyer there about words that nobody has seen on the site.
        accepted_warnings: digests of warnings of the site's dialog that the buyer accepts.
        confirm_warnings: asks the buyer at the terminal about other ones.
    """

    order_id: str
    site: SiteMap
    addresses: Addresses
    session: SessionOptions
    said: Facts = field(default_factory=Facts)
    item: str | None = None
    accepted: tuple[str, ...] = ()
    dry_run: bool = False
    plan_digest: str | None = None
    consent: Consent | None = None
    confirm_words: ConfirmWords | None = None
    accepted_warnings: frozenset[str] = frozenset()
    confirm_warnings: ConfirmWarnings | None = None
    surface: str = "web"
    now: Callable[[], datetime] = utc_now
    uptime: Callable[[], Uptime] = uptime
    pace: Pace = Pace()

    def moment(self) -> Moment:
        """Now, by the wall clock and by the one that nobody can set."""
        return Moment(self.now(), self.uptime())

    @property
    def state_dir(self) -> Path:
        """The folder of journal and receipts."""
        return self.session.state_dir

    @property
    def timeout(self) -> float:
        """Seconds that each step may take."""
        return self.session.timeout
