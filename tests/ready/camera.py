"""A camera whose pictures are blank, for runs whose pictures no test looks at.

Real pictures are a quarter of what a dry run costs. A run takes them if its environment has
``VARIABLE``, which the mark ``pictures`` of a test sets.
"""

from __future__ import annotations

import io
import os
from functools import cache
from itertools import count
from typing import TYPE_CHECKING, Final

from PIL import Image

from automation.engine.pictures import Camera, Shot

if TYPE_CHECKING:
    from playwright.async_api import Page

VARIABLE: Final = "GUARDED_TEST_PICTURES"
_SIDE: Final = 8
_TAKEN = count(1)


async def take(
    _: Camera, page: Page, *, covers: str = "", known: Shot | None = None, hurried: bool = False
) -> Shot | None:
    """Take a blank picture, another sight than all before: for the place of ``Camera.take``."""
    del covers, known, hurried
    number = float(next(_TAKEN))
    things = ((0.0, 0.0, number, number),)
    size = (float(_SIDE), float(_SIDE))
    return Shot(_blank(), page.url, "en", "", size, (0.0, 0.0), (), things, ())


@cache
def _blank() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (_SIDE, _SIDE), "white").save(out, "PNG")
    return out.getvalue()


def take_blank_pictures() -> None:
    """Let every camera of this process take blank pictures, unless its environment says otherwise."""
    if VARIABLE not in os.environ:
        Camera.take = take  # type: ignore[assignment,method-assign]  # of this process alone
