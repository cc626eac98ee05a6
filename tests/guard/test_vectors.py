from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from automation.guard import ALL_LAYERS
from tests.guard.campaign import leaked
from tests.guard.vectors import VECTORS

if TYPE_CHECKING:
    from tests.guard.campaign import Bench
    from tests.guard.loopback import Site

pytestmark = pytest.mark.xdist_group("guard_vectors")  # its campaigns are run once
NAMES = [vector.name for vector in VECTORS]


@pytest.fixture(scope="module")
def unguarded(bench: Bench, site: Site) -> set[str]:
    """What reaches the site without a guard."""
    return leaked(bench, site, None)


@pytest.fixture(scope="module")
def guarded(bench: Bench, site: Site) -> set[str]:
    """What reaches the site with the whole guard."""
    return leaked(bench, site, ALL_LAYERS)


@pytest.mark.parametrize("name", NAMES)
def test_leaks_without_guard(unguarded: set[str], name: str) -> None:
    """Positive control: without the guard this vector does reach the server."""
    assert name in unguarded


@pytest.mark.parametrize("name", NAMES)
def test_stopped_by_guard(guarded: set[str], name: str) -> None:
    """With the whole guard the server never hears of this vector."""
    assert name not in guarded
