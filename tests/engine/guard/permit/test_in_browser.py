from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from automation.aliexpress.site.traffic import site_traffic
from automation.engine.guard import Guard, PermitAnswer, PermitScope, SiteOrigins
from automation.engine.human import HumanWatch
from automation.engine.target import Target
from automation.errors import ToolError
from tests.engine.guard.rig.campaign import guarded_page, launch
from tests.engine.guard.rig.loopback import free_port
from tests.engine.guard.rig.vectors import HOME

if TYPE_CHECKING:
    from tests.engine.guard.rig.campaign import Bench
    from tests.engine.guard.rig.loopback import Entry, Site

LINE = "8190001112223334"
SCOPE = PermitScope(
    Target(ids={"order": "3050001112223334", "dispute": LINE}, words="the dispute"),
    other_ids=frozenset({"8190009990009990"}),
)
CANCEL = f"/h5/mtop.aliexpress.buyer.reverse.cancelDispute/1.0/?reverseOrderLineId={LINE}"
# Four at once leave four idle connections, so that the next request reuses one.
WARM_UP = "url => Promise.all([1, 2, 3, 4].map(n => fetch(url + n).then(r => r.text())))"
POST = "url => fetch(url, {method: 'POST', body: 'a=1'}).then(r => r.text(), () => 'failed')"


def cancels(site: Site) -> list[Entry]:
    """The cancels that arrived."""
    return [entry for entry in site.log() if "cancelDispute" in entry.path]


def test_fitting_request_leaves_once(bench: Bench, site: Site) -> None:
    """The first fitting write is sent with the page's cookies; the same again is not."""

    async def work() -> None:
        async with guarded_page(bench, site) as (guard, _, page):
            await page.evaluate("document.cookie = 'who=me; path=/'")
            permit = guard.grant(SCOPE)
            assert permit.state == "unused"
            first = await page.evaluate(POST, CANCEL)
            second = await page.evaluate(POST, CANCEL)
            assert await permit.settled(5)
            assert ("SUCCESS" in first, second, permit.state) == (True, "failed", "used")
            assert permit.answer is not None
            assert permit.answer.status == 200
            assert "SUCCESS" in permit.answer.body
            assert "permit already used" in guard.report().refused[-1].reason
            assert guard.report().summary() == "1 write let through, 1 request refused"

    bench.run(work())
    (only,) = cancels(site)
    assert (only.method, only.body, only.headers["cookie"]) == ("POST", b"a=1", "who=me")


def test_two_in_one_tick(bench: Bench, site: Site) -> None:
    """Two fitting requests at once: one is sent."""

    async def work() -> None:
        async with guarded_page(bench, site) as (guard, _, page):
            guard.grant(SCOPE)
            both = "urls => Promise.allSettled(urls.map(u => fetch(u, {method: 'POST'})))"
            await page.evaluate(both, [CANCEL] * 6)

    bench.run(work())
    assert len(cancels(site)) == 1


UNFIT = (
    CANCEL.replace(LINE, "8190009990009990"),
    CANCEL.replace(LINE, LINE + "5"),
    CANCEL + "&tradeOrderId=3050009990009990",
    CANCEL + "&next=acceptSolution",
    CANCEL.replace("cancelDispute", "agreeAndcancelDispute"),
    f"/h5/mtop.aliexpress.trade.buyer.order.operation/1.0/?cancelDispute={LINE}",
)


def test_unfit_requests_stay(bench: Bench, site: Site) -> None:
    """Wrong ids and never-words are held back, and do not use up the permit."""

    async def work() -> None:
        async with guarded_page(bench, site) as (guard, _, page):
            permit = guard.grant(SCOPE)
            for url in UNFIT:
                assert await page.evaluate(POST, url) == "failed"
            assert permit.state == "unused"
            await page.evaluate(POST, CANCEL)

    bench.run(work())
    assert [entry.query for entry in cancels(site)] == [f"reverseOrderLineId={LINE}"]


TAG = "url => document.head.append(Object.assign(document.createElement('script'), {src: url}))"
FORM = """url => { const f = document.createElement('form');
        Object.assign(f, {method: 'post', action: url}); document.body.append(f); f.submit(); }"""
POPUP_FORM = FORM.replace("'post'", "'post', target: '_blank'")


@pytest.mark.parametrize(
    "script", ["url => fetch(url)", TAG, FORM, POPUP_FORM], ids=["get", "tag", "form", "popup"]
)
def test_ways_to_cancel(bench: Bench, site: Site, script: str) -> None:
    """A cancel may be a GET, a script tag or a submitted form, in the page or a popup."""

    async def work() -> None:
        async with guarded_page(bench, site) as (guard, _, page):
            permit = guard.grant(SCOPE)
            await page.evaluate(f"url => {{ ({script})(url); }}", CANCEL)
            assert await permit.settled(20)
            assert permit.answer is not None

    bench.run(work())
    assert len(cancels(site)) == 1


