"""Take a picture of what a tab shows, with the place of every word on it.

No script of the page can notice: the places are read in a world of its own, nothing is inserted,
resized, scrolled or focused, and the picture is of the window as it is.
"""

from __future__ import annotations

import asyncio
import base64
import dataclasses
import json
from dataclasses import dataclass, field
from importlib import resources
from typing import TYPE_CHECKING, Final, TypedDict

from msgspec import Struct
from msgspec.structs import replace
from playwright.async_api import Error

if TYPE_CHECKING:
    from playwright.async_api import CDPSession, Page

_SECONDS: Final = 3.0
# Pictures of a page that moves meanwhile, before it is given up.
_TRIES: Final = 3
_WORLD: Final = "dispute-guard pictures"
_STILL: Final = 1.0  # CSS pixels that a word may move and stay where it was
_SCRIPT: Final = (
    resources.files("automation.engine.pictures").joinpath("painted.js").read_text("utf-8")
)


class PaintedText(TypedDict):
    """One text of ``Painted``."""

    text: str
    near: list[str]
    boxes: list[list[list[float]]]


class Painted(TypedDict):
    """What ``painted.js`` returns."""

    address: str
    lang: str
    html: str
    width: float
    height: float
    left: float
    top: float
    words: list[PaintedText]
    things: list[list[float]]
    backgrounds: list[list[float]]


Box = tuple[float, float, float, float]
"""Left, top, right and bottom in the window, in CSS pixels."""


class PlacedText(Struct, frozen=True):
    """One text of the page.

    Args:
        text: with single spaces.
        near: short texts around it, if it is a piece of a word.
        boxes: for each of its words, the parts of it that can be seen.
        moved: it changed or moved while the picture was taken.
    """

    text: str
    near: tuple[str, ...]
    boxes: tuple[tuple[Box, ...], ...]
    moved: bool = False


@dataclass(frozen=True)
class Shot:
    """A picture as the browser took it, to be covered before anyone sees it.

    Args:
        image: a PNG.
        lang: the document's language.
        html: the elements around the words that can be seen.
        size: width and height of what the image shows, in CSS pixels.
        corner: where that begins in the window.
        things: boxes of pictures, frames and fields.
        backgrounds: boxes behind words that have words or pictures of their own.
    """

    image: bytes = field(repr=False)
    address: str
    lang: str
    html: str = field(repr=False)
    size: tuple[float, float]
    corner: tuple[float, float]
    words: tuple[PlacedText, ...] = field(repr=False)
    things: tuple[Box, ...] = field(repr=False)
    backgrounds: tuple[Box, ...] = field(repr=False)


@dataclass
class Camera:
    """Takes pictures of tabs, until one of them does not draw in time: then no more are taken.

    Args:
        seconds: most time for one picture.
    """

    seconds: float = _SECONDS
    works: bool = True
    _views: dict[Page, tuple[CDPSession, str]] = field(default_factory=dict, repr=False)

    async def take(
        self, page: Page, *, covers: str = "", known: Shot | None = None, hurried: bool = False
    ) -> Shot | None:
        """Take a picture of what a tab shows.

        Args:
            covers: selector of dialogs, which hide what is under them.
            known: an earlier picture, which is returned if the tab shows the same.
            hurried: a human acts in the page, so one that does not draw now may draw later.

        Returns:
            ``None`` if the tab draws nothing in time, goes on moving, or is gone.
        """
        if not self.works or page.is_closed():
            return None
        try:
            async with asyncio.timeout(self.seconds):
                return await self._taken(page, covers, known)
        except TimeoutError:
            self.works = hurried
        except (Error, LookupError, TypeError, ValueError):
            pass  # the page went on, is gone, or answered something else
        return None

    async def _taken(self, page: Page, covers: str, known: Shot | None) -> Shot | None:
        session, frame = await self._view(page)
        world = await session.send(
            "Page.createIsolatedWorld", {"frameId": frame, "worldName": _WORLD}
        )
        for _ in range(_TRIES):
            before = await _look(session, world["executionContextId"], covers, html=True)
            if (
                known is not None
                and dataclasses.replace(_parts(known.image, before), html=known.html) == known
            ):
                return known
            image = await session.send(
                "Page.captureScreenshot", {"format": "png", "optimizeForSpeed": True}
            )
            after = await _look(session, world["executionContextId"], covers, html=False)
            if (shot := _shot(base64.b64decode(image["data"]), before, after)) is not None:
                return shot
        return None

    async def _view(self, page: Page) -> tuple[CDPSession, str]:
        """The session and the main frame of a tab; both outlive its documents."""
        if page not in self._views:
            session = await page.context.new_cdp_session(page)
            tree = await session.send("Page.getFrameTree")
            self._views[page] = session, tree["frameTree"]["frame"]["id"]
        return self._views[page]


async def _look(session: CDPSession, context: int, covers: str, *, html: bool) -> Painted:
    script = f"({_SCRIPT})({json.dumps({'covers': covers, 'html': html})})"
    told = await session.send(
        "Runtime.evaluate", {"expression": script, "contextId": context, "returnByValue": True}
    )
    if "exceptionDetails" in told:
        raise Error("the page could not be read")
    found: Painted = told["result"]["value"]
    return found


def _shot(image: bytes, before: Painted, after: Painted) -> Shot | None:
    """The picture, if the page was the same before and after it; what moved is marked."""
    first, second = _parts(image, before), _parts(image, after)
    same = ("address", "size", "corner")
    counts = ("words", "things", "backgrounds")
    if any(getattr(first, name) != getattr(second, name) for name in same):
        return None
    if any(len(getattr(first, name)) != len(getattr(second, name)) for name in counts):
        return None
    pairs = zip(first.words, second.words, strict=True)
    return dataclasses.replace(
        first,
        words=tuple(_joined(one, two) for one, two in pairs),
        things=tuple(map(_hull, first.things, second.things)),
        backgrounds=tuple(map(_hull, first.backgrounds, second.backgrounds)),
    )


def _parts(image: bytes, told: Painted) -> Shot:
    return Shot(
        image=image,
        address=told["address"],
        lang=told["lang"],
        html=told["html"],
        size=(told["width"], told["height"]),
        corner=(told["left"], told["top"]),
        words=tuple(
            PlacedText(
                each["text"],
                tuple(each["near"]),
                tuple(tuple(map(_box, boxes)) for boxes in each["boxes"]),
            )
            for each in told["words"]
        ),
        things=tuple(map(_box, told["things"])),
        backgrounds=tuple(map(_box, told["backgrounds"])),
    )


def _joined(one: PlacedText, two: PlacedText) -> PlacedText:
    """A text that stayed as it was, or one box around all places that it was at."""
    places = [[box for boxes in each.boxes for box in boxes] for each in (one, two)]
    still = one.text == two.text and len(places[0]) == len(places[1])
    if still and all(map(_is_still, *places)):
        return one
    around = places[0][0] if places[0] else places[1][0]
    for box in (*places[0], *places[1]):
        around = _hull(around, box)
    return replace(one, boxes=((around,),), moved=True)


def _is_still(one: Box, two: Box) -> bool:
    return all(abs(a - b) <= _STILL for a, b in zip(one, two, strict=True))


def _hull(one: Box, two: Box) -> Box:
    """The box around two."""
    return (min(one[0], two[0]), min(one[1], two[1]), max(one[2], two[2]), max(one[3], two[3]))


def _box(sides: list[float]) -> Box:
    left, top, right, bottom = sides
    return (left, top, right, bottom)
