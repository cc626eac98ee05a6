"""Cover what is private on a picture, and make it small.

Covered are all pictures, frames, fields and backgrounds, and every word that is not said to be
harmless. What is painted over is gone: the picture is only then written as a file.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

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


@dataclass(frozen=True)
class _Canvas:
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
        Nothing if the places on the picture are not certain.
    """
    from PIL import Image  # noqa: PLC0415  slow to load, and only needed with a picture

    with Image.open(io.BytesIO(shot.image)) as opened:
        image = opened.convert("RGB")
    across, down = (pixels / side for pixels, side in zip(image.size, shot.size, strict=True))
    if abs(across - down) > _TOLERANCE * across:
        return b""
    canvas = _Canvas(across, shot.corner)
    mask = _mask(shot, image.size, canvas, may_be_read)
    image.paste(_COLOUR, mask=mask)
    return _written(_reduced(image, round(shot.size[0])))


def load_painter() -> None:
    """Load what covers pictures; calling this early, in the background, saves the time later."""
    from PIL import Image, ImageDraw  # noqa: PLC0415  as it says

    Image.preinit()
    ImageDraw.Draw(Image.new("L", (1, 1)))


def _mask(shot: Shot, size: tuple[int, int], canvas: _Canvas, may_be_read: Cover) -> Image:
    """What to cover: backgrounds without the harmless words on them, then all that is not."""
    from PIL import Image, ImageDraw  # noqa: PLC0415

    mask = Image.new("L", size, 0)
    draw = ImageDraw.Draw(mask)

    def fill(boxes: Sequence[Box], value: int, around: float = _AROUND) -> None:
        for box in boxes:
            left, top, right, bottom = canvas.pixels(box, around)
            draw.rectangle((left, top, max(left, right), max(top, bottom)), fill=value)

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

    out = io.BytesIO()
    image.quantize(_COLOURS, method=Quantize.FASTOCTREE).save(out, "PNG")
    if out.tell() <= _MOST_BYTES:
        return out.getvalue()
    out = io.BytesIO()
    _reduced(image, _SMALL).save(out, "JPEG", quality=50)
    return out.getvalue()
