"""What a command asks of the flow."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, Protocol

from msgspec import Struct, field

from automation.engine.elapsed import Moment, Uptime, this_uptime
from automation.engine.looking import Pace
from rules import Facts

if TYPE_CHECKING:
    from pathlib import Path

    from automation.aliexpress.plan.plan import Plan
    from automation.aliexpress.plan.site_warnings import SiteWarning
    from automation.aliexpress.site import Addresses, SiteMap
    from automation.aliexpress.walk.held_reads import HeldRead, ReadOffers
    from automation.aliexpress.walk.tab import ConfirmWords
    from automation.engine.session.options import SessionOptions
    from rules import Advice

Consent = Callable[["Plan", "Advice"], Awaitable[bool]]
ConfirmWarnings = Callable[["tuple[SiteWarning, ...]", "Plan"], Awaitable[bool]]


def utc_now() -> datetime:
    """The clock of a run, in UTC; rules and plans are given the time."""
    return datetime.now(UTC)


def uptime() -> Uptime:
    """The other clock of a run: it counts from the machine's start and cannot be set."""
    return this_uptime()


class Human(Protocol):
    """Somebody at the window, who can sign in or solve a captcha."""

    @property
    def seconds(self) -> float:
        """How long to wait for them."""

    def asked(self, what: str) -> None:
        """Tell them what the site wants."""

    def waits(self, left: float) -> None:
        """Show how many seconds are left."""

    def over(self) -> None:
        """Stop showing them."""

    async def says_done(self) -> None:
        """Return when they say that they have done it; without a terminal, never."""


BY_HAND_SECONDS: Final = 120.0


class Questions(Protocol):
    """What a buyer who acts by hand is asked at a terminal; each answer may take its time."""

    async def may_read(self, page: str, calls: tuple[HeldRead, ...]) -> tuple[HeldRead, ...]:
        """Those of a page's calls that the buyer lets through as reads."""

    async def meaning_of(self, words: str, choices: tuple[str, ...]) -> str:
        """The status that the words mean to them; empty if they do not know."""

    async def was_their_cancel(self, call: str, pressed: str) -> bool:
        """Whether they pressed Cancel Request, and this call came of it."""


class Escort(Struct, frozen=True):
    """``--by-hand``: the buyer presses in the window, and the run goes with them.

    Args:
        say: shows a line at the terminal.
        left: shows what to do and how many seconds are left for it.
        seconds: how long each of the buyer's turns may take.
        questions: asks the buyer; ``None`` without a terminal.
    """

    say: Callable[[str], None] = field(default=lambda _: None)
    left: Callable[[str, int], None] = field(default=lambda _what, _seconds: None)
    seconds: float = BY_HAND_SECONDS
    questions: Questions | None = None


class Request(Struct, frozen=True):
    """One call with a browser.

    Args:
        said: what the buyer says, with the time of the call.
        item: number of the dispute from 1, or the id of its line or dispute.
        called: what the buyer calls the dispute, where ``item`` is the id that it turned out to have.
        accepted: rules whose risk the buyer accepts.
        dry_run: stop before consent; no permit is handed out.
        plan_digest: consent given earlier, as the digest of a dry run.
        agreed: how the buyer agreed to it, if not to this plan alone.
        consent: asks the buyer at the terminal; ``None`` if there is none.
        confirm_words: asks the buyer at the terminal about unverified labels.
        accepted_warnings: digests of warnings in the site's dialog that the buyer accepts.
        allowed_reads: unknown calls that the buyer lets through in this run, if they only read.
        confirm_warnings: asks the buyer at the terminal about other warnings.
        human: somebody at the browser's window; ``None`` if it has none.
        offers: asks the buyer at the terminal about held-back reads.
        keep_receipts: how many receipts of attempts that sent nothing are kept, and how many
            pages that were not recognised; ``None`` keeps all, and the usual number of pages.
        questions: asks the buyer at the terminal what a new status means, where the tool presses.
        escort: goes with a buyer who presses Cancel Request; without one the tool presses it.
    """

    order_id: str
    site: SiteMap
    addresses: Addresses
    session: SessionOptions
    said: Facts = field(default_factory=Facts)
    item: str | None = None
    called: str | None = None
    accepted: tuple[str, ...] = ()
    dry_run: bool = False
    plan_digest: str | None = None
    agreed: str = ""
    consent: Consent | None = None
    confirm_words: ConfirmWords | None = None
    accepted_warnings: frozenset[str] = frozenset()
    confirm_warnings: ConfirmWarnings | None = None
    human: Human | None = None
    offers: ReadOffers | None = None
    questions: Questions | None = None
    escort: Escort | None = None
    surface: str = "web"
    allowed_reads: tuple[str, ...] = ()
    keep_receipts: int | None = None
    now: Callable[[], datetime] = utc_now
    uptime: Callable[[], Uptime] = uptime
    pace: Pace = field(default_factory=Pace)

    def moment(self) -> Moment:
        """Now, by the wall clock and by the clock that cannot be set."""
        return Moment(self.now(), self.uptime())

    @property
    def state_dir(self) -> Path:
        """The folder of journal and receipts."""
        return self.session.state_dir

    @property
    def timeout(self) -> float:
        """Time limit of each step, in seconds."""
        return self.session.timeout
