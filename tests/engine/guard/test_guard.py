"""The guard of one run, without a browser: its one permit, its targets, and what it is told."""

from __future__ import annotations

import asyncio
import gc
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest
from playwright.async_api import Error

from automation.aliexpress.site.traffic import site_traffic
from automation.engine.guard import Guard, Permit, PermitAnswer, PermitScope, SiteOrigins
from automation.engine.guard.judge import Verdict
from automation.engine.guard.layers import ALL_LAYERS, Layer
from automation.engine.target import Target
from automation.errors import ErrorCode, ToolError
from tests.engine.guard.permit.a_permit import LINE, ORDER, OTHER, SCOPE, SITE, facts
from tests.own_loop import in_own_loop

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.async_api import BrowserContext

UNKNOWN = "mtop.aliexpress.buyer.getMenu"


def guard(*without: Layer) -> Guard:
    """A guard of a site on this machine."""
    layers = ALL_LAYERS - frozenset(without)
    return Guard(SiteOrigins.only(SITE), site_traffic(), layers=layers)


def refused(work: Callable[[], object]) -> ErrorCode:
    """The code of what calling it raises."""
    with pytest.raises(ToolError) as caught:
        work()
    return caught.value.code


def test_a_run_has_one_permit() -> None:
    """GIVEN a permit that may be used, or was THEN no second one; one that was withdrawn does not count."""
    own = guard()
    first = own.grant(SCOPE)
    assert refused(lambda: own.grant(SCOPE)) is ErrorCode.PERMIT_ALREADY_GRANTED
    first.revoke()
    second = own.grant(SCOPE)
    assert second.consume()
    assert own.may_have_sent
    assert refused(lambda: own.grant(SCOPE)) is ErrorCode.PERMIT_ALREADY_GRANTED


@pytest.mark.parametrize("end", ["revoked", "expired"])
def test_a_permit_that_nothing_can_use_any_more_is_replaced(end: str) -> None:
    """GIVEN a permit withdrawn or expired unused THEN another; the old one never passes a request."""
    own = guard()
    first = own.grant(SCOPE, seconds=0.0 if end == "expired" else 60.0)
    first.revoke()
    assert first.state == end

    second = own.grant(SCOPE)

    assert not first.consume()
    assert second.consume()


def test_without_its_layer_there_is_no_permit() -> None:
    """GIVEN a guard that routes nothing THEN nobody could hold a second request back."""
    assert refused(lambda: guard(Layer.ROUTE).grant(SCOPE)) is ErrorCode.PERMIT_WITHOUT_ROUTE


def bring(permit: Permit, ends: str) -> None:
    """What becomes of a permit."""
    if ends == "withdrawn":
        permit.revoke()
    elif ends != "unused":
        permit.consume()
    if ends == "answered":
        permit.record(PermitAnswer(200))


@pytest.mark.parametrize(
    ("ends", "may_go_on"),
    [
        ("never granted", True),
        ("unused", False),
        ("withdrawn", True),
        ("under way", False),
        ("answered", True),
    ],
)
def test_the_next_target_waits_for_the_one_before(ends: str, *, may_go_on: bool) -> None:
    """GIVEN a permit that may still be used, or whose answer is missing THEN no next target."""

    async def work() -> None:
        own = guard()
        if ends != "never granted":
            bring(own.grant(SCOPE), ends)
        await own.next_target()
        assert not own.may_have_sent
        assert own.grant(SCOPE).state == "unused"

    if may_go_on:
        in_own_loop(work())
    else:
        assert refused(lambda: in_own_loop(work())) is ErrorCode.PERMIT_ALREADY_GRANTED


def asked(own: Guard, line: str) -> Verdict:
    """What becomes of a cancel of this line, as a page asks for it."""
    request = facts(body=f"reverseOrderLineId={line}&tradeOrderId={ORDER}")
    return own._judge.at_route(request, Layer.ROUTE)  # noqa: SLF001  no browser is needed


