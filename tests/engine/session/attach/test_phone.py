"""What makes a tab a phone's: its name and its client hints say the same."""

from __future__ import annotations

from automation.engine.session.attach.phone import commands_for, of_kind
from tests.engine.session.attach.a_phone import PHONE

THEIRS = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/144.0.0.0 Safari/537.36"


def test_a_phone_has_the_version_of_the_browser_that_it_is_in() -> None:
    """GIVEN the buyer's browser THEN the phone's name has its version, and the hints the same system."""
    [(_, told), screen, touch] = commands_for(PHONE, THEIRS)

    assert told["userAgent"] == PHONE["user_agent"].replace("Chrome/100", "Chrome/144")
    hints = told["userAgentMetadata"]
    assert isinstance(hints, dict)
    assert (hints["platform"], hints["platformVersion"], hints["model"]) == ("Android", "14.0.0", "Pixel 7")  # fmt: skip
    assert (screen[1]["width"], touch[1]["enabled"]) == (412, True)


def test_a_frame_is_called_the_same_and_has_no_screen() -> None:
    """GIVEN a frame of another site THEN it gets the name alone."""
    commands = commands_for(PHONE, THEIRS)

    assert of_kind(commands, "page") == commands
    assert of_kind(commands, "iframe") == commands[:1]
