"""Settle a deletion whose outcome stayed unknown: look at fresh pages, send nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.engine import api
from automation.engine.api import Outcome, Past, Reply, Target
from tests.engine.example.delete_address import TRAFFIC, look_at

if TYPE_CHECKING:
    from datetime import datetime


async def settle_deletion(
    site: str, number: str, options: api.SessionOptions, now: datetime
) -> Outcome:
    """End each open attempt on an address, if its page says what became of it.

    That the address is still there proves nothing: the request may be carried out later.
    """
    target = Target(ids={"address": number}, words=f"address {number}")
    guard = api.Guard(api.SiteOrigins.only(site), TRAFFIC)
    async with api.open_session(options, guard) as session:
        case = api.Case(Past.EARLY, Reply.UNCLEAR)
        look = look_at(f"{site}/address?addressId={number}")
        found = await api.look_until_clear(session, look, case, options.timeout, api.Pace())
    with api.Journal.open(options.state_dir) as journal:
        for attempt in journal.open_intents(target):
            if found.outcome is Outcome.DONE:
                journal.settle(attempt.id, "done", found.sentence, now)
    return found.outcome
