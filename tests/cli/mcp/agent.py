"""An agent's client over stdio: the SDK's own, with a human who answers as a test says."""

from __future__ import annotations

import asyncio
import os
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from mcp import Client
from mcp.client.stdio import StdioServerParameters, stdio_client
from mcp_types import ElicitResult

from tests.own_loop import in_own_loop

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from mcp_types import CallToolResult, ElicitRequestFormParams

    from fixtures import MimicSite
    from tests.conftest import Tool

LEGACY, MODERN = "legacy", "2026-07-28"
"""Both generations of the protocol; they ask the human in different ways."""

SAID: dict[str, object] = {"because": "package-arrived", "received": True, "checked": True}
DECLINES = ElicitResult(action="decline")
DISMISSES = ElicitResult(action="cancel")


def types(words: object) -> ElicitResult:
    """A human who fills the form in."""
    return ElicitResult(action="accept", content={"typed": words})  # type: ignore[dict-item]


@dataclass
class Human:
    """Somebody at the agent's client.

    Args:
        answers: what they do about each question, in order.
        read: the questions that they were shown.
    """

    answers: list[ElicitResult]
    read: list[str] = field(default_factory=list)

    async def answer(self, _context: object, params: ElicitRequestFormParams) -> ElicitResult:
        """Their next answer."""
        self.read.append(params.message)
        return self.answers.pop(0)


@dataclass
class Agent:
    """Calls the tools of a running server.

    Args:
        told: the progress of the last call: its number and words, in the order of coming.
    """

    client: Client
    results: list[tuple[str, CallToolResult]] = field(default_factory=list)
    told: list[tuple[float, str]] = field(default_factory=list)

    async def call(self, name: str, **arguments: object) -> dict[str, Any]:
        """The structured answer of a tool."""
        self.told = []
        result = await self.client.call_tool(name, arguments, progress_callback=self._hear)
        self.results.append((name, result))
        document: dict[str, Any] = result.structured_content
        assert result.is_error == (document["exit_code"] != 0)
        return document

    async def _hear(self, progress: float, total: float | None, message: str | None) -> None:
        del total
        self.told.append((progress, message or ""))

    async def plan(self, order: str, **more: object) -> str:
        """The digest of a plan for an order."""
        document = await self.call("plan", order=order, **{**SAID, **more})
        assert document["exit_code"] == 0, document
        return str(document["plan"]["digest"])


@asynccontextmanager
async def _connected(
    tool: Tool, site: MimicSite, human: Human | None, mode: str, options: tuple[str, ...]
) -> AsyncIterator[Agent]:
    command, *words = tool.words("mcp", *options, site=site)
    server = StdioServerParameters(command=command, args=words, env=dict(os.environ))
    log = tool.state_dir.with_name("mcp.log")
    with log.open("w") as errors:
        transport = stdio_client(server, errlog=errors)
        asks = human.answer if human else None
        async with Client(transport, mode=mode, elicitation_callback=asks) as client:  # type: ignore[arg-type]
            yield Agent(client)
    assert "Traceback" not in log.read_text()


def as_agent(
    tool: Tool,
    site: MimicSite,
    work: Callable[[Agent], Awaitable[None]],
    *,
    human: Human | None = None,
    mode: str = LEGACY,
    options: tuple[str, ...] = (),
) -> Agent:
    """Do work with a server of its own, and end it.

    Args:
        options: those of the server.
    """

    async def session() -> tuple[Agent, BaseException | None]:
        async with _connected(tool, site, human, mode, options) as agent:
            # The SDK would raise it as a group of groups.
            [ended] = await asyncio.gather(work(agent), return_exceptions=True)
            return agent, ended

    agent, ended = in_own_loop(session())
    if ended is not None:
        raise ended
    return agent
