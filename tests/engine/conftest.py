from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.engine.guard.rig.loopback import Site, running_site

if TYPE_CHECKING:
    from collections.abc import Iterator


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
