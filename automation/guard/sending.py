"""Sends the permitted request once, on a connection of the guard's own.

Chromium repeats a POST by itself when a reused keep-alive connection breaks
before the answer; no page-level hook sees that. So Chromium never sends it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from playwright.async_api import Error
from playwright.async_api import TimeoutError as PlaywrightTimeoutError

from automation.guard.permit import MAX_ANSWER, Permit, PermitAnswer
from automation.guard.report import redacted

if TYPE_CHECKING:
    from playwright.async_api import APIResponse, Route

_REDIRECTS: Final = range(300, 400)
_ADDRESS: Final = re.compile(r"\S*(?:://|\d+\.\d+\.\d+)\S*")
_NOT_FOLLOWED: Final = (
    "<!doctype html><title>Answer not followed</title>"
    "<p>The site answered with a redirect. It was recorded and not followed."
)


async def send_permitted(route: Route, permit: Permit, answer_seconds: float) -> None:
    """Send the routed request without retries or redirects and hand the answer on.

    The permit must be used up before. Its answer is recorded in every case; a
    lost answer is recorded as an error and says nothing about the effect.
    """
    try:
        response = await route.fetch(max_redirects=0, max_retries=0, timeout=answer_seconds * 1000)
        body = await response.body()
        permit.record(PermitAnswer(response.status, body[:MAX_ANSWER].decode("utf-8", "replace")))
        await _hand_on(route, response, body)
    except PlaywrightTimeoutError:
        permit.record(PermitAnswer(None, error=f"no answer within {answer_seconds:g} s"))
        await abort(route)
    except Error as error:
        permit.record(PermitAnswer(None, error=_short(error)))
        await abort(route)
    finally:
        permit.record(PermitAnswer(None, error="the answer was lost"))


async def abort(route: Route) -> None:
    """Refuse a routed request; nothing to do if its page is gone."""
    try:
        await route.abort("blockedbyclient")
    except Error:
        return


async def _hand_on(route: Route, response: APIResponse, body: bytes) -> None:
    if response.status not in _REDIRECTS:
        await route.fulfill(response=response, body=body)
    elif route.request.is_navigation_request():
        await route.fulfill(status=200, content_type="text/html", body=_NOT_FOLLOWED)
    else:
        await abort(route)


def _short(error: Error) -> str:
    """The first line without addresses: the rest of it quotes headers and cookies."""
    return redacted(_ADDRESS.sub("", error.message.partition("\n")[0]).strip())
