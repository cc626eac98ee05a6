"""Serve the tools to one client on standard input and output, until either ends."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mcp.server.lowlevel import Server
from mcp.shared.exceptions import MCPError
from mcp_types import (
    INVALID_PARAMS,
    CallToolRequestParams,
    CallToolResult,
    InputRequiredResult,
    ListToolsResult,
)
from pydantic import ValidationError

from automation.cli.main import tool_version
from automation.cli.mcp.conversation import Conversation, Conversations
from automation.cli.mcp.desk import Desk
from automation.cli.mcp.refusals import bad_arguments, refused_call
from automation.cli.mcp.results import result
from automation.cli.mcp.tools import INSTRUCTIONS, TOOLS
from automation.cli.mcp.wire import serve_on_wire
from automation.cli.options.folders import state_folder
from automation.cli.screen.terminal import echo
from automation.engine.interrupts import Interrupts, Place
from automation.errors import ToolError

if TYPE_CHECKING:
    from mcp.server.context import ServerRequestContext
    from mcp_types import PaginatedRequestParams

    from automation.cli.options.options import BrowserOptions

# How long a request that was sent has to its outcome once the client is gone.
_LAST_SECONDS: Final = 180.0


def serve(browser: BrowserOptions) -> None:
    """Serve until the client closes its end, or a signal comes; no browser is left."""
    desk = Desk(browser, tool_version(), _log)
    calls = Conversations(lambda talk: carry_out(desk, talk))
    server = _server(calls)
    interrupts = Interrupts(
        lambda: Place("mcp", human_is_asked=True), browser.timeout, state_folder(browser.state_dir)
    )
    with interrupts:
        try:
            interrupts.run(serve_on_wire(server, lambda: calls.end(_LAST_SECONDS)))
        except KeyboardInterrupt:
            return  # a signal is how a server ends


def _server(calls: Conversations) -> Server:
    async def listed(
        _ctx: ServerRequestContext, _params: PaginatedRequestParams | None
    ) -> ListToolsResult:
        return ListToolsResult(tools=[each.tool for each in TOOLS.values()])

    async def called(
        ctx: ServerRequestContext, params: CallToolRequestParams
    ) -> CallToolResult | InputRequiredResult:
        return await calls.call(ctx, params)

    return Server(
        "dispute-guard",
        version=tool_version(),
        title="dispute-guard",
        instructions=INSTRUCTIONS,
        on_list_tools=listed,
        on_call_tool=called,
    )


async def carry_out(desk: Desk, talk: Conversation) -> CallToolResult:
    """Carry out one call.

    Raises:
        MCPError: there is no such tool.
    """
    described = TOOLS.get(talk.tool)
    if described is None:
        raise MCPError(code=INVALID_PARAMS, message=f"no such tool: {talk.tool[:40]!r}")
    try:
        answer = await described.work(desk, talk)
    except ToolError as error:
        return result(refused_call(talk.tool, error))
    except ValidationError as error:
        return result(refused_call(talk.tool, bad_arguments(_first_problem(error))))
    _log(f"{talk.tool}: exit code {answer.exit_code}")
    return result(answer)


def _first_problem(error: ValidationError) -> str:
    """What is wrong with the arguments, in one line."""
    first = error.errors(include_url=False, include_input=False)[0]
    where = ".".join(map(str, first["loc"])) or "arguments"
    return f"{where}: {first['msg'].removeprefix('Value error, ')}"


def _log(line: str) -> None:
    """One line of the log, which clients read from standard error."""
    echo(f"dispute-guard: {line}", err=True)
