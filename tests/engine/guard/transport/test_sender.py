"""What a page gets of the answer to the permitted request, and what is kept of it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from playwright.async_api import Error
from playwright.async_api import TimeoutError as PlaywrightTimeoutError

from automation.engine.guard.permit import Permit, PermitAnswer, PermitScope
from automation.engine.guard.reply import Reply
from automation.engine.guard.transport.sender import DriverSender, send_permitted
from automation.engine.target import Target
from tests.own_loop import in_own_loop

OWN, OTHER = "https://www.aliexpress.com", "https://acs.aliexpress.com"


class Held:
    """A held request: notes what became of it."""

    def __init__(
        self,
        *,
        navigates: bool = False,
        origin: str = OWN,
        fetched: object = None,
        gone: bool = False,
    ) -> None:
        self.request = SimpleNamespace(
            url=f"{OWN}/p/cancel",
            headers={"origin": origin} if origin else {},
            is_navigation_request=lambda: navigates,
        )
        self.became: list[object] = []
        self._fetched, self._gone = fetched, gone

    async def abort(self, reason: str = "") -> None:
        """Refuse it."""
        if self._gone:
            raise Error("the page is gone")
        self.became.append(reason)

    async def fulfill(self, **given: object) -> None:
        """Answer it."""
        if self._gone:
            raise Error("Target closed at https://www.aliexpress.com/?token=1\nCookie: a=1")
        self.became.append((given["status"], given.get("headers"), given.get("body")))

    async def fetch(self, **limits: object) -> object:
        """Send it."""
        assert (limits["max_redirects"], limits["max_retries"]) == (0, 0)
        if isinstance(self._fetched, Exception):
            raise self._fetched
        return self._fetched


class Answers(DriverSender):
    """Has its answer ready."""

    def __init__(self, reply: Reply) -> None:
        self._reply = reply

    async def send(self, route: object, answer_seconds: float) -> Reply:  # noqa: ARG002
        """Nothing is sent."""
        return self._reply


def handed_on(held: Any, sender: DriverSender) -> PermitAnswer | None:  # noqa: ANN401  a route
    """Send under a used permit, and return what it keeps."""
    permit = Permit(
        PermitScope(Target(ids={"dispute": "8190001112223334"}, words="the dispute")), 10.0
    )
    permit.consume()
    in_own_loop(send_permitted(held, permit, sender, 1.0))
    return permit.answer


def test_an_answer_goes_to_the_page_without_what_the_session_has_already() -> None:
    """GIVEN an answer with a cookie and a length THEN body and type arrive, and are kept."""
    held = Held()
    headers = (("Content-Type", "text/plain"), ("Set-Cookie", "a=1"), ("Content-Length", "2"))

    kept = handed_on(held, Answers(Reply(200, headers, b"ok")))

    assert held.became == [(200, {"Content-Type": "text/plain"}, b"ok")]
    assert kept == PermitAnswer(200, "ok")


@pytest.mark.parametrize(
    ("held", "reply", "became"),
    [
        (Held(), Reply.lost("net::ERR_EMPTY_RESPONSE", sent=True), ["failed"]),
        (Held(origin=OTHER), Reply(200, (), b"secret"), ["failed"]),
        (Held(origin=OTHER), Reply(200, (("Access-Control-Allow-Origin", "*"),), b""),
         [(200, {"Access-Control-Allow-Origin": "*"}, b"")]),
        (Held(origin=""), Reply(200, (), b""), [(200, {}, b"")]),
        (Held(), Reply(302, (("Location", "/"),), b""), ["blockedbyclient"]),
        (Held(gone=True), Reply(302, (), b""), []),
    ],
    ids=["lost", "cross-origin", "cors", "no-origin", "redirect", "page-gone"],
)  # fmt: skip
def test_a_page_gets_what_it_would_have_got(held: Held, reply: Reply, became: list[object]) -> None:
    """GIVEN no answer, one that it may not read, or a redirect THEN an error; else the answer."""
    kept = handed_on(held, Answers(reply))

    assert held.became == became
    assert kept is not None
    assert kept.status == reply.status


def test_a_redirected_form_gets_a_page_that_says_so() -> None:
    """GIVEN a form whose answer is a redirect THEN it is not followed, but the page hears of it."""
    held = Held(navigates=True)

    handed_on(held, Answers(Reply(303, (("Location", "https://elsewhere.example"),))))

    status = [each[0] for each in held.became if isinstance(each, tuple)]
    assert status == [200]


def test_a_page_that_is_gone_loses_no_answer() -> None:
    """GIVEN a page that closed before its answer came THEN the answer is kept; it was sent."""
    kept = handed_on(Held(gone=True), Answers(Reply(200, (), b"ok")))

    assert kept == PermitAnswer(200, "ok")


@pytest.mark.parametrize(
    ("fetched", "status", "error"),
    [
        (PlaywrightTimeoutError("Timeout 1000ms exceeded"), None, "1"),
        (Error("socket hang up\nCall log: cookie: a=1"), None, "socket hang up"),
    ],
    ids=["late", "lost"],
)
def test_what_playwrights_own_client_lost_may_have_been_sent(
    fetched: Exception, status: int | None, error: str
) -> None:
    """GIVEN no answer in time, or a broken connection THEN it counts as sent, without secrets."""
    kept = handed_on(Held(fetched=fetched), DriverSender())

    assert kept is not None
    assert (kept.status, kept.sent) == (status, True)
    assert error in kept.error
    assert "cookie" not in kept.error


def test_playwrights_own_client_keeps_the_answer() -> None:
    """GIVEN an answer THEN its rows and body, and who sent the request; a sender is its own successor."""

    async def body() -> bytes:
        return b"ok"

    answer = SimpleNamespace(status=200, headers_array=[{"name": "X", "value": "1"}], body=body)
    sender = DriverSender()
    held = Held(fetched=answer)

    kept = handed_on(held, sender)

    assert kept == PermitAnswer(200, "ok", client="playwright")
    assert held.became == [(200, {"X": "1"}, b"ok")]
    assert sender.successor() is sender
