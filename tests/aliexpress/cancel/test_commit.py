"""The end of a run whose request was sent: what the pages show, and what the site answered."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from automation.aliexpress.answer import Step
from automation.aliexpress.cancel import commit
from automation.aliexpress.cancel.commit import end_of
from automation.aliexpress.cancel.confirm import Commit
from automation.aliexpress.found import Confirmed, Consented, End, Replied
from automation.aliexpress.plan.site_warnings import SiteWarning
from automation.aliexpress.run import fold
from automation.aliexpress.running import Run
from automation.aliexpress.site import DisputeIds, SiteMap
from automation.engine.guard import Permit, PermitScope
from automation.engine.looking import Concluded
from automation.engine.outcome import Outcome, Reply, Verdict
from automation.engine.sent import Sent
from tests.aliexpress.plan.test_site_warnings import PLAN
from tests.own_loop import in_own_loop

if TYPE_CHECKING:
    from playwright.async_api import Locator

WARNING = SiteWarning("Protection may end.", "0123456789ab")
NO = "the site answered that the request failed"
SECOND = (
    "the site answered the first request, but the page wanted to send a second one, which was "
    "held back"
)


def concluded(outcome: Outcome) -> Concluded:
    """What the looks at fresh pages gave."""
    return Concluded(Verdict(outcome, "a row"), "the page says 'so'")


@pytest.mark.parametrize(
    ("outcome", "replied", "reason"),
    [
        (Outcome.DONE, Replied(Reply.SUCCESS), ""),
        (Outcome.DONE, Replied(Reply.FAILURE, "FAIL_X"), ""),
        (Outcome.DONE, Replied(Reply.SECOND), f"; {SECOND}"),
        (Outcome.NOT_DONE, Replied(Reply.FAILURE, "FAIL_X"), f"; {NO} ('FAIL_X')"),
        (Outcome.UNKNOWN, Replied(Reply.FAILURE), f"; {NO}"),
    ],
)
def test_an_end_says_what_was_seen_and_where_it_matters_what_was_answered(
    outcome: Outcome, replied: Replied, reason: str
) -> None:
    """GIVEN an outcome THEN a done one needs no answer, and only an unknown one may change."""
    is_done = outcome is Outcome.DONE

    assert end_of(concluded(outcome), replied, Confirmed()) == End(
        outcome,
        f"the page says 'so'{reason}",
        verified=outcome is not Outcome.UNKNOWN,
        at=Step.FINISHED if is_done else Step.VERIFY,
    )


class Stopped(Commit):
    """A confirm that sends its request and then breaks."""

    async def send(self, target: Locator) -> None:
        """Use the permit, and fail."""
        permit = Permit(PermitScope(self.plan.target), 10.0)
        permit.consume()
        self.so_far = replace(self.so_far, permit=permit, warnings=(WARNING,))
        raise KeyError(target)


def test_what_was_sent_is_known_although_the_confirm_broke(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """GIVEN any error after the request THEN the run knows that it was sent, and what was warned."""
    this = Run("cancel")
    monkeypatch.setattr(commit, "Commit", Stopped)
    order = SimpleNamespace(entries=(), lines=())
    dispute = SimpleNamespace(ids=DisputeIds("1"), foreign_ids=(), address="http://127.0.0.1:1/p")
    prepared: Any = SimpleNamespace(
        plan=PLAN, dispute=dispute, reading=SimpleNamespace(order=order, disputes=())
    )
    request: Any = SimpleNamespace(
        order_id=PLAN.order_id, plan_digest=None, accepted_warnings=frozenset(), site=SiteMap.load()
    )
    nothing: Any = SimpleNamespace(responses=None)
    work = commit._Cancel(request, this, nothing, nothing, None)  # noqa: SLF001

    with pytest.raises(KeyError):
        in_own_loop(fold(work._send(prepared, nothing, Consented("typed")), this))  # noqa: SLF001

    assert (this.found.sent, this.found.confirmed.warnings) == (Sent.ONE, (WARNING,))


def test_a_dialog_that_opened_afterwards_is_told() -> None:
    """GIVEN another dialog after the confirm THEN every end has its words, and what was not done."""
    later = Confirmed(opened_after=("Was it received?",))

    told = end_of(concluded(Outcome.DONE), Replied(Reply.SUCCESS), later).reason

    assert told.endswith("another dialog opened: 'Was it received?'; nothing in it was pressed")
