"""The pictures of the docs: all there, all used, of today's texts, and readable in both looks."""

from __future__ import annotations

import re
from typing import Final

import pytest

from tests.conftest import QUESTION
from tests.docs.pages import PAGES, pages
from tests.pictures.__main__ import NARROW, PAGE, PICTURES, page, picture
from tests.pictures.drawing import DARK, LIGHT, contrast, drawn
from tests.pictures.recording import COLUMNS
from tests.pictures.screens import SCREENS, Screen

PURE: Final = [each for each in SCREENS if not each.scenario]
# What WCAG 2 asks of large text; the ends of a terminal's own palette allow no more.
LEAST: Final = 3.0


@pytest.mark.parametrize("columns", [COLUMNS, NARROW])
@pytest.mark.parametrize("screen", PURE, ids=lambda screen: screen.name)
def test_a_screen_without_a_site_is_what_the_command_prints(screen: Screen, columns: int) -> None:
    """GIVEN a command that needs no site THEN its picture is the same; else run ``make pictures``."""
    kept = (PICTURES / f"{screen.name}-{columns}.svg").read_text("utf-8")

    assert kept == picture(screen, columns)


def test_the_page_of_screens_shows_each() -> None:
    """The page is the one that ``make pictures`` writes, and no picture is left over."""
    assert PAGE.read_text("utf-8") == page()
    told = "\n".join(each.text for each in pages(*PAGES))
    images = re.findall(r"!\[([^\]]*)\]\((?:docs/)?pictures/([\w.-]+)\)", told)
    assert {name for _, name in images} == {file.name for file in PICTURES.iterdir()}
    assert all(text for text, _ in images)


def test_pictures_load_nothing_and_name_no_folder_of_a_machine() -> None:
    """An SVG has no address to load from or of the mimic, and shows the question that the tests answer."""
    for file in PICTURES.glob("*.svg"):
        svg = file.read_text("utf-8")
        assert (
            re.findall(r"url\((?!#)|href=|@import|/(?:tmp|root|home|usr)/|127[.]0[.]0[.]1", svg)
            == []
        ), file.name
    for columns in (COLUMNS, NARROW):
        assert QUESTION in (PICTURES / f"done-{columns}.svg").read_text("utf-8").replace(
            "&#160;", " "
        )


def test_what_is_shown_can_be_read_on_dark_and_on_light() -> None:
    """GIVEN the pictures THEN each pair of letters and ground has contrast, in both looks."""
    seen = {pair for file in PICTURES.glob("*.svg") for pair in pairs(file.read_text("utf-8"))}

    assert len(seen) > 3
    for look in (DARK, LIGHT):
        assert [pair for pair in seen if contrast(*pair, look) < LEAST] == []


def pairs(svg: str) -> set[tuple[int, int]]:
    """Which colour of letters stands on which ground: by the place of each."""
    looks = {
        name: int(colour)
        for name, colour in re.findall(r"\.([\w-]+-r\d+) \{ fill: var\(--c(\d+)\)", svg)
    }
    grounds = {
        (float(x), round(float(y))): int(colour)
        for colour, x, y in re.findall(
            r'<rect style="fill: var\(--c(\d+)\)" x="([\d.]+)" y="([\d.]+)"', svg
        )
    }
    letters = re.findall(r'<text class="([\w-]+)" x="([\d.]+)" y="([\d.]+)"', svg)
    return {
        (looks[name], grounds.get((float(x), round(float(y) - 18.5)), 0))
        for name, x, y in letters
        if name in looks
    }


def test_an_unreadable_colour_would_be_noticed() -> None:
    """The control: yellow letters vanish on light, black ones on yellow are read on both."""
    plain = drawn("\x1b[33mcareful\x1b[0m", name="plain", columns=20)
    filled = drawn("\x1b[30;43m careful \x1b[0m", name="filled", columns=20)

    (letters,) = [pair for pair in pairs(plain) if pair[0] == 5]
    assert contrast(*letters, LIGHT) < LEAST
    assert (2, 5) in pairs(filled)
    assert all(contrast(2, 5, look) > LEAST for look in (DARK, LIGHT))
