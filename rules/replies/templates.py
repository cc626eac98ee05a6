"""Which reply fits what the seller asked; the words are in one data file a language."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Final, NamedTuple

from pydantic import BaseModel, ConfigDict, Field

from rules.replies.language import language_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rules.messages import Message

# The asks behind each kind of pressure (see ``rules.messages``); a cancel depends on its price.
_ASKS: Final = {
    "no dispute": "wait",
    "solution": "proposal",
    "other reason": "reason",
    "confirm first": "confirm",
    "outside": "outside",
    "rating": "rating",
    "appeal": "appeal",
    "false rule": "refund",
}
_PRICES: Final = ("refund", "resend", "extend", "gift")
# A part of the price, as a percentage.
_PART: Final = re.compile(r"(?<!\d)[1-9]?\d\s*[%％]|[%％]\s*[1-9]?\d(?!\d)")
_Words = Field(min_length=20, max_length=400)


class Reply(NamedTuple):
    """A reply that is ready to paste."""

    language: str
    text: str


class Replies(BaseModel):
    """One language's file: a greeting, and an answer to each ask; see ``asks.toml``.

    Args:
        between: what separates two sentences.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    between: str = " "
    greeting: str = Field(min_length=5)
    outside: str = _Words
    confirm: str = _Words
    reason: str = _Words
    proposal: str = _Words
    refund: str = _Words
    resend: str = _Words
    extend: str = _Words
    gift: str = _Words
    rating: str = _Words
    wait: str = _Words
    cancel: str = _Words
    appeal: str = _Words


def reply_to(messages: Sequence[Message], *, agreed: bool = False) -> Reply | None:
    """The reply to a seller's own messages; ``None`` if they press for nothing.

    Args:
        agreed: the buyer would accept what is offered, in the dispute.
    """
    asked = {ask for message in messages for ask in asks_of(message)}
    asked |= {"proposal"} if agreed and asked else set()
    ask = next((each for each in asks() if each in asked), None)
    if ask is None:
        return None
    language = language_of(message.text for message in messages if any(asks_of(message)))
    words = replies_in(language)
    answer: str = getattr(words, ask)
    return Reply(language, f"{words.greeting}{words.between}{answer}")


def asks_of(message: Message) -> Iterator[str]:
    """What one message asks for, by the names of ``asks.toml``."""
    if message.outside:
        yield "outside"
    if message.is_pressure and message.kind == "cancel":
        prices = [price for price in _PRICES if price in message.promises]
        part = "refund" in prices and _PART.search(message.text)
        yield "proposal" if part else prices[0] if prices else "cancel"
    elif message.is_pressure:
        yield _ASKS[message.kind]


@cache
def asks() -> dict[str, str]:
    """What a seller can ask, the first to be answered first."""
    return {ask: str(meaning) for ask, meaning in _table("asks").items()}


@cache
def replies_in(language: str) -> Replies:
    """The replies of one language."""
    return Replies.model_validate(_table(language))


def _table(name: str) -> dict[str, object]:
    file = resources.files("rules.replies") / f"{name}.toml"
    return tomllib.loads(file.read_text("utf-8"))
