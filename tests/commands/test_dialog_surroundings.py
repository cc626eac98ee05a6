"""What is in and beside a dialog, and what opens behind it, in whole runs of the command."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.conftest import CALM, GOOD_REASON, disputed_order

if TYPE_CHECKING:
    from fixtures.pytest_plugin import Mimic
    from tests.conftest import Tool
    from tests.shelf import Plans

WARNING = "Your buyer protection may end."


@pytest.mark.further
def test_a_warning_beside_the_dialog_stops_a_plan(planned: Plans, tool: Tool) -> None:
    """GIVEN a box beside the dialog that warns after two seconds THEN exit 7 with its words, no write.

    ``tests/surfaces/test_unwritten_words.py`` has the other places. A dialog without one is
    the control: ``tests/commands/test_cancel_happy.py``.
    """
    site, order, digest = planned(
        "quick", cancel={"warnings": [WARNING], "warn_in": "popover", "warn_delay_ms": 2000}
    )

    ran = tool.commit(order, site, digest)

    assert (ran.code, ran.error) == (7, "warnings_not_accepted"), ran.out
    assert [each["words"] for each in ran.json["warnings"]] == [WARNING]
    assert site.ledger.writes() == ()


@pytest.mark.further
def test_cancel_request_with_two_names_is_not_pressed(mimic: Mimic, tool: Tool) -> None:
    """GIVEN Cancel Request that is named Accept as well THEN it is refused, and no write."""
    site = mimic("quick", dispute={"cancel_button": "named-accept"})

    ran = tool.dry_run(disputed_order(site), site)

    assert (ran.code, ran.error) == (5, "no_single_target"), ran.out
    assert "'Cancel Request' is also named 'Accept'" in ran.json["error"]["message"]
    assert site.ledger.writes() == ()


@pytest.mark.further
def test_a_second_dialog_is_named_and_never_answered(mimic: Mimic, tool: Tool) -> None:
    """GIVEN a dialog to accept a proposal behind the confirm THEN its words, and one write."""
    site = mimic("quick", cancel={"then_asks": "accept", "then_sends": True})

    ran = tool.cancel_typed(disputed_order(site), site)

    assert (ran.code, ran.json["outcome"]) == (0, "done"), ran.out
    assert "another dialog opened: '" in ran.json["reason"]
    assert "nothing in it was pressed" in ran.json["reason"]
    assert site.ledger.effects() == (f"cancelled {site.state.dispute().id}",)


@pytest.mark.further
def test_a_second_question_stops_the_run(mimic: Mimic, tool: Tool) -> None:
    """GIVEN a page that asks once more before it sends THEN exit 1 names it, and no write."""
    site = mimic("quick", cancel={"then_asks": "accept"})

    ran = tool.cancel_typed(disputed_order(site), site)

    assert (ran.code, ran.json["outcome"]) == (1, "not_done"), ran.out
    assert "another dialog opened: '" in ran.json["error"]["message"]
    assert "keep the dispute open" in ran.json["error"]["hint"]
    assert site.ledger.writes() == ()


@pytest.mark.further
def test_the_hint_behind_a_wrong_dialog_keeps_the_dispute_open(mimic: Mimic, tool: Tool) -> None:
    """GIVEN an Accept dialog behind Cancel Request THEN no hint leads to pressing it by hand."""
    site = mimic("wrong-dialog", **CALM)

    ran = tool.cancel_typed(disputed_order(site), site)

    assert (ran.code, ran.error) == (5, "dialog_not_recognised"), ran.out
    assert all(each.endswith("offered by the seller") for each in ran.json["plan"]["offers"])
    assert ran.json["plan"]["offers"]
    hint = ran.json["error"]["hint"]
    assert hint.startswith("keep the dispute open; do not confirm by hand")
    assert not [each for each in ("--by-hand", "in your own browser") if each in ran.out]
    assert site.ledger.writes() == ()


TIPS = "mtop.aliexpress.buyer.reverse.queryCancelTips"


@pytest.mark.further
def test_a_call_that_was_held_back_behind_the_dialog_is_a_warning(
    planned: Plans, tool: Tool
) -> None:
    """GIVEN a dialog whose warning comes with an unknown call THEN exit 7 names it, and no write.

    The guard holds the call back, so that it stays unknown what the dialog would have said. What
    an accepted warning sends is in ``test_warnings.py`` and below.
    """
    site, order, digest = planned(
        "quick", cancel={"warnings": [WARNING], "warn_after_call": True, "warn_call": TIPS}
    )

    ran = tool.commit(order, site, digest)

    assert (ran.code, ran.error) == (7, "warnings_not_accepted"), ran.out
    (warning,) = ran.json["warnings"]
    assert TIPS in warning["words"]
    assert "held back" in warning["words"]
    assert site.ledger.writes() == ()


@pytest.mark.further
def test_a_second_question_about_the_cancel_is_answered_like_the_first(
    planned: Plans, tool: Tool
) -> None:
    """GIVEN "are you really sure" with a warning THEN exit 7, its words and no write; then one write."""
    site, order, digest = planned("quick", cancel={"then_asks": "again", "then_warns": [WARNING]})

    ran = tool.commit(order, site, digest)

    assert (ran.code, ran.error) == (7, "warnings_not_accepted"), ran.out
    (warning,) = ran.json["warnings"]
    assert (warning["words"], ran.json["outcome"]) == (WARNING, "not_done")
    assert site.ledger.writes() == ()

    accepted = tool.commit(order, site, digest, *GOOD_REASON, "--accept-warning", warning["digest"])
    assert (accepted.code, accepted.json["outcome"]) == (0, "done"), accepted.out
    assert site.ledger.effects() == (f"cancelled {site.state.dispute().id}",)


@pytest.mark.further
def test_a_second_question_of_the_browser_is_answered_like_the_first(
    mimic: Mimic, tool: Tool
) -> None:
    """GIVEN a native confirm behind the dialog, about the same cancel THEN one write."""
    site = mimic("quick", cancel={"then_asks": "again-native"})

    ran = tool.cancel_typed(disputed_order(site), site)

    assert (ran.code, ran.json["outcome"]) == (0, "done"), ran.out
    assert "another dialog" not in ran.json["reason"]
    site.ledger.assert_one_write()


@pytest.mark.further
def test_a_third_question_is_left_to_the_buyer(mimic: Mimic, tool: Tool) -> None:
    """GIVEN a page that asks three times THEN exit 5 names what to do, and no write."""
    site = mimic("quick", cancel={"then_asks": "again", "then_times": 2})

    ran = tool.cancel_typed(disputed_order(site), site)

    assert (ran.code, ran.error) == (5, "dialog_not_recognised"), ran.out
    assert ran.json["error"]["message"].startswith("the site keeps asking; another dialog opened")
    assert ran.json["error"]["hint"].startswith("read the dialog in your own browser")
    assert (ran.json["outcome"], site.ledger.writes()) == ("not_done", ())


@pytest.mark.further
def test_a_warning_that_stands_beside_the_control_stops_a_plan(mimic: Mimic, tool: Tool) -> None:
    """GIVEN words of loss on the page and a native question THEN exit 7 with them, and no write."""
    site = mimic("native-confirm", **CALM, cancel={"dialog": "native", "stands": [WARNING]})
    order = disputed_order(site)
    digest = tool.dry_run(order, site).json["plan"]["digest"]

    ran = tool.commit(order, site, digest)

    assert (ran.code, ran.error) == (7, "warnings_not_accepted"), ran.out
    (warning,) = ran.json["warnings"]
    assert warning["words"] == WARNING
    assert site.ledger.writes() == ()
