"""The buyer's consent: only to the very plan that is carried out, and to each warning."""

from __future__ import annotations

from contextlib import asynccontextmanager
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from automation.aliexpress.cancel import consent
from automation.aliexpress.cancel.consent import accept_warnings, agree
from automation.aliexpress.cancel.dossier import Agreed
from automation.aliexpress.plan.plan import StalePlanError
from automation.aliexpress.plan.site_warnings import UnseenWarningsError, site_warnings
from automation.aliexpress.running import Run
from automation.aliexpress.site import SiteMap
from automation.engine.journal import Event
from automation.errors import ErrorCode, ExitCode, ToolError
from tests.aliexpress.plan.a_plan import NOW, PLAN
from tests.own_loop import in_own_loop

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

OTHER = PLAN.model_copy(update={"amount": "US $26.00"})
UNSEEN = UnseenWarningsError(
    site_warnings(["Your protection will end."], PLAN, SiteMap.load().pack("en")), PLAN
)


def stored(plan: Any) -> Any:  # noqa: ANN401  a plan as the journal has it
    """A plan that was consented to earlier."""
    return SimpleNamespace(digest=plan.digest, document=plan.kept())


def case(*, answer: bool | None = None, kept: object = None, **request: object) -> Any:  # noqa: ANN401  a case
    """A cancel at its consent; without an answer there is no terminal."""
    run, log = Run("cancel"), list[tuple[Event, str]]()

    async def ask(*_: object) -> bool:
        assert run.human_is_asked
        return bool(answer)

    asks = None if answer is None else ask
    given = {
        "consent": asks, "confirm_warnings": asks, "escort": None, "agreed": "", "now": lambda: NOW,
        **request,
    }  # fmt: skip
    return SimpleNamespace(
        request=SimpleNamespace(**given), run=run, stored=kept, agreed=Agreed(), logged=log,
        log=SimpleNamespace(record=lambda event, how: log.append((event, how))),
        walk=SimpleNamespace(page=SimpleNamespace(context=None)),
    )  # fmt: skip


def agreed(given: Any, plan: Any = PLAN) -> str:  # noqa: ANN401  a case
    """How the buyer agreed to the plan."""
    prepared: Any = SimpleNamespace(plan=plan, advice=None)
    return in_own_loop(agree(given, prepared)).how


@pytest.mark.parametrize(
    ("given", "how"),
    [
        (case(answer=True), "typed at the terminal"),
        (case(kept=stored(PLAN)), f"plan {PLAN.digest}"),
        (case(kept=stored(PLAN), agreed="batch 0123456789ab"), "batch 0123456789ab"),
        (case(kept=stored(PLAN), answer=False), f"plan {PLAN.digest}"),
    ],
)
def test_consent_is_written_before_it_counts(given: Any, how: str) -> None:  # noqa: ANN401  a case
    """GIVEN digits at the terminal, or the digest of the same plan THEN consent, and the journal says how."""
    assert agreed(given) == how
    assert given.logged == [(Event.CONSENTED, how)]
    assert (given.agreed.plan, given.agreed.how) == (PLAN, how)


@pytest.mark.parametrize("answer", [False, None])
def test_without_consent_nothing_goes_on(answer: bool | None) -> None:
    """GIVEN wrong digits, or nobody to ask THEN the buyer declined (exit 6), and nothing is written."""
    given = case(answer=answer)

    with pytest.raises(ToolError) as caught:
        agreed(given)

    assert (caught.value.code, caught.value.exit_code) == (ErrorCode.DECLINED, ExitCode.DECLINED)
    assert "the digits of this order were not typed" in caught.value.message
    assert (given.logged, given.agreed.plan) == ([], None)


def test_a_question_that_outlives_its_plan_says_so() -> None:
    """GIVEN no answer until the plan expired THEN that is the error, and not the digits (control: above)."""
    with pytest.raises(StalePlanError, match="expired before you agreed"):
        agreed(case(answer=False, now=lambda: PLAN.expires))


def test_another_plan_than_the_stored_one_is_stale() -> None:
    """GIVEN a digest, and pages that changed THEN exit 7, although somebody is at the terminal."""
    given = case(kept=stored(PLAN), answer=True)

    with pytest.raises(StalePlanError) as caught:
        agreed(given, OTHER)

    assert caught.value.exit_code is ExitCode.PLAN_STALE
    assert given.logged == []


def test_after_a_hand_over_consent_counts_for_the_very_same_plan() -> None:
    """GIVEN consent before a hand-over THEN the buyer is not asked again, and another plan is stale."""
    given = case(answer=True)
    agreed(given)
    given.request.consent = None

    assert agreed(given) == "typed at the terminal"
    assert len(given.logged) == 1
    with pytest.raises(StalePlanError):
        agreed(given, OTHER)


def test_a_buyer_who_presses_is_asked_in_the_window_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """GIVEN --by-hand THEN the window says that the terminal asks, and the consent says who presses."""
    shown = list[object]()

    @asynccontextmanager
    async def asking(context: object) -> AsyncIterator[None]:
        shown.append(context)
        yield

    monkeypatch.setattr(consent, "asking_at_terminal", asking)

    given = case(answer=True, escort=object())
    first = agreed(given)
    assert first.startswith("typed at the terminal; ")
    assert agreed(given) == first  # also after a hand-over, without a second question
    assert shown == [None]
    assert agreed(case(answer=True)) == "typed at the terminal"
    assert len(shown) == 1


def test_a_warning_needs_a_yes_of_its_own() -> None:
    """GIVEN a warning of the site THEN a yes goes on, a no declines, and nobody there is exit 7."""
    assert (
        in_own_loop(accept_warnings(case(answer=True), UNSEEN, PLAN))
        == "the site's warning accepted"
    )
    with pytest.raises(ToolError) as declined:
        in_own_loop(accept_warnings(case(answer=False), UNSEEN, PLAN))
    with pytest.raises(UnseenWarningsError) as alone:
        in_own_loop(accept_warnings(case(), UNSEEN, PLAN))

    assert declined.value.exit_code is ExitCode.DECLINED
    assert alone.value.exit_code is ExitCode.PLAN_STALE
