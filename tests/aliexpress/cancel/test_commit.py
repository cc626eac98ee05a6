"""What a run knows of its request where the confirm breaks."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, NoReturn

import pytest
from msgspec.structs import replace

from automation.aliexpress.cancel import commit
from automation.aliexpress.cancel.attempts import begin_attempt, keep_plan
from automation.aliexpress.cancel.confirm import Confirm
from automation.aliexpress.cancel.dossier import Dossier
from automation.aliexpress.found import Confirmed, Consented
from automation.aliexpress.plan.plan import StalePlanError
from automation.aliexpress.plan.site_warnings import SiteWarning, UnseenWarningsError
from automation.aliexpress.request import uptime
from automation.aliexpress.run import fold
from automation.aliexpress.running import Run
from automation.aliexpress.site import Addresses, DisputeIds, SiteMap
from automation.engine.elapsed import Moment
from automation.engine.guard import Permit, PermitScope
from automation.engine.journal import Journal
from automation.engine.sent import Sent
from automation.errors import ToolError
from tests.aliexpress.plan.a_plan import NOW, PLAN
from tests.own_loop import in_own_loop

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.async_api import Locator

    from automation.aliexpress.request import Request


WARNING = SiteWarning("Protection may end.", "0123456789ab")


class Stopped(Confirm):
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
    monkeypatch.setattr(commit, "Confirm", Stopped)
    order = SimpleNamespace(entries=(), lines=())
    dispute = SimpleNamespace(ids=DisputeIds("1"), foreign_ids=(), address="http://127.0.0.1:1/p")
    prepared: Any = SimpleNamespace(
        plan=PLAN, dispute=dispute, reading=SimpleNamespace(order=order, disputes=())
    )
    request: Any = SimpleNamespace(
        order_id=PLAN.order_id, plan_digest=None, accepted_warnings=frozenset(), site=SiteMap.load()
    )
    nothing: Any = SimpleNamespace(responses=None)
    case = Dossier(request, this, nothing, nothing, None)

    with pytest.raises(KeyError):
        in_own_loop(fold(commit._send(case, prepared, nothing, Consented("typed")), this))  # noqa: SLF001

    assert (this.found.sent, this.found.confirmed.warnings) == (Sent.ONE, (WARNING,))


@pytest.mark.parametrize(("warned", "sent"), [(0, True), (3, True), (4, False)])
def test_each_yes_to_a_warning_counts(
    monkeypatch: pytest.MonkeyPatch, warned: int, *, sent: bool
) -> None:
    """GIVEN a dialog that warns of something new up to three times THEN each yes leads on; a fourth ends it."""
    asked, presses = list[str](), list[int]()

    async def way(*given: Any) -> tuple[Any, Any]:  # noqa: ANN401  as _way() itself
        accepted: frozenset[str] = given[3]

        async def send() -> None:
            presses.append(len(accepted))
            if len(accepted) < warned:
                new = SiteWarning("Wait!", f"{len(accepted):012x}")
                raise UnseenWarningsError((new,), PLAN)

        return SimpleNamespace(so_far=Confirmed()), send()

    async def unchanged(_: object, prepared: Any) -> Any:  # noqa: ANN401  any value
        return prepared

    async def yes(warnings: tuple[SiteWarning, ...], _: object) -> bool:
        asked.append(warnings[0].digest)
        return True

    for name, stand_in in (("_way", way), ("read_once_more", unchanged), ("_aim", unchanged)):
        monkeypatch.setattr(commit, name, stand_in)
    request: Any = SimpleNamespace(accepted_warnings=frozenset(), confirm_warnings=yes)
    nothing: Any = SimpleNamespace()
    case = Dossier(request, Run("cancel"), nothing, nothing, None)
    prepared: Any = SimpleNamespace(plan=PLAN)

    async def send() -> list[str]:
        sending = commit._send(case, prepared, nothing, Consented("typed"))  # noqa: SLF001
        return [each.how async for each in sending if isinstance(each, Consented)]

    if sent:
        assert len(in_own_loop(send())) == len(asked) == warned
    else:
        with pytest.raises(ToolError, match="something else each time"):
            in_own_loop(send())
        assert len(asked) == 3
    assert presses == list(range(min(warned, 3) + 1))


@pytest.mark.parametrize(
    ("site", "opened"), [("http://127.0.0.1:8191", 1), ("http://127.0.0.1:8192", 0)]
)
def test_a_plan_is_carried_out_only_on_its_own_site(tmp_path: Path, site: str, opened: int) -> None:
    """GIVEN the plan of one mimic WHEN it is given on another THEN no browser is opened there."""
    openings = []

    def opener(request: Request, run: Run) -> NoReturn:
        openings.append((request, run))
        raise LookupError("no browser here")

    given: Any = SimpleNamespace(
        order_id=PLAN.order_id, plan_digest=PLAN.digest, dry_run=False, site=SiteMap.load(),
        addresses=Addresses.for_site(site, None), surface="web", moment=lambda: Moment(NOW, uptime()),
        escort=None, state_dir=tmp_path,
    )  # fmt: skip
    this = Run("cancel", PLAN.order_id)

    with Journal.open(tmp_path) as journal:
        log = begin_attempt(journal, given, "cancel", "1")
        keep_plan(log, PLAN)
        with pytest.raises(LookupError if opened else StalePlanError):
            in_own_loop(fold(commit.cancel(given, this, log, opener), this))

    assert len(openings) == opened
