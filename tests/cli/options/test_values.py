"""Values that an option does not take: usage errors, before anything is opened."""

from __future__ import annotations

import pytest

from automation.cli.main import run
from automation.cli.options.buyer_words import REASONS, STATUSES
from rules import DisputeStatus, Reason

ORDER = "8190000000000001"
DRY_RUN = ("cancel", ORDER, "--because", "package-arrived", "--dry-run")


@pytest.mark.parametrize("command", [("list",), ("session",), ("verify", ORDER), DRY_RUN])
@pytest.mark.parametrize("value", ["", "  "])
@pytest.mark.parametrize(
    "option",
    [
        "--site",
        "--gateway",
        "--attach",
        "--connect",
        "--profile",
        "--browser",
        "--words",
        "--state-dir",
    ],
)
def test_an_empty_value_is_a_usage_error(
    capsys: pytest.CaptureFixture[str], command: tuple[str, ...], option: str, value: str
) -> None:
    """GIVEN ``--attach "$UNSET"`` THEN exit 2 and the option: it must not count as not given."""
    assert run([*command, option, value]) == 2

    assert f"'{option}': empty" in capsys.readouterr().err


@pytest.mark.parametrize("option", ["--item", "--replacement", "--seller-says", "--plan"])
def test_so_is_an_empty_fact(capsys: pytest.CaptureFixture[str], option: str) -> None:
    """GIVEN an empty fact, item or plan THEN exit 2."""
    assert run([*DRY_RUN, option, ""]) == 2

    assert f"'{option}': empty" in capsys.readouterr().err


def test_a_status_that_does_not_exist_is_a_usage_error(capsys: pytest.CaptureFixture[str]) -> None:
    """GIVEN an unknown status THEN exit 2 and every choice; with - or _ it is the same (control)."""
    assert run(["advise", "--dispute-status", "bogus"]) == 2
    told = capsys.readouterr().err
    assert all(f"'{status}'" in told for status in STATUSES)

    for spelled in ("waiting_seller", "waiting-seller", "Waiting_Seller"):
        assert run(["advise", "--because", "other", "--dispute-status", spelled, "--quiet"]) != 2


def test_the_choices_are_those_of_the_rules() -> None:
    """GIVEN the rules' reasons and statuses THEN each can be typed."""
    assert {reason.value.replace("_", "-") for reason in Reason} == set(REASONS)
    assert set(STATUSES) >= {s for s in DisputeStatus if s.is_cancellable or s.is_over} - {
        DisputeStatus.CANCELED
    }


@pytest.mark.parametrize(
    ("risk", "says"),
    [
        ("status-fnal", "no such rule: 'status-fnal'"),
        ("status-fnal", "did you mean status-final"),
        ("", "no such rule: ''"),
        ("status-final", "status-final cannot be overridden"),
    ],
)
def test_a_risk_that_cannot_be_accepted(
    capsys: pytest.CaptureFixture[str], risk: str, says: str
) -> None:
    """GIVEN a final or unknown rule as a risk THEN exit 2 before anything is opened."""
    assert run([*DRY_RUN, "--accept-risk", risk]) == 2

    assert says in " ".join(capsys.readouterr().err.split())


def test_times_are_shown_as_understood(capsys: pytest.CaptureFixture[str]) -> None:
    """GIVEN a time with and one without a zone THEN both are shown with the zone that counts."""
    words = ("advise", "--because", "other", "--protection-ends", "2027-12-24T18:00")

    run([*words, "--delivered", "2026-01-20T18:00-08:00", "--explain"])

    told = " ".join(capsys.readouterr().out.split())
    assert "protection ends: Fri 24 Dec 2027, 04:00 UTC at the earliest" in told
    assert "(Fri 24 Dec 2027, 18:00 without a time zone)" in told
    assert "delivered: Wed 21 Jan 2026, 02:00 UTC" in told
