"""What a flow for another site needs, in one place; ``README.md`` beside this file explains it."""

from automation.engine.attempt import AttemptLog, attempt_on
from automation.engine.digest import digest_of
from automation.engine.guard import (
    DialogLike,
    Guard,
    Permit,
    PermitAnswer,
    PermitScope,
    SiteOrigins,
    Traffic,
)
from automation.engine.journal import Event, Journal
from automation.engine.looking import Concluded, Finding, Pace, look_until_clear
from automation.engine.outcome import (
    EXIT_CODES,
    Case,
    Look,
    Outcome,
    Page,
    Past,
    Reply,
    State,
    seen_in,
)
from automation.engine.sent import PERMIT_SECONDS, Sent, what_was_sent
from automation.engine.session.browser import Session, open_session
from automation.engine.session.options import SessionOptions
from automation.engine.target import Target

__all__ = [
    "EXIT_CODES",
    "PERMIT_SECONDS",
    "AttemptLog",
    "Case",
    "Concluded",
    "DialogLike",
    "Event",
    "Finding",
    "Guard",
    "Journal",
    "Look",
    "Outcome",
    "Pace",
    "Page",
    "Past",
    "Permit",
    "PermitAnswer",
    "PermitScope",
    "Reply",
    "Sent",
    "Session",
    "SessionOptions",
    "SiteOrigins",
    "State",
    "Target",
    "Traffic",
    "attempt_on",
    "digest_of",
    "look_until_clear",
    "open_session",
    "seen_in",
    "what_was_sent",
]
