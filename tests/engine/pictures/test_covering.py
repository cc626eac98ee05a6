"""Covering: what is not said to be harmless is painted over, on any screen, in a small file."""

from __future__ import annotations

import io
import random
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

import pytest
from PIL import Image

from automation.engine.pictures import PlacedText, Shot, covered
from automation.engine.pictures.shot import _shot

if TYPE_CHECKING:
    from automation.engine.pictures.shot import Box, Painted

WHOLE: Box = (10.0, 10.0, 60.0, 30.0)


def png(width: int, height: int) -> bytes:
    """A picture on which every pixel is another one: nothing in it may be lost by chance."""
    dots = random.Random(7).randbytes(3 * width * height)  # noqa: S311  no secret
    out = io.BytesIO()
    Image.frombytes("RGB", (width, height), dots).save(out, "PNG")
    return out.getvalue()


def shot(**changes: Any) -> Shot:  # noqa: ANN401  a shot's own fields
    """A picture of 200 by 100, with the parts that a test names."""
    known = {"image": png(200, 100), "address": "", "size": (200, 100), "lang": "", "html": ""}
    parts = {"corner": (0.0, 0.0), "words": (), "things": (), "backgrounds": ()}
    return Shot(**(known | parts | changes))


def is_covered(image: bytes, box: Box) -> bool:
    """True if a part of a picture is one even grey."""
    shown = Image.open(io.BytesIO(image)).convert("RGB")
    left, top, right, bottom = map(round, box)
    part = shown.crop((left, top, right, bottom))
    return part.getextrema() == tuple((side, side) for side in part.getpixel((0, 0)))  # type: ignore[union-attr]


def words(text: str, *boxes: Box, moved: bool = False) -> PlacedText:
    """A text with one box for each word."""
    return PlacedText(text, (), tuple((box,) for box in boxes), moved)


def all_of_it(told: PlacedText) -> list[bool]:
    """A reader that covers nothing."""
    return [True] * len(told.boxes)


def test_only_harmless_words_stay() -> None:
    """GIVEN two words of which one is secret THEN that one alone is covered."""
    second: Box = (80.0, 10.0, 130.0, 30.0)
    image = covered(shot(words=(words("Total Dana", WHOLE, second),)), lambda _: [True, False])
    assert not is_covered(image, WHOLE)
    assert is_covered(image, second)


@pytest.mark.parametrize("answers", [[], [True]], ids=["none", "too few"])
def test_a_word_without_an_answer_is_covered(answers: list[bool]) -> None:
    """GIVEN a reader that cannot judge every word THEN the rest is covered."""
    second: Box = (80.0, 10.0, 130.0, 30.0)
    image = covered(shot(words=(words("Total Dana", WHOLE, second),)), lambda _: answers)
    assert is_covered(image, second)
    assert is_covered(image, WHOLE) is not bool(answers)


def test_pictures_and_what_moved_are_covered_whatever_the_reader_says() -> None:
    """GIVEN a frame, and words that moved THEN both are covered."""
    moved = words("Total", WHOLE, moved=True)
    assert is_covered(covered(shot(words=(moved,)), all_of_it), WHOLE)
    assert is_covered(covered(shot(things=(WHOLE,)), all_of_it), WHOLE)


def test_a_background_is_covered_around_the_words_on_it() -> None:
    """GIVEN a background with a picture THEN only harmless words on it stay."""
    taken = shot(backgrounds=((0.0, 0.0, 200.0, 60.0),), words=(words("Total", WHOLE),))
    image = covered(taken, all_of_it)
    assert is_covered(image, (100.0, 5.0, 190.0, 55.0))
    assert not is_covered(image, WHOLE)


def test_a_fine_screen_and_a_zoomed_page_are_measured() -> None:
    """GIVEN twice as many pixels, and a corner that is not the window's THEN the same place."""
    fine = shot(image=png(400, 200), words=(words("Dana", WHOLE),))
    assert is_covered(covered(fine, lambda _: [False]), WHOLE)
    moved = replace(fine, image=png(200, 100), corner=(5.0, 4.0))
    assert is_covered(covered(moved, lambda _: [False]), (5.0, 6.0, 55.0, 26.0))


def test_a_picture_of_another_shape_is_none() -> None:
    """GIVEN a picture whose places are not certain THEN no picture."""
    assert covered(shot(image=png(200, 150)), all_of_it) == b""


def test_a_picture_is_small() -> None:
    """GIVEN a page full of colours THEN at most 150 kB all the same."""
    taken = shot(image=png(2000, 1500), size=(2000, 1500))
    image = covered(taken, all_of_it)
    assert len(taken.image) > 5_000_000
    assert 0 < len(image) <= 150_000


def told(**changes: Any) -> Painted:  # noqa: ANN401  what the script returns
    """What the script returns for a page with one word."""
    page = {"address": "a", "width": 200, "height": 100, "left": 0, "top": 0, "lang": "en"}
    parts = {"html": "", "things": [], "backgrounds": []}
    return cast("Painted", {**page, **parts, "words": [word("Dana", 10)], **changes})


def word(text: str, left: float) -> dict[str, Any]:
    """One word of it."""
    return {"text": text, "near": [], "boxes": [[[left, 10, left + 20, 30]]]}


@pytest.mark.parametrize(
    "after",
    [
        {"address": "b"},
        {"width": 210},
        {"top": 5},
        {"words": []},
        {"things": [[0, 0, 1, 1]]},
        {"backgrounds": [[0, 0, 1, 1]]},
    ],
    ids=["page", "size", "scrolled", "words", "pictures", "backgrounds"],
)
def test_a_page_that_changed_meanwhile_gives_no_picture(after: dict[str, Any]) -> None:
    """GIVEN another page, size or number of parts before and after THEN no picture."""
    assert _shot(b"", told(), told(**after)) is None
    assert _shot(b"", told(), told()) is not None


@pytest.mark.parametrize("after", [word("Dana", 50), word("Dora", 10)], ids=["place", "text"])
def test_what_changed_its_place_or_text_is_marked(after: dict[str, Any]) -> None:
    """GIVEN a word elsewhere, or another word THEN one box around all of it, and it moved."""
    shot = _shot(b"", told(), told(words=[after]))
    assert shot is not None
    [found] = shot.words
    assert found.moved
    assert found.boxes == (((10, 10, max(30, after["boxes"][0][0][2]), 30),),)


def test_what_is_no_picture_is_not_shown() -> None:
    """GIVEN bytes that are no PNG, or a PNG that was cut off, THEN there is no picture."""
    assert covered(shot(image=b"GIF89a, or anything else"), all_of_it) == b""
    with pytest.raises((OSError, ValueError)):  # which the album takes for no picture
        covered(shot(image=png(200, 100)[:2000]), all_of_it)
