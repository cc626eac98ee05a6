"""A confirm of a plan without a page: its guard, its journal, and its dialog."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from automation.aliexpress.cancel.confirm import Confirm
from automation.aliexpress.pages.dialog import Dialog
from automation.aliexpress.plan.site_warnings import site_warnings
from automation.aliexpress.site import SiteMap
from automation.engine.guard import Permit
from automation.errors import ErrorCode, ToolError
from tests.aliexpress.plan.a_plan import PLAN

if TYPE_CHECKING:
    from automation.engine.journal import Event

SITE = SiteMap.load()
ASKS, LOSS = "Do you want to cancel this request?", "Your buyer protection will end."
DIALOG = Dialog(
    words=f"{ASKS} Confirm", about_cancel=True, never=(), confirm="Confirm", question=ASKS
)


def dialog(**more: object) -> Dialog:
    """The dialog of Cancel Request, changed so."""
    return replace(DIALOG, **more)


def not_recognised() -> ToolError:
    """Some error of a page."""
    return ToolError("no dialog", code=ErrorCode.PAGE_NOT_RECOGNISED)


class Guard:
    """Hands out one permit after the other, and counts them."""

    def __init__(self) -> None:
        self.granted: list[Permit] = []

    def grant(self, scope: Any, *, seconds: float) -> Permit:  # noqa: ANN401  a scope
        """One more."""
        self.granted.append(Permit(scope, seconds))
        return self.granted[-1]


class Log:
    """What is written before a click."""

    def __init__(self) -> None:
        self.did: list[str] = []

    def spend_plan(self, digest: str) -> None:
        """Use the plan up."""
        self.did.append(f"spent {digest}")

    def return_plan(self, digest: str) -> None:
        """Allow it again."""
        self.did.append(f"returned {digest}")

    def record(self, event: Event, **details: str) -> None:
        """Write an event."""
        self.did.append(" ".join((event.value, *details.values())))


def commit(*accepted: str, spends: str | None = "digest", beside: tuple[str, ...] = ()) -> Confirm:
    """A confirm of the plan, in a page in English; these sentences are accepted."""
    walk: Any = SimpleNamespace(site=SITE, words=SITE.pack, session=SimpleNamespace(guard=Guard()))
    log: Any = Log()
    digests = frozenset(each.digest for each in site_warnings(accepted, PLAN, SITE.pack("en")))
    made = Confirm(walk, PLAN, log, frozenset({"9"}), accepted=digests, spends=spends)
    opened: Any = SimpleNamespace(lang="en", beside=beside)
    made._opened = opened  # noqa: SLF001  what the page shows
    return made


def asked(made: Confirm, words: str, kind: str = "confirm", before: tuple[bool, ...] = ()) -> bool:
    """What a native dialog is answered."""
    return made._native(kind, words, list(before))  # noqa: SLF001  the page's own question


def did(made: Confirm) -> list[str]:
    """What was written."""
    log: Any = made.log
    return list(log.did)


def granted(made: Confirm) -> list[str]:
    """The states of the permits that were handed out."""
    guard: Any = made.walk.session.guard
    return [permit.state for permit in guard.granted]
