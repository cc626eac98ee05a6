from __future__ import annotations

from typing import TYPE_CHECKING

from automation.guard import ALL_LAYERS
from tests.guard.campaign import leaked
from tests.guard.vectors import VECTORS

if TYPE_CHECKING:
    from tests.guard.campaign import Bench
    from tests.guard.loopback import Site

NAMES = {vector.name for vector in VECTORS}


def test_every_vector_leaks_without_guard(bench: Bench, site: Site) -> None:
    """Positive control: without the guard every vector reaches the server."""
    assert leaked(bench, site, None) == NAMES


def test_no_vector_gets_past_the_guard(bench: Bench, site: Site) -> None:
    """With the whole guard no vector reaches the server."""
    assert leaked(bench, site, ALL_LAYERS) == set()
