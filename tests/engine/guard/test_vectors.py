from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from automation.engine.guard import ALL_LAYERS
from tests.engine.guard.campaign import leaked
from tests.engine.guard.vectors import SPECULATION, VECTORS

if TYPE_CHECKING:
    from tests.engine.guard.campaign import Bench
    from tests.engine.guard.loopback import Site
    from tests.engine.guard.vectors import Vector

NAMES = {vector.name for vector in VECTORS}


def test_every_vector_leaks_without_guard(bench: Bench, site: Site) -> None:
    """Positive control: without the guard every vector reaches the server."""
    assert leaked(bench, site, None) == NAMES


def test_no_vector_gets_past_the_guard(bench: Bench, site: Site) -> None:
    """With the whole guard no vector reaches the server."""
    assert leaked(bench, site, ALL_LAYERS) == set()


@pytest.mark.parametrize("vector", SPECULATION, ids=[vector.name for vector in SPECULATION])
def test_no_page_is_fetched_ahead(bench: Bench, site: Site, vector: Vector) -> None:
    """GIVEN speculation rules THEN only without the guard does the browser fetch ahead."""
    assert leaked(bench, site, None, [vector]) == {vector.name}
    assert leaked(bench, site, ALL_LAYERS, [vector]) == set()
