"""The journal: what was tried on a target, on disk before it is done.

A request with an intent here and no final outcome may have reached the site, so
nothing is sent for its target until it is settled.
"""

from automation.engine.journal.audit import check_journal
from automation.engine.journal.journal import Journal
from automation.engine.journal.locks import target_lock
from automation.engine.journal.opening import journal_exists
from automation.engine.journal.records import Attempt, AttemptEvent, Event, StoredPlan

__all__ = [
    "Attempt",
    "AttemptEvent",
    "Event",
    "Journal",
    "StoredPlan",
    "check_journal",
    "journal_exists",
    "target_lock",
]
