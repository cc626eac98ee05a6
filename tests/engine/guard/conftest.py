from __future__ import annotations

from contextlib import AsyncExitStack
from typing import TYPE_CHECKING

import pytest

from tests.engine.guard.campaign import Bench, quiet_browser
from tests.engine.guard.loopback import Site, running_site

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.async_api import Browser


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    """A loopback site of this module's own, with an empty log."""
    with running_site() as running:
        yield running


@pytest.fixture(scope="module")
def gateway() -> Iterator[Site]:
    """An origin other than that of the site's pages."""
    with running_site() as running:
        yield running


@pytest.fixture(scope="module")
def sites(site: Site, gateway: Site) -> tuple[Site, Site]:
    """Pages and calls."""
    return site, gateway


@pytest.fixture(scope="module")
def quiet(bench: Bench) -> Iterator[Browser]:
    """A browser that does not preconnect, without a guard."""
    stack, opened = AsyncExitStack(), []

    async def start() -> None:
        opened.append(await stack.enter_async_context(quiet_browser(bench.playwright)))

    bench.run(start())
    yield opened[0]
    bench.run(stack.aclose())


@pytest.fixture(scope="module")
def bench() -> Iterator[Bench]:
    """One loop and one Playwright driver for the browser tests of this module."""
    made = Bench()
    yield made
    made.close()
