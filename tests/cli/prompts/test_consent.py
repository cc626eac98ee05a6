"""What a buyer sees before they consent."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from automation.aliexpress.plan.order_number import spelled
from automation.aliexpress.site import Doubt
from automation.aliexpress.walk.held_reads import HeldRead
from automation.cli.prompts import consent, keyboard
from automation.cli.screen.output import Progress
from automation.text import local_times
from rules import Advice, Facts, Reason, advise
from tests.cli.plans import a_plan
from tests.own_loop import in_own_loop

if TYPE_CHECKING:
    from collections.abc import Awaitable
    from pathlib import Path

NOW = datetime(2026, 6, 10, 12, 0, tzinfo=UTC)
SAFE = Facts(
    now=NOW, dispute_status="waiting_seller", buyer_reason=Reason.PACKAGE_ARRIVED,
    item_received=True, item_verified=True,
    protection_deadline="2026-07-30T12:00:00Z", edits_used=0, target_specified=True,
    open_disputes_in_order=1, account_role="buyer", visible_buttons=("Cancel Request",),
)  # fmt: skip
RISKY = Facts(now=NOW, dispute_status="waiting_seller")


def shown(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    advice: Advice,
    *,
    quiet: bool,
    risks: tuple[str, ...] = (),
) -> str:
    """What stands on the screen above the question."""

    async def typed(_: float) -> str:
        await asyncio.sleep(0)
        return ""

    monkeypatch.setattr(consent, "typed_line", typed)
    plan = a_plan(*risks)
    ask = consent.ask_at_terminal(Progress(on=False), quiet=quiet)

    async def asked() -> bool:
        return await ask(plan, advice)

    assert in_own_loop(asked()) is False
    return capsys.readouterr().err


@pytest.mark.parametrize("quiet", [True, False])
def test_a_risk_is_on_the_screen_before_consent(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], quiet: bool
) -> None:
    """GIVEN a verdict that is not allow WHEN asked THEN each risk is shown, --quiet or not."""
    advice = advise(RISKY)
    assert advice.verdict.value != "allow"
    risks = [finding for finding in advice.findings if finding.severity.value != "note"]
    assert len(risks) > 1

    told = shown(monkeypatch, capsys, advice, quiet=quiet)

    for finding in risks:
        assert f"{finding.rule}: {local_times(finding.meaning)}" in told
        assert told.index(finding.rule) < told.index("type the group")


def agreed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *lines: str
) -> tuple[bool, str, list[str]]:
    """Whether the typed lines are consent, what was shown after the first one, and which were not read."""
    waiting = list(lines)

    async def typed(_: float) -> str:
        await asyncio.sleep(0)
        return f"{waiting.pop(0)}\n"

    monkeypatch.setattr(consent, "typed_line", typed)
    ask = consent.ask_at_terminal(Progress(on=False), quiet=True)
    said = in_own_loop(_awaited(ask(a_plan(), advise(SAFE))))
    return said, capsys.readouterr().err.partition(consent._ASK)[2], waiting  # noqa: SLF001


async def _awaited(answer: Awaitable[bool]) -> bool:
    return await answer


def test_what_was_typed_before_the_question_is_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    """GIVEN digits typed ahead THEN they are forgotten after the plan is shown, and before the question is."""
    seen: list[str] = []

    async def typed(_: float) -> str:
        seen.append("read")
        return ""

    def question(*_: object) -> str:
        seen.append("question")
        return "?"

    monkeypatch.setattr(consent, "typed_line", typed)
    monkeypatch.setattr(consent, "show_plan", lambda *_, **__: seen.append("plan"))
    monkeypatch.setattr(consent, "forget_typed", lambda: seen.append("forget"))
    monkeypatch.setattr(consent, "consent_question", question)
    ask = consent.ask_at_terminal(Progress(on=False), quiet=True)

    in_own_loop(_awaited(ask(a_plan(), advise(SAFE))))

    assert seen == ["plan", "forget", "question", "read"]


@pytest.mark.parametrize(("ahead", "after"), [("yes", ""), ("yes", "yes"), ("", "yes")])
def test_only_a_yes_after_the_labels_are_shown_confirms_them(
    monkeypatch: pytest.MonkeyPatch, ahead: str, after: str
) -> None:
    """GIVEN unverified labels WHEN asked about THEN a yes that was typed ahead is forgotten."""
    waiting = [ahead]

    async def typed(_: float) -> bool:
        await asyncio.sleep(0)
        return "yes" in (*waiting, after)[:1]

    monkeypatch.setattr(consent, "typed_yes", typed)
    monkeypatch.setattr(consent, "forget_typed", waiting.clear)
    ask = consent.ask_about_words(quiet=True)
    doubt = Doubt("sv", "the button", {"labels.confirm": ("Ja",)})

    assert in_own_loop(_awaited(ask(doubt))) is (after == "yes")


DIGITS = a_plan().consent_digits
ONE_WRONG = str((int(DIGITS[0]) + 1) % 10) + DIGITS[1:]


@pytest.mark.parametrize(
    "typed",
    [
        ONE_WRONG,
        a_plan().order_id[-4:],
        "9999",
        DIGITS[:-1],
        f"{DIGITS}0",
        a_plan().order_id,
        f"{DIGITS}!",
        "\N{FULLWIDTH DIGIT ONE}",
    ],
)
def test_wrong_digits_have_a_second_try(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], typed: str
) -> None:
    """GIVEN any wrong digits THEN they and the order's number are shown, and it is asked once more."""
    answer, told, left = agreed(monkeypatch, capsys, typed, DIGITS, "x")

    assert (answer, left) == (True, ["x"])
    assert f"You typed {typed}," in told
    assert spelled(a_plan().order_id) in told


