from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from automation.engine.guard import ALL_LAYERS, Layer
from tests.engine.guard.rig.campaign import leaked
from tests.engine.guard.rig.vectors import BY_NAME, VECTORS

if TYPE_CHECKING:
    from tests.engine.guard.rig.campaign import Bench
    from tests.engine.guard.rig.loopback import Site

REDIRECTS = ("redirect_fetch_302", "redirect_fetch_307", "redirect_page", "redirect_popup")
FETCH_UNDER_ROUTE = frozenset({Layer.BROWSER_FETCH})
OTHER_WORKER_LAYERS = frozenset({Layer.BROWSER_FETCH, Layer.ROUTE, Layer.STUBS})

# layer, the layers that cover the same vectors, vectors that then depend on it alone
NEEDED = [
    (Layer.ROUTE, FETCH_UNDER_ROUTE, ("fetch_post", "form_to_page", "popup_form", "image")),
    (Layer.BROWSER_FETCH, frozenset[Layer](), REDIRECTS),
    (Layer.SERVICE_WORKERS, OTHER_WORKER_LAYERS, ("service_worker",)),
    (Layer.WEB_SOCKETS, frozenset({Layer.STUBS}), ("web_socket",)),
    (Layer.STUBS, frozenset[Layer](), ("worker_web_socket",)),
    (
        Layer.OFFLINE,
        frozenset({Layer.BROWSER_FETCH, Layer.ROUTE, Layer.STUBS}),
        ("keepalive_on_context_close",),
    ),
]


@pytest.mark.parametrize(
    ("layer", "off_too", "names"), NEEDED, ids=[layer.value for layer, _, _ in NEEDED]
)
@pytest.mark.further
def test_layer_is_needed(
    bench: Bench,
    site: Site,
    layer: Layer,
    off_too: frozenset[Layer],
    names: tuple[str, ...],
) -> None:
    """Without the layer its vectors leak; with it alone added back none of them does.

    Only a browser with windows sends what a context's end leaves to it.
    """
    vectors = [BY_NAME[name] for name in names]
    windowless = layer is not Layer.OFFLINE

    without = leaked(
        bench, site, ALL_LAYERS - off_too - {layer}, vectors, windowless=windowless, control=True
    )
    assert without == set(names)
    assert leaked(bench, site, ALL_LAYERS - off_too, vectors, windowless=windowless) == set()


def test_every_layer_has_its_vector() -> None:
    """Every layer has a vector that it alone stops, and every end of a context is one of them."""
    assert {layer for layer, _, _ in NEEDED} == ALL_LAYERS
    endings = {vector.name for vector in VECTORS if vector.leave == "close_context"}
    assert endings <= {name for _, _, names in NEEDED for name in names}
