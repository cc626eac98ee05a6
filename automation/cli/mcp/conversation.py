"""One call of a tool that may ask the buyer, in either generation of the protocol.

Until 2025 a server sends its question to the client while the call waits. Since 2026 it answers
the call with the question, and the client repeats the call with what the buyer said. To the work
of a call both are the same: it asks, and waits for the reply.
"""

from __future__ import annotations

import asyncio
import secrets
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Final

from mcp.shared.exceptions import MCPError
from mcp_types import (
    INTERNAL_ERROR,
    ElicitRequest,
    ElicitRequestFormParams,
    ElicitResult,
    InputRequiredResult,
)
from mcp_types.version import MODERN_PROTOCOL_VERSIONS
from msgspec import Struct
from pydantic import ValidationError

from automation.cli.mcp.questions import FIELD
from automation.cli.screen.live import step_in_words

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Coroutine

    from mcp.server.context import ServerRequestContext
    from mcp_types import CallToolRequestParams, CallToolResult

    from automation.aliexpress.running import Run
    from automation.aliexpress.walk.progress import StepRecord
    from automation.cli.mcp.questions import Question

_KEY: Final = "buyer"


class Reply(Enum):
    """How a question ended; only ``AGREED`` is a yes."""

    AGREED = "agreed"
    OTHERWISE = "what was typed is something else"
    DECLINED = "declined in the client"
    NO_ANSWER = "no answer"
    CANNOT_ASK = "the client cannot ask"


class _Asked(Struct, frozen=True, eq=False):
    question: Question
    reply: asyncio.Future[Reply]


@dataclass(eq=False)
class Conversation:
    """The work of one call, and what it asks on its way.

    Args:
        tool: its name; ``arguments``: what it was called with.
        run: the run that it is in, if it has a browser.
    """

    tool: str
    arguments: dict[str, object]
    run: Run | None = None
    _task: asyncio.Task[CallToolResult] | None = None
    _asked: asyncio.Queue[_Asked] = field(default_factory=asyncio.Queue)
    _open: _Asked | None = None
    _news: asyncio.Queue[str | None] = field(default_factory=asyncio.Queue)
    _told: int = 0

    def following(self, run: Run) -> Run:
        """The run, whose steps are told to the client as they end."""
        run.progress = self._tell
        return run

    def count_orders(self, done: int, wanted: int) -> None:
        """Tell the client which of the wanted orders is read now."""
        if done < wanted:
            self.tell(f"order {done + 1} of {wanted}")

    def tell(self, words: str) -> None:
        """Tell the client a line."""
        self._news.put_nowait(words)

    def _tell(self, record: StepRecord) -> None:
        self.tell(step_in_words(record))

    @asynccontextmanager
    async def told_to(self, ctx: ServerRequestContext) -> AsyncIterator[None]:
        """Tell its steps to the request that waits for it; all that ended before the body does.

        A client that gave no progress token hears none.
        """
        telling = asyncio.ensure_future(self._pass_on(ctx))
        try:
            yield
            self._news.put_nowait(None)
            await telling
        finally:
            telling.cancel()

    async def _pass_on(self, ctx: ServerRequestContext) -> None:
        while (words := await self._news.get()) is not None:
            self._told += 1  # has to rise, whatever the message
            await ctx.session.report_progress(self._told, message=words)

    def begin(self, work: Coroutine[None, None, CallToolResult]) -> asyncio.Task[CallToolResult]:
        """Start the work."""
        self._task = asyncio.ensure_future(work)
        return self._task

    async def ask(self, question: Question) -> Reply:
        """Ask the buyer, and wait for as long as the question allows."""
        asked = _Asked(question, asyncio.get_running_loop().create_future())
        self._asked.put_nowait(asked)
        try:
            async with asyncio.timeout(question.seconds):
                return await asked.reply
        except TimeoutError:
            return Reply.NO_ANSWER

    async def next_question(self) -> Question | None:
        """What it asks next; ``None`` once the work is over."""
        asked = asyncio.ensure_future(self._asked.get())
        over = {self._task} if self._task else set()
        try:
            await asyncio.wait({asked, *over}, return_when=asyncio.FIRST_COMPLETED)
            self._open = asked.result() if asked.done() else None
        finally:
            asked.cancel()
        return self._open.question if self._open else None

    def answer(self, reply: Reply) -> None:
        """Tell the work what the buyer said; an answer that comes too late changes nothing."""
        if self._open is not None and not self._open.reply.done():
            self._open.reply.set_result(reply)

    def hear(self, response: object) -> None:
        """Tell the work what the client sent as the buyer's answer."""
        if self._open is not None:
            self.answer(_reply_to(response, self._open.question))

    def stop(self) -> None:
        """End the work; if its request may have been sent, it goes on to the outcome."""
        if self._task is not None and not (self.run and self.run.may_have_sent):
            self._task.cancel()

    def result(self) -> CallToolResult:
        """What the work ended with.

        Raises:
            MCPError: it was interrupted, since the server ends.
        """
        if self._task is None or self._task.cancelled():
            raise MCPError(code=INTERNAL_ERROR, message="interrupted")
        return self._task.result()


