"""One call of the server: what its work ends with becomes its result."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import click
import pytest
from mcp.shared.exceptions import MCPError

from automation.aliexpress.answer import Answer
from automation.cli.main import group
from automation.cli.mcp import server
from automation.cli.mcp.conversation import Conversation
from automation.cli.options.options import BrowserOptions
from automation.engine.outcome import Outcome
from automation.errors import ErrorCode, ExitCode, ToolError
from tests.own_loop import in_own_loop, in_own_thread

if TYPE_CHECKING:
    from pathlib import Path

    from automation.cli.mcp.desk import Desk

DONE = Answer(command="verify", outcome=Outcome.DONE)


def carried_out(monkeypatch: pytest.MonkeyPatch, end: Answer | Exception) -> Any:  # noqa: ANN401  a result of the protocol
    """The result of a call whose work ends so."""

    async def work(_desk: Desk, _talk: Conversation) -> Answer:
        if isinstance(end, Exception):
            raise end
        return end

    monkeypatch.setattr(server, "TOOLS", {"verify": SimpleNamespace(work=work)})

    async def inside() -> object:
        with click.Context(click.Command("mcp"), info_name="mcp").scope():
            return await server.carry_out(cast("Desk", None), Conversation("verify", {}))

    return in_own_loop(inside())


def test_an_answer_is_a_result_and_a_line_of_the_log(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """GIVEN work that ends THEN its document; the log names tool and exit code, never on stdout."""
    result = carried_out(monkeypatch, DONE)

    assert (result.structured_content["outcome"], result.is_error) == ("done", False)
    told = capsys.readouterr()
    assert (told.out, told.err) == ("", "dispute-guard: verify: exit code 0\n")


def test_an_error_is_a_document_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """GIVEN work that an error stops THEN the agent reads it, and a verify claims nothing."""
    error = ToolError("it broke", code=ErrorCode.BROWSER_FAILED, exit_code=ExitCode.FAILED)

    result = carried_out(monkeypatch, error)

    told = result.structured_content
    assert (result.is_error, told["error"]["message"]) == (True, "it broke")
    assert told["outcome"] == "unknown"


def test_a_bad_argument_is_named_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """GIVEN arguments that cannot be checked THEN a usage error with the first of them."""
    with pytest.raises(ValueError, match="outcome") as bad:
        Answer.model_validate({"command": "verify", "outcome": "perhaps"})

    told = carried_out(monkeypatch, bad.value).structured_content

    assert (told["exit_code"], told["error"]["code"]) == (2, "usage")
    assert "outcome: " in told["error"]["message"]
    assert "\n" not in told["error"]["message"]


def test_a_fault_of_the_work_is_not_swallowed(monkeypatch: pytest.MonkeyPatch) -> None:
    """GIVEN a bug THEN it goes up to the conversation, and is no answer."""
    with pytest.raises(KeyError):
        carried_out(monkeypatch, KeyError("bug"))


def test_an_unknown_tool_is_an_error_of_the_protocol() -> None:
    """GIVEN another name THEN the client learns that there is no such tool, and no more of it."""
    with pytest.raises(MCPError, match="no such tool: 'cancel_all") as bad:
        in_own_loop(server.carry_out(cast("Desk", None), Conversation("cancel_all" + "x" * 90, {})))

    assert "x" * 40 not in str(bad.value)


def test_a_signal_is_how_a_server_ends(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """GIVEN a signal while it serves THEN it returns without an error; the client's calls were ended."""
    served: list[object] = []

    async def serve_on_wire(*given: object) -> None:
        served.extend(given)
        raise asyncio.CancelledError

    monkeypatch.setattr(server, "serve_on_wire", serve_on_wire)
    found = group.get_command(click.Context(group), "mcp")
    assert found is not None
    words = ["--site", "http://127.0.0.1:9", "--state-dir", str(tmp_path)]

    def run() -> None:
        with found.make_context("mcp", words) as context:
            server.serve(BrowserOptions(**context.params))

    in_own_thread(run)
    assert len(served) == 2
