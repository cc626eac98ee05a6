from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from automation.aliexpress.receipts.face import DisputeReceipt, reminder
from automation.engine.receipts import calendar_file

MakeReceipt = Callable[..., DisputeReceipt]


def ics(receipt: DisputeReceipt) -> bytes:
    """The calendar file of a receipt."""
    event = reminder(receipt)
    assert event is not None
    return calendar_file([event])


def content_lines(data: bytes) -> list[tuple[str, str]]:
    """Name and value of each content line, by RFC 5545's own rules for reading them."""
    assert data.endswith(b"\r\n")
    assert not re.search(rb"(?<!\r)\n|\r(?!\n)", data)
    for line in data.split(b"\r\n"):
        assert len(line) <= 75
        line.decode("utf-8")
    unfolded = data.decode("utf-8").replace("\r\n ", "")
    pairs = [line.partition(":")[::2] for line in unfolded.split("\r\n")[:-1]]
    assert all(re.fullmatch("[A-Z]+", name) for name, _ in pairs)
    return pairs


def read_text(value: str) -> str:
    """A TEXT value, unescaped (section 3.3.11)."""
    return re.sub(r"\\(.)", lambda found: {"n": "\n"}.get(found[1], found[1]), value)


def test_the_reminder_is_an_event_with_two_alarms(make_receipt: MakeReceipt) -> None:
    """One calendar, one event at the moment in UTC, alarms three days and one day before."""
    receipt = make_receipt()
    lines = content_lines(ics(receipt))
    values = dict(lines)
    assert values["DTSTART"] == "20260623T120000Z"
    assert values["DTSTAMP"] == "20260610T120000Z"
    assert values["VERSION"] == "2.0"
    assert [value for name, value in lines if name == "TRIGGER"] == ["-P3D", "-P1D"]
    assert [value for name, value in lines if name in {"BEGIN", "END"}] == [
        "VCALENDAR",
        "VEVENT",
        *["VALARM"] * 4,
        "VEVENT",
        "VCALENDAR",
    ]
    for name in ("PRODID", "UID", "DTSTAMP", "DTSTART", "SUMMARY"):
        assert [key for key, _ in lines].count(name) == 1
    story = next(read_text(value) for name, value in lines if name == "DESCRIPTION")
    assert story.startswith("Latest time, not a promise: Tue 23 Jun 2026, 12:00 UTC")
    assert "05:00 PDT" in story


def test_a_calendar_tells_orders_apart_and_learns_no_more(make_receipt: MakeReceipt) -> None:
    """Calendars are shared: neither the whole order id, nor item, nor amount is in it.

    Orders of one buyer end in the same four digits, so each event has a title of its own.
    """
    data = ics(make_receipt()).decode().replace("\r\n ", "")
    other = ics(make_receipt(order_id="8201234567901234")).decode()
    assert "6789 1234)" in data
    assert "6790 1234)" in other.replace("\r\n ", "")
    for private in ("8201234567891234", "9300000000771", "USB-C", "23.40"):
        assert private not in data


@pytest.mark.parametrize(
    ("left", "alarms"),
    [
        (timedelta(days=13), ["-P3D", "-P1D"]),
        (timedelta(hours=72), ["-P1D"]),
        (timedelta(hours=30), ["-P1D"]),
        (timedelta(hours=5), ["-PT1H"]),
    ],
)
def test_only_alarms_that_lie_ahead_are_set(
    make_receipt: MakeReceipt, left: timedelta, alarms: list[str]
) -> None:
    """A window that is closing gets the alarms that can still ring."""
    receipt = make_receipt(refile_by=make_receipt().created + left)
    lines = content_lines(ics(receipt))
    assert [value for name, value in lines if name == "TRIGGER"] == alarms


def test_there_is_no_reminder_without_something_to_remember(make_receipt: MakeReceipt) -> None:
    """Not without a moment, not after it, and not for a dispute that is still open."""
    now = make_receipt().created
    assert reminder(make_receipt(outcome="unknown")) is not None
    assert reminder(make_receipt(refile_by=None)) is None
    assert reminder(make_receipt(refile_by=now)) is None
    assert reminder(make_receipt(outcome="not_done")) is None


@pytest.mark.parametrize(("outcome", "first"), [("unknown", True), ("done", False)])
def test_an_unknown_outcome_is_verified_before_anything_is_filed(
    make_receipt: MakeReceipt, outcome: str, *, first: bool
) -> None:
    """GIVEN an outcome that is not known THEN the event says to verify; after a cancel it does not."""
    event = reminder(make_receipt(outcome=outcome))

    assert event is not None
    assert ("'dispute-guard verify' first" in event.text) is first


def test_the_event_tells_of_an_accepted_warning(make_receipt: MakeReceipt) -> None:
    """GIVEN a warning of the site that the buyer accepted THEN the event does not promise a second dispute."""
    event = reminder(make_receipt(accepted_warnings=["You have only one chance."]))

    assert event is not None
    assert "\nThe site warned you before you confirmed" in event.text
    assert "treat this cancel as final" in event.text
    kind = reminder(make_receipt(accepted_warnings=["Thank you."], warned_of_loss=False))
    assert kind is not None
    assert "final" not in kind.text


def test_each_receipt_has_its_own_event_and_copies_share_it(make_receipt: MakeReceipt) -> None:
    """Opening the same file twice makes one entry, two attempts make two."""
    uids = [
        dict(content_lines(ics(receipt)))["UID"]
        for receipt in (
            make_receipt(),
            make_receipt(),
            make_receipt(attempt=8),
            make_receipt(order_id="8201234567901234"),
        )
    ]
    assert uids[0] == uids[1]
    assert len(set(uids)) == 3


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc"])))
def test_any_text_survives_escaping_and_folding(make_receipt: MakeReceipt, text: str) -> None:
    r"""Commas, semicolons, backslashes and long letters are read back unchanged.

    All but ``\N``: RFC 5545 has it for a line break as well, and icalendar writes it as one.
    """
    told = f"{text}\n,;\\{text}".replace(r"\N", r"\n")
    event = reminder(make_receipt())
    assert event is not None
    lines = content_lines(calendar_file([replace(event, text=told)]))
    assert read_text(next(value for name, value in lines if name == "DESCRIPTION")) == told
