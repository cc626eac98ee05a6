"""What a run knows of its request where the confirm breaks."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from automation.aliexpress.cancel import commit
from automation.aliexpress.cancel.confirm import Commit
from automation.aliexpress.found import Consented
from automation.aliexpress.plan.site_warnings import SiteWarning
from automation.aliexpress.run import fold
from automation.aliexpress.running import Run
from automation.aliexpress.site import DisputeIds, SiteMap
from automation.engine.guard import Permit, PermitScope
from automation.engine.sent import Sent
from tests.aliexpress.plan.a_plan import PLAN
from tests.own_loop import in_own_loop

if TYPE_CHECKING:
    from playwright.async_api import Locator


WARNING = SiteWarning("Protection may end.", "0123456789ab")


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
