from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import click
import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from automation.aliexpress import run as flow
from automation.aliexpress.answer import Answer
from automation.aliexpress.plan.order_number import advise_it
from automation.cli.main import group
from automation.cli.mcp import desk as desks
from automation.cli.mcp.conversation import Conversation, Reply
from automation.cli.mcp.desk import Desk
from automation.cli.mcp.server import carry_out
from automation.cli.mcp.tools import TOOLS
from automation.cli.options.options import BrowserOptions
from automation.engine.interrupts import Place
from automation.engine.outcome import Outcome
from tests.cli.calls import ORDER
from tests.own_loop import in_own_loop

if TYPE_CHECKING:
    from collections.abc import Coroutine
    from pathlib import Path

    from mcp_types import CallToolResult

    from automation.aliexpress.listing.dispute_row import Listing
    from automation.cli.mcp.desk import Planned

DIGEST = "0a1b2c3d4e5f"
OTHER = "8190000000010001"
PLAN = {"because": "package-arrived", "received": True, "checked": True}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A desk whose site is not served."""
    found = group.get_command(click.Context(group), "mcp")
    assert found is not None
    words = ["--site", "http://127.0.0.1:9", "--timeout", "5", "--state-dir", str(tmp_path)]
    with found.make_context("mcp", words) as context:
        return Desk(BrowserOptions(**context.params), "0")


async def called(desk: Desk, tool: str, **arguments: object) -> dict[str, Any]:
    """The structured answer of one call, which keeps to the tool's schema."""
    return document_of(await carry_out(desk, Conversation(tool, arguments)), tool)


def document_of(result: CallToolResult, tool: str) -> dict[str, Any]:
    """The structured answer of a result, which keeps to the tool's schema."""
    document: dict[str, Any] = result.structured_content
    Draft202012Validator(TOOLS[tool].tool.output_schema or {}).validate(document)
    assert result.is_error == (document["exit_code"] != 0)
    return document


def in_command(work: Coroutine[None, None, Any]) -> Any:  # noqa: ANN401  what the work returns
    """Run work as inside the command, whose options name later commands."""

    async def inside() -> object:
        with click.Context(click.Command("mcp"), info_name="mcp").scope():
            return await work

    return in_own_loop(inside())


@pytest.mark.parametrize("tool", sorted(TOOLS))
def test_a_wrong_argument_is_named_in_the_answer(desk: Desk, tool: str) -> None:
    """GIVEN an argument that no tool has THEN a usage error, nothing sent, and nothing claimed."""
    answer = in_command(called(desk, tool, typed="0000"))

    assert (answer["exit_code"], answer["error"]["code"]) == (2, "usage")
    if "outcome" in answer:
        assert answer["outcome"] == ("unknown" if tool == "verify" else "not_done")
        assert answer["sent"] == "nothing"


@pytest.mark.parametrize("rule", ["no-such-rule", "status-final"])
def test_a_risk_that_nobody_can_accept_is_refused_at_once(desk: Desk, rule: str) -> None:
    """GIVEN a rule that cannot be overridden, or does not exist THEN exit 2 without a question."""
    answer = in_command(called(desk, "plan", order=ORDER, accept_risk=[rule], **PLAN))

    assert (answer["exit_code"], answer["error"]["code"]) == (2, "usage")
    assert rule in answer["error"]["message"]


def test_advice_on_words_opens_nothing(desk: Desk) -> None:
    """GIVEN no order THEN the rules judge what was said; a block is exit 3."""
    said = {"because": "seller-promised", "seller_says": ["cancel first, then we refund"]}

    answer = in_command(called(desk, "advise", **said))

    assert (answer["exit_code"], answer["verdict"]) == (3, "block")


