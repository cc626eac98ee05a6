"""The layer at the browser's edge: what it cannot judge as harmless is not sent.

DevTools are played here, so that each event can be met; `test_guard_in_browser.py` and
`test_vectors.py` have a real browser.
"""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any, Final

import pytest
from playwright.async_api import Error

from automation.aliexpress.site.traffic import site_traffic
from automation.engine.guard import Layer, Permit, PermitScope, SiteOrigins
from automation.engine.guard.browser.fetch import BrowserFetch
from automation.engine.guard.browser.self_test import SelfTest
from automation.engine.guard.judge import Judge
from automation.engine.target import Target
from tests.own_loop import in_own_loop

if TYPE_CHECKING:
    from collections.abc import Callable

SITE: Final = "http://127.0.0.1:8123"
HOME: Final = f"{SITE}/p/order/index.html"
READ: Final = f"{SITE}/h5/mtop.aliexpress.trade.buyer.order.list/1.0/"
LINE: Final = "5190001112223334"
CANCEL: Final = f"{SITE}/h5/mtop.aliexpress.buyer.reverse.cancelIt/1.0/"
CANCELS: Final = {"method": "POST", "postData": f"reverseOrderLineId={LINE}"}
ROOT: Final = b"<template shadowrootmode=open></template>"
GO, STOP = "Fetch.continueRequest", "Fetch.failRequest"
MAIN: Final = "frame-main"


class Devtools:
    """A browser, one page of it and a session on either."""

    def __init__(self, broken: str = "") -> None:
        self.broken = broken
        self.did: list[tuple[str, dict[str, Any]]] = []
        self.paused: Callable[[Any], Any] = lambda _: None
        self.url = HOME

    async def new_browser_cdp_session(self) -> Devtools:
        """The session on the browser."""
        return self

    async def new_cdp_session(self, _: object) -> Devtools:
        """The session on the page."""
        return self

    def on(self, _event: str, heard: Callable[[Any], Any]) -> None:
        """Listen."""
        self.paused = heard

    async def send(self, command: str, given: dict[str, Any] | None = None) -> dict[str, Any]:
        """Carry a command out."""
        self.did.append((command, given or {}))
        if command == self.broken:
            raise Error(f"{command} failed")
        if command == "Fetch.getResponseBody":
            return {"body": base64.b64encode(ROOT).decode(), "base64Encoded": True}
        return {"frameTree": {"frame": {"id": MAIN}}}

    def became(self, event: dict[str, Any]) -> list[str]:
        """What is done with a paused request or answer."""
        self.did.clear()
        in_own_loop(self.paused(event))
        return [command for command, _ in self.did]


class Edge:
    """The layer, on a browser or on one page of the user's own."""

    def __init__(self, *, own: bool = False, broken: str = "") -> None:
        self.judge = Judge(SiteOrigins.only(SITE), site_traffic())
        self.test = SelfTest()
        self.fetch = BrowserFetch(self.judge, self.test)
        self.devtools = Devtools(broken)
        played: Any = self.devtools
        watch = self.fetch.watch_page(played, played) if own else None
        in_own_loop(watch or self.fetch.watch_browser(played))

    def paused(self, url: str, kind: str = "XHR", **more: Any) -> list[str]:  # noqa: ANN401  values of an event
        """What becomes of a request."""
        return self.devtools.became(asked(url, kind, **more))

    @property
    def refused(self) -> list[tuple[str, bool]]:
        """The layer and the kind of place of each refused request."""
        return [(each.layer, each.main_frame) for each in self.judge.report().refused]

    def may_cancel(self) -> None:
        """A permit is granted."""
        scope = PermitScope(Target(ids={"line": LINE}, words="the line"))
        self.judge.permit = Permit(scope, 60)


def asked(url: str, kind: str = "XHR", **more: Any) -> dict[str, Any]:  # noqa: ANN401  values of an event
    """An event about a request."""
    request: dict[str, Any] = {
        "url": url,
        "method": more.pop("method", "GET"),
        "headers": {},
        **{name: more.pop(name) for name in ("postData", "hasPostData") if name in more},
    }
    given = {"networkId": "net-1", "frameId": MAIN, "resourceType": kind}
    return {"requestId": "hold", "request": request, **given, **more}


def test_reads_go_on_and_writes_end_here() -> None:
    """GIVEN a request that no route saw THEN a read passes and a write does not, and both are noted."""
    edge = Edge()

    assert edge.paused(READ) == [GO]
    assert edge.paused(CANCEL, **CANCELS) == [STOP]

    assert edge.refused == [("browser_fetch", False)]
    assert [each.layer for each in edge.judge.report().allowed] == ["browser_fetch"]


