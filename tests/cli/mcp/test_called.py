"""What an agent's client is told while a human is needed at the window."""

from __future__ import annotations

import asyncio

import pytest

from automation.cli.mcp.called import CalledHuman
from tests.own_loop import in_own_loop


class AtLog:
    """The human, as the log calls them."""

    seconds = 25.0

    def __init__(self) -> None:
        self.did = list[str]()

    def asked(self, what: str) -> None:
        """Note it."""
        self.did.append(what)

    def waits(self, left: float) -> None:
        """Note it."""
        self.did.append(f"{left:g}")

    def over(self) -> None:
        """Note it."""
        self.did.append("over")

    async def says_done(self) -> None:
        """They are at no terminal."""
        self.did.append("listens")
        await asyncio.Event().wait()


def test_the_client_is_told_at_once_and_then_every_ten_seconds() -> None:
    """GIVEN a captcha WHEN the time runs THEN the client hears a few lines, and the log every second."""
    log, told = AtLog(), list[str]()
    human = CalledHuman(log, told.append)

    human.asked("the site asks for a captcha")
    for left in range(24, 0, -1):
        human.waits(float(left))
    human.over()

    words = "the site asks for a captcha: your turn, in the browser window"
    assert told == [f"{words}; {left} left" for left in ("0:25", "0:15", "0:05")]
    assert log.did == ["the site asks for a captcha", *(str(n) for n in range(24, 0, -1)), "over"]
    assert human.seconds == log.seconds


def test_only_the_human_says_that_it_is_done() -> None:
    """GIVEN no human at a terminal THEN the wait for an answer never ends."""
    log = AtLog()

    async def listen() -> None:
        async with asyncio.timeout(0.01):
            await CalledHuman(log, print).says_done()

    with pytest.raises(TimeoutError):
        in_own_loop(listen())
    assert log.did == ["listens"]
