"""The command line, run in the test's own process."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any
from unittest.mock import Mock

import pytest
from msgspec.structs import replace

from automation.aliexpress.request import Request
from automation.aliexpress.session import opening
from automation.cli import loading, runs
from automation.cli.commands import cancel
from automation.cli.main import run
from automation.cli.prompts import interview
from automation.engine.pictures import Camera
from automation.engine.session.browser import open_session
from automation.errors import ErrorCode, ToolError
from tests.cli.calls import Called
from tests.ready.camera import VARIABLE, take

if TYPE_CHECKING:
    from tests.cli.calls import Call, Types


@pytest.fixture(autouse=True)
def nothing_ahead(monkeypatch: pytest.MonkeyPatch) -> None:
    """Calls in this process begin no driver before they need one."""
    monkeypatch.setattr(loading, "new_ahead", lambda: None)


@pytest.fixture
def call(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], shared_driver: None
) -> Call:
    """Run the command line in this process; ``opens=False`` stops where a browser would start."""
    del shared_driver
    asked: list[Request] = []
    opened = Mock(wraps=open_session)
    stop = Mock(side_effect=ToolError("here a browser would start", code=ErrorCode.INTERRUPTED))

    def noted(*given: Any, **named: Any) -> Request:  # noqa: ANN401  as Request itself takes them
        request = Request(*given, **named)
        asked.append(request)
        return request

    def changed(value: Any, **changes: Any) -> Any:  # noqa: ANN401  as replace() itself
        made = replace(value, **changes)
        if isinstance(made, Request):
            asked.append(made)
        return made

    monkeypatch.setattr(runs, "Request", noted)
    monkeypatch.setattr(cancel, "replace", changed)
    if VARIABLE not in os.environ:
        monkeypatch.setattr(Camera, "take", take)

    def in_process(*words: str, opens: bool = True) -> Called:
        opener = opened if opens else stop
        monkeypatch.setattr(opening, "open_session", opener)
        asked.clear()
        opener.reset_mock()
        with ThreadPoolExecutor(1) as thread:
            code = thread.submit(run, list(words)).result()
        told = capsys.readouterr()
        assert "Traceback" not in told.err
        sessions = [each.args[0] for each in opener.call_args_list]
        return Called(code, told.out, told.err, list(asked), sessions)

    return in_process


@pytest.fixture
def types(monkeypatch: pytest.MonkeyPatch) -> Types:
    """Say what the buyer types, line by line; after the last one the terminal is closed."""

    def lines(*typed: str, pasted: tuple[str, ...] = ()) -> None:
        waiting, paste = list(typed), list(pasted)

        def read(seconds: float) -> str:
            if seconds < 1:
                return paste.pop(0)
            return f"{waiting.pop(0)}\n" if waiting else ""

        monkeypatch.setattr(interview, "read_line", read)
        monkeypatch.setattr(interview, "is_waiting", lambda _: bool(paste))

    return lines
