"""What the buyer agrees to on the command line of ``cancel``."""

from __future__ import annotations

import json
import shlex
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from automation.aliexpress.receipts.contents import keep_receipt
from automation.aliexpress.running import Run
from automation.aliexpress.site.traffic import real_origins, site_traffic
from automation.cli import picking
from automation.cli.commands import cancel
from automation.cli.prompts import interview
from automation.engine.guard import Guard
from automation.engine.outcome import Sent
from rules import Reason
from tests.cli.calls import NO_SITE, ORDER, SAYS

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.calls import Call, Called


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


def test_how_many_receipts_are_kept_is_configured(call: Call, tmp_path: Path) -> None:
    """GIVEN nothing, a config file, or an option THEN a hundred, its number, or the option's."""
    config = tmp_path / "config.toml"
    config.write_text("[cancel]\nkeep-receipts = 7\n")
    words = ("cancel", ORDER, *SAYS, "--dry-run", *NO_SITE, "--state-dir", str(tmp_path / "state"))
    with_file = ("--config", str(config), *words)

    assert call(*words, opens=False).request.keep_receipts == 100
    assert call(*with_file, opens=False).request.keep_receipts == 7
    assert call(*with_file, "--keep-receipts", "3", opens=False).request.keep_receipts == 3
    assert call(*words, "--keep-receipts", "0", opens=False).code == 2


def test_a_run_that_sent_nothing_removes_the_oldest_receipts_of_such_runs(
    call: Call, tmp_path: Path
) -> None:
    """GIVEN receipts of two dry runs, and of a cancel WHEN one is kept THEN only the cancel's stays."""
    folder = tmp_path / "receipts"
    for number, (outcome, sent) in enumerate(
        [("done", Sent.ONE), ("not_done", Sent.NOTHING), ("not_done", Sent.NOTHING)], start=1
    ):
        path = folder / f"20260610T12000{number}Z-00000001-{number}"
        path.mkdir(parents=True)
        told = {"attempt": number, "outcome": outcome, "sent": sent.words}
        (path / "receipt.json").write_text(json.dumps(told))
    run = Run("cancel", ORDER)
    run.found = replace(run.found, attempt=4)
    run.guard = Guard(real_origins(), site_traffic())
    words = ("cancel", ORDER, *SAYS, "--dry-run", *NO_SITE, "--state-dir", str(tmp_path))
    request = call(*words, "--keep-receipts", "1", opens=False).request

    kept = keep_receipt(run, request, "0.1.0", 0)

    assert kept.folder is not None
    assert sorted(each.name for each in folder.iterdir()) == [
        "20260610T120001Z-00000001-1", kept.folder.name,
    ]  # fmt: skip


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


@pytest.mark.parametrize(
    ("more", "terminal", "says"),
    [
        ("--quiet", True, "missing option '--because': --quiet does not ask for it"),
        ("--json", True, "missing option '--because': --json does not ask for it"),
        ("--plan=0a1b2c3d4e5f", True, "missing option '--because': --plan does not ask for it"),
        ("--quiet", False, "missing option '--because'"),
    ],
)
def test_an_option_that_keeps_a_terminal_from_being_asked_is_named(
    call: Call, monkeypatch: pytest.MonkeyPatch, more: str, *, terminal: bool, says: str
) -> None:
    """GIVEN a terminal that is not asked THEN the error says which option did that; else none (control)."""
    monkeypatch.setattr(cancel, "is_terminal", lambda: terminal)
    dry = () if "--plan" in more else ("--dry-run",)

    ran = call("cancel", ORDER, *dry, more, *NO_SITE, opens=False)

    told = ran.json["error"]["message"] if more == "--json" else ran.err.partition("\n")[0]
    assert (ran.code, told.removeprefix("dispute-guard: ")) == (2, says)


@pytest.mark.parametrize(
    ("option", "typed", "meant"),
    [
        ("--plan", "17FEA2F62C0B", "17fea2f62c0b"),
        ("--plan", "17fea2f62c0b", "17fea2f62c0b"),
        ("--plan", "NO-DIGEST", "NO-DIGEST"),
        ("--accept-warning", "17FEA2F62C0B", ("17fea2f62c0b",)),
    ],
)
def test_a_digest_in_capitals_is_the_same(option: str, typed: str, meant: object) -> None:
    """GIVEN a digest in capitals THEN it is the one that was printed; another text stays (control)."""
    name = option.lstrip("-").replace("-", "_").replace("plan", "plan_digest")

    with cancel.command.make_context("cancel", [ORDER, option, typed]) as context:
        assert context.params[name] == meant


