"""The self-test: a layer that does not work ends the run before any page of the site is opened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from playwright.async_api import Error

from automation.aliexpress.site.traffic import site_traffic
from automation.engine.guard import ALL_LAYERS, Guard, Layer, SiteOrigins
from automation.engine.guard import guard as guard_module
from automation.engine.guard.browser.self_test import SelfTest, failed
from automation.errors import ErrorCode, Hint, ToolError
from tests.engine.guard.rig.campaign import launch
from tests.own_loop import in_own_loop

if TYPE_CHECKING:
    from collections.abc import Collection

    from tests.engine.guard.rig.campaign import Bench
    from tests.engine.guard.rig.loopback import Site

PROBED = (Layer.ROUTE, Layer.BROWSER_FETCH)


class Blank:
    """A blank page, as a browser in which some of the layers work has it.

    Args:
        stops: the layers that see their probe.
        native: what the page still has of the browser itself.
        bare: its sockets are the browser's own.
    """

    def __init__(
        self,
        test: SelfTest,
        stops: Collection[Layer] = PROBED,
        native: Collection[str] = (),
        *,
        bare: bool = False,
        dead: bool = False,
    ) -> None:
        self.test, self.stops, self.native, self.bare, self.dead = test, stops, native, bare, dead
        self.given: list[Any] = []

    async def evaluate(self, _program: str, given: object = None) -> object:
        """Run a script of the test."""
        if self.dead:
            raise Error("Target crashed")
        if given is None:
            return self.bare
        self.given.append(given)
        urls, _ = self.given[-1]
        self.test.seen |= {
            each for each in self.stops if any(self.test.is_for(url, each) for url in urls)
        }
        return list(self.native)


def missing(
    layers: Collection[Layer] = ALL_LAYERS,
    *,
    workers: bool = True,
    **page: Any,  # noqa: ANN401  as for the page
) -> list[str]:
    """The layers that the test names; none if it ends well."""
    test = SelfTest()
    blank: Any = Blank(test, **page)
    if workers:
        test.without_workers.add(blank)
    try:
        in_own_loop(test.run(blank, layers))
    except ToolError as error:
        return error.message.partition(": ")[2].split("; ")
    return []


def test_layers_that_work_say_nothing() -> None:
    """GIVEN a page in which each layer did its part THEN the run may go on."""
    assert missing() == []


@pytest.mark.parametrize(
    ("page", "named"),
    [
        ({"stops": (Layer.BROWSER_FETCH,)}, ["route"]),
        ({"stops": (Layer.ROUTE,)}, ["browser_fetch"]),
        ({"stops": ()}, ["route", "browser_fetch"]),
        ({"workers": False}, ["service_workers"]),
        ({"native": ("Worker", "sendBeacon")}, ["stubs (Worker, sendBeacon)"]),
        ({"bare": True}, ["web_sockets"]),
        ({"dead": True}, ["the page did not answer"]),
        (
            {"stops": (), "workers": False, "native": ("open",), "bare": True},
            ["route", "browser_fetch", "service_workers", "stubs (open)", "web_sockets"],
        ),
    ],
)
def test_each_layer_that_does_not_work_is_named(page: dict[str, Any], named: list[str]) -> None:
    """GIVEN one layer that does nothing, or all of them THEN the run ends, and says which."""
    assert missing(**page) == named


def test_the_error_says_what_to_do() -> None:
    """GIVEN a guard that does not work THEN an error of its own, with another browser as its hint."""
    error = failed(["route"])

    assert (error.code, error.hint) == (ErrorCode.GUARD_SELF_TEST, Hint.OTHER_BROWSER)


def test_only_layers_that_are_on_are_asked_for() -> None:
    """GIVEN a test of some layers THEN the rest is not missed."""
    assert missing({Layer.OFFLINE}, workers=False, stops=(), native=("Worker",), bare=True) == []
    assert missing({Layer.ROUTE}, stops=(Layer.ROUTE,), workers=False, bare=True) == []


def test_what_an_earlier_page_proved_proves_nothing_for_the_next() -> None:
    """GIVEN a test that went well WHEN a layer no longer works THEN the next test says so."""
    test = SelfTest()
    well: Any = Blank(test)
    broken: Any = Blank(test, stops=())

    in_own_loop(test.run(well, set(PROBED)))
    with pytest.raises(ToolError, match="route; browser_fetch"):
        in_own_loop(test.run(broken, set(PROBED)))


def test_a_probe_could_not_reach_anybody() -> None:
    """GIVEN a layer that lets its probe pass THEN there is no such host, and its port is closed."""
    first, second = SelfTest(), SelfTest()
    for layer in PROBED:
        parts = urlsplit(first.url(layer))
        assert (parts.port, str(parts.hostname).rpartition(".")[2]) == (1, "invalid")
        assert first.is_for(first.url(layer), layer)
        assert not second.is_for(first.url(layer), layer), "a page cannot know the address"
    assert not first.is_for(first.url(Layer.ROUTE), Layer.BROWSER_FETCH)


@pytest.mark.parametrize("own", [True, False])
def test_windows_are_asked_for_in_the_users_own_browser(*, own: bool) -> None:
    """GIVEN pages that open windows of their own THEN the script looks at that too."""
    test = SelfTest()
    page: Any = Blank(test)
    in_own_loop(test.run(page, {Layer.ROUTE}, own_windows=own))
    assert page.given == [[[test.url(Layer.ROUTE)], own]]


def test_self_test_finds_a_broken_layer(
    bench: Bench, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An init script with a syntax error, or a missing layer, ends the run; nothing is sent."""

    async def fails(guard: Guard, test: SelfTest | None, missing: str) -> None:
        browser = await launch(bench.playwright, windowless=True)
        context = await browser.new_context(**guard.context_options())
        await guard.install(context)
        page = await context.new_page()
        with pytest.raises(ToolError, match=missing) as caught:
            await (test.run(page, ALL_LAYERS) if test else guard.self_test(page))
        assert caught.value.code == "guard_self_test"
        await browser.close()

    only = SiteOrigins.only(site.url)
    site.clear()
    for layer in PROBED:
        guard = Guard(only, site_traffic(), layers=ALL_LAYERS - {layer})
        bench.run(fails(guard, guard._self_test, layer.value))  # noqa: SLF001  asks for a layer that is off
    monkeypatch.setattr(guard_module, "_stubs", lambda: "syntax error {")
    bench.run(fails(Guard(only, site_traffic()), None, "stubs"))
    assert site.log() == []
