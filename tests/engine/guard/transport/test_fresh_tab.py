"""The tab that sends the one request: what it lets through, and what it then says of it.

`test_browser_sender.py` has the same with a real browser.
"""

from __future__ import annotations

import asyncio
import base64

import pytest
from playwright.async_api import Error

from automation.engine.guard.transport.fresh_tab import START
from tests.engine.guard.rig.played_tab import (
    CALL,
    FORM,
    FORM_BEGINS,
    PAGE,
    REQUEST,
    Devtools,
    Did,
    opened,
    play,
)


def test_the_blank_page_is_made_here_and_the_request_passes_once() -> None:
    """GIVEN a tab that goes there and sends THEN one request passes, after the lower layer was told."""

    async def story(devtools: Devtools) -> None:
        tab = await opened(devtools)
        assert devtools.went_to == START
        assert await tab.paused(START, "GET") == "fulfillRequest"
        assert devtools.did[-1][1]["responseHeaders"] == [{"name": "Location", "value": PAGE}]
        assert await tab.paused(PAGE, "GET", resourceType="Document") == "fulfillRequest"
        assert await tab.paused(PAGE, "GET", resourceType="Document") == "failRequest"
        assert await tab.paused(CALL, "OPTIONS") == "fulfillRequest"
        assert tab.let == []

        assert await tab.paused(CALL) == "continueRequest"
        assert tab.let == [REQUEST]
        assert await tab.paused(CALL) == "failRequest"
        assert await tab.paused(CALL, networkId="net-2") == "failRequest"
        assert tab.let == [REQUEST]

    play(story)


def test_the_lower_layer_is_told_before_the_request_goes_on() -> None:
    """GIVEN the request that passes THEN its id is known below while it is still held here."""
    held: list[Did] = []

    async def story(devtools: Devtools) -> None:
        tab = await opened(devtools)
        tab.fresh.let_once = lambda _: held.append(list(devtools.did))
        await tab.paused(CALL)

    play(story)
    assert held == [[]]


@pytest.mark.parametrize(
    ("url", "method"),
    [
        (CALL + "2", "POST"),
        (CALL, "GET"),
        ("https://evil.example/", "POST"),
        ("https://evil.example/", "OPTIONS"),
        (PAGE, "GET"),
        ("https://shop.example/favicon.ico", "GET"),
    ],
)
def test_nothing_else_leaves_the_tab(url: str, method: str) -> None:
    """GIVEN another address, method or preflight THEN refused, and the one request still passes."""

    async def story(devtools: Devtools) -> None:
        tab = await opened(devtools)
        assert await tab.paused(url, method) == "failRequest"
        assert tab.let == []
        assert await tab.paused(CALL) == "continueRequest"

    play(story)


def test_a_tab_that_does_not_know_what_to_send_sends_nothing() -> None:
    """GIVEN no request to repeat THEN everything is refused, and to send is a mistake."""

    async def story(devtools: Devtools) -> None:
        tab = await opened(devtools, None)
        assert await tab.paused(START, "GET") == "failRequest"
        assert await tab.paused(CALL) == "failRequest"
        with pytest.raises(RuntimeError, match="what to send"):
            await tab.fresh.send(1)

    play(story)


def test_what_was_told_as_not_sent_is_never_sent_later() -> None:
    """GIVEN a page that hangs until the time is over WHEN it wakes up THEN its request is refused.

    The answer said that nothing was sent, so it must stay true until the tab is closed.
    """

    async def story(devtools: Devtools) -> None:
        tab = await opened(devtools)
        reply = await tab.fresh.send(0.01)
        assert (reply.status, reply.sent, reply.error) == (None, False, "no answer within 0.01 s")

        assert await tab.paused(CALL) == "failRequest"
        assert tab.let == []

    play(story, hangs=True)


