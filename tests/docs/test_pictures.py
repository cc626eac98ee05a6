"""The pictures of the README: all there, all used, and of today's texts."""

from __future__ import annotations

import re

from tests.docs.pages import ROOT, Page
from tests.pictures.__main__ import PICTURES, QUESTION, REFUSAL, drawn, shown
from tests.pictures.recording import recorded


def test_the_refusal_is_what_the_command_prints() -> None:
    """GIVEN advice without a site THEN the picture is the same; else run ``make pictures``."""
    today = drawn(shown(REFUSAL, recorded(REFUSAL)), name="refusal")

    assert (PICTURES / "refusal.svg").read_text("utf-8") == today


def test_every_picture_is_used() -> None:
    """The README shows each, and each image has a text for people who do not see it."""
    images = re.findall(r"!\[([^\]]*)\]\(docs/pictures/([\w.-]+)\)", Page(ROOT / "README.md").text)

    assert {name for _, name in images} == {file.name for file in PICTURES.iterdir()}
    assert all(text for text, _ in images)


def test_pictures_load_nothing_and_name_no_folder_of_a_machine() -> None:
    """An SVG has no address to load from, and shows the question that the tests answer."""
    for file in PICTURES.glob("*.svg"):
        svg = file.read_text("utf-8")
        assert re.findall(r"url\((?!#)|href=|@import|/(?:tmp|root|home|usr)/", svg) == [], file.name
    assert QUESTION in (PICTURES / "done.svg").read_text("utf-8").replace("&#160;", " ")