def test_a_cancel_asks_only_for_what_decides(
    call: Call, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """GIVEN a terminal THEN reason, check and the seller's words; not what was said or pages show."""
    words = ("cancel", ORDER, "--dry-run", *NO_SITE, "--state-dir", str(tmp_path))
    typed = ["2", "1", "1", ""]
    monkeypatch.setattr(cancel, "is_terminal", lambda: True)
    monkeypatch.setattr(interview, "read_line", lambda _: f"{typed.pop(0)}\n")
    monkeypatch.setattr(interview, "is_waiting", lambda _: False)

    ran = call(*words, opens=False)
    said = call(*words, *SAYS, opens=False)

    facts = ran.request.said
    assert (facts.buyer_reason, facts.item_received, facts.item_verified) == (
        Reason.PACKAGE_ARRIVED,
        True,
        True,
    )
    again = shlex.join(("dispute-guard", *words))
    assert f"{again} --because package-arrived --received --checked" in ran.err.splitlines()
    assert typed == []
    assert ran.err.count("Did the seller write to you") == 1
    assert "Why would you" not in said.err
    assert "Did the seller write" not in said.err


def test_what_the_seller_wrote_elsewhere_counts_in_a_cancel(
    call: Call, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """GIVEN a demand of the seller that no page shows WHEN pasted THEN the rules hear of it.

    It is part of the command that says the same. The control is nothing pasted.
    """
    words = ("cancel", ORDER, "--dry-run", *NO_SITE, "--state-dir", str(tmp_path))
    demand = "Please cancel the dispute first, then we refund you"
    monkeypatch.setattr(cancel, "is_terminal", lambda: True)
    monkeypatch.setattr(interview, "is_waiting", lambda _: False)

    def answers(*typed: str) -> Called:
        lines = list(typed)
        monkeypatch.setattr(interview, "read_line", lambda _: f"{lines.pop(0)}\n")
        return call(*words, opens=False)

    silent, pasted = answers("2", "1", "1", ""), answers("2", "1", "1", demand)

    assert silent.request.said.seller_messages == ()
    assert pasted.request.said.seller_messages == (demand,)
    assert f"--seller-says {shlex.quote(demand)}" in pasted.err
    assert (silent.code, pasted.code) == (1, 3)


def test_a_dispute_is_picked_where_no_order_is_named(
    call: Call, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """GIVEN a terminal and no ORDER THEN the picked one is cancelled, with its line."""
    monkeypatch.setattr(cancel, "is_terminal", lambda: True)
    monkeypatch.setattr(picking, "pick_dispute", lambda _: (ORDER, "81900000000000019"))

    ran = call("cancel", *SAYS, "--dry-run", *NO_SITE, "--state-dir", str(tmp_path), opens=False)

    assert (ran.request.order_id, ran.request.item) == (ORDER, "81900000000000019")


@pytest.mark.parametrize("of_many", [False, True])
def test_a_lost_journal_ends_a_dry_run_before_a_browser(
    call: Call, tmp_path: Path, *, of_many: bool
) -> None:
    """GIVEN a lost journal THEN a dry run ends at once: its plan could not be carried out.

    The control: once the loss is accepted, it goes on to the browser.
    """
    state = tmp_path / "state"
    state.mkdir(mode=0o700)
    (state / "journal.sqlite3.damaged-1").write_bytes(b"x")
    file = tmp_path / "orders.csv"
    file.write_text(f"order,because,received,checked\n{ORDER},package_arrived,true,true\n")
    what = ("--from", str(file)) if of_many else (ORDER, *SAYS)
    words = ("cancel", *what, "--dry-run", *NO_SITE, "--state-dir", str(state), "--json")

    lost = call(*words, opens=False)
    (state / "journal.sqlite3.damaged-1").rename(state / "journal.sqlite3.accepted-loss-1")
    accepted = call(*words, opens=False)

    assert (lost.code, lost.json["error"]["code"], lost.sessions) == (1, "journal_lost", [])
    assert f"--accept-lost-journal --state-dir {state}'" in lost.json["error"]["hint"]
    assert "a browser would start" in accepted.out


def test_a_refusal_that_could_not_be_recorded_says_so(call: Call, tmp_path: Path) -> None:
    """GIVEN a journal that cannot be written WHEN the rules refuse THEN it says that nothing records it.

    The control: with a good one it does not.
    """
    words = (
        "cancel",
        ORDER,
        "--because",
        "seller-promised",
        "--not-received",
        "--dry-run",
        *NO_SITE,
    )
    (tmp_path / "broken").mkdir(mode=0o700)
    (tmp_path / "broken" / "journal.sqlite3").write_bytes(b"no journal")

    kept = call(*words, "--state-dir", str(tmp_path / "state"), opens=False)
    lost = call(*words, "--state-dir", str(tmp_path / "broken"), opens=False)

    assert (kept.code, lost.code) == (3, 3)
    assert "no attempt and no receipt" in lost.err
    assert "no attempt and no receipt" not in kept.err