@pytest.mark.parametrize("event", ["crash", "close"])
def test_a_lost_tab_sends_nothing_later(event: str) -> None:
    """GIVEN a tab that was lost before its request came THEN not sent, and a late one is refused."""

    async def story(devtools: Devtools) -> None:
        tab = await opened(devtools)
        sending = await tab.sending()
        devtools.told[event](devtools)
        reply = await sending
        assert (reply.sent, reply.error) == (False, "the tab was lost")
        assert await tab.paused(CALL) == "failRequest"
        assert tab.let == []

    play(story)


def test_a_run_that_is_interrupted_sends_nothing_later() -> None:
    """GIVEN a run that ends while the page has not sent yet THEN its request is refused."""

    async def story(devtools: Devtools) -> None:
        tab = await opened(devtools)
        sending = await tab.sending()
        sending.cancel()
        with pytest.raises(asyncio.CancelledError):
            await sending
        assert await tab.paused(CALL) == "failRequest"
        assert tab.let == []

    play(story)


def test_time_that_is_over_after_the_request_says_that_it_was_sent() -> None:
    """GIVEN a request that is on its way WHEN no answer comes in time THEN it counts as sent."""

    async def story(devtools: Devtools) -> None:
        tab = await opened(devtools)
        sending = await tab.sending(0.05)
        await tab.paused(CALL)
        reply = await sending
        assert (reply.status, reply.sent) == (None, True)

    play(story)


@pytest.mark.parametrize(
    ("reason", "written", "sent"),
    [
        ("net::ERR_CONNECTION_REFUSED", False, False),
        ("net::ERR_CONNECTION_REFUSED", True, True),
        ("net::ERR_CERT_DATE_INVALID", False, False),
        ("net::ERR_CONNECTION_RESET", False, True),
        ("net::ERR_FAILED", False, True),
        ("", False, True),
    ],
)
def test_a_failure_counts_as_not_sent_only_with_proof(
    reason: str, *, written: bool, sent: bool
) -> None:
    """GIVEN a failure THEN not sent only if there was no connection and no header was written."""

    async def story(devtools: Devtools) -> None:
        tab = await opened(devtools)
        sending = await tab.sending()
        await tab.paused(CALL)
        if written:
            tab.tell("Network.requestWillBeSentExtraInfo")
        tab.tell("Network.requestWillBeSentExtraInfo", requestId="another")
        tab.tell("Network.loadingFailed", requestId="another", errorText="net::ERR_UNSAFE_PORT")
        tab.tell("Network.loadingFailed", errorText=reason)
        reply = await sending
        assert (reply.status, reply.sent, reply.error) == (None, sent, reason or "no reason given")

    play(story)


def test_an_answer_for_a_script_counts_once_the_page_has_all_of_it() -> None:
    """GIVEN the answer to a call WHEN its page has read it THEN status, headers and body."""

    async def story(devtools: Devtools) -> None:
        tab = await opened(devtools)
        sending = await tab.sending()
        await tab.paused(CALL)
        done = await tab.answered(responseHeaders=[{"name": "X-A", "value": "b"}])
        assert done == "continueRequest"
        tab.tell("Network.loadingFinished")
        reply = await sending
        assert (reply.status, reply.headers, reply.body) == (200, (("X-A", "b"),), b"ok")

    play(story, body=b"ok")


def test_an_answer_that_breaks_off_while_it_is_read_is_lost() -> None:
    """GIVEN an answer whose end never came THEN no answer, and the request counts as sent."""

    async def story(devtools: Devtools) -> None:
        tab = await opened(devtools)
        sending = await tab.sending()
        await tab.paused(CALL)
        await tab.answered()
        tab.tell("Network.loadingFinished", requestId="another")
        tab.tell("Network.loadingFailed", errorText="net::ERR_CONNECTION_CLOSED")
        reply = await sending
        assert (reply.status, reply.sent) == (None, True)

    play(story)


def test_a_body_that_is_too_short_is_no_answer() -> None:
    """GIVEN headers that promise more than came THEN the answer broke off."""

    async def story(devtools: Devtools) -> None:
        tab = await opened(devtools, FORM)
        sending = await tab.sending()
        await tab.paused(FORM_BEGINS)
        await tab.answered(responseHeaders=[{"name": "Content-Length", "value": "9"}])
        reply = await sending
        assert (reply.status, reply.sent, reply.error) == (None, True, "the answer broke off")

    play(story, body=b"half")


