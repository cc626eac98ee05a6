from __future__ import annotations

import asyncio
import json
import signal
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from automation.aliexpress.plan.order_number import groups, short, telling
from automation.cli.prompts import consent
from automation.cli.prompts.consent import consent_question
from automation.cli.screen.output import Progress
from rules import Verdict
from tests.cli.plans import a_plan
from tests.conftest import GOOD_REASON, QUESTION, disputed_order
from tests.own_loop import in_own_loop
from tests.terminal import at_terminal

if TYPE_CHECKING:
    from automation.aliexpress.plan.plan import Plan
    from automation.aliexpress.request import Consent
    from fixtures.pytest_plugin import Mimic
    from tests.conftest import Tool


@pytest.mark.further  # nearly every test of a cancel types its consent: ``Tool.cancel_typed``
def test_typed_consent_cancels_with_one_write(mimic: Mimic, tool: Tool) -> None:
    """GIVEN a terminal WHEN the digits are typed THEN one write, and only JSON on stdout."""
    site = mimic("quick")
    order = disputed_order(site)
    words = tool.words("cancel", order, *GOOD_REASON, "--json", site=site)

    seen = at_terminal(words, wait_for=QUESTION, answer=order[-8:-4])

    assert seen.code == 0, seen.screen + seen.out
    assert json.loads(seen.out)["outcome"] == "done"
    assert len(site.ledger.cancels()) == len(site.ledger.writes()) == 1


@pytest.mark.parametrize("answer", [pytest.param("", marks=pytest.mark.further), "no"])
def test_anything_else_declines(mimic: Mimic, tool: Tool, answer: str) -> None:
    """GIVEN a terminal WHEN something else is typed THEN exit 6 and no write."""
    site = mimic("quick")
    words = tool.words("cancel", disputed_order(site), *GOOD_REASON, "--json", site=site)

    seen = at_terminal(words, wait_for=QUESTION, answer=answer)

    assert seen.code == 6, seen.screen
    document = json.loads(seen.out)
    assert (document["outcome"], document["stopped_at"]) == ("not_done", "consent")
    assert site.ledger.writes() == ()


@pytest.mark.parametrize(
    ("answer", "agreed"),
    [
        *((text, False) for text in ("", "y", "yes", "0000", "8194", "0042", "8194370215560042")),
        ("1556", True),
        (" 1556 ", True),
    ],
)
def test_only_the_asked_digits_agree(
    monkeypatch: pytest.MonkeyPatch, answer: str, *, agreed: bool
) -> None:
    """GIVEN the question WHEN something is typed THEN the asked four digits count, and nothing else."""

    async def typed(_: float) -> str:
        await asyncio.sleep(0)
        return answer

    monkeypatch.setattr(consent, "typed_line", typed)
    plan = a_plan()
    ask = consent.ask_at_terminal(Progress(on=False), quiet=True)

    assert in_own_loop(_asked(ask, plan)) is agreed


async def _asked(ask: Consent, plan: Plan) -> bool:
    safe: Any = SimpleNamespace(verdict=Verdict.ALLOW)
    return await ask(plan, safe)


def test_ctrl_c_at_the_question_sends_nothing(mimic: Mimic, tool: Tool) -> None:
    """GIVEN the question WHEN Ctrl-C is pressed THEN exit 130, the outcome as JSON, no write."""
    site = mimic("quick")
    words = tool.words("cancel", disputed_order(site), *GOOD_REASON, "--json", site=site)

    seen = at_terminal(words, wait_for=QUESTION, answer=None)

    assert seen.code == 128 + signal.SIGINT, seen.screen
    document = json.loads(seen.out)
    assert (document["outcome"], document["error"]["code"]) == ("not_done", "interrupted")
    assert site.ledger.writes() == ()


@pytest.mark.further
def test_the_question_shows_what_is_cancelled(mimic: Mimic, tool: Tool) -> None:
    """GIVEN the question THEN order, item, claim, status and findings are above it."""
    site = mimic("quick")
    order = disputed_order(site)
    words = tool.words("cancel", order, *GOOD_REASON, site=site)

    seen = at_terminal(words, wait_for=QUESTION, answer="no")

    for part in (
        order,
        "US $",
        "Waiting for the seller's response",
        "after-cancel",
        "cannot be undone",
    ):
        assert part in seen.screen


@pytest.mark.parametrize(
    ("order", "spelled"),
    [
        ("8194370215560042", "8194 3702 1556 0042"),
        ("819437021556004", "819 4370 2155 6004"),
        ("11943702155600421", "1 1943 7021 5560 0421"),
        ("1194370215560042123", "119 4370 2155 6004 2123"),
    ],
)
@pytest.mark.parametrize("columns", [200, 80, 40, 23, 12, 1])
def test_the_asked_group_is_shown_in_its_place(order: str, spelled: str, columns: int) -> None:
    """GIVEN any number and terminal THEN groups from the right, one marked, one prompt."""
    lines = consent_question(order, columns).split("\n")

    shown = [line.strip() for line in lines]
    if spelled in shown:
        number, under = lines[shown.index(spelled)], lines[shown.index(spelled) + 1]
        marked = number[under.index("^") : under.rindex("^") + 1]
        assert len(number) <= columns
    else:
        assert len(spelled) + 4 > columns
        [marked] = [line.removesuffix(" <") for line in lines if line.endswith(" <")]
        assert [line.removesuffix(" <") for line in lines[-len(groups(order)) - 1 : -1]] == list(
            groups(order)
        )
    assert marked == order[-8:-4] == telling(order)
    assert QUESTION in lines[-1]
    assert len(lines[-1].rstrip()) <= max(columns, 36)


def test_orders_of_one_buyer_never_ask_for_the_same_digits(mimic: Mimic) -> None:
    """GIVEN the mimic's orders, alike in their last four digits THEN consent to one fits no other."""
    numbers = [order.id for order in mimic("many-disputes").state.orders]

    assert len({number[-4:] for number in numbers}) == 1
    assert len({telling(number) for number in numbers}) == len(numbers)
    assert len({short(number) for number in numbers}) == len(numbers)
