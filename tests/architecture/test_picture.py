"""The picture of the house is the one that the imports draw."""

from __future__ import annotations

from tests.architecture.__main__ import PICTURE
from tests.architecture.drawing import House, as_svg


def test_the_picture_is_of_today() -> None:
    """GIVEN the imports as they are THEN the picture is the same; else run ``make picture``."""
    assert PICTURE.read_text("utf-8") == as_svg(House.built())


def test_another_import_changes_the_picture() -> None:
    """The control: one arrow more is another picture."""
    house = House({"top": frozenset({"ground"}), "ground": frozenset(), "other": frozenset()})
    more = House({**house.needs, "top": frozenset({"ground", "other"})})
    assert as_svg(house) != as_svg(more)
    assert house.floors == (("ground", "other"), ("top",))
