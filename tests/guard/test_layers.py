from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from automation.guard import ALL_LAYERS, Layer
from tests.guard.campaign import leaked
from tests.guard.vectors import BY_NAME

if TYPE_CHECKING:
    from tests.guard.campaign import Bench
    from tests.guard.loopback import Site

pytestmark = pytest.mark.xdist_group("guard_layers")  # its campaigns are run once
REDIRECTS = ("redirect_fetch_302", "redirect_fetch_307", "redirect_page", "redirect_popup")
FETCH_UNDER_ROUTE = frozenset({Layer.BROWSER_FETCH})
OTHER_WORKER_LAYERS = frozenset({Layer.BROWSER_FETCH, Layer.ROUTE, Layer.STUBS})

# layer, the layers that cover the same vectors, vectors that then hang on the layer alone
NEEDED = [
    (Layer.ROUTE, FETCH_UNDER_ROUTE, ("fetch_post", "form_to_page", "popup_form", "image")),
    (Layer.BROWSER_FETCH, frozenset[Layer](), (*REDIRECTS, "keepalive_on_close")),
    (Layer.SERVICE_WORKERS, OTHER_WORKER_LAYERS, ("service_worker",)),
    (Layer.WEB_SOCKETS, frozenset({Layer.STUBS}), ("web_socket",)),
    (Layer.STUBS, frozenset[Layer](), ("worker_web_socket",)),
    (Layer.OFFLINE, frozenset({Layer.BROWSER_FETCH, Layer.ROUTE}), ("keepalive_on_context_close",)),
]


@pytest.fixture(scope="module")
def runs(bench: Bench, site: Site) -> dict[frozenset[Layer], set[str]]:
    """What leaks under each set of layers in question; each runs all that it is asked for."""
    wanted: dict[frozenset[Layer], list[str]] = {}
    for layer, off_too, names in NEEDED:
        for layers in (ALL_LAYERS - off_too - {layer}, ALL_LAYERS - off_too):
            wanted.setdefault(layers, []).extend(names)
    return {
        layers: leaked(bench, site, layers, [BY_NAME[name] for name in sorted(set(names))])
        for layers, names in wanted.items()
    }


@pytest.mark.parametrize(
    ("layer", "off_too", "names"), NEEDED, ids=[layer.value for layer, _, _ in NEEDED]
)
def test_layer_is_needed(
    runs: dict[frozenset[Layer], set[str]],
    layer: Layer,
    off_too: frozenset[Layer],
    names: tuple[str, ...],
) -> None:
    """Without the layer its vectors leak; with it alone added back none of them does."""
    assert runs[ALL_LAYERS - off_too - {layer}] >= set(names)
    assert not runs[ALL_LAYERS - off_too] & set(names)


def test_every_layer_has_its_vector() -> None:
    """No layer is carried along without a vector that it alone stops."""
    assert {layer for layer, _, _ in NEEDED} == ALL_LAYERS