def test_the_next_target_has_a_permit_and_a_report_of_its_own() -> None:
    """GIVEN a request that has its answer THEN another target's fits the next permit, and only that."""
    own = guard()
    first = own.grant(SCOPE)
    assert asked(own, LINE) is Verdict.SEND
    first.record(PermitAnswer(200))

    in_own_loop(own.next_target())
    second = own.grant(PermitScope(Target(ids={"order": ORDER, "line": OTHER}, words="another")))

    assert [asked(own, LINE), asked(own, OTHER), asked(own, OTHER)] == [
        Verdict.REFUSE, Verdict.SEND, Verdict.REFUSE,
    ]  # fmt: skip
    assert (first.state, second.state) == ("used", "used")
    assert [record.permitted for record in own.report().allowed] == [True]


def test_a_human_answers_a_pages_dialogs_and_then_no_more() -> None:
    """GIVEN the tool's answer to a dialog WHEN a human is at work THEN it rests, also if that fails."""
    own = guard()
    own.dialog_answer = lambda _: True
    seen: list[object] = []

    def interrupted() -> None:
        with own.human_at_work():
            seen.append(own.dialog_answer)
            raise KeyError

    with pytest.raises(KeyError):
        interrupted()
    assert seen == [None]
    assert own.dialog_answer is not None


def test_what_a_person_allows_is_known_by_its_name() -> None:
    """GIVEN names of calls THEN they are allowed from now on, in any case of letters, beside site data."""
    own = guard()
    assert own.allowed_reads == frozenset()
    own.allow_reads([UNKNOWN])
    own.know({"pages": ("/new/*",)})
    assert own.allowed_reads == frozenset((UNKNOWN.casefold(),))


def test_an_address_is_on_the_site_or_not() -> None:
    """GIVEN addresses THEN the site's own origin alone is the site."""
    own = guard()
    assert own.is_on_site(f"{SITE}/p/order/index.html")
    assert not own.is_on_site("https://www.aliexpress.com/p/order/index.html")


class Gone:
    """A context whose browser cannot be reached."""

    browser = None

    def on(self, *_: object) -> None:
        """Listen."""


def test_a_context_without_a_browser_cannot_be_guarded() -> None:
    """GIVEN no DevTools THEN an error before the first page; without that layer there is no need."""
    context = cast("BrowserContext", Gone())
    assert refused(lambda: in_own_loop(guard().install(context))) is ErrorCode.GUARD_SELF_TEST
    rest = ALL_LAYERS - {Layer.SERVICE_WORKERS}
    in_own_loop(guard(*rest).install(context))  # control


def test_a_sealed_guard_grants_nothing() -> None:
    """GIVEN a guard that was sealed, in a browser that is gone THEN its permit is withdrawn, and none follows."""
    own = guard(Layer.OFFLINE)
    permit = own.grant(SCOPE)
    in_own_loop(own.seal(cast("BrowserContext", Gone())))
    assert permit.state == "revoked"
    assert refused(lambda: own.grant(SCOPE)) is ErrorCode.PERMIT_ALREADY_GRANTED


@pytest.mark.parametrize("fails", ["never", "at once", "late", "cancelled"])
def test_a_run_goes_on_whatever_becomes_of_the_sender(
    monkeypatch: pytest.MonkeyPatch, fails: str
) -> None:
    """GIVEN a sender that gets ready, fails, also after the wait, or is closed THEN the run goes on, and nothing complains."""
    monkeypatch.setattr("automation.engine.guard.guard._READY_SECONDS", 0.01)
    complaints: list[dict[str, Any]] = []

    async def work() -> None:
        asyncio.get_running_loop().set_exception_handler(lambda _, said: complaints.append(said))
        late, own = asyncio.Event(), guard()

        async def ready() -> None:
            if fails == "late":
                await late.wait()
            if fails == "cancelled":
                raise asyncio.CancelledError
            if fails != "never":
                raise Error("no window")

        own._sender = cast("Any", SimpleNamespace(ready=ready))  # noqa: SLF001  no browser
        await asyncio.wait_for(own.ready_to_send(), 10)
        late.set()
        for _ in range(3):  # its task ends, and what it raised is looked at or not
            await asyncio.sleep(0)
        gc.collect()

    in_own_loop(work())

    assert complaints == []
