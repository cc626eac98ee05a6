from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from automation.engine.session.attach.endpoint import find_endpoint
from tests.engine.session.proxy import Grid, running
from tests.engine.session.remote import playwright_server
from tests.own_loop import in_own_loop

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """A Playwright server that starts a browser for each connection."""
    with playwright_server() as endpoint:
        yield endpoint


@pytest.fixture(scope="module")
def node(theirs: str) -> str:
    """The DevTools address of a browser, as a Grid's node has it."""
    return in_own_loop(find_endpoint(theirs, 20)).address


@pytest.fixture
def its_grid(node: str) -> Iterator[Grid]:
    """A Grid with one session, in that browser."""
    with running(Grid(node)) as made:
        yield made
