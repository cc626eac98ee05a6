"""Which reply fits what the seller asked; the words are in one data file a language."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, field
from functools import cache
from typing import TYPE_CHECKING, ClassVar, Final, NamedTuple

from rules.compiled import compiled, parsed, read
from rules.outside import OWN_FIELDS, checked
from rules.replies.language import language_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pydantic import ConfigDict

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
_WORDS: Final = {"min_length": 20, "max_length": 400}
_FOLDER: Final = __file__.removesuffix("templates.py")


class Reply(NamedTuple):
    """A reply that is ready to paste."""

    language: str
    text: str


@dataclass(frozen=True)
class Replies:
    """One language's file: a greeting, and an answer to each ask; see ``asks.toml``.

    Args:
        between: what separates two sentences.
    """

    __pydantic_config__: ClassVar[ConfigDict] = OWN_FIELDS

    greeting: str = field(metadata={"min_length": 5})
    outside: str = field(metadata=_WORDS)
    confirm: str = field(metadata=_WORDS)
    reason: str = field(metadata=_WORDS)
    proposal: str = field(metadata=_WORDS)
    refund: str = field(metadata=_WORDS)
    resend: str = field(metadata=_WORDS)
    extend: str = field(metadata=_WORDS)
    gift: str = field(metadata=_WORDS)
    rating: str = field(metadata=_WORDS)
    wait: str = field(metadata=_WORDS)
    cancel: str = field(metadata=_WORDS)
    appeal: str = field(metadata=_WORDS)
    between: str = " "


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
    (table,) = parsed(f"{_FOLDER}asks", [read(f"{_FOLDER}asks.toml")])
    return {ask: str(meaning) for ask, meaning in table.items()}


@cache
def replies_in(language: str) -> Replies:
    """The replies of one language; its file is checked when it is compiled."""
    place = f"{_FOLDER}{language}"
    file = read(f"{place}.toml")

    def check() -> dict[str, str]:
        import tomllib  # noqa: PLC0415  whoever finds it compiled does not need it

        return asdict(checked(Replies, tomllib.loads(file.decode("utf-8"))))

    return Replies(**compiled(place, b"\0".join((file, read(__file__))), check))