def test_receipts_of_refused_plans_are_bounded(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """GIVEN an agent that asks again and again THEN each is an attempt, and the newest receipt stays."""
    monkeypatch.setattr(desks, "KEPT", 1)

    told = [
        in_command(called(desk, "plan", order=ORDER, because="seller-promised", received=False))
        for _ in range(2)
    ]

    assert [(each["exit_code"], each["attempt"]) for each in told] == [(3, 1), (3, 2)]
    assert [str(each) for each in (tmp_path / "receipts").iterdir()] == [told[-1]["receipt"]]


def test_one_call_at_a_time(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """GIVEN a cancel under way THEN other calls hear of it; only about its order nothing is known.

    None says how many disputes there are, or what became of one: it has looked at nothing.
    """

    async def hangs(*_given: object) -> Answer:
        await asyncio.Event().wait()
        raise AssertionError

    async def work() -> list[CallToolResult]:
        monkeypatch.setattr(flow, "cancel_in", hangs)
        running = asyncio.ensure_future(called(desk, "plan", order=ORDER, **PLAN))
        await asyncio.sleep(0)
        others = [await carry_out(desk, Conversation(tool, arguments)) for tool, arguments in calls]
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        return others

    calls: list[tuple[str, dict[str, object]]] = [
        ("plan", {"order": OTHER, **PLAN}),
        ("plan", {"order": ORDER, **PLAN}),
        ("verify", {"order": OTHER}),
        ("list", {}),
    ]
    results = in_command(work())
    other, same, verified, listed = map(document_of, results, [tool for tool, _ in calls])

    assert listed["complete"] is False
    for result in results:
        text = result.content[0].text
        assert "another run is using this state folder; nothing was read, nothing was sent" in text
        assert "outcome" not in text
        assert "0 open disputes" not in text
    ends = [(each["exit_code"], each.get("outcome")) for each in (other, same, verified, listed)]
    assert ends == [(1, "not_done"), (8, "unknown"), (8, "unknown"), (1, None)]
    codes = {each["error"]["code"] for each in (other, same, verified, listed)}
    assert codes == {"already_running"}


def test_the_desk_is_free_again_after_a_call(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """GIVEN a call that broke THEN an internal error with what is known, and the next one runs."""

    async def breaks(*_given: object) -> Answer:
        raise ZeroDivisionError

    async def works(*_given: object) -> Answer:
        return Answer(command="verify", order=ORDER, outcome=Outcome.DONE)

    async def work() -> list[dict[str, Any]]:
        monkeypatch.setattr(flow, "verify_in", breaks)
        broken = await called(desk, "verify", order=ORDER)
        monkeypatch.setattr(flow, "verify_in", works)
        return [broken, await called(desk, "verify", order=ORDER)]

    broken, well = in_command(work())

    assert (broken["exit_code"], broken["outcome"]) == (8, "unknown")
    assert broken["error"]["code"] == "internal_error"
    assert (well["exit_code"], well["outcome"]) == (0, "done")


def test_a_plan_is_one_question(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """GIVEN several cancels of one plan at once THEN the buyer is asked once, and their no holds."""
    asked: list[object] = []

    async def says_no(_talk: Conversation, question: object) -> Reply:
        asked.append(question)
        await asyncio.sleep(0)
        return Reply.DECLINED

    async def cancels() -> list[str]:
        monkeypatch.setattr(Conversation, "ask", says_no)
        monkeypatch.setattr(desks, "usable_plan", lambda *_: None)
        monkeypatch.setattr(desks, "consent_to", lambda *_: "?")
        plan = SimpleNamespace(digest=DIGEST, order_id=ORDER)
        desk._keep(cast("Planned", SimpleNamespace(plan=plan, answer=None, item=None)))  # noqa: SLF001  as ``plan`` does
        calls = (called(desk, "cancel", order=ORDER, plan=DIGEST) for _ in range(3))
        return sorted(each["error"]["code"] for each in await asyncio.gather(*calls))

    assert in_command(cancels()) == ["declined", "plan_stale", "plan_stale"]
    assert len(asked) == 1


def test_a_run_that_hangs_is_ended(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """GIVEN a step that takes far too long THEN its run ends, and says where it hung."""

    async def at_once(*_given: object) -> Place:
        return Place("my orders")

    async def hangs(*_given: object) -> Answer:
        await asyncio.Event().wait()
        raise AssertionError

    monkeypatch.setattr(desks, "standstill", at_once)
    monkeypatch.setattr(flow, "verify_in", hangs)

    answer = in_command(called(desk, "verify", order=ORDER))

    assert (answer["exit_code"], answer["outcome"]) == (8, "unknown")
    assert answer["error"]["code"] == "step_stuck"
    assert "my orders" in answer["error"]["message"]


def test_a_note_of_the_list_leads_to_the_site_of_the_server(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GIVEN a note that names a call THEN the call reads the site that this server reads."""

    async def walk(_request: object, _run: object, listing: Listing, **_: object) -> None:
        listing.note(f"unknown; {advise_it(ORDER, None)} shows the line")

    async def watched(
        _self: Desk, _run: object, work: Coroutine[None, None, Any], *_: object
    ) -> Any:  # noqa: ANN401  what the work returns
        return await work

    monkeypatch.setattr(desks, "list_account", walk)
    monkeypatch.setattr(Desk, "_watched", watched)
    found = group.get_command(click.Context(group), "mcp")
    assert found is not None

    async def inside() -> dict[str, Any]:
        with found.make_context("mcp", ["--site", "http://127.0.0.1:9"]).scope():
            return await called(desk, "list")

    notes = in_own_loop(inside())["notes"]
    call = f"dispute-guard advise {ORDER} --json --site http://127.0.0.1:9"
    assert notes == [f"unknown; '{call}' shows the line"]
