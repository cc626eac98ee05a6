"""The page of the commands is what ``--help`` prints."""

from __future__ import annotations

import click

from automation.cli.main import group
from tests.commands_page import PLACE, page


def test_the_page_of_the_commands_is_todays() -> None:
    """GIVEN the help of each command THEN it is in the page; else run ``make commands``."""
    told = PLACE.read_text("utf-8")

    assert told == page()
    context = click.Context(group)
    assert [name for name in group.list_commands(context) if f"## {name}\n" not in told] == []
