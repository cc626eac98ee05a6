"""The line that does the same without questions."""

from __future__ import annotations

import shlex
from datetime import UTC, datetime

import pytest

from automation.cli.options.same_call import same_call
from rules import Facts, Reason, ReplacementTracking

ORDER = "8190000000000001"
NOTHING = Facts(now=datetime(2026, 11, 26, 12, tzinfo=UTC))
CAME = NOTHING.updated(
    buyer_reason=Reason.PACKAGE_ARRIVED, item_received=True, item_verified=True
)  # fmt: skip
SAYS = "--because package-arrived --received --checked"


def line(
    typed: str, *added: str, said: Facts = NOTHING, answered: Facts = CAME
) -> str:  # fmt: skip
    """What is printed for a call."""
    return same_call(shlex.split(typed), added, said, answered)


@pytest.mark.parametrize(
    "options",
    [
        "",
        " --dry-run",
        " --dry-run --site http://127.0.0.1:8123 --gateway http://127.0.0.1:8124",
        " --state-dir 'my folder' --profile me --explain --accept-risk window-closed",
        " --attach chrome --by-hand --wait-for-human 60",
    ],
)
def test_every_option_of_the_call_is_repeated(options: str) -> None:
    """GIVEN a call with options THEN they stay as they were typed, with the answers behind them."""
    assert line(f"cancel {ORDER}{options}") == f"dispute-guard cancel {ORDER}{options} {SAYS}"


def test_a_picked_dispute_is_named() -> None:
    """GIVEN no order in the call THEN the one that was picked, with its item."""
    told = line("--config my.toml cancel --dry-run", ORDER, "--item", "2")

    assert told == f"dispute-guard --config my.toml cancel --dry-run {ORDER} --item 2 {SAYS}"


def test_what_was_said_is_not_said_twice() -> None:
    """GIVEN a reason among the options THEN only the answers are added; a new reason counts last."""
    said = NOTHING.updated(buyer_reason=Reason.PACKAGE_ARRIVED)
    wrong = said.updated(item_received=True, buyer_reason=Reason.PACKAGE_ARRIVED_WRONG_ITEM)
    typed = f"cancel {ORDER} --because package-arrived"

    assert line(typed, said=said) == f"dispute-guard {typed} --received --checked"
    assert line(typed, said=said, answered=wrong) == (
        f"dispute-guard {typed} --because package-arrived-wrong-item --received"
    )


def test_options_stay_options_behind_a_double_hyphen() -> None:
    """GIVEN an order behind ``--`` THEN the answers stand before it."""
    assert line(f"cancel --dry-run -- {ORDER}") == (
        f"dispute-guard cancel --dry-run {SAYS} -- {ORDER}"
    )


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("--connect wss://host/?token=1", "--connect ENDPOINT"),
        ("--connect=wss://me:word@host/", "--connect=ENDPOINT"),
        ("--connect ws://127.0.0.1:3000/", "--connect ws://127.0.0.1:3000/"),
    ],
)
def test_a_key_in_an_endpoint_is_not_printed(typed: str, shown: str) -> None:
    """GIVEN an endpoint with a key THEN its name; one without stays."""
    assert line(f"cancel {ORDER} {typed}") == f"dispute-guard cancel {ORDER} {shown} {SAYS}"


@pytest.mark.parametrize(("events", "is_said"), [(None, True), (6, True), (0, False)])
def test_a_number_that_the_carrier_does_not_know_is_never_proven(
    events: int | None, *, is_said: bool
) -> None:
    """GIVEN a number that was looked up in vain THEN no option makes it a checked one."""
    tracking = ReplacementTracking(number="LP1", checked_by_buyer=True, carrier_events=events)
    answered = NOTHING.updated(
        buyer_reason=Reason.REPLACEMENT_SENT, replacement_tracking=tracking
    )  # fmt: skip

    assert ("--replacement-checked" in line(f"cancel {ORDER}", answered=answered)) is is_said
