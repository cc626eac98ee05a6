"""A page that sends a call, and the call as the site saw it."""

from __future__ import annotations

import asyncio
import re
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from automation.engine.guard.transport.browser_sender import BrowserSender
from tests.engine.guard.rig.vectors import HOME

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from playwright.async_api import Browser, Page, Route

    from automation.engine.guard.reply import Reply
    from tests.engine.guard.rig.loopback import Entry, Site

CALL = "/h5/cancelDispute/1.0/?reverseOrderLineId=8190001112223334"
FORM = """url => { const form = document.createElement("form");
  Object.assign(form, { method: "post", action: url, %s });
  const field = Object.assign(document.createElement("input"), { name: "data", value: '{"a": "ü 1"}' });
  form.append(field); document.body.append(form); form.submit(); }"""
WAYS = {
    "fetch": """url => fetch(url, { method: "POST", credentials: "include", body: "a=1" })""",
    "fetch-json": """url => fetch(url, { method: "POST", credentials: "include", body: '{"a":1}',
        headers: { "content-type": "application/json", "X-Custom": "7", Accept: "application/json" } })""",
    "fetch-binary": """url => fetch(url, { method: "POST", credentials: "include",
        body: new Uint8Array([0, 255, 13, 10, 128]) })""",
    "fetch-multipart": """url => { const form = new FormData(); form.append("data", "ü");
        return fetch(url, { method: "POST", credentials: "include", body: form }); }""",
    "fetch-without-cookies": """url => fetch(url, { method: "POST", credentials: "omit", body: "a=1" })""",
    "fetch-get": """url => fetch(url, { credentials: "include" })""",
    "xhr": """url => { const xhr = new XMLHttpRequest(); xhr.open("POST", url);
        xhr.withCredentials = true; xhr.setRequestHeader("X-Custom", "7");
        xhr.setRequestHeader("Content-type", "application/x-www-form-urlencoded");
        xhr.send("data=%7B%22a%22%3A1%7D"); }""",
    "script": """url => { const tag = document.createElement("script"); tag.src = `${url}&callback=f`; tag.async = true;
        document.head.append(tag); }""",
    "form": FORM % "target: '_self'",
    "form-multipart": FORM % "enctype: 'multipart/form-data'",
    "form-in-frame": """url => { const frame = document.createElement("iframe"); frame.name = "inside";
        document.body.append(frame); (%s)(url); }"""
    % (FORM % "target: 'inside'"),
}


@asynccontextmanager
async def signed_in(
    browser: Browser, site: Site, gateway: Site, home: str = "cookies=page"
) -> AsyncIterator[Page]:
    """A page of the site in a context with cookies of both, including partitioned ones."""
    context = await browser.new_context(service_workers="block")
    page = await context.new_page()
    await page.goto(f"{site.url}{HOME}?{home}")
    await page.evaluate(
        "url => fetch(url, {credentials: 'include'})", f"{gateway.url}/?cookies=api"
    )
    yield page
    await context.close()


async def hold_and_send(
    page: Page,
    act: Callable[[], object],
    *,
    sender: BrowserSender | None = None,
    seconds: float = 20,
) -> Reply:
    """The sender's result for the next call that ``page`` makes."""
    came: asyncio.Future[Reply] = asyncio.get_running_loop().create_future()
    context = page.context
    sends = sender or BrowserSender(context, {}, lambda _: None)

    async def hold(route: Route) -> None:
        came.set_result(await sends.send(route, seconds))
        await route.abort()

    await sends.ready()
    await context.route("**/h5/**", hold)
    act()
    return await asyncio.wait_for(came, 40)


def begin(page: Page, way: str, url: str) -> Callable[[], object]:
    """Make the page send a call, without waiting for the answer."""
    script = f"url => {{ setTimeout(() => ({WAYS[way]})(url)) }}"
    return lambda: asyncio.ensure_future(page.evaluate(script, url))


def calls(*sites: Site) -> list[Entry]:
    """The calls that arrived, preflights aside."""
    return [
        e for s in sites for e in s.log() if e.path.startswith("/h5/") and e.method != "OPTIONS"
    ]


def written(entry: Entry) -> tuple[object, ...]:
    """A request as it stood on the wire; boundaries of forms are random."""
    boundary = re.compile(r"-{4}WebKitFormBoundary\w{16}")
    lines = [(name, boundary.sub("B", value)) for name, value in entry.lines]
    body = boundary.sub("B", entry.body.decode("latin-1"))
    return (entry.method, entry.path, entry.query, lines, body)
