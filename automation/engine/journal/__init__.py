"""The journal: what was tried on an order, on disk before it is done.

A request with an intent here and no final outcome may have reached the site, so
nothing is sent for its dispute until it is settled.
"""

from automation.engine.journal.checking import check_journal
from automation.engine.journal.locks import dispute_lock
from automation.engine.journal.model import Attempt, AttemptEvent, Event, StoredPlan
from automation.engine.journal.opening import journal_exists
from automation.engine.journal.store import Journal

__all__ = [
    "Attempt",
    "AttemptEvent",
    "Event",
    "Journal",
    "StoredPlan",
    "check_journal",
    "dispute_lock",
    "journal_exists",
]
