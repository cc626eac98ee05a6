"""Cover what is private on a picture, and make it small.

Covered are all pictures, frames, fields and backgrounds, and every word that is not said to be
harmless. What is painted over is gone: the picture is only then written as a file.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PIL.Image import Image

    from automation.engine.pictures.shot import Box, PlacedText, Shot

    Cover = Callable[[PlacedText], Sequence[bool]]
else:
    Cover = object
"""Says for each word of a text whether it may be read."""

_COLOUR: Final = (0xC3, 0xC9, 0xD1)
_AROUND: Final = 2.0  # CSS pixels that a cover reaches beyond its word
_COLOURS: Final = 48
_MOST_BYTES: Final = 150_000
# Widths in pixels: of a picture, and of one that would be too large as a PNG.
_WIDEST: Final = 1280
_SMALL: Final = 800
# Share by which the scales across and down may differ; beyond it, no place is certain.
_TOLERANCE: Final = 0.03
_QUICK: Final = 1
"""How hard a PNG is compressed: harder takes twice the time for a fifth less."""


class _Canvas(Struct, frozen=True):
    """From places in the window to pixels of the image."""

    scale: float
    corner: tuple[float, float]

    def pixels(self, box: Box, around: float) -> tuple[float, float, float, float]:
        left, top, right, bottom = box
        x, y = self.corner
        return (
            (left - x - around) * self.scale,
            (top - y - around) * self.scale,
            (right - x + around) * self.scale,
            (bottom - y + around) * self.scale,
        )


def covered(shot: Shot, may_be_read: Cover) -> bytes:
    """A PNG or JPEG of at most 150 kB in which only harmless words can be read.

    Args:
        may_be_read: which of a text's words are harmless.

    Returns:
        Nothing if it is no picture, or if the places on it are not certain.
    """
    image = _opened(shot.image)
    if image is None:
        return b""
    across, down = (pixels / side for pixels, side in zip(image.size, shot.size, strict=True))
    if abs(across - down) > _TOLERANCE * across:
        return b""
    canvas = _Canvas(across, shot.corner)
    mask = _mask(shot, image.size, canvas, may_be_read)
    image.paste(_COLOUR, mask=mask)
    return _written(_reduced(image, round(shot.size[0])))


def _opened(image: bytes) -> Image | None:
    from PIL.PngImagePlugin import PngImageFile  # noqa: PLC0415  slow to load, only with a picture

    try:
        with PngImageFile(io.BytesIO(image)) as opened:
            return opened.convert("RGB")
    except SyntaxError:  # Pillow's word for what is no PNG
        return None


def load_painter() -> None:
    """Load what covers pictures; calling this early, in the background, saves the time later."""
    from PIL import PngImagePlugin  # noqa: F401, PLC0415  as it says


def _mask(shot: Shot, size: tuple[int, int], canvas: _Canvas, may_be_read: Cover) -> Image:
    """What to cover: backgrounds without the harmless words on them, then all that is not."""
    from PIL import Image  # noqa: PLC0415

    mask = Image.new("L", size, 0)

    def fill(boxes: Sequence[Box], value: int, around: float = _AROUND) -> None:
        for box in boxes:
            left, top, right, bottom = canvas.pixels(box, around)
            last = int(max(left, right)) + 1, int(max(top, bottom)) + 1
            mask.paste(value, (int(left), int(top), *last))

    fill(shot.backgrounds, 255)
    secret: list[Box] = []
    for words in shot.words:
        readable = [] if words.moved else list(may_be_read(words))
        readable += [False] * (len(words.boxes) - len(readable))
        for boxes, harmless in zip(words.boxes, readable, strict=True):
            if harmless:
                fill(boxes, 0, 0.0)
            else:
                secret += boxes
    fill([*secret, *shot.things], 255)
    return mask


def _reduced(image: Image, width: int) -> Image:
    """As wide as the window, however fine the screen is."""
    if image.width <= min(width, _WIDEST):
        return image
    width = min(width, _WIDEST)
    return image.resize((width, max(1, round(image.height * width / image.width))))


def _written(image: Image) -> bytes:
    """Few colours are enough for words; a page full of colours becomes a small JPEG."""
    from PIL.Image import Quantize  # noqa: PLC0415

    out = _File("picture.png")
    image.quantize(_COLOURS, method=Quantize.FASTOCTREE).save(out, compress_level=_QUICK)
    if out.tell() <= _MOST_BYTES:
        return out.getvalue()
    out = _File("picture.jpg")
    _reduced(image, _SMALL).save(out, quality=50)
    return out.getvalue()


class _File(io.BytesIO):
    """A file in memory; by its name Pillow loads one format and no other."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name
