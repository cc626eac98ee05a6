"""What earlier attempts in the journal mean for a run on the same order."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest

from automation.aliexpress.cancel.attempts import (
    at_work,
    begin_attempt,
    name_earlier_cancel,
    verify_on,
)
from automation.aliexpress.plan.targets import dispute_target
from automation.aliexpress.request import uptime
from automation.aliexpress.site import Addresses, DisputeIds
from automation.aliexpress.site.addresses import REAL_SITE
from automation.engine.elapsed import Moment
from automation.engine.journal import Event, Journal
from automation.errors import ErrorCode, ExitCode, ToolError

if TYPE_CHECKING:
    from pathlib import Path

    from automation.aliexpress.request import Request
    from automation.engine.journal import Attempt
    from automation.engine.journal.records import Outcome

ORDER = "8194370215560042"
HERE, THERE = "http://127.0.0.1:8001", "http://127.0.0.1:8002"
IDS, OTHER = DisputeIds("1100482913300042"), DisputeIds("1100482913300043")
SENT = datetime(2026, 11, 26, 18, 39, tzinfo=UTC)
TOLD = "you cancelled dispute 1100482913300042 on 26 Nov 2026, 18:39 UTC (attempt 1)"


def request(site: str = HERE) -> Request:
    """A run on the order."""
    addresses = Addresses.for_site(site, None)
    return cast("Request", SimpleNamespace(order_id=ORDER, item=None, addresses=addresses))


def ended(state_dir: Path, outcome: Outcome, *, clicked: bool = True) -> Journal:
    """A journal with one attempt that ended."""
    journal = Journal.open(state_dir)
    number = journal.begin(dispute_target(ORDER, IDS), "cancel", HERE, "web", "1", SENT)
    way = (Event.TARGET_READ, Event.PLANNED, Event.CONSENTED, Event.INTENT, Event.CLICKED)
    for event in way if clicked else way[:2]:
        journal.record(number, event, SENT)
    journal.finish(number, outcome, 0, "", SENT)
    return journal


def refusal(journal: Journal, ids: DisputeIds | None, site: str = HERE) -> ToolError:
    """The refusal of a dispute that is over, with what the journal adds."""
    error = ToolError(
        "it is over.", code=ErrorCode.REFUSED, exit_code=ExitCode.REFUSED, hint="look at the list"
    )
    with journal:
        name_earlier_cancel(error, journal, request(site), ids)
    return error


@pytest.mark.parametrize("ids", [IDS, None])
def test_a_refusal_says_when_the_buyer_cancelled_it(tmp_path: Path, ids: DisputeIds | None) -> None:
    """GIVEN an attempt that is done WHEN its dispute is over, or no longer shown THEN when that was."""
    error = refusal(ended(tmp_path, "done"), ids)

    assert error.message == f"it is over; {TOLD}"
    assert error.hint == f"{TOLD}; look at the list"


@pytest.mark.parametrize(
    ("outcome", "clicked", "ids", "site"),
    [
        ("not_done", True, IDS, HERE),
        ("done", False, IDS, HERE),
        ("done", True, OTHER, HERE),
        ("done", True, IDS, THERE),
    ],
)
def test_nothing_is_said_of_what_the_buyer_did_not_cancel(
    tmp_path: Path, outcome: Outcome, ids: DisputeIds, site: str, *, clicked: bool
) -> None:
    """GIVEN an attempt that failed, sent nothing, or is of another dispute or site THEN nothing."""
    error = refusal(ended(tmp_path, outcome, clicked=clicked), ids, site)

    assert (error.message, error.hint) == ("it is over.", "look at the list")


def made_on(site: str, gateway: str = "") -> Attempt:
    """An attempt on a site."""
    return cast("Attempt", SimpleNamespace(site=site, gateway=gateway))


@pytest.mark.parametrize(
    ("command", "site", "here", "expected"),
    [
        (
            "verify 1 --site http://127.0.0.1:8001",
            HERE,
            HERE,
            "verify 1 --site http://127.0.0.1:8001",
        ),
        ("verify 1 --site 'http://x y' --item 2", HERE, THERE, f"verify 1 --item 2 --site {HERE}"),
        (f"verify 1 --gateway {THERE} --site {THERE}", HERE, THERE, f"verify 1 --site {HERE}"),
        ("verify 1", REAL_SITE, HERE, f"verify 1 --site {REAL_SITE}"),
        ("verify 1", REAL_SITE, REAL_SITE, "verify 1"),
        ("verify 1", "$(x)", REAL_SITE, "verify 1 --site '$(x)'"),
    ],
)
def test_the_call_that_settles_names_the_site(
    command: str, site: str, here: str, expected: str
) -> None:
    """GIVEN an attempt of another site THEN its site takes the place of this one, and of its gateway."""
    assert verify_on(command, made_on(site), here) == expected


@pytest.mark.parametrize(
    ("command", "here", "expected"),
    [
        ("verify 1", REAL_SITE, f"verify 1 --site {HERE} --gateway {THERE}"),
        (f"verify 1 --site {HERE}", HERE, f"verify 1 --site {HERE} --gateway {THERE}"),
        (f"verify 1 --site {HERE} --gateway {THERE}", HERE, f"verify 1 --site {HERE} --gateway {THERE}"),
        (f"verify 1 --site {THERE} --gateway {HERE}", THERE, f"verify 1 --site {HERE} --gateway {THERE}"),
    ],
)  # fmt: skip
def test_the_call_that_settles_names_the_gateway(command: str, here: str, expected: str) -> None:
    """GIVEN an attempt on a mimic with an API of its own THEN the call can reach that too."""
    assert verify_on(command, made_on(HERE, THERE), here) == expected


def test_an_attempt_keeps_its_gateway(tmp_path: Path) -> None:
    """GIVEN a run with a gateway THEN the journal knows it; without one it knows none."""
    kept = []
    with Journal.open(tmp_path) as journal:
        for gateway in (THERE, None):
            addresses = Addresses.for_site(HERE, gateway)
            given = SimpleNamespace(
                order_id=ORDER, addresses=addresses, surface="web", dry_run=False, escort=None,
                moment=lambda: Moment(SENT, uptime()),
            )  # fmt: skip
            log = begin_attempt(journal, cast("Request", given), "cancel", "1")
            kept.append(journal.attempt(log.number).gateway)

    assert kept == [THERE, ""]


@pytest.mark.parametrize(
    ("command", "ends", "found"),
    [("cancel", False, 1), ("cancel", True, 0), ("cancel --dry-run", False, 0)],
)
def test_who_is_at_work_is_who_can_send(
    tmp_path: Path, command: str, found: int, *, ends: bool
) -> None:
    """GIVEN an attempt without an end THEN it is at work, on the site that the journal says."""
    with Journal.open(tmp_path) as journal:
        number = journal.begin(dispute_target(ORDER, IDS), command, THERE, "web", "1", SENT)
        if ends:
            journal.finish(number, "not_done", 0, "", SENT)

        there = at_work(request(HERE), journal)

    assert [each.site for each in there] == [THERE] * found
