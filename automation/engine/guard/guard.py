"""The guard: stands between page and network for one browser context."""

from __future__ import annotations

import asyncio
import contextlib
import re
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Final

from playwright.async_api import Error

from automation.engine.guard.browser.dialogs import DialogLike, answer_dialog
from automation.engine.guard.browser.fetch import BrowserFetch
from automation.engine.guard.browser.own_pages import INTERSTITIAL, OwnPages, Turn
from automation.engine.guard.browser.request_facts import facts_of, page_of
from automation.engine.guard.browser.self_test import SelfTest, failed
from automation.engine.guard.judge import Judge, Verdict
from automation.engine.guard.layers import ALL_LAYERS, Layer
from automation.engine.guard.permit import Permit, PermitScope
from automation.engine.guard.transport.browser_sender import BrowserSender
from automation.engine.guard.transport.sender import DriverSender, Sender, abort, send_permitted
from automation.errors import ErrorCode, ToolError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from playwright.async_api import BrowserContext, Dialog, Page, Request, Route, WebSocketRoute

    from automation.engine.context import ContextOptions
    from automation.engine.guard.origins import SiteOrigins
    from automation.engine.guard.permit import LedBy
    from automation.engine.guard.report import GuardReport, RequestRecord
    from automation.engine.guard.requests.classify import RequestFacts
    from automation.engine.guard.traffic import Traffic

ANSWER_SECONDS: Final = 30.0
_SEAL_SECONDS: Final = 3.0
_READY_SECONDS: Final = 5.0
_EVERY_SOCKET: Final = re.compile(r"")


