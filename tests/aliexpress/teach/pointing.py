"""A human who points at elements of a page, in place of the browser."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

from automation.aliexpress.pages.landmarks import Seen
from automation.aliexpress.pages.snapshot import Snapshot
from automation.aliexpress.site import SiteMap
from automation.aliexpress.teach.lessons import Lessons
from automation.aliexpress.teach.pointer import Pointer
from automation.engine.session.picker import Element

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from automation.aliexpress.pages.landmarks import Landmark

ORDER = "8194370215560042"
SITE = SiteMap.load()


def element(
    tag: str = "div", text: str = "", *numbers: str, **attributes: str
) -> tuple[Element, str]:
    """An element and its text; ``data_pl`` stands for ``data-pl``."""
    named = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
    return Element(tag, named, numbers, f"{tag}{named}"), text


@dataclass
class Person:
    """Says what they are told to say, and takes down what they hear."""

    says: dict[str, Any] = field(default_factory=dict)
    heard: list[str] = field(default_factory=list)
    asked: list[object] = field(default_factory=list)

    def tell(self, line: str) -> None:
        """Hear it."""
        self.heard.append(line)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  any question of a human
        async def ask(*about: object) -> object:
            self.asked.append((name, *about))
            return self.says.get(name)

        return ask


@dataclass
class Pointing(Pointer):
    """Points at elements one after the other; what they say is known."""

    clicks: list[tuple[tuple[Element, str], ...]] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)
    asks: list[str] = field(default_factory=list)

    async def at(self, landmark: Landmark) -> tuple[Element, ...]:
        """The next click."""
        self.asks.append(landmark.name)
        return self.points_at(*self.clicks.pop(0)) if self.clicks else ()

    def points_at(self, *around: tuple[Element, str]) -> tuple[Element, ...]:
        """These elements, innermost first."""
        self.texts |= {each.place: text for each, text in around}
        return tuple(each for each, _ in around)

    async def _text(self, element: Element) -> str:
        return self.texts[element.place]

    @contextlib.asynccontextmanager
    async def asking(self) -> AsyncIterator[None]:
        """No window says so."""
        self.asks.append("at the terminal")
        yield


class Places:
    """A page whose elements are all where they were pointed at, but for those that moved."""

    url = "http://127.0.0.1:1/p/reverse-pages/detail.html"

    def __init__(self) -> None:
        self.there: dict[str, Element] = {}
        self.moved: set[str] = set()

    def locator(self, css: str) -> Any:  # noqa: ANN401  a stand-in
        """The element at a place."""
        place = css.removeprefix("css=")

        async def count() -> int:
            return 0 if place in self.moved else 1

        async def evaluate(_script: str) -> list[str]:
            found = self.there[place]
            return [found.tag, found.attributes.get("class", ""), found.attributes.get("id", "")]

        return SimpleNamespace(count=count, evaluate=evaluate)


def pointer(html: str = "", *, lang: str = "en", address: str = "", **says: object) -> Pointing:
    """Points at a page with this body."""
    page = Places()
    snapshot = Snapshot(address, html, lang)
    visit: Any = SimpleNamespace(order_id=ORDER, lang=lang)
    visit.walk = SimpleNamespace(site=SITE, page=page, url=page.url)

    def learn(site: SiteMap) -> None:
        visit.walk.site = site

    async def seen() -> Seen:
        return Seen(snapshot, visit.walk.site, ORDER)

    visit.learn, visit.seen = learn, seen
    return Pointing(visit, cast("Any", Person(dict(says))), Lessons())


def person(pointing: Pointing) -> Person:
    """The human of it."""
    return cast("Person", pointing.human)
