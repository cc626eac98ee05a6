"""One of the listed disputes, picked at a terminal."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from automation.cli.picking import chosen
from automation.cli.screen.tables import show_list
from automation.errors import ErrorCode, ToolError
from tests.cli.listed import listed, row

if TYPE_CHECKING:
    from automation.aliexpress.list_answer import ListedAnswer
    from tests.cli.calls import Types

NOW = datetime(2026, 7, 10, 12, tzinfo=UTC)


def picked(*rows: ListedAnswer) -> tuple[str, str | None]:
    """What is picked."""
    return chosen(listed(*rows), NOW)


def test_a_dispute_is_picked_by_its_number(
    types: Types, capsys: pytest.CaptureFixture[str]
) -> None:
    """GIVEN two disputes and an unread order THEN the number leads to order and line."""
    types("2")
    rows = (
        row("8190000000000001"),
        row("8190000000000099", problem="not read"),
        row("8190000000000002", line_id=None, item_number=3),
    )

    assert picked(*rows) == ("8190000000000002", "3")
    shown = capsys.readouterr().err
    assert "8190 0000 0000 0001, US $4, Lamp, AliExpress decides" in shown
    assert "0099" not in shown


def test_nothing_is_picked_by_enter_or_without_disputes(types: Types) -> None:
    """GIVEN Enter alone, or nothing to pick THEN no order."""
    for rows, code in (
        ((row("8190000000000001"),), ErrorCode.DECLINED),
        ((), ErrorCode.NO_DISPUTE),
    ):
        types("")
        with pytest.raises(ToolError) as stopped:
            picked(*rows)
        assert stopped.value.code is code


def test_the_disputes_stand_in_the_order_of_list(
    types: Types, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """GIVEN deadlines in another order than the site's THEN both lists begin with the next one."""
    monkeypatch.setenv("COLUMNS", "140")  # a table
    rows = (
        row("8190000000000001"),
        row("8190000000000002", refile_by="2026-07-20T12:00:00Z"),
        row("8190000000000003", refile_by="2026-07-09T12:00:00Z"),
        row("8190000000000004", refile_by="2026-07-15T12:00:00Z"),
    )
    by_deadline = ["0004", "0002", "0003", "0001"]

    types("1")
    assert picked(*rows)[0] == "8190000000000004"
    asked = capsys.readouterr().err
    show_list(listed(*rows), NOW)
    table = capsys.readouterr().out

    assert re.findall(r"8190 0000 0000 (\d+)", asked) == by_deadline
    assert re.findall(r"AliExpress decides +819000000000(\d{4})", table) == by_deadline
