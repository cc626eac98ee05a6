"""What a run has sent is read off the permit, and off a guard that still stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pytest
from playwright.async_api import Error

from automation.engine.guard import Permit, PermitAnswer, PermitScope
from automation.engine.sent import Sent, what_was_sent
from automation.engine.target import Target
from tests.own_loop import in_own_loop

if TYPE_CHECKING:
    from automation.engine.session.browser import Session

SCOPE = PermitScope(Target(ids={"address": "4471"}, words="the address"))


class Tab:
    """A tab that opens and closes."""

    async def close(self) -> None:
        """Close."""


class FakeSession:
    """A browser that still answers, or fails to."""

    def __init__(self, error: Exception | None = None) -> None:
        self._error = error

    async def new_page(self) -> Tab:
        """Open a tab."""
        if self._error:
            raise self._error
        return Tab()


def sent(permit: Permit, error: Exception | None = None) -> Sent:
    """What was sent, by a permit and the state of its browser."""
    session = cast("Session", FakeSession(error))
    return in_own_loop(what_was_sent(permit, session, 0.05))


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        (PermitAnswer(200), Sent.ONE),
        (PermitAnswer(None, error="the answer was lost"), Sent.ONE),
        (None, Sent.ONE),
        (PermitAnswer(None, error="refused", sent=False), Sent.NOTHING),
    ],
)
@pytest.mark.parametrize("error", [None, Error("the driver is gone")])
def test_a_used_permit_has_sent_unless_it_is_proven_not_to(
    error: Exception | None, answer: PermitAnswer | None, found: Sent
) -> None:
    """GIVEN a used permit THEN one request, also without an answer, and whatever the browser does."""
    permit = Permit(SCOPE, 5)
    permit.consume()
    if answer:
        permit.record(answer)
    assert sent(permit, error) is found


@pytest.mark.parametrize(
    ("error", "found"),
    [(None, Sent.NOTHING), (Error("the driver is gone"), Sent.MAYBE), (TimeoutError(), Sent.MAYBE)],
)
def test_an_unused_permit_proves_nothing_without_its_guard(
    error: Exception | None, found: Sent
) -> None:
    """A lost driver lets paused requests go, so the claim needs a browser that still answers."""
    permit = Permit(SCOPE, 5)
    assert sent(permit, error) is found
    assert permit.state == "revoked"


def test_each_claim_has_its_words() -> None:
    """They are different, and only one of them says nothing."""
    assert [claim.words for claim in Sent if "nothing" in claim.words] == ["nothing was sent"]
    assert len({claim.words for claim in Sent}) == len(Sent)
