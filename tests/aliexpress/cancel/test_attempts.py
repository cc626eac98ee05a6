"""What earlier attempts in the journal mean for a run on the same order."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest

from automation.aliexpress.cancel.attempts import (
    at_work,
    begin_attempt,
    ended_on,
    is_meant,
    keep_plan,
    name_earlier_cancel,
    record_dispute,
    refuse_elsewhere,
    refuse_if_moved,
    unsettled,
    unsettled_page,
)
from automation.aliexpress.plan.targets import dispute_target
from automation.aliexpress.request import uptime
from automation.aliexpress.site import Addresses, DisputeIds
from automation.aliexpress.site.addresses import REAL_SITE
from automation.engine.elapsed import Moment
from automation.engine.journal import Event, Journal
from automation.errors import ErrorCode, ExitCode, ToolError
from tests.aliexpress.plan.a_plan import PLAN

if TYPE_CHECKING:
    from pathlib import Path

    from automation.aliexpress.pages import DisputePage
    from automation.aliexpress.request import Request
    from automation.engine.journal.records import Outcome

ORDER = "8194370215560042"
HERE, THERE = "http://127.0.0.1:8001", "http://127.0.0.1:8002"
IDS, OTHER = DisputeIds("1100482913300042"), DisputeIds("1100482913300043")
BOTH = DisputeIds("1100482913300042", "8194370215570042")
SENT = datetime(2026, 11, 26, 18, 39, tzinfo=UTC)
TOLD = "you cancelled dispute 1100482913300042 on 26 Nov 2026, 18:39 UTC (attempt 1)"


def request(site: str = HERE) -> Request:
    """A run on the order."""
    addresses = Addresses.for_site(site, None)
    return cast("Request", SimpleNamespace(order_id=ORDER, item=None, addresses=addresses))


def ended(state_dir: Path, outcome: Outcome, *, clicked: bool = True) -> Journal:
    """A journal with one attempt that ended."""
    journal = Journal.open(state_dir)
    number = journal.begin(dispute_target(ORDER, BOTH), "cancel", HERE, "web", "1", SENT)
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


def asked(item: str | None, *, dry_run: bool = False, by_hand: bool = False) -> Request:
    """A run on the order that names a dispute."""
    given = SimpleNamespace(
        order_id=ORDER, item=item, called=None, addresses=Addresses.for_site(HERE, None),
        surface="web", dry_run=dry_run, escort=object() if by_hand else None,
        moment=lambda: Moment(SENT, uptime()),
    )  # fmt: skip
    return cast("Request", given)


@pytest.mark.parametrize(
    ("dry_run", "by_hand", "command"),
    [
        (False, False, "cancel"),
        (True, False, "cancel --dry-run"),
        (False, True, "cancel --by-hand"),
        (True, True, "cancel --dry-run --by-hand"),
    ],
)
def test_the_journal_says_who_presses_and_whether_anything_can_be_sent(
    tmp_path: Path, command: str, *, dry_run: bool, by_hand: bool
) -> None:
    """GIVEN a run THEN its attempt keeps the options that a later run asks about."""
    given = asked(None, dry_run=dry_run, by_hand=by_hand)
    with Journal.open(tmp_path) as journal:
        log = begin_attempt(journal, given, "cancel", "1")
        assert journal.attempt(log.number).command == command


def named(
    state_dir: Path,
    outcome: Outcome = "done",
    *,
    item: str | None = "1",
    ids: DisputeIds = IDS,
    site: str = HERE,
    page: str = "/p/reverse-pages/detail.html?reverseOrderLineId=",
    way: tuple[Event, ...] = (Event.PLANNED, Event.CONSENTED, Event.INTENT, Event.CLICKED),
) -> int:
    """One more attempt, whose dispute the buyer called so."""
    with Journal.open(state_dir) as journal:
        number = journal.begin(dispute_target(ORDER, ids), "cancel", site, "web", "1", SENT)
        called = {} if item is None else {"item": item}
        where = {"page": f"{page}{ids.reverse_line_id}"} if page else {}
        journal.record(number, Event.TARGET_READ, SENT, **where, **called)
        for event in way:
            journal.record(number, event, SENT)
        journal.finish(number, outcome, 0, "", SENT)
    return number


NOW_FIRST = DisputeIds("1100482913300043", "8194370215570043")


def test_a_number_that_was_another_dispute_is_not_followed(tmp_path: Path) -> None:
    """GIVEN a dispute that was cancelled as number 1 THEN number 1 is another one now, and exit 5."""
    number = named(tmp_path)
    with Journal.open(tmp_path) as journal:
        with pytest.raises(ToolError) as caught:
            refuse_if_moved(journal, asked("1"), NOW_FIRST)
        for item in ("2", None, "1100482913300043", "8194370215570043"):
            refuse_if_moved(journal, asked(item), NOW_FIRST)
        refuse_if_moved(journal, asked("1"), IDS)  # it is still the same one

    assert (caught.value.code, caught.value.exit_code) == (
        ErrorCode.ITEM_MOVED,
        ExitCode.PAGE_NOT_RECOGNISED,
    )
    assert f"attempt {number} cancelled" in caught.value.message
    assert caught.value.hint == "pass --item 8194370215570043 to cancel this one"


@pytest.mark.parametrize(
    ("outcome", "site", "called"),
    [("not_done", HERE, "1"), ("unknown", HERE, "1"), ("done", THERE, "1"), ("done", HERE, None)],
)
def test_only_a_cancel_moves_the_numbers(
    tmp_path: Path, outcome: Outcome, site: str, called: str | None
) -> None:
    """GIVEN an attempt that is not done, of another site or without a number THEN number 1 stands."""
    named(tmp_path, outcome, item=called, site=site)
    with Journal.open(tmp_path) as journal:
        refuse_if_moved(journal, asked("1"), NOW_FIRST)


def test_which_attempts_an_item_means(tmp_path: Path) -> None:
    """GIVEN an attempt on a dispute that was number 2 THEN this number and its two ids mean it."""
    mine = ("2", "1100482913300042", "8194370215570042", None)
    number = named(tmp_path, item="2", ids=BOTH)
    with Journal.open(tmp_path) as journal:
        attempt, events = journal.attempt(number), journal.events(number)
        for item in (*mine, "1", "1100482913300043"):
            assert is_meant(attempt, events, item) is (item in mine), item
            found = [each.id for each in ended_on(asked(item), journal)]
            assert found == [number] * (item in mine), item


def test_an_attempt_that_read_no_dispute_means_none(tmp_path: Path) -> None:
    """GIVEN attempts that ended before the dispute, or not at all THEN neither is on it; newest first."""
    read = [named(tmp_path), named(tmp_path, "not_done", way=())]
    with Journal.open(tmp_path) as journal:
        early = journal.begin(dispute_target(ORDER, IDS), "cancel", HERE, "web", "1", SENT)
        journal.finish(early, "not_done", 0, "", SENT)
        journal.begin(dispute_target(ORDER, IDS), "cancel", HERE, "web", "1", SENT)

        assert [each.id for each in ended_on(asked(None), journal)] == read[::-1]


def test_what_is_unsettled_is_found_and_its_page_too(tmp_path: Path) -> None:
    """GIVEN an unknown outcome THEN the attempt, and the last page that is known, of its own site only."""
    given = cast("SimpleNamespace", asked(None))
    given.state_dir = tmp_path
    assert (unsettled(tmp_path, ORDER), unsettled_page(cast("Request", given))) == ((), "")
    assert list(tmp_path.iterdir()) == [], "asking makes no journal"

    named(tmp_path, "done")
    first = named(tmp_path, "unknown")
    elsewhere = named(tmp_path, "unknown", ids=OTHER, site=THERE)
    older = named(tmp_path, "unknown", ids=DisputeIds("1100482913300044"), page="")

    assert [each.id for each in unsettled(tmp_path, ORDER)] == [first, elsewhere, older]
    assert unsettled(tmp_path, "8194370215990042") == ()
    page = "/p/reverse-pages/detail.html?reverseOrderLineId=1100482913300042"
    assert unsettled_page(cast("Request", given)) == HERE + page


def test_a_journal_that_cannot_be_read_has_nothing_to_tell(tmp_path: Path) -> None:
    """GIVEN a file that is no journal THEN no attempt, and no error: others report it."""
    named(tmp_path, "unknown")
    [file] = tmp_path.glob("*.sqlite3")
    file.write_bytes(b"no database" * 999)

    assert unsettled(tmp_path, ORDER) == ()


def test_a_closed_journal_names_nobody_at_work(tmp_path: Path) -> None:
    """GIVEN a journal that fails THEN no attempt is named; the run itself reports the problem."""
    with Journal.open(tmp_path) as journal:
        journal.begin(dispute_target(ORDER, IDS), "cancel", HERE, "web", "1", SENT)
        journal.begin(dispute_target(ORDER, IDS), "cancel", HERE, "web", "1", SENT)
        assert [each.id for each in at_work(request(), journal)] == [2]

    assert at_work(request(), journal) == ()


@pytest.mark.parametrize(
    ("called", "item", "kept"), [("2", "81", "2"), (None, "81", "81"), (None, None, None)]
)
def test_the_journal_keeps_what_the_buyer_called_the_dispute(
    tmp_path: Path, called: str | None, item: str | None, kept: str | None
) -> None:
    """GIVEN a number that became an id THEN the number is kept, with the page but without its origin."""
    given = cast("SimpleNamespace", asked(item))
    given.called = called
    page = "/p/reverse-pages/detail.html?reverseOrderLineId=1100482913300042"
    dispute = SimpleNamespace(ids=IDS, status="waiting_seller", address=HERE + page)
    with Journal.open(tmp_path) as journal:
        log = begin_attempt(journal, cast("Request", given), "cancel", "1")
        record_dispute(log, cast("Request", given), cast("DisputePage", dispute))
        details = journal.events(log.number)[-1].details
        target = journal.attempt(log.number).target

    assert details == {"status": "waiting_seller", "page": page} | ({"item": kept} if kept else {})
    assert target == dispute_target(ORDER, IDS)


def test_a_kept_plan_can_be_loaded_by_its_digest(tmp_path: Path) -> None:
    """GIVEN a dry run's plan THEN the journal has it, unused, with its times."""
    with Journal.open(tmp_path) as journal:
        keep_plan(begin_attempt(journal, asked(None), "cancel", "1"), PLAN)
        stored = journal.load_plan(PLAN.digest)

    assert stored is not None
    assert (stored.created, stored.expires, stored.spent) == (PLAN.created, PLAN.expires, None)
    assert (stored.target, stored.document) == (PLAN.target, PLAN.kept())