def test_a_permit_is_not_used_at_the_edge() -> None:
    """GIVEN a permit THEN a request that fits it is still refused here: only the route uses one."""
    edge = Edge()
    edge.may_cancel()

    assert edge.paused(CANCEL, **CANCELS) == [STOP]
    assert edge.judge.permit is not None
    assert edge.judge.permit.state == "unused"


def test_the_guards_own_request_passes_once() -> None:
    """GIVEN the id of the request that the guard sends THEN it passes, and no other with that id."""
    edge = Edge()
    edge.fetch.let_once("net-7")

    assert edge.paused(CANCEL, **CANCELS) == [STOP]
    assert edge.paused(CANCEL, **CANCELS, networkId="net-7") == [GO]
    assert edge.paused(CANCEL, **CANCELS, networkId="net-7") == [STOP]


def test_where_the_permitted_request_is_redirected_to_is_judged() -> None:
    """GIVEN a redirect before anything passed THEN its target has no leave, nor anything behind it."""
    edge = Edge()
    edge.fetch.let_once("net-7")

    hop = {"networkId": "net-7", "redirectedRequestId": "hold-0"}
    assert edge.paused(CANCEL, **CANCELS, **hop) == [STOP]
    assert edge.paused(CANCEL, **CANCELS, networkId="net-7") == [STOP]


def test_a_sealed_guard_does_not_even_send_its_own() -> None:
    """GIVEN a run that ended THEN the request that it was about to send is refused."""
    edge = Edge()
    edge.fetch.let_once("net-7")
    edge.judge.sealed = True

    assert edge.paused(CANCEL, **CANCELS, networkId="net-7") == [STOP]
    assert edge.paused(READ) == [STOP]


@pytest.mark.parametrize("own", [False, True])
def test_what_cannot_be_judged_is_refused(monkeypatch: pytest.MonkeyPatch, *, own: bool) -> None:
    """GIVEN a judge that fails over a request THEN it is refused, not left to go on."""
    edge = Edge(own=own)

    def fail(*_: object) -> None:
        raise LookupError("a fault")

    monkeypatch.setattr(edge.judge, "at_browser", fail)
    monkeypatch.setattr(edge.judge, "may_go_on", fail)

    edge.devtools.did.clear()
    with pytest.raises(LookupError):
        edge.paused(READ)
    assert [command for command, _ in edge.devtools.did] == [STOP]


@pytest.mark.parametrize("command", [GO, STOP])
@pytest.mark.parametrize("own", [False, True])
def test_a_browser_that_is_gone_is_no_fault(command: str, *, own: bool) -> None:
    """GIVEN a browser that closed THEN nothing is raised: its requests went with it."""
    edge = Edge(own=own, broken=command)

    assert edge.paused(READ) == [GO]
    assert edge.paused(CANCEL, **CANCELS) == [STOP]


def test_the_probe_is_noted_and_goes_nowhere() -> None:
    """GIVEN the self-test's own request THEN it is seen, refused, and no part of the report."""
    edge = Edge()

    assert edge.paused(edge.test.url(Layer.BROWSER_FETCH), method="POST") == [STOP]

    assert edge.test.seen == {Layer.BROWSER_FETCH}
    assert edge.refused == []


def test_the_probe_of_the_routes_goes_on_to_them() -> None:
    """GIVEN a session on the page, which comes before its routes THEN their probe gets to them."""
    edge = Edge(own=True)

    assert edge.paused(edge.test.url(Layer.ROUTE), method="POST") == [GO]
    assert edge.paused(SelfTest().url(Layer.ROUTE), method="POST") == [STOP]
    assert edge.test.seen == set()


class TestPlaces:
    """What a document would replace, which only the first address of a chain tells."""

    FOREIGN = "http://elsewhere.example/x"

    def test_each_hop_of_a_frame_is_one_of_a_frame(self) -> None:
        """GIVEN a frame whose address is redirected THEN the hop is no page of its own."""
        edge = Edge()
        edge.fetch.note_document(f"{HOME}#part", main_frame=False)

        assert edge.paused(HOME, "Document", networkId="chain") == [GO]
        hop = {"networkId": "chain", "redirectedRequestId": "hold-0"}
        assert edge.paused(self.FOREIGN, "Document", **hop) == [STOP]

        assert edge.refused == [("browser_fetch", False)]

    def test_an_address_that_no_route_saw_is_a_page(self) -> None:
        """GIVEN a document that was not announced THEN it counts as one that replaces a page."""
        edge = Edge()

        assert edge.paused(self.FOREIGN, "Document") == [STOP]

        assert edge.refused == [("browser_fetch", True)]

    def test_old_addresses_are_forgotten(self) -> None:
        """GIVEN far more documents than any run opens THEN the oldest is one that was not announced."""
        edge = Edge()
        for number in range(600):
            edge.fetch.note_document(f"{self.FOREIGN}?{number}", main_frame=False)

        for number in (0, 599):
            edge.paused(f"{self.FOREIGN}?{number}", "Document", networkId=f"net-{number}")

        assert [main for _, main in edge.refused] == [True, False]


