"""The real commands with ``--connect``: a session that ends after the request, and what is printed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click
import pytest

from automation.cli.main import group
from automation.cli.runs import answering, verify_command
from automation.errors import ErrorCode, ToolError
from tests.cli.calls import NO_SITE, ORDER
from tests.conftest import GOOD_REASON

if TYPE_CHECKING:
    from tests.conftest import Tool
    from tests.engine.session.proxy import Grid
    from tests.shelf import Plans

KEYED = "wss://name:word@grid.example/?token=key"


@pytest.mark.further
def test_a_session_that_ends_once_the_cancel_is_sent_leaves_it_open(
    planned: Plans, tool: Tool, its_grid: Grid
) -> None:
    """GIVEN a Grid whose session ends with the request under way THEN unknown, and never again.

    ``test_session_modes.py`` makes the plan elsewhere as well.
    """
    site, order, digest = planned("quick")

    its_grid.ends_when = lambda: bool(site.ledger.cancels())
    ran = tool.commit(order, site, digest, *GOOD_REASON, "--connect", its_grid.cdp)

    assert (ran.code, ran.json["outcome"]) == (8, "unknown"), ran.out
    assert len(site.ledger.cancels()) == len(site.ledger.writes()) == 1
    its_grid.ends_when = lambda: False
    settled = tool.run("verify", order, "--json", "--connect", its_grid.cdp, site=site)
    assert (settled.code, settled.json["outcome"]) == (0, "done"), settled.out
    assert len(site.ledger.writes()) == 1


@pytest.mark.parametrize(
    ("code", "way"),
    [(ErrorCode.SIGNED_OUT, "login --keep-in file"), (ErrorCode.CAPTCHA, "in place of --connect")],
)
def test_a_human_is_sent_to_a_window_on_this_machine(code: ErrorCode, way: str) -> None:
    """GIVEN a sign-in or captcha elsewhere THEN the hint leads to where somebody can deal with it."""
    command = group.get_command(click.Context(group), "list")
    assert command is not None
    with (
        command.make_context("list", ["--connect", KEYED]),
        pytest.raises(ToolError) as caught,
        answering(lambda _: {}, None),
    ):
        raise ToolError("the site asks for you", code=code)

    assert way in caught.value.hint
    assert "word" not in caught.value.hint


@pytest.mark.parametrize(
    ("endpoint", "shown"),
    [(KEYED, "--connect ENDPOINT"), ("ws://grid:3000/", "--connect ws://grid:3000/")],
)
def test_a_key_in_the_address_is_never_printed(endpoint: str, shown: str) -> None:
    """GIVEN an endpoint WHEN the next command is named THEN it has the address only without a key."""
    command = group.get_command(click.Context(group), "verify")
    assert command is not None
    with command.make_context("verify", [ORDER, *NO_SITE, "--connect", endpoint]):
        told = verify_command(ORDER)

    assert shown in told
    assert "key" not in json.dumps(told)