def test_a_redirect_is_the_answer_and_no_page_is_opened() -> None:
    """GIVEN a redirect THEN its status, without a body; it is not followed."""

    async def story(devtools: Devtools) -> None:
        tab = await opened(devtools, FORM)
        sending = await tab.sending()
        await tab.paused(FORM_BEGINS)
        assert await tab.answered(302) == "failRequest"
        reply = await sending
        assert (reply.status, reply.body) == (302, b"")

    play(story)


def test_the_answer_to_another_request_says_nothing() -> None:
    """GIVEN an answer to something else, or one with an error THEN it passes, and the tab waits."""

    async def story(devtools: Devtools) -> None:
        tab = await opened(devtools, FORM)
        sending = await tab.sending()
        await tab.paused(FORM_BEGINS)
        assert await tab.answered(200, networkId="another") == "continueRequest"
        assert await tab.paused(CALL, responseErrorReason="Failed") == "continueRequest"
        tab.tell("Network.loadingFailed", errorText="net::ERR_FAILED")
        assert (await sending).error == "net::ERR_FAILED"

    play(story)


@pytest.mark.parametrize("command", ["Fetch.continueRequest", "Fetch.getResponseBody"])
def test_devtools_that_break_leave_it_open_whether_it_was_sent(command: str) -> None:
    """GIVEN a browser that fails once the request is let through THEN lost, and it counts as sent."""

    async def story(devtools: Devtools) -> None:
        tab = await opened(devtools)
        sending = await tab.sending()
        await tab.paused(CALL)
        if not sending.done():
            await tab.answered()
        reply = await sending
        assert (reply.status, reply.sent, reply.error) == (None, True, f"{command} failed")

    play(story, broken=frozenset({command}))


def test_a_script_that_cannot_run_has_sent_nothing() -> None:
    """GIVEN a page that refuses the script THEN why; not sent, and nothing passes any more."""

    async def story(devtools: Devtools) -> None:
        tab = await opened(devtools)
        reply = await tab.fresh.send(5)
        assert (reply.sent, reply.error) == (False, "evaluate failed")
        assert await tab.paused(CALL) == "failRequest"

    play(story, broken=frozenset({"evaluate"}))


def test_the_first_thing_that_is_known_of_the_answer_stays() -> None:
    """GIVEN an answer WHEN the tab is lost afterwards THEN it is still the answer."""

    async def story(devtools: Devtools) -> None:
        tab = await opened(devtools, FORM)
        sending = await tab.sending()
        await tab.paused(FORM_BEGINS)
        await tab.answered()
        devtools.told["crash"](devtools)
        assert (await sending).status == 200

    play(story)


def test_a_form_gets_its_address_and_its_own_bytes_when_it_is_held() -> None:
    """GIVEN a form that begins at a closed port THEN it goes on to its address, with its own boundary."""

    async def story(devtools: Devtools) -> None:
        tab = await opened(devtools, FORM)
        kind = {"Content-Type": "multipart/form-data; boundary=new"}
        asked = {"url": FORM_BEGINS, "method": "POST", "headers": kind}
        await tab.paused(FORM_BEGINS, request=asked)
        (_, given), *_ = devtools.did
        assert given["url"] == CALL
        assert base64.b64decode(given["postData"]) == b"--new\r\nx\r\n--new--"

    play(story)


@pytest.mark.parametrize(
    ("broken", "opens"), [("permission", True), ("Network.enable", False), ("Fetch.enable", False)]
)
def test_a_tab_that_cannot_be_watched_is_closed(broken: str, *, opens: bool) -> None:
    """GIVEN a browser without a part THEN no tab is left open unwatched; the permission is dispensable."""

    async def story(devtools: Devtools) -> None:
        if opens:
            await opened(devtools)
        else:
            with pytest.raises(Error, match=broken):
                await opened(devtools)
        assert devtools.closed is not opens

    play(story, broken=frozenset({broken}))
