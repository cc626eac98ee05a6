"""An agent over stdio: the SDK's own client, with a human who answers as a test says."""

from __future__ import annotations

import asyncio
import os
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import anyio
from mcp import Client
from mcp.client.stdio import StdioServerParameters, stdio_client
from mcp.shared.message import SessionMessage
from mcp_types import ElicitResult, jsonrpc_message_adapter

from tests.own_loop import in_own_loop
from tests.ready.processes import start

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
    from contextlib import AbstractAsyncContextManager
    from typing import TextIO

    from anyio.streams.memory import MemoryObjectReceiveStream, MemoryObjectSendStream
    from mcp_types import CallToolResult, ElicitRequestFormParams

    from fixtures import MimicSite
    from tests.conftest import Tool

    Ends = tuple[
        MemoryObjectReceiveStream[SessionMessage | Exception],
        MemoryObjectSendStream[SessionMessage],
    ]
    Streams = AbstractAsyncContextManager[Any]
    Transport = Callable[[Sequence[str], TextIO], Streams]

_LONGEST = 1 << 24
_END_SECONDS = 60.0
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
    tool: Tool,
    site: MimicSite,
    human: Human | None,
    mode: str,
    options: tuple[str, ...],
    transport: Transport,
) -> AsyncIterator[Agent]:
    log = tool.state_dir.with_name("mcp.log")
    with log.open("w") as errors:
        streams = transport(tool.words("mcp", *options, site=site), errors)
        asks = human.answer if human else None
        async with Client(streams, mode=mode, elicitation_callback=asks) as client:  # type: ignore[arg-type]
            yield Agent(client)
    assert "Traceback" not in log.read_text()


def sdk_transport(command: Sequence[str], errors: TextIO) -> Streams:
    """The SDK's own, to a server that starts from nothing."""
    program, *words = command
    server = StdioServerParameters(command=program, args=words, env=dict(os.environ))
    return stdio_client(server, errlog=errors)


@asynccontextmanager
async def ready_transport(command: Sequence[str], errors: TextIO) -> AsyncIterator[Ends]:
    """Streams to a server from the process that has imported it, which ends with its input."""
    (given, writes), (reads, told) = os.pipe(), os.pipe()
    process = start(command, stdin=given, stdout=told, stderr=errors.fileno(), shared_driver=True)
    os.close(given)
    os.close(told)
    heard, answers = anyio.create_memory_object_stream[SessionMessage | Exception](0)
    requests, to_server = anyio.create_memory_object_stream[SessionMessage](0)

    async def hear() -> None:
        lines = asyncio.StreamReader(limit=_LONGEST)
        loop = asyncio.get_running_loop()
        pipe = os.fdopen(reads, "rb")
        line, _ = await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), pipe)
        async for each in lines:
            message = jsonrpc_message_adapter.validate_json(each, by_name=False)
            await heard.send(SessionMessage(message))
        line.close()

    async def say() -> None:
        async for each in to_server:
            text = each.message.model_dump_json(by_alias=True, exclude_unset=True)
            await asyncio.to_thread(os.write, writes, f"{text}\n".encode())

    async with heard, answers, requests, to_server, anyio.create_task_group() as tasks:
        tasks.start_soon(hear)
        tasks.start_soon(say)
        try:
            yield answers, requests
        finally:
            tasks.cancel_scope.cancel()
            os.close(writes)
            process.wait(_END_SECONDS)


def as_agent(
    tool: Tool,
    site: MimicSite,
    work: Callable[[Agent], Awaitable[None]],
    *,
    human: Human | None = None,
    mode: str = LEGACY,
    options: tuple[str, ...] = (),
    transport: Transport = ready_transport,
) -> Agent:
    """Do work with a server of its own, and end it.

    Args:
        options: those of the server.
        transport: starts it.
    """

    async def session() -> tuple[Agent, BaseException | None]:
        async with _connected(tool, site, human, mode, options, transport) as agent:
            # The SDK would raise it as a group of groups.
            [ended] = await asyncio.gather(work(agent), return_exceptions=True)
            return agent, ended

    agent, ended = in_own_loop(session())
    if ended is not None:
        raise ended
    return agent
