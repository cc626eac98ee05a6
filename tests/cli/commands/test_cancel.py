"""What the buyer agrees to on the command line of ``cancel``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from automation.cli import picking
from automation.cli.commands import cancel
from automation.cli.prompts import interview
from rules import Reason
from tests.cli.calls import NO_SITE, ORDER, SAYS

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.calls import Call


def test_a_risk_is_accepted_by_its_name(call: Call, tmp_path: Path) -> None:
    """GIVEN a risky block WHEN its rule is named THEN the run goes on; without that it is refused."""
    words = ("cancel", ORDER, "--because", "seller-promised", "--not-received", "--dry-run",
             *NO_SITE, "--state-dir", str(tmp_path), "--json")  # fmt: skip
    refused = call(*words, opens=False)
    risks = [f["rule"] for f in refused.json["findings"] if f["severity"] == "block"]
    assert (refused.code, refused.sessions) == (3, [])

    accepted = call(*words, *(w for rule in risks for w in ("--accept-risk", rule)), opens=False)

    assert accepted.json["error"]["code"] == "interrupted", accepted.out
    assert accepted.request.accepted == tuple(risks)


def test_a_warning_is_accepted_by_its_digest(call: Call, tmp_path: Path) -> None:
    """GIVEN digests of warnings THEN the run accepts exactly these; else a usage error."""
    words = ("cancel", ORDER, *SAYS, "--dry-run", *NO_SITE, "--state-dir", str(tmp_path), "--json")

    taken = call(*words, "--accept-warning", "0a1b2c3d4e5f", opens=False)

    assert taken.request.accepted_warnings == {"0a1b2c3d4e5f"}
    assert call(*words, "--accept-warning", "yes", opens=False).code == 2


@pytest.mark.parametrize("more", [(), ("--json",), ("--quiet",), ("--plan", "0a1b2c3d4e5f")])
def test_without_anybody_to_ask_order_and_reason_are_needed(
    call: Call, monkeypatch: pytest.MonkeyPatch, more: tuple[str, ...]
) -> None:
    """GIVEN a script, or a plan that was said in full THEN exit 2, nothing asked or opened."""
    monkeypatch.setattr(cancel, "is_terminal", lambda: bool(more))
    for words, lacks in (((), "ORDER"), ((ORDER,), "--because")):
        ran = call("cancel", *words, "--dry-run", *more, *NO_SITE, opens=False)

        assert (ran.code, ran.sessions) == (2, [])
        if "--json" in more:
            assert lacks in ran.json["error"]["message"]
            assert ran.json["outcome"] == "not_done"
        elif "--plan" not in more:
            assert lacks in ran.err


def test_a_cancel_asks_only_for_what_decides(
    call: Call, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """GIVEN a terminal THEN reason and check are asked for; what was said is not, nor what pages show."""
    words = ("cancel", ORDER, "--dry-run", *NO_SITE, "--state-dir", str(tmp_path))
    typed = ["2", "1", "1"]
    monkeypatch.setattr(cancel, "is_terminal", lambda: True)
    monkeypatch.setattr(interview, "read_line", lambda _: f"{typed.pop(0)}\n")

    ran = call(*words, opens=False)
    said = call(*words, *SAYS, opens=False)

    facts = ran.request.said
    assert (facts.buyer_reason, facts.item_received, facts.item_verified) == (
        Reason.PACKAGE_ARRIVED,
        True,
        True,
    )
    again = f"cancel {ORDER} --because package-arrived --received --checked"
    assert again in " ".join(ran.err.split())
    assert typed == []
    assert "Why would you" not in said.err


def test_a_dispute_is_picked_where_no_order_is_named(
    call: Call, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """GIVEN a terminal and no ORDER THEN the picked one is cancelled, with its line."""
    monkeypatch.setattr(cancel, "is_terminal", lambda: True)
    monkeypatch.setattr(picking, "pick_dispute", lambda _: (ORDER, "81900000000000019"))

    ran = call("cancel", *SAYS, "--dry-run", *NO_SITE, "--state-dir", str(tmp_path), opens=False)

    assert (ran.request.order_id, ran.request.item) == (ORDER, "81900000000000019")
