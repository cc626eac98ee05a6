"""Warnings in the site's dialog: shown and accepted, or nothing is sent."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from automation.cli.main import group
from tests.conftest import CALM, GOOD_REASON, QUESTION, Ran, disputed_order
from tests.languages.talking import talk

if TYPE_CHECKING:
    from fixtures.pytest_plugin import Mimic
    from tests.conftest import Tool

WARNING = "The seller will be paid."
PROTECTION = "Your buyer protection may end."
ONCE = "You have only one chance to open a dispute for this order."
YES = "type yes:"


def accepting(ran: Ran) -> list[str]:
    """The options that accept the warnings that stopped a call."""
    return [word for each in ran.json["warnings"] for word in ("--accept-warning", each["digest"])]


def words_of(ran: Ran) -> list[str]:
    """The dialog's warnings, as a call prints them."""
    return [each["words"] for each in ran.json["warnings"]]


@pytest.mark.parametrize(
    ("scenario", "warns"),
    [
        pytest.param("warning-dialog", [PROTECTION, ONCE], marks=pytest.mark.further),
        pytest.param("late-warning", [WARNING], marks=pytest.mark.further),  # asked about below
        pytest.param("native-warning", ["You cannot open it again."], marks=pytest.mark.further),
    ],
)
def test_a_warning_stops_a_plan_until_it_is_accepted(
    mimic: Mimic, tool: Tool, scenario: str, warns: list[str]
) -> None:
    """GIVEN a dialog that warns WHEN a plan is carried out THEN exit 7, its words, and no write.

    WHEN the plan is repeated with the warning's digest THEN exactly one write. The plan stayed
    valid, and the first call is the control for the second.
    """
    site = mimic(scenario, **CALM)
    order = disputed_order(site)
    digest = tool.dry_run(order, site).json["plan"]["digest"]

    stopped = tool.commit(order, site, digest)

    assert (stopped.code, stopped.error) == (7, "warnings_not_accepted"), stopped.out
    assert (stopped.json["outcome"], site.ledger.writes()) == ("not_done", ())
    assert words_of(stopped) == warns
    assert stopped.json["plan"]["warnings"] == stopped.json["warnings"]
    assert f"--plan {digest} {' '.join(accepting(stopped))}" in stopped.json["error"]["hint"]
    if scenario != "warning-dialog":
        return  # accepting them is what the terminal is asked for below
    done = tool.commit(order, site, digest, *GOOD_REASON, *accepting(stopped))

    assert (done.code, done.json["outcome"]) == (0, "done"), done.out
    assert words_of(done) == warns
    assert len(site.ledger.writes()) == len(site.ledger.cancels()) == 1
    assert receipt(done)["accepted_warnings"] == warns
    assert all(each["means_loss"] for each in done.json["warnings"])
    assert receipt(done)["warned_of_loss"] is True


def receipt(ran: Ran) -> dict[str, Any]:
    """The receipt of a call."""
    document: dict[str, Any] = json.loads((Path(ran.json["receipt"]) / "receipt.json").read_text())
    return document


@pytest.mark.parametrize(
    ("scenario", "warning"),
    [
        pytest.param("late-warning", WARNING, marks=pytest.mark.further),
        pytest.param("native-warning", "You cannot open it", marks=pytest.mark.further),
    ],
)
def test_a_warning_is_asked_about_at_a_terminal(
    mimic: Mimic, tool: Tool, scenario: str, warning: str
) -> None:
    """GIVEN a terminal WHEN the buyer types yes to the warning THEN one write, on record."""
    site = mimic(scenario, **CALM)
    order = disputed_order(site)

    code, out, screen = talk(
        tool.words("cancel", order, *GOOD_REASON, "--json", site=site),
        [(QUESTION, order[-8:-4]), (YES, "yes")],
    )

    assert code == 0, screen + out
    assert warning in screen
    document = json.loads(out)
    assert (document["outcome"], document["warnings"][0]["words"][:18]) == ("done", warning[:18])
    assert len(site.ledger.writes()) == len(site.ledger.cancels()) == 1


@pytest.mark.parametrize("answer", [pytest.param("", marks=pytest.mark.further), "y"])
def test_only_a_yes_that_was_typed_to_a_warning_accepts_it(
    mimic: Mimic, tool: Tool, answer: str
) -> None:
    """GIVEN a warning at a terminal WHEN anything else is typed THEN exit 6 and no write.

    A yes that was typed ahead with the digits, before the warning was shown, does not count.
    """
    site = mimic("warning-dialog", **CALM)
    order = disputed_order(site)

    code, out, screen = talk(
        tool.words("cancel", order, *GOOD_REASON, "--json", site=site),
        [(QUESTION, f"{order[-8:-4]}\nyes"), (YES, answer)],
    )

    document = json.loads(out)
    assert (code, document["error"]["code"]) == (6, "declined"), screen
    assert [each["words"] for each in document["warnings"]] == [PROTECTION, ONCE]
    assert site.ledger.writes() == ()


@pytest.mark.further
def test_a_dialog_that_wants_a_reason_says_so(mimic: Mimic, tool: Tool) -> None:
    """GIVEN a dialog that requires a choice or a text THEN exit 5 names it, and no write."""
    site = mimic("reason-dialog", **CALM)

    ran = tool.cancel_typed(disputed_order(site), site)

    assert (ran.code, ran.error) == (5, "dialog_wants_reason"), ran.out
    assert "a reason" in ran.json["error"]["message"]
    assert "--by-hand" in ran.json["error"]["hint"]
    assert site.ledger.writes() == ()


@pytest.mark.parametrize("value", ["", "yes", "0123", "0123456789AG", "protection may end"])
def test_a_warning_is_accepted_by_its_digest_alone(value: str) -> None:
    """GIVEN an invalid digest THEN a usage error, before a browser opens."""
    words = ["cancel", "8190000000000001", *GOOD_REASON, "--dry-run", "--accept-warning", value]

    ran = CliRunner().invoke(group, words)

    assert ran.exit_code == 2, ran.output
    assert "is not a digest" in ran.output
