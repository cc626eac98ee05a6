"""How long a visit waits for a page that its readers do not know."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from automation.aliexpress.site import Addresses, SiteMap
from automation.aliexpress.teach.visit import Visit
from automation.aliexpress.walk.wait.arrival import End
from tests.own_loop import in_own_loop

ORDER = "8194370215560042"


class Pages:
    """A walk whose waits end one after the other as they are told to."""

    def __init__(self, *ends: End) -> None:
        self.ends, self.did = list(ends), list[str]()
        self.site, self.timeout = SiteMap.load(), 30.0
        self.addresses = Addresses("http://127.0.0.1:1")
        self.page = SimpleNamespace(url="http://127.0.0.1:1/p/order/index.html")
        self.session = SimpleNamespace(guard=SimpleNamespace(is_about=lambda _ids: None))
        self.watch = SimpleNamespace(load=self._load, check=lambda _page: None)

    async def _load(self, *_: object) -> None:
        self.did.append("load")

    async def arrives(self, _css: str, _deadline: object, *, lists: bool) -> End:
        """End as told."""
        assert lists
        return self.ends.pop(0)


@pytest.mark.parametrize(
    ("ends", "did"),
    [
        ((End.SETTLED,), ["load"]),
        ((End.STARVED,), ["load"]),
        ((End.THERE,), ["load", "quiet"]),
        ((End.LITTLE, End.SETTLED), ["load", "load"]),
        ((End.REFUSED, End.THERE), ["load", "load", "quiet"]),
        ((End.LITTLE, End.THERE), ["load", "load", "quiet"]),
        ((End.LOADING, End.LOADING), ["load", "load", "quiet"]),
    ],
)
def test_a_page_that_has_settled_is_not_waited_for_again(
    monkeypatch: pytest.MonkeyPatch, ends: tuple[End, ...], did: list[str]
) -> None:
    """GIVEN how the waits for a landmark end THEN only a page that may still change has to be quiet."""
    pages: Any = Pages(*ends)

    async def quiet(_self: Visit) -> None:
        pages.did.append("quiet")

    monkeypatch.setattr(Visit, "quiet", quiet)
    in_own_loop(Visit(pages, ORDER).my_orders())

    assert pages.did == did
    assert pages.ends == []
