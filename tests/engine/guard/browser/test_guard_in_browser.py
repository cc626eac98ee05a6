from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.async_api import Error

from automation.engine.guard import PermitScope
from automation.engine.target import Target
from tests.engine.guard.rig.campaign import guarded_page
from tests.engine.guard.rig.vectors import BY_NAME, HOME, READ

if TYPE_CHECKING:
    from automation.engine.guard import DialogLike
    from tests.engine.guard.rig.campaign import Bench
    from tests.engine.guard.rig.loopback import Site

ASK = "() => confirm('Cancel this request?')"


def test_reads_pass(bench: Bench, site: Site) -> None:
    """Pages and reading calls by POST and GET reach the site and are counted."""

    async def work() -> None:
        async with guarded_page(bench, site) as (guard, _, page):
            send = "([u, m]) => fetch(u, {method: m, body: m === 'POST' ? 'data={}' : null})"
            for method in ("POST", "GET"):
                await page.evaluate(f"a => ({send})(a).then(r => r.json())", [READ, method])
            assert guard.report().summary() == (
                "1 read by POST let through, 0 writes let through, 0 requests refused"
            )

    bench.run(work())
    assert [entry.method for entry in site.log()] == ["GET", "POST", "GET"]


def test_popup_is_a_page_for_the_flow(bench: Bench, site: Site) -> None:
    """A link in a new tab opens a page with its opener, as without the guard."""

    async def work() -> None:
        async with guarded_page(bench, site) as (_, context, page):
            async with context.expect_page() as opened:
                await page.evaluate("() => { window.open('/p/reverse-pages/x.html?a=1'); }")
            popup = await opened.value
            await popup.wait_for_load_state()
            assert popup.url == f"{site.url}/p/reverse-pages/x.html?a=1"
            assert await popup.opener() == page

    bench.run(work())


def test_foreign_navigation_is_visible(bench: Bench, site: Site) -> None:
    """A page that goes to another origin, at once or by redirect, is stopped and reported."""

    async def work() -> None:
        async with guarded_page(bench, site) as (guard, _, page):
            foreign = site.url.replace("127.0.0.1", "localhost")
            await page.evaluate(
                "u => document.body.append(Object.assign("
                "document.createElement('iframe'), {src: u}))",
                foreign + "/f",
            )
            with pytest.raises(Error):
                await page.goto(foreign + HOME)
            with pytest.raises(Error):
                await page.goto(f"{site.url}/p/reverse-pages/x.html?to=302-hop")
            found = [(r.host, r.kind, r.layer) for r in guard.refused_navigations()]
            assert found == [
                ("localhost", "foreign", "route"),
                ("127.0.0.1", "write", "browser_fetch"),
            ]

    bench.run(work())
    assert site.leaks() == set()
    assert not [entry for entry in site.log() if "localhost" in entry.headers["host"]]


def test_dialogs(bench: Bench, site: Site) -> None:
    """Every dialog is dismissed except the one the flow expects; closing never hangs."""
    seen: list[str] = []

    def expected(dialog: DialogLike) -> bool:
        seen.append(dialog.message)
        return dialog.type == "confirm"

    async def work() -> None:
        async with guarded_page(bench, site) as (guard, _, page):
            assert await page.evaluate(ASK) is False
            guard.dialog_answer = expected
            assert await page.evaluate(ASK) is True
            assert await page.evaluate("() => prompt('Name?')") is None
            await page.evaluate("() => addEventListener('beforeunload', e => e.preventDefault())")
            await page.close(run_before_unload=True)
            assert [dialog[2] for dialog in guard.dialogs[:3]] == [False, True, False]

    bench.run(work())
    assert seen == ["Cancel this request?", "Name?"]


def test_nothing_leaves_after_seal(bench: Bench, site: Site) -> None:
    """After the seal not even a read is sent, and no permit is given."""

    async def work() -> None:
        async with guarded_page(bench, site) as (guard, context, page):
            permit = guard.grant(PermitScope(Target(ids={"order": "1", "dispute": "2"}, words="x")))
            await guard.seal(context)
            site.clear()
            assert permit.state == "revoked"
            for method in ("GET", "POST"):
                await page.evaluate(
                    "([u, m]) => fetch(u, {method: m}).catch(() => 0)", [READ, method]
                )

    bench.run(work())
    assert site.log() == []


def test_crash_is_survived(bench: Bench, site: Site) -> None:
    """After the renderer crashed a new page still reads and still cannot write."""

    async def work() -> None:
        async with guarded_page(bench, site) as (_, context, page):
            async with page.expect_event("crash"):
                with pytest.raises(Error):
                    await page.goto("chrome://crash")
            other = await context.new_page()
            await other.goto(site.url + HOME)
            await other.evaluate(BY_NAME["fetch_post"].program)

    bench.run(work())
    assert site.leaks() == set()
