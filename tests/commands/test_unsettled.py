"""While an attempt is unsettled, every end of a run points to ``verify``, not ``--plan``."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from automation.aliexpress.plan.targets import dispute_target
from automation.aliexpress.site import DisputeIds
from automation.engine.journal import Event, Journal
from fixtures.account.statuses import DisputeStatus
from tests.conftest import GOOD_REASON, disputed_order

if TYPE_CHECKING:
    from fixtures import MimicSite
    from fixtures.pytest_plugin import Mimic
    from tests.conftest import Ran, Tool

BLOCKED = ("--because", "seller-promised", "--not-received")


def leave_unsettled(tool: Tool, site: MimicSite) -> str:
    """An attempt that was clicked a minute ago and never finished; returns the order."""
    order, dispute = disputed_order(site), site.state.dispute()
    line = next(line.id for _, line in site.state.pairs() if line.dispute is dispute)
    now = datetime.now(UTC) - timedelta(minutes=1)
    tool.state_dir.mkdir(mode=0o700, exist_ok=True)
    with Journal.open(tool.state_dir) as journal:
        attempt = journal.begin(
            dispute_target(order, DisputeIds(dispute.id, line)),
            "cancel",
            site.url,
            "web",
            "0.1.0",
            now,
        )
        page = f"/p/reverse-pages/detail.html?reverseOrderLineId={dispute.id}"
        journal.record(attempt, Event.TARGET_READ, now, page=page)
        for event in (Event.PLANNED, Event.CONSENTED, Event.INTENT, Event.CLICKED):
            journal.record(attempt, event, now)
    return order


@pytest.mark.further
def test_a_settled_attempt_gets_its_receipt(mimic: Mimic, tool: Tool) -> None:
    """GIVEN an attempt that was killed after its click WHEN verified THEN a receipt, written once.

    A second verify finds nothing to settle, writes no other, and names the same attempt. A cancel
    is refused then, and says when it was cancelled; the control is one with another state folder.
    """
    site = mimic("quick")
    order = leave_unsettled(tool, site)
    site.state.dispute().status = DisputeStatus.CANCELLED

    ran, again = (tool.run("verify", order, "--json", site=site) for _ in range(2))

    assert (ran.code, ran.json["outcome"]) == (0, "done"), ran.out
    [folder] = (tool.state_dir / "receipts").iterdir()
    assert ran.json["receipt"] == str(folder)
    kept = json.loads((folder / "receipt.json").read_text("utf-8"))
    assert (kept["attempt"], kept["order_id"], kept["outcome"]) == (1, order, "done")
    assert kept["created"] < kept["settled"]
    assert (again.json["attempt"], again.json["receipt"]) == (1, None)

    known = tool.dry_run(order, site)
    unknown = type(tool)(tool.state_dir / "other").dry_run(order, site)

    assert (known.code, unknown.code) == (3, 3)
    told = f"you cancelled dispute {site.state.dispute().id} on "
    assert told in known.json["error"]["message"]
    assert re.search(r"20\d\d, \d\d:\d\d UTC \(attempt 1\); run", known.json["error"]["hint"])
    assert told not in unknown.out


def run_both(mimic: Mimic, tool: Tool, *words: str) -> tuple[Ran, Ran]:
    """The same call on an order without and with an unsettled attempt; no page opens."""
    site = mimic("quick")
    before = tool.run("cancel", disputed_order(site), *words, site=site)
    after = tool.run("cancel", leave_unsettled(tool, site), *words, site=site)
    assert site.ledger.entries == ()
    return before, after


@pytest.mark.parametrize(
    ("words", "code", "outcome"),
    [
        ((*BLOCKED, "--dry-run"), 3, "not_done"),
        ((*BLOCKED, "--plan", "0123456789ab"), 8, "unknown"),
    ],
)
def test_a_refusal_points_to_verify(
    mimic: Mimic, tool: Tool, words: tuple[str, ...], code: int, outcome: str
) -> None:
    """GIVEN an unsettled attempt WHEN the rules block at once THEN verify.

    A run that was to cancel does not know what became of the dispute; a dry run sends nothing, and
    ends as such. The control is the same call before it. The hint is printed once.
    """
    before, after = run_both(mimic, tool, *words, "--json")
    spoken = tool.run("cancel", after.json["order"], *words, "--site", "http://127.0.0.1:9")

    assert (before.code, before.json["outcome"], before.json["unsettled"]) == (3, "not_done", [])
    assert (after.code, after.json["outcome"], after.json["unsettled"]) == (code, outcome, [2])
    assert f"verify {after.json['order']}" in after.json["error"]["hint"]
    assert "--plan" not in after.json["error"]["hint"]
    assert after.json["sent"] == "nothing"
    assert spoken.err.count("nothing was sent") == 1


def test_history_has_the_code_that_was_returned(mimic: Mimic, tool: Tool) -> None:
    """GIVEN an unsettled attempt WHEN a run is stopped THEN history shows the same exit code.

    The hint carries the options of the run, so that it can be pasted.
    """
    site = mimic("quick")
    order = leave_unsettled(tool, site)

    ran = tool.commit(order, site, "0123456789ab")
    history = tool.run("history", "--json", "--state-dir", str(tool.state_dir))

    assert ran.code == 8, ran.out
    assert history.json["attempts"][0]["exit_code"] == 8, history.out
    hint = ran.json["error"]["hint"]
    assert f"verify {order} --site {site.url}" in hint
    assert f"--state-dir {tool.state_dir}" in hint
    assert site.ledger.writes() == ()


def test_without_consent_the_hint_is_verify(mimic: Mimic, tool: Tool) -> None:
    """GIVEN an unsettled attempt WHEN neither terminal nor plan THEN no plan is suggested."""
    before, after = run_both(mimic, tool, *GOOD_REASON, "--json")

    assert (before.code, after.code) == (2, 2)
    assert "--plan" in before.json["error"]["hint"]
    assert "--plan" not in after.json["error"]["hint"]
    assert "verify" in after.json["error"]["hint"]


def test_a_plan_that_nobody_made_points_to_verify(mimic: Mimic, tool: Tool) -> None:
    """GIVEN an unsettled attempt WHEN a plan is unknown THEN exit 8 and not 'make a new plan'."""
    words = (*GOOD_REASON, "--plan", "0123456789ab", "--json")

    before, after = run_both(mimic, tool, *words)

    assert (before.code, after.code) == (7, 8)
    assert "--dry-run" in before.json["error"]["hint"]
    assert "--dry-run" not in after.json["error"]["hint"]
    assert "verify" in after.json["error"]["hint"]


@pytest.mark.further
def test_a_dry_run_does_not_say_to_repeat_with_the_plan(mimic: Mimic, tool: Tool) -> None:
    """GIVEN an unsettled attempt WHEN a dry run makes a plan THEN its last line says verify.

    The control: without the attempt it names the plan.
    """
    site = mimic("quick")
    words = (*GOOD_REASON, "--dry-run")

    before = tool.run("cancel", disputed_order(site), *words, site=site)
    order = leave_unsettled(type(tool)(tool.state_dir / "other"), site)
    after = type(tool)(tool.state_dir / "other").run("cancel", order, *words, site=site)

    assert "run the command again without --dry-run" in before.out
    assert "run the command again without --dry-run" not in after.out
    last = after.out.rstrip().rpartition("\n")[2]
    assert f"run 'dispute-guard verify {order} " in last
    assert last.endswith("before you cancel again.")
    assert site.ledger.writes() == ()
