from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from automation.aliexpress.walk.album import (
    AFTERWARDS,
    CONTROL,
    DIALOG,
    DISPUTE,
    MY_ORDERS,
    ORDER_DETAILS,
)
from tests.conftest import GOOD_REASON, disputed_order

if TYPE_CHECKING:
    from fixtures.pytest_plugin import Mimic
    from tests.conftest import Ran, Tool
    from tests.shelf import Plans, Shelf


def pictured(ran: Ran) -> list[str]:
    """What the pictures of a run's receipt show, in order; Cancel Request may look like its page."""
    told = json.loads((Path(ran.json["receipt"]) / "receipt.json").read_text("utf-8"))
    return [each["step"] for each in told["pictures"] if each["step"] != CONTROL]


@pytest.mark.parametrize(
    "scenario",
    [
        "quick",
        # Telemetry, animations and pictures of them.
        pytest.param("waiting-seller", marks=[pytest.mark.further, pytest.mark.pictures]),
    ],
)
def test_a_plan_is_carried_out_once_by_the_steps_of_its_dry_run(
    mimic: Mimic, tool: Tool, scenario: str
) -> None:
    """GIVEN a dry run THEN no write and no change; WHEN its plan is committed THEN one write.

    The commit is the positive control of the dry run. Both step logs are equal up to the plan:
    one code path, and each page is pictured. WHEN the plan is used again THEN exit 7, and still
    one write, which verify finds done (exit 0).
    """
    site = mimic(scenario)
    order = disputed_order(site)

    dry = tool.dry_run(order, site)
    after_dry_run = (len(site.ledger.writes()), str(site.state.dispute().status))
    digest = dry.json["plan"]["digest"]
    real = tool.commit(order, site, digest)
    again = tool.commit(order, site, digest)
    verified = tool.run("verify", order, "--json", site=site)

    assert (dry.code, dry.json["outcome"]) == (0, "not_done")
    assert after_dry_run == (0, "waiting_seller")
    assert (real.code, real.json["outcome"]) == (0, "done")
    planned = [step["step"] for step in dry.json["steps"]]
    assert [step["step"] for step in real.json["steps"]][: len(planned)] == planned
    assert planned[-1] == "plan"
    assert real.json["steps"][len(planned)]["step"] == "consent"
    assert pictured(dry) == [MY_ORDERS, ORDER_DETAILS, DISPUTE]
    assert pictured(real) == [MY_ORDERS, ORDER_DETAILS, DISPUTE, DIALOG, AFTERWARDS]
    assert again.code == 7
    assert f"verify {order}" in again.json["error"]["hint"]
    assert (verified.code, verified.json["outcome"]) == (0, "done")
    assert verified.json["dispute"]["dispute_id"] == site.state.dispute().id
    assert len(site.ledger.writes()) == 1


def test_a_plan_goes_stale_when_the_dispute_changes(planned: Plans, tool: Tool) -> None:
    """GIVEN a plan WHEN the seller answers first THEN stale (exit 7), the change, no write."""
    site, order, digest = planned("quick")
    site.state.dispute().status = type(site.state.dispute().status)("mediating")

    ran = tool.commit(order, site, digest)

    assert (ran.code, ran.json["outcome"]) == (7, "not_done")
    assert "status: waiting_seller → mediating" in ran.json["changes"], ran.out
    assert site.ledger.writes() == ()


@pytest.mark.further
def test_a_plan_is_bound_to_its_site(
    planned: Plans, shelf: Shelf, mimic: Mimic, tool: Tool
) -> None:
    """GIVEN a plan of one mimic WHEN it is used on a twin THEN stale, no write; its own site takes it."""
    site, order, digest = planned("quick")
    twin = mimic("quick", now=shelf.now)

    there = tool.commit(order, twin, digest)
    here = tool.commit(order, site, digest)

    assert (there.code, there.json["error"]["code"]) == (7, "plan_stale"), there.out
    assert f"{site.url}, and this is {twin.url}" in there.json["error"]["message"]
    assert twin.ledger.writes() == ()
    assert (here.code, here.json["outcome"]) == (0, "done"), here.out
    assert len(site.ledger.writes()) == 1


def test_a_plan_is_bound_to_the_words_of_the_buyer(planned: Plans, tool: Tool) -> None:
    """GIVEN a plan for one reason WHEN committed with another THEN stale, no write."""
    site, order, digest = planned("quick")

    ran = tool.commit(order, site, digest, "--because", "filed-by-mistake")

    assert ran.code == 7, ran.out
    assert "your options differ from those of the dry run" in ran.json["changes"]
    assert site.ledger.writes() == ()


def test_an_unknown_plan_opens_nothing(mimic: Mimic, tool: Tool) -> None:
    """GIVEN an unknown digest THEN exit 7 and no request."""
    site = mimic("quick")

    ran = tool.commit(disputed_order(site), site, "0123456789ab")

    assert (ran.code, ran.error) == (7, "plan_unknown")
    assert "no such plan" in ran.json["error"]["message"]
    assert site.ledger.entries == ()


@pytest.mark.further
def test_verify_reports_what_the_pages_show(mimic: Mimic, tool: Tool) -> None:
    """GIVEN an order before its cancel THEN verify says not done (1), and which dispute it judged.

    The first test verifies after one.
    """
    site = mimic("quick")
    order = disputed_order(site)
    line = next(line for _, line in site.state.pairs() if line.dispute)
    dispute = line.dispute.id if line.dispute else ""

    before = tool.run("verify", order, site=site)

    assert before.code == 1
    assert f"not done: order {order}, dispute {dispute}, line {line.id}; " in before.out
    site.ledger.assert_no_writes()


def test_advise_with_an_order_reads_and_sends_nothing(mimic: Mimic, tool: Tool) -> None:
    """GIVEN advise ORDER THEN a verdict on what the pages show, and no write."""
    site = mimic("quick")

    ran = tool.run("advise", disputed_order(site), *GOOD_REASON, "--json", site=site)

    assert (ran.code, ran.json["verdict"]) == (0, "allow"), ran.out
    assert ran.json["seen"]["status"] == "waiting_seller"
    assert site.ledger.writes() == ()
    assert site.ledger.entries


def test_verify_knows_that_its_journal_was_lost(mimic: Mimic, tool: Tool) -> None:
    """GIVEN a journal that was damaged WHEN verified twice THEN unknown (8), never not done.

    A request that the lost journal recorded may still be under way.
    """
    site = mimic("quick")
    order = disputed_order(site)
    tool.state_dir.mkdir(mode=0o700)
    (tool.state_dir / "journal.sqlite3").write_bytes(b"no journal" * 500)

    first = tool.run("verify", order, "--json", site=site)
    second = tool.run("verify", order, "--json", site=site)

    assert (first.code, first.error) == (8, "journal_damaged")
    assert (second.code, second.json["outcome"]) == (8, "unknown")
    assert "damaged" in second.json["reason"]