class TestAnswers:
    """Documents on their way back."""

    ANSWER: Final = {"responseStatusCode": 200, "responseHeaders": []}

    @pytest.mark.parametrize("own", [False, True])
    def test_a_document_is_made_inert(self, *, own: bool) -> None:
        """GIVEN a page with a shadow root THEN another body is handed on."""
        edge = Edge(own=own)

        done = edge.paused(HOME, "Document", **self.ANSWER)

        assert done == ["Fetch.getResponseBody", "Fetch.fulfillRequest"]

    @pytest.mark.parametrize("own", [False, True])
    def test_the_answer_to_the_permitted_request_is_its_senders(self, *, own: bool) -> None:
        """GIVEN the answer to a form that the guard sent THEN it goes on to the sender as it is."""
        edge = Edge(own=own)
        edge.fetch.let_once("net-7")

        assert edge.paused(HOME, "Document", networkId="net-7", **self.ANSWER) == [GO]

    @pytest.mark.parametrize("senders", [False, True])
    def test_a_page_that_is_gone_is_no_fault(self, *, senders: bool) -> None:
        """GIVEN a page that closed while its document came THEN nothing is raised."""
        edge = Edge(broken=GO if senders else "Fetch.fulfillRequest")
        if senders:
            edge.fetch.let_once("net-1")

        assert edge.paused(HOME, "Document", **self.ANSWER)


class TestOwnPage:
    """One page of the user's own browser: judged before its routes."""

    def test_a_read_goes_on_to_its_route_which_notes_it(self) -> None:
        """GIVEN a read THEN it passes and is not counted here, or it would count twice."""
        edge = Edge(own=True)

        assert edge.paused(READ) == [GO]

        assert edge.judge.report().allowed == ()

    def test_a_write_ends_here_unless_a_permit_may_fit(self) -> None:
        """GIVEN a write THEN refused; with a permit that fits, its route decides."""
        edge = Edge(own=True)
        assert edge.paused(CANCEL, **CANCELS) == [STOP]

        edge.may_cancel()

        assert edge.paused(CANCEL, **CANCELS) == [GO]
        assert edge.paused(CANCEL, method="POST", postData="reverseOrderLineId=1") == [STOP]

    def test_a_hop_has_no_route_so_it_is_judged_here(self) -> None:
        """GIVEN the target of a redirect THEN no permit helps it, and a read is noted."""
        edge = Edge(own=True)
        edge.may_cancel()

        assert edge.paused(CANCEL, **CANCELS, redirectedRequestId="hold-0") == [STOP]
        assert edge.paused(READ, redirectedRequestId="hold-0") == [GO]
        assert len(edge.judge.report().allowed) == 1

    def test_a_body_that_is_not_shown_is_judged_here(self) -> None:
        """GIVEN a call with files, which its route would see as empty THEN no permit helps it."""
        edge = Edge(own=True)
        edge.may_cancel()
        cancel = f"{CANCEL}?reverseOrderLineId={LINE}"

        for url in (READ, cancel):
            assert edge.paused(url, method="POST", hasPostData=True) == [STOP]
            assert edge.paused(url, method="POST", postData="data={}") == [GO]

    def test_what_replaces_the_page_is_told_from_its_frames(self) -> None:
        """GIVEN documents elsewhere THEN that of the main frame replaces the page."""
        edge = Edge(own=True)

        for frame in (MAIN, "frame-2"):
            assert edge.paused(TestPlaces.FOREIGN, "Document", frameId=frame) == [STOP]

        assert [main for _, main in edge.refused] == [True, False]

    def test_each_page_goes_offline_even_if_one_is_gone(self) -> None:
        """GIVEN two pages, one closed THEN the other is taken offline, and nothing is raised."""
        edge = Edge(own=True, broken="Network.enable")
        other: Any = Devtools()
        in_own_loop(edge.fetch.watch_page(other, other))
        other.did.clear()

        in_own_loop(edge.fetch.take_pages_offline())

        assert [command for command, _ in other.did] == [
            "Network.enable", "Network.emulateNetworkConditions",
        ]  # fmt: skip
        assert other.did[-1][1]["offline"] is True


def test_a_page_counts_as_without_workers_only_once_they_are_bypassed() -> None:
    """GIVEN a browser that cannot bypass service workers THEN the self-test still misses that."""
    for broken, known in (("", True), ("Network.setBypassServiceWorker", False)):
        edge = Edge()
        page: Any = Devtools(broken)
        if known:
            in_own_loop(edge.fetch.bypass_workers(page, page))
        else:
            with pytest.raises(Error):
                in_own_loop(edge.fetch.bypass_workers(page, page))
        assert (page in edge.test.without_workers) is known