class Guard:
    """Lets reads of the site pass and refuses everything else.

    Args:
        origins: the site's hosts.
        layers: fewer than all only in tests, to show what each is for.
        traffic: the table of what is known of the site's traffic.
        answer_seconds: how long the permitted request waits for its answer.
        own_pages_only: the browser is the user's own, and the context has the tool's pages
            only. Workers shared with the user's pages are then out of reach.
    """

    def __init__(
        self,
        origins: SiteOrigins,
        traffic: Traffic,
        *,
        layers: Collection[Layer] = ALL_LAYERS,
        answer_seconds: float = ANSWER_SECONDS,
        own_pages_only: bool = False,
    ) -> None:
        self.layers = frozenset(layers)
        self.dialog_answer: Callable[[DialogLike], bool] | None = None
        self.human_answers = False  # native dialogs are left to a human
        self.dialogs: list[tuple[str, str, bool | None]] = []
        self._answer_seconds = answer_seconds
        self._judge = Judge(origins, traffic)
        self._self_test = SelfTest()
        self._fetch = BrowserFetch(self._judge, self._self_test)
        self._context: BrowserContext | None = None
        self._sender: Sender = DriverSender()
        self._guest = own_pages_only
        self._hold_first = own_pages_only
        self._pages = OwnPages(self._prepare_page)
        self._followed: set[Page] = set()

    def context_options(self) -> ContextOptions:
        """Options that ``browser.new_context`` needs besides the caller's own."""
        blocked = Layer.SERVICE_WORKERS in self.layers
        return {"service_workers": "block" if blocked else "allow", "accept_downloads": False}

    async def install(
        self, context: BrowserContext, *, lived_in: bool = False, guest: bool = False
    ) -> None:
        """Put every layer on ``context``, before its first page exists.

        Args:
            context: the context to guard.
            lived_in: it was used before, so service workers may be registered in it: no
                page loads anything before they are bypassed.
            guest: as ``own_pages_only``.

        Raises:
            ToolError: the browser offers no DevTools session.
        """
        self._context = context
        self._guest = self._guest or guest
        self._hold_first = lived_in or self._guest
        context.on("dialog", self._on_dialog)
        context.on("page", self._pages.opened)
        if Layer.BROWSER_FETCH in self.layers and not self._guest:
            if context.browser is None:
                raise failed(["the browser of this context is not reachable"])
            await self._fetch.watch_browser(context.browser)
        if Layer.WEB_SOCKETS in self.layers:
            await context.route_web_socket(_EVERY_SOCKET, self._on_socket)
        if Layer.STUBS in self.layers:
            await context.add_init_script(script=_stubs())
            if self._guest:
                await context.add_init_script(script=_script("windows.js"))
        if Layer.ROUTE in self.layers:
            await context.route("**/*", self._on_route)

    async def adopt(self, page: Page) -> bool:
        """Wait until every layer is on ``page``, before it opens anything.

        In the user's own browser this opens a blank page: init scripts run in new
        documents only.

        Returns:
            False if a layer could not be put on; do not use the page then.
        """
        self.follow(page)
        ready = await self._pages.ready(page)
        if ready and self._guest:
            await page.goto("about:blank")
        return ready

    def follow(self, page: Page) -> None:
        """Count ``page`` as one of the tool's own; other windows are opened by pages."""
        self._followed.add(page)

    def is_followed(self, page: Page) -> bool:
        """True for the tool's own pages."""
        return page in self._followed

    def is_on_site(self, url: str) -> bool:
        """Whether an address is a page of the site."""
        return self._judge.origins.has_role(url, "pages")

    async def self_test(self, page: Page) -> None:
        """Prove on a blank page that the layers work, without using the network.

        Raises:
            ToolError: ``guard_self_test``, before anything was opened.
        """
        await self._self_test.run(page, self.layers, own_windows=self._guest)

    def allow_reads(self, names: Iterable[str]) -> None:
        """Let unknown calls of these names through from now on, as long as they can only read."""
        self._judge.traffic = self._judge.traffic.with_overlay({"allowed_reads": tuple(names)})

    def know(self, overlay: Mapping[str, tuple[str, ...]]) -> None:
        """Go on with more site data about traffic, by the names of its lists."""
        self._judge.traffic = self._judge.traffic.with_overlay(overlay)

    def is_about(self, ids: Iterable[str]) -> None:
        """Mark held-back reads of these ids, and of those in a page's address, as teachable."""
        self._judge.own_ids = frozenset(ids)

    @property
    def allowed_reads(self) -> frozenset[str]:
        """The names of unknown calls that are let through, in lower case."""
        return frozenset(name.casefold() for name in self._judge.traffic.allowed_reads)

    @property
    def known_reads(self) -> frozenset[str]:
        """The names of the calls that are known to read, in lower case."""
        return frozenset(name.casefold() for name in self._judge.traffic.reads)

    def grant(
        self, scope: PermitScope, seconds: float = 5.0, led_by: LedBy | None = None
    ) -> Permit:
        """Grant the one permit of this guard; it expires after ``seconds``.

        With ``led_by``, no request uses it that no press of a human led to.
        One that was withdrawn or expired unused does not count: no request can use it any more.

        Raises:
            ToolError: a permit was granted before and is not known to be unused, the guard is
                sealed or has no route layer, or the scope names no line.
        """
        earlier = self._judge.permit
        if self._judge.sealed or (earlier is not None and not earlier.is_void):
            raise ToolError(
                "this run already had its permit", code=ErrorCode.PERMIT_ALREADY_GRANTED
            )
        if Layer.ROUTE not in self.layers:
            raise ToolError("a permit needs the route layer", code=ErrorCode.PERMIT_WITHOUT_ROUTE)
        permit = Permit(scope, seconds)
        permit.led_by = led_by
        self._judge.permit = permit
        return permit

    async def next_target(self) -> None:
        """Turn to another target, which gets a report, a sender and a permit of its own.

        What a page still sends for the one before fits no later permit.

        Raises:
            ToolError: the permit of the one before may still be used, or its answer is missing.
        """
        permit = self._judge.permit
        if permit is not None and not permit.is_over:
            raise ToolError(
                "the request for the target before may still be under way",
                code=ErrorCode.PERMIT_ALREADY_GRANTED,
            )
        await self._close_sender()
        self._sender = self._sender.successor()
        self._judge.start_anew()
        self.dialogs.clear()
        self._pages.forget_closed()
        self._followed = {page for page in self._followed if not page.is_closed()}

    def send_from_browser(self, context: BrowserContext, options: ContextOptions) -> None:
        """Send the permitted request with the browser's own network stack.

        Args:
            context: the session's.
            options: the options of the context that sends it, such as a phone's user agent.
        """
        self._sender = BrowserSender(context, options, self._fetch.let_once)

    def get_ready_to_send(self) -> None:
        """Start to prepare the sender of the permitted request; sends nothing to the site."""
        self._sender.get_ready()

    async def ready_to_send(self) -> None:
        """Wait for that, but not long: a window of the sender's may open over the page's."""
        ready = asyncio.ensure_future(self._sender.ready())
        ready.add_done_callback(_leave_it)
        await asyncio.wait({ready}, timeout=_READY_SECONDS)

    @contextlib.contextmanager
    def human_at_work(self) -> Iterator[None]:
        """Let a human deal with a sign-in or captcha inside the block.

        Only what such pages need passes besides. A dialog of a page gets no answer of the
        tool's, and nothing passes besides while there may still be a permit.
        """
        answer, self.dialog_answer = self.dialog_answer, None
        self._judge.human_at_work = True
        try:
            yield
        finally:
            self._judge.human_at_work = False
            self.dialog_answer = answer

    @property
    def may_have_sent(self) -> bool:
        """Whether the permit of this target was used, or its request is on its way."""
        return self._judge.permit is not None and self._judge.permit.may_have_sent

    def report(self) -> GuardReport:
        """What was let through and refused so far."""
        return self._judge.report()

    def tell_refused(self, heard: Callable[[RequestRecord], None]) -> None:
        """Tell each refused request as it is refused."""
        self._judge.on_refused = heard

    def refused_navigations(self) -> tuple[RequestRecord, ...]:
        """The refused requests that would have replaced a page."""
        return tuple(r for r in self.report().refused if r.main_frame)

    @property
    def refused_address(self) -> str:
        """Where a page last wanted to go and was refused, in full: for the browser, never a record."""
        return self._judge.refused_address

    async def seal(self, context: BrowserContext) -> None:
        """Stop all requests, including those of closing pages.

        Call it before ``browser.close()``. Never raises if the browser is gone, and takes
        a few seconds at most.
        """
        self._judge.sealed = True
        if self._judge.permit is not None:
            self._judge.permit.revoke()
        await self._close_sender()
        if Layer.OFFLINE not in self.layers:
            return
        # Offline does not stop a request that a route continues, so the routes go too.
        try:
            async with asyncio.timeout(_SEAL_SECONDS):
                await self._fetch.take_pages_offline()
                await context.set_offline(True)
                await context.unroute_all(behavior="ignoreErrors")
        except (Error, TimeoutError):
            return

    async def _close_sender(self) -> None:
        try:
            async with asyncio.timeout(_SEAL_SECONDS):
                await self._sender.close()
        except TimeoutError:
            return

    async def _prepare_page(self, page: Page) -> None:
        if self._context is None:
            return
        if Layer.SERVICE_WORKERS in self.layers:
            await self._fetch.bypass_workers(self._context, page)
        if Layer.BROWSER_FETCH in self.layers and self._guest:
            await self._fetch.watch_page(self._context, page)

    async def _on_route(self, route: Route, request: Request) -> None:
        """Fail closed: if anything goes wrong here, the request is aborted."""
        verdict = Verdict.REFUSE
        try:
            if self._self_test.is_for(request.url, Layer.ROUTE):
                self._self_test.seen.add(Layer.ROUTE)
                return
            if self._self_test.is_for(request.url, Layer.BROWSER_FETCH):
                await route.continue_()
                verdict = Verdict.LET
                return
            turn = self._pages.turn(request) if self._hold_first else Turn.GO
            if turn is Turn.LATER:
                await route.fulfill(content_type="text/html", body=INTERSTITIAL)
                verdict = Verdict.LET
            else:
                verdict = await self._judge_route(route, request, too_early=turn is Turn.NEVER)
        except Error:
            verdict = Verdict.REFUSE  # the page is gone
        finally:
            if verdict is Verdict.REFUSE:
                await abort(route)

    async def _judge_route(self, route: Route, request: Request, *, too_early: bool) -> Verdict:
        facts = facts_of(request, new_window=page_of(request) not in self._followed)
        if facts.resource_type == "document":
            self._fetch.note_document(
                facts.url, main_frame=facts.frame_is_main, new_window=facts.new_window
            )
        unled = not await self._is_led(facts, page_of(request))
        verdict = self._judge.at_route(facts, Layer.ROUTE, too_early=too_early, unled=unled)
        permit = self._judge.permit
        if verdict is Verdict.LET:
            await route.continue_()
        elif verdict is Verdict.SEND and permit is not None:
            await send_permitted(
                route, permit, self._sender, self._answer_seconds, outlives=self._guest
            )
        return verdict

    async def _is_led(self, facts: RequestFacts, page: Page | None) -> bool:
        """False for a request that only lacks the press that its permit asks for."""
        permit = self._judge.permit
        if permit is None or permit.led_by is None or not self._judge.waits_for_press(facts):
            return True
        return await permit.led_by(page)

    async def _on_socket(self, socket: WebSocketRoute) -> None:
        self._judge.refuse_socket(socket.url, Layer.WEB_SOCKETS)
        await socket.close(code=1008, reason="no sockets")

    async def _on_dialog(self, dialog: Dialog) -> None:
        if self.human_answers and dialog.type != "beforeunload":
            self.dialogs.append((dialog.type, dialog.message, None))
            return
        accepted = await answer_dialog(dialog, self.dialog_answer)
        self.dialogs.append((dialog.type, dialog.message, accepted))


def _leave_it(ready: asyncio.Future[None]) -> None:
    """Take its error, however late: without this sender the request is sent in another way."""
    if not ready.cancelled():
        ready.exception()


def _stubs() -> str:
    return _script("stubs.js")


@cache
def _script(name: str) -> str:
    return (
        resources.files("automation.engine.guard.browser")
        .joinpath(name)
        .read_text(encoding="utf-8")
    )
