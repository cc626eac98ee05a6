from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from mcp.shared.exceptions import MCPError
from mcp_types import (
    CallToolRequestParams,
    CallToolResult,
    ClientCapabilities,
    ElicitationCapability,
    ElicitResult,
    FormElicitationCapability,
    InputRequiredResult,
    TextContent,
    UrlElicitationCapability,
)

from automation.aliexpress.answer import Step
from automation.aliexpress.running import Run
from automation.cli.mcp.conversation import Conversation, Conversations, Reply
from automation.cli.mcp.questions import Question
from tests.cli.mcp.agent import DECLINES, DISMISSES, LEGACY, MODERN, types
from tests.own_loop import in_own_loop

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

QUESTION = Question("really?", "the word", "Yes-1", 60.0)
ASKS = ClientCapabilities(elicitation=ElicitationCapability(form=FormElicitationCapability()))


@dataclass
class Client:
    """The other end: what it can, and what it answers to a question of the older protocol."""

    capabilities: ClientCapabilities | None = field(default_factory=lambda: ASKS)
    answer: Callable[[], Awaitable[ElicitResult]] | None = None
    asked: list[str] = field(default_factory=list)
    told: list[tuple[float, str]] = field(default_factory=list)

    def context(self, mode: str) -> Any:  # noqa: ANN401  a stand-in for the SDK's context
        """What a handler is given."""

        async def elicit_form(message: str, _form: object, **_related: object) -> ElicitResult:
            self.asked.append(message)
            assert self.answer is not None
            return await self.answer()

        async def report_progress(number: float, *, message: str) -> None:
            self.told.append((number, message))

        version = "2025-11-25" if mode == LEGACY else mode
        session = SimpleNamespace(
            client_capabilities=self.capabilities,
            elicit_form=elicit_form,
            report_progress=report_progress,
        )
        return SimpleNamespace(session=session, protocol_version=version, request_id=1)


async def asks_once(talk: Conversation) -> CallToolResult:
    """Work that asks one question, and whose result is the reply."""
    reply = await talk.ask(QUESTION)
    return CallToolResult(content=[TextContent(type="text", text=reply.name)])


def replied(result: object) -> str:
    """The reply that the work got."""
    assert isinstance(result, CallToolResult)
    [content] = result.content
    assert isinstance(content, TextContent)
    return content.text


def params(**more: Any) -> CallToolRequestParams:  # noqa: ANN401  fields of the protocol
    """A call, or its repetition."""
    return CallToolRequestParams(**{"name": "cancel", "arguments": {"order": "1"}, **more})


REPLIES = [
    (types("Yes-1"), "AGREED"),
    (types("  yes-1 "), "AGREED"),
    (types("yes"), "OTHERWISE"),
    (types(""), "OTHERWISE"),
    (types(None), "OTHERWISE"),
    (types(1), "OTHERWISE"),
    (ElicitResult(action="accept"), "OTHERWISE"),
    (ElicitResult(action="accept", content={"other": "Yes-1"}), "OTHERWISE"),
    (ElicitResult(action="decline", content={"typed": "Yes-1"}), "DECLINED"),
    (DECLINES, "DECLINED"),
    (DISMISSES, "DECLINED"),
]


@pytest.mark.parametrize(("answer", "reply"), REPLIES)
def test_only_the_words_themselves_are_a_yes(answer: ElicitResult, reply: str) -> None:
    """GIVEN an answer of the client THEN both generations of the protocol read it alike."""

    async def given() -> ElicitResult:
        return answer

    async def both() -> list[str]:
        older = await Conversations(asks_once).call(Client(answer=given).context(LEGACY), params())
        calls, context = Conversations(asks_once), Client().context(MODERN)
        asked = await calls.call(context, params())
        assert isinstance(asked, InputRequiredResult)
        newer = await calls.call(
            context,
            params(request_state=asked.request_state, input_responses={"buyer": answer}),
        )
        return [replied(older), replied(newer)]

    assert in_own_loop(both()) == [reply, reply]


@pytest.mark.parametrize(
    ("capabilities", "can"),
    [
        (ASKS, True),
        (ClientCapabilities(elicitation=ElicitationCapability()), True),
        (
            ClientCapabilities(elicitation=ElicitationCapability(url=UrlElicitationCapability())),
            False,
        ),
        (ClientCapabilities(), False),
        (None, False),
    ],
)
@pytest.mark.parametrize("mode", [LEGACY, MODERN])
def test_a_client_is_asked_only_if_it_shows_forms(
    capabilities: ClientCapabilities | None, mode: str, *, can: bool
) -> None:
    """GIVEN what a client says that it can do THEN the question goes there, or to the work."""

    async def given() -> ElicitResult:
        return types("Yes-1")

    client = Client(capabilities, given)
    result = in_own_loop(Conversations(asks_once).call(client.context(mode), params()))

    if not can:
        assert replied(result) == Reply.CANNOT_ASK.name
        assert client.asked == []
    elif mode == LEGACY:
        assert client.asked == ["really?"]
    else:
        assert isinstance(result, InputRequiredResult)