@pytest.mark.parametrize("second", ["", "no", ONE_WRONG, "9999"])
def test_there_is_no_third_try(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], second: str
) -> None:
    """GIVEN a second answer that is not right either THEN nothing more is asked."""
    answer, _, left = agreed(monkeypatch, capsys, "9999", second, DIGITS)

    assert (answer, left) == (False, [DIGITS])


@pytest.mark.parametrize("typed", ["yes", "no", "", " ", "stop"])
def test_an_answer_without_digits_declines_at_once(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], typed: str
) -> None:
    """GIVEN no digits THEN the buyer does not want it; the right ones agree at once (control)."""
    answer, told, left = agreed(monkeypatch, capsys, typed, DIGITS)

    assert (answer, left) == (False, [DIGITS])
    assert "You typed" not in told
    assert agreed(monkeypatch, capsys, DIGITS, "x")[::2] == (True, ["x"])


@pytest.mark.parametrize("likelier", ["order 8194370215560042 is not among the first 3", ""])
def test_a_likelier_cause_comes_before_a_call_that_was_held_back(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    likelier: str,
) -> None:
    """GIVEN an order that My Orders lacks THEN its number is what the buyer is asked to check first."""

    async def typed(_: float) -> str:
        await asyncio.sleep(0)
        return ""

    monkeypatch.setattr(keyboard, "typed_line", typed)
    offers = consent.ask_about_reads(tmp_path / "site.toml")
    held = (HeldRead("mtop.shop.pageView", "/p/order/detail.html"),)

    async def asked() -> bool:
        return await offers.ask("Order Details", held, likelier)

    assert in_own_loop(asked()) is False
    told = capsys.readouterr().err.split("mtop.shop.pageView")[0]
    assert ("Order 8194370215560042" in told) is bool(likelier)
    assert ("Check the number first" in told) is bool(likelier)
    assert "held back" in told


def test_so_is_an_accepted_risk(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """GIVEN allow with an accepted risk THEN its reason with --quiet; without a risk none (control)."""
    advice = advise(SAFE)
    assert advice.verdict.value == "allow"
    reasons = [finding.meaning for finding in advice.findings]

    risky = shown(monkeypatch, capsys, advice, quiet=True, risks=("window-closing-soon",))
    calm = shown(monkeypatch, capsys, advice, quiet=True)

    assert any(reason in risky for reason in reasons)
    assert not any(reason in calm for reason in reasons)


def test_what_a_cancel_gives_up_is_on_the_screen_too(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """GIVEN a running mediation and a frozen order THEN both are named before a safe cancel."""
    facts = SAFE.updated(dispute_status="mediating", order_frozen=True)
    advice = advise(facts)
    assert advice.verdict.value == "allow"

    told = shown(monkeypatch, capsys, advice, quiet=False)

    for rule in ("mediation-running", "order-frozen"):
        assert f"{rule}: " in told
