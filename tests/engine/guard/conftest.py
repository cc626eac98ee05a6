from __future__ import annotations

from contextlib import AsyncExitStack
from typing import TYPE_CHECKING

import pytest

from tests.engine.guard.rig.campaign import Bench, quiet_browser

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.async_api import Browser

    from tests.engine.guard.rig.loopback import Site


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