@dataclass
class Conversations:
    """The calls of one client.

    Args:
        work: what a call does.
        running: the calls under way, by their work.
    """

    work: Callable[[Conversation], Coroutine[None, None, CallToolResult]]
    running: dict[asyncio.Task[CallToolResult], Conversation] = field(default_factory=dict)
    _parked: dict[str, Conversation] = field(default_factory=dict)

    async def call(
        self, ctx: ServerRequestContext, params: CallToolRequestParams
    ) -> CallToolResult | InputRequiredResult:
        """Begin a call or go on with one, up to its result or to its next question."""
        talk = self._resumed(params) or self._begun(params)
        try:
            async with talk.told_to(ctx):
                question = await _up_to_a_later_answer(ctx, talk)
        except BaseException:
            talk.stop()  # the client has cancelled the call, or is gone
            raise
        return self._park(talk, question) if question else talk.result()

    async def end(self, seconds: float) -> None:
        """End all work; a request that may have been sent has this long to its outcome."""
        running = dict(self.running)
        for talk in running.values():
            talk.stop()
        if running:
            await asyncio.wait(running, timeout=seconds)
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)

    def _begun(self, params: CallToolRequestParams) -> Conversation:
        talk = Conversation(params.name, params.arguments or {})
        task = talk.begin(self.work(talk))
        self.running[task] = talk
        task.add_done_callback(lambda done: self.running.pop(done, None))
        return talk

    def _resumed(self, params: CallToolRequestParams) -> Conversation | None:
        """The call whose question this one answers; a question is answered once."""
        talk = self._parked.pop(params.request_state or "", None)
        if talk is None or (talk.tool, talk.arguments) != (params.name, params.arguments or {}):
            return None
        talk.hear((params.input_responses or {}).get(_KEY))
        return talk

    def _park(self, talk: Conversation, question: Question) -> InputRequiredResult:
        """Let the call wait for its repetition; an older one waits no longer."""
        for other in self._parked.values():
            other.answer(Reply.NO_ANSWER)
        state = secrets.token_urlsafe(24)
        self._parked = {state: talk}
        return InputRequiredResult(input_requests={_KEY: _request(question)}, request_state=state)


def _can_ask(ctx: ServerRequestContext) -> bool:
    """Whether the client says that it shows forms to its human; an empty word for it means that."""
    capabilities = ctx.session.client_capabilities
    asks = capabilities.elicitation if capabilities else None
    return asks is not None and (asks.form is not None or asks.url is None)


def _request(question: Question) -> ElicitRequest:
    params = ElicitRequestFormParams(message=question.message, requested_schema=question.form)
    return ElicitRequest(params=params)


async def _up_to_a_later_answer(ctx: ServerRequestContext, talk: Conversation) -> Question | None:
    """Go on up to a question that a later request will answer; ``None`` once the work is over."""
    while (question := await talk.next_question()) is not None:
        if not _can_ask(ctx):
            talk.answer(Reply.CANNOT_ASK)
        elif ctx.protocol_version in MODERN_PROTOCOL_VERSIONS:
            return question
        else:
            await _ask_now(ctx, talk, question)
    return None


async def _ask_now(ctx: ServerRequestContext, talk: Conversation, question: Question) -> None:
    """Send the question while the call waits."""
    try:
        async with asyncio.timeout(question.seconds):
            told = await ctx.session.elicit_form(
                question.message, question.form, related_request_id=ctx.request_id
            )
    except TimeoutError:
        talk.answer(Reply.NO_ANSWER)
    except (MCPError, ValidationError):
        talk.answer(Reply.CANNOT_ASK)
    else:
        talk.hear(told)


def _reply_to(response: object, question: Question) -> Reply:
    """What the client's answer means; anything but the wanted words is a no."""
    if not isinstance(response, ElicitResult):
        return Reply.NO_ANSWER
    if response.action != "accept":
        return Reply.DECLINED
    typed = (response.content or {}).get(FIELD)
    return Reply.AGREED if question.is_agreed_by(typed) else Reply.OTHERWISE