def test_a_client_that_fails_to_ask_has_not_asked() -> None:
    """GIVEN a client that refuses the question with an error THEN that is no yes."""

    async def fails() -> ElicitResult:
        raise MCPError(code=-32601, message="no such method")

    result = in_own_loop(
        Conversations(asks_once).call(Client(answer=fails).context(LEGACY), params())
    )

    assert replied(result) == Reply.CANNOT_ASK.name


def test_nobody_answers() -> None:
    """GIVEN a question whose time is over THEN it has no answer, in both generations."""
    short = Question("really?", "the word", "yes", 0.01)

    async def never() -> ElicitResult:
        await asyncio.Event().wait()
        return DECLINES

    async def work(talk: Conversation) -> CallToolResult:
        reply = await talk.ask(short)
        return CallToolResult(content=[TextContent(type="text", text=reply.name)])

    async def both() -> list[str]:
        older = await Conversations(work).call(Client(answer=never).context(LEGACY), params())
        calls = Conversations(work)
        asked = await calls.call(Client().context(MODERN), params())
        assert isinstance(asked, InputRequiredResult)
        [task] = calls.running
        return [replied(older), replied(await task)]

    assert in_own_loop(both()) == [Reply.NO_ANSWER.name] * 2


@pytest.mark.parametrize(
    "repeated",
    [
        {"request_state": "guessed"},
        {"request_state": None},
        {"arguments": {"order": "2"}},
        {"name": "plan"},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_an_answer_counts_for_its_own_question_alone(repeated: dict[str, Any]) -> None:
    """GIVEN an answer that was sent with another call THEN that call asks for itself."""
    answer = {"buyer": types("Yes-1")}

    async def work() -> object:
        calls, context = Conversations(asks_once), Client().context(MODERN)
        asked = await calls.call(context, params())
        assert isinstance(asked, InputRequiredResult)
        told = {"request_state": asked.request_state, "input_responses": answer, **repeated}
        again = await calls.call(context, params(**told))
        await calls.end(1.0)
        return again

    assert isinstance(in_own_loop(work()), InputRequiredResult)


def test_a_question_is_answered_once_and_a_newer_one_replaces_it() -> None:
    """GIVEN two open questions THEN the older has no answer, and none can be answered twice."""

    async def work() -> list[object]:
        calls, context = Conversations(asks_once), Client().context(MODERN)
        older = await calls.call(context, params())
        [waiting] = calls.running
        newer = await calls.call(context, params())
        assert isinstance(older, InputRequiredResult)
        assert isinstance(newer, InputRequiredResult)
        late = params(request_state=older.request_state, input_responses={"buyer": types("Yes-1")})
        asks_again = await calls.call(context, late)
        await calls.end(1.0)
        return [replied(await waiting), isinstance(asks_again, InputRequiredResult)]

    assert in_own_loop(work()) == [Reply.NO_ANSWER.name, True]


@pytest.mark.parametrize("may_have_sent", [False, True])
def test_a_client_that_goes_ends_only_what_has_sent_nothing(*, may_have_sent: bool) -> None:
    """GIVEN a call that its client drops THEN it ends, unless its request may have been sent."""
    ended: list[str] = []

    async def long(talk: Conversation) -> CallToolResult:
        talk.run = SimpleNamespace(may_have_sent=may_have_sent)  # type: ignore[assignment]
        try:
            await asyncio.sleep(0.05)
        except asyncio.CancelledError:
            ended.append("cancelled")
            raise
        ended.append("went on")
        return CallToolResult(content=[])

    async def work() -> None:
        calls = Conversations(long)
        call = asyncio.ensure_future(calls.call(Client().context(LEGACY), params()))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        call.cancel()
        await asyncio.gather(call, return_exceptions=True)
        await calls.end(60.0)
        assert list(calls.running) == []

    in_own_loop(work())

    assert ended == ["went on" if may_have_sent else "cancelled"]


def test_a_client_is_told_each_step_before_the_answer() -> None:
    """GIVEN steps before and after a question THEN each is told once, to the request that waits."""

    async def walks(talk: Conversation) -> CallToolResult:
        run = talk.following(Run("cancel"))
        for step, page in ((Step.MY_ORDERS, "My Orders"), (Step.CONSENT, "you")):
            with run.step(step) as running:
                running.page, running.note = page, "words of a seller"
                if step is Step.CONSENT:
                    await talk.ask(QUESTION)
        talk.count_orders(1, 3)
        talk.count_orders(3, 3)
        return CallToolResult(content=[])

    async def agrees() -> ElicitResult:
        return types("Yes-1")

    async def both() -> list[list[tuple[float, str]]]:
        legacy, before, after = Client(answer=agrees), Client(), Client()
        await Conversations(walks).call(legacy.context(LEGACY), params())
        calls = Conversations(walks)
        asked = await calls.call(before.context(MODERN), params())
        assert isinstance(asked, InputRequiredResult)
        answer = {"buyer": types("Yes-1")}
        told = params(request_state=asked.request_state, input_responses=answer)
        await calls.call(after.context(MODERN), told)
        assert len(before.told) == 1
        return [legacy.told, before.told + after.told]

    for told in in_own_loop(both()):
        assert [number for number, _ in told] == [1, 2, 3]
        words = [message.partition(" (")[0] for _, message in told]
        assert words == ["my orders", "consent, you", "order 2 of 3"]
