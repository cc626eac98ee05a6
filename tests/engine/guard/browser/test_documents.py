"""A page's source without what gets past every session of its page."""

from __future__ import annotations

import base64
from typing import Any

import pytest
from playwright.async_api import Error

from automation.engine.guard.browser.documents import hand_on, is_answer, made_inert
from tests.own_loop import in_own_loop

ROOT = b'<template shadowrootmode="closed"><script type=speculationrules>{}</script></template>'
INERT = ROOT.replace(b"shadowrootmode", b"shadowroot-off")


@pytest.mark.parametrize(
    ("source", "inert"),
    [
        (ROOT, INERT),
        (ROOT.replace(b"shadowrootmode", b"ShadowRootMode"), INERT),
        (b"<p>nothing</p>", b"<p>nothing</p>"),
        (b"x.shadowrootmode = 1", b"x.shadowroot-off = 1"),
        (b"<iframe sandbox srcdoc='x'>", b"<iframe sandbox src0ff='x'>"),
        (b"<iframe\tSANDBOX=\"\"SrcDoc = 'x'>", b"<iframe\tSANDBOX=\"\"src0ff = 'x'>"),
        (b"<iframe srcdoc='x'>", b"<iframe srcdoc='x'>"),
        (b"<p sandbox>the srcdoc of it</p>", b"<p sandbox>the srcdoc of it</p>"),
        ("shadowrootmode".encode("utf-16-le"), "shadowroot-off".encode("utf-16-le")),
        ("shadowrootmode".encode("utf-16-be"), "shadowroot-off".encode("utf-16-be")),
        (b"shadow\x1b(B\x1b(Jrootmode", b"shadowroot-off"),
    ],
)
def test_words_that_a_browser_acts_on_become_inert(source: bytes, inert: bytes) -> None:
    """GIVEN markup in any case or encoding THEN shadow roots and sandboxed frames mean nothing; the rest stays."""
    assert made_inert(source) == inert


class Held:
    """DevTools that hold one document."""

    def __init__(self, source: bytes | None, *, coded: bool = True) -> None:
        self.source, self.coded = source, coded
        self.did: list[tuple[str, dict[str, Any]]] = []

    async def send(self, command: str, given: dict[str, Any]) -> dict[str, Any]:
        """Answer."""
        if command != "Fetch.getResponseBody":
            self.did.append((command, given))
            return {}
        if self.source is None:
            raise Error("gone")
        body = base64.b64encode(self.source).decode() if self.coded else self.source.decode()
        return {"body": body, "base64Encoded": self.coded}


def handed(held: Held, *headers: tuple[str, str], **more: object) -> tuple[str, dict[str, Any]]:
    """What becomes of a document."""
    rows = [{"name": name, "value": value} for name, value in headers]
    event: Any = {"requestId": "1", "responseStatusCode": 200, "responseHeaders": rows, **more}
    session: Any = held
    in_own_loop(hand_on(session, event))
    [done] = held.did
    return done


@pytest.mark.parametrize("coded", [True, False])
def test_a_document_is_handed_on_without_its_rules(*, coded: bool) -> None:
    """GIVEN a shadow root THEN another body, and headers that still fit; without one, the answer itself."""
    command, made = handed(Held(ROOT, coded=coded), ("Content-Length", "9"), ("X-A", "b"))

    assert command == "Fetch.fulfillRequest"
    assert base64.b64decode(made["body"]) == INERT
    assert made["responseHeaders"] == [{"name": "X-A", "value": "b"}]
    assert handed(Held(b"<p>x</p>", coded=coded)) == ("Fetch.continueRequest", {"requestId": "1"})


def test_a_header_that_orders_rules_is_taken_out() -> None:
    """GIVEN the header alone THEN the same body without it."""
    command, made = handed(Held(b"<p>x</p>"), ("Speculation-Rules", '"/r.json"'))

    assert command == "Fetch.fulfillRequest"
    assert (base64.b64decode(made["body"]), made["responseHeaders"]) == (b"<p>x</p>", [])


@pytest.mark.parametrize(
    ("held", "more", "command"),
    [
        (Held(None), {}, "Fetch.failRequest"),
        (Held(None), {"responseStatusCode": 302}, "Fetch.continueRequest"),
        (Held(None), {"responseErrorReason": "Failed"}, "Fetch.continueRequest"),
    ],
)
def test_a_document_that_cannot_be_read_is_refused(
    held: Held, more: dict[str, object], command: str
) -> None:
    """GIVEN no body THEN nothing of it reaches the page; a redirect or an error has none to read."""
    assert handed(held, **more)[0] == command


def test_an_answer_is_told_from_a_request() -> None:
    """GIVEN an event THEN its status or its error makes it an answer."""
    events: list[Any] = [{"responseStatusCode": 200}, {"responseErrorReason": "x"}, {"request": {}}]

    assert [is_answer(each) for each in events] == [True, True, False]