@pytest.mark.parametrize(
    ("sites", "is_open", "code", "exit_code", "there"),
    [
        ((HERE,), False, ErrorCode.USAGE, 2, f" --site {HERE}"),
        ((HERE,), True, ErrorCode.UNSETTLED_ATTEMPT, 8, f" --site {HERE}"),
        ((THERE, HERE), False, ErrorCode.USAGE, 2, f" --site {HERE}"),  # the newest
        ((THERE, HERE), True, ErrorCode.UNSETTLED_ATTEMPT, 8, f" --site {HERE}"),
    ],
)
def test_a_verify_without_a_site_names_the_one_of_the_attempts(
    tmp_path: Path, sites: tuple[str, ...], code: str, exit_code: int, there: str, *, is_open: bool
) -> None:
    """GIVEN attempts that were all made on other sites THEN the call for that of the newest.

    The controls: an order without an attempt, and one with an attempt on this site too.
    """
    command = f"dispute-guard verify {ORDER}"
    with Journal.open(tmp_path) as journal:
        refuse_elsewhere(journal, request(REAL_SITE), command)
        for site in sites:
            number = journal.begin(dispute_target(ORDER, BOTH), "cancel", site, "web", "1", SENT)
            if is_open and site == HERE:
                for event in (Event.TARGET_READ, Event.PLANNED, Event.CONSENTED, Event.INTENT):
                    journal.record(number, event, SENT)
            else:
                journal.finish(number, "not_done", 0, "", SENT)

        with pytest.raises(
            ToolError, match=f"was tried on {HERE}, never on {REAL_SITE}"
        ) as stopped:
            refuse_elsewhere(journal, request(REAL_SITE), command)
        journal.begin(dispute_target(ORDER, BOTH), "cancel", REAL_SITE, "web", "1", SENT)
        refuse_elsewhere(journal, request(REAL_SITE), command)

    error = stopped.value
    assert (error.code, error.exit_code) == (code, exit_code)
    assert error.hint.startswith(f"run '{command}{there}'; ")
    assert error.hint.endswith(f"add --site {REAL_SITE}")
