"""The pictures of a run: in their order, each once, and none if anything is wrong with it."""

from __future__ import annotations

import asyncio
import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

from PIL import Image

from automation.aliexpress.site import SiteMap
from automation.aliexpress.walk.album import AFTERWARDS, DIALOG, DISPUTE, MY_ORDERS, STOPPED, Album
from automation.engine.pictures import Camera, PlacedText, Shot
from tests.own_loop import in_own_loop

if TYPE_CHECKING:
    from playwright.async_api import Page

SITE = SiteMap.load()
ORDER = "8201234567891234"


def png() -> bytes:
    """A white picture."""
    out = io.BytesIO()
    Image.new("RGB", (100, 50), "white").save(out, "PNG")
    return out.getvalue()


def shot(text: str, **changes: Any) -> Shot:  # noqa: ANN401  a shot's own fields
    """A picture of a page with one text."""
    words = PlacedText(text, (), (((5.0, 5.0, 40.0, 20.0),),))
    known = {"image": png(), "address": "https://x.example/p", "size": (100, 50), "lang": "en"}
    parts = {"corner": (0, 0), "words": (words,), "things": (), "backgrounds": ()}
    return Shot(**(known | {"html": f"<p>{text}</p>"} | parts | changes))


@dataclass
class Prepared(Camera):
    """A camera that returns what a test has prepared."""

    shots: list[Shot | None] = field(default_factory=list)
    known: list[Shot | None] = field(default_factory=list)

    async def take(
        self,
        page: Page,  # noqa: ARG002
        *,
        covers: str = "",  # noqa: ARG002
        known: Shot | None = None,
        hurried: bool = False,  # noqa: ARG002
    ) -> Shot | None:
        """The next one."""
        self.known.append(known)
        return self.shots.pop(0)


def taken(*pictures: tuple[str, Shot | None], on: bool = True) -> list[tuple[str, bytes]]:
    """What an album has after these pictures were taken."""
    camera = Prepared(shots=[each for _, each in pictures])
    album = Album(SITE, ORDER, on=on, _camera=camera)

    async def work() -> None:
        for caption, _ in pictures:
            await album.take(cast("Page", None), caption)
            album.develop()
            await asyncio.sleep(0)

    in_own_loop(work())
    return list(album.pictures())


def captions(*pictures: tuple[str, Shot | None]) -> list[str]:
    """The captions of these pictures."""
    return [caption for caption, _ in taken(*pictures)]


def test_pictures_keep_their_order_and_the_last_of_a_caption_counts() -> None:
    """GIVEN two looks at the dispute afterwards THEN the second one, at its own place."""
    first, second = shot("One"), shot("Two", image=png() + b" ")
    found = captions(
        (MY_ORDERS, shot("A")), (AFTERWARDS, first), (DISPUTE, shot("B")), (AFTERWARDS, second)
    )
    assert found == [MY_ORDERS, DISPUTE, AFTERWARDS]


def test_the_same_sight_is_kept_once() -> None:
    """GIVEN a stop on the page that was pictured last THEN its caption says so, without another."""
    assert captions((DISPUTE, shot("A")), (STOPPED, shot("A"))) == [
        f"{DISPUTE}; here the run stopped"
    ]
    assert captions((DISPUTE, shot("A")), (STOPPED, shot("B"))) == [DISPUTE, STOPPED]


def test_the_camera_knows_the_picture_before() -> None:
    """GIVEN pictures in a row THEN each is compared with the last one that was kept."""
    first, second = shot("A"), shot("B")
    camera = Prepared(shots=[first, None, second, second])
    album = Album(SITE, ORDER, _camera=camera)

    async def work() -> None:
        for caption in (MY_ORDERS, DISPUTE, DISPUTE, STOPPED):
            await album.take(cast("Page", None), caption)

    in_own_loop(work())
    assert camera.known == [None, first, first, second]


def test_a_picture_that_fails_is_left_out() -> None:
    """GIVEN none in time, bytes that are no picture, and one of another shape THEN the others."""
    found = captions(
        (MY_ORDERS, None),
        (DISPUTE, shot("A", image=b"no picture")),
        (STOPPED, shot("B", size=(10, 90))),
        (AFTERWARDS, shot("C")),
    )
    assert found == [AFTERWARDS]


def test_a_picture_that_came_too_late_is_not_kept() -> None:
    """GIVEN a human who confirms while the picture is taken THEN the one before it stays."""
    camera = Prepared(shots=[shot("asks"), shot("is over")])
    album = Album(SITE, ORDER, _camera=camera)
    moments = iter([True, False])

    async def work() -> None:
        for _ in range(2):
            await album.take(cast("Page", None), DIALOG, still=lambda: next(moments))

    in_own_loop(work())

    assert camera.shots == []
    [(caption, before)] = album.pictures()
    assert caption == DIALOG
    [(_, alone)] = taken((DIALOG, shot("asks")))
    assert before == alone


def test_an_album_that_is_off_takes_nothing() -> None:
    """GIVEN nobody who wants pictures THEN the camera is not asked."""
    assert taken((MY_ORDERS, shot("A")), on=False) == []


def test_what_a_later_page_names_as_private_is_covered_on_an_earlier_one() -> None:
    """GIVEN a button with a name on it THEN it is covered once another page says whose name it is.

    Control: without that page the button can be read; a capital would tell a name by itself.
    """
    button = shot("dana", html="<button class='comet-btn'>dana</button>")
    named = shot("x", html="<div class='order-detail-info-item'>Dana Quillfeather</div>")

    def is_covered(*pictures: tuple[str, Shot | None]) -> bool:
        album = Album(SITE, ORDER, _camera=Prepared(shots=[each for _, each in pictures]))

        async def work() -> None:
            for caption, _ in pictures:
                await album.take(cast("Page", None), caption)

        in_own_loop(work())
        _, image = next(iter(album.pictures()))
        return Image.open(io.BytesIO(image)).convert("RGB").getpixel((20, 10)) != (
            254,
            254,
            254,
        ) and (len(Image.open(io.BytesIO(image)).convert("RGB").getcolors() or ()) > 1)

    assert is_covered((MY_ORDERS, button), (DISPUTE, named))
    assert not is_covered((MY_ORDERS, button))