def test_redirect_answer_is_not_followed(bench: Bench, site: Site) -> None:
    """A 302 is recorded; its target is not requested."""

    async def work() -> None:
        async with guarded_page(bench, site) as (guard, _, page):
            permit = guard.grant(SCOPE)
            assert await page.evaluate(POST, CANCEL + "&to=307-again") == "failed"
            assert permit.answer is not None
            assert permit.answer.status == 307

    bench.run(work())
    assert (len(cancels(site)), site.leaks()) == (1, set())


def test_lost_answer(bench: Bench, site: Site) -> None:
    """A connection reset after the request was read: sent once, no answer, no private words."""

    async def work() -> None:
        async with guarded_page(bench, site) as (guard, context, page):
            await context.request.get(site.url + HOME)  # the driver has a connection to reuse
            permit = guard.grant(SCOPE)
            assert await page.evaluate(POST, CANCEL + "&lose=1") == "failed"
            assert await permit.settled(5)
            assert permit.answer is not None
            assert (permit.answer.status, LINE in permit.answer.error) == (None, False)
            assert permit.answer.error

    bench.run(work())
    assert len(cancels(site)) == 1


def test_chromium_repeats_a_lost_post(bench: Bench, site: Site) -> None:
    """Positive control: without the guard Chromium sends the same POST more than once."""

    async def work() -> None:
        browser = await launch(bench.playwright, windowless=True)
        page = await browser.new_page()
        await page.goto(site.url + HOME)
        await page.evaluate(WARM_UP, f"{HOME}?slow=0.2")
        await page.evaluate(POST, CANCEL + "&lose=1")
        await browser.close()

    site.clear()
    bench.run(work())
    assert len(cancels(site)) > 1


def test_slow_answer_is_bounded(bench: Bench, site: Site) -> None:
    """An answer that does not come in time is an error, never a second request."""

    async def work() -> None:
        slow = Guard(
            SiteOrigins.only(site.url), site_traffic(), answer_seconds=2
        )  # enough to arrive
        async with guarded_page(bench, site, slow) as (guard, _, page):
            permit = guard.grant(SCOPE)
            await page.evaluate(f"url => {{ ({POST})(url); }}", CANCEL + "&slow=20")
            assert await permit.settled(20)
            assert permit.answer is not None
            assert "no answer" in permit.answer.error

    bench.run(work())
    assert len(cancels(site)) == 1


def test_over_permits_let_nothing_through(bench: Bench, site: Site) -> None:
    """A revoked permit lets nothing pass; the next one lets one pass, and is the last."""

    async def work() -> None:
        async with guarded_page(bench, site) as (guard, _, page):
            permit = guard.grant(SCOPE)
            permit.revoke()
            assert await permit.settled(1)
            assert await page.evaluate(POST, CANCEL) == "failed"
            assert not cancels(site)
            guard.grant(SCOPE)
            assert await page.evaluate(POST, CANCEL) != "failed"
            assert await page.evaluate(POST, CANCEL) == "failed"
            with pytest.raises(ToolError, match="had its permit"):
                guard.grant(SCOPE)

    bench.run(work())
    assert len(cancels(site)) == 1


def test_unreachable_gateway_is_not_sent(bench: Bench, site: Site) -> None:
    """A gateway that nothing listens on: the permit is used, and nothing was sent."""
    nobody = f"http://127.0.0.1:{free_port()}"

    async def work() -> None:
        split = Guard(SiteOrigins.only(site.url, nobody), site_traffic())
        async with guarded_page(bench, site, split) as (guard, _, page):
            guard.get_ready_to_send()
            permit = guard.grant(SCOPE)
            assert permit.may_have_sent is False
            assert await page.evaluate(POST, nobody + CANCEL) == "failed"
            assert await permit.settled(5)
            assert (permit.state, permit.may_have_sent) == ("used", False)
            assert permit.answer == PermitAnswer(
                None, error="net::ERR_CONNECTION_REFUSED", sent=False, client="browser"
            )

    bench.run(work())


def test_by_hand_only_a_real_press_sends_it(bench: Bench, site: Site) -> None:
    """GIVEN a permit by hand WHEN the page sends the request itself THEN it stays; a press sends it.

    A script's click on the same button is no press.
    """

    async def work() -> None:
        async with guarded_page(bench, site) as (guard, _, page):
            await page.evaluate(
                """url => { const b = document.createElement('button'); b.textContent = 'Go on';
                   b.onclick = () => { window.sent = fetch(url, {method: 'POST', body: 'a=1'})
                     .then(r => r.text(), () => 'failed'); }; document.body.append(b); }""",
                CANCEL,
            )
            async with HumanWatch(page.context) as watch:
                permit = guard.grant(SCOPE, 30, led_by=watch.led_to)
                assert await page.evaluate(POST, CANCEL) == "failed"
                await page.evaluate("document.querySelector('button').click()")
                assert await page.evaluate("sent") == "failed"
                assert guard.report().refused[-1].reason.endswith("nobody pressed anything for it")

                await page.get_by_text("Go on").click()
                assert "SUCCESS" in await page.evaluate("sent")
                assert permit.state == "used"

    bench.run(work())
    assert len(cancels(site)) == 1
