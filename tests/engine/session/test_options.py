"""The options of a session: what tells two apart, and what only starts them earlier."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

from automation.engine.session.choice import Mode
from automation.engine.session.options import SessionOptions


class Begun:
    """What starts already, in a loop."""

    def __init__(self, runner: asyncio.Runner) -> None:
        self.runner = runner


def test_without_a_choice_nothing_of_the_buyers_is_touched() -> None:
    """GIVEN a folder alone THEN no profile, no browser of the buyer's, and no window."""
    options = SessionOptions(Path("state"))

    assert (options.profile, options.new_profile) == (None, False)
    assert (options.attach, options.connect, options.mode) == (None, None, Mode.FILE)
    assert options.headless
    assert options.runner is None
    options.say("without a listener")


def test_what_starts_ahead_is_no_option() -> None:
    """GIVEN options that differ in what starts already THEN they are the same, and its loop is used."""
    runner = asyncio.Runner()  # without a loop until something runs in it
    begun: Any = Begun(runner)
    early = SessionOptions(Path("state"), ahead=begun)

    assert early == SessionOptions(Path("state"))
    assert early != SessionOptions(Path("state"), headless=False)
    assert early.runner is runner
