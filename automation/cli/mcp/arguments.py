"""What an agent passes to a tool: the options of the same command, checked in the same way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import click
from pydantic import AfterValidator, Field, WithJsonSchema

from automation.aliexpress.answer_parts import Part
from automation.aliexpress.plan.order_number import check_order_id
from automation.cli.options.buyer_words import (
    MONEY,
    REASONS,
    STATUSES,
    BuyerWords,
    checked_moment,
)
from automation.cli.options.values import Word

if TYPE_CHECKING:
    from datetime import datetime

    from rules import Facts


def _one_of(words: tuple[str, ...]) -> AfterValidator:
    """Reads a word as the option does."""
    kind = Word(words)

    def read(value: str) -> str:
        try:
            return kind.convert(value, None, None)
        except click.BadParameter as error:
            raise ValueError(error.message) from None

    return AfterValidator(read)


def _named(words: tuple[str, ...]) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "enum": list(words)})


def _given(text: str) -> str:
    if not text.strip():
        raise ValueError("empty value; give one or leave it out")
    return text


def _moment(text: str) -> str:
    return checked_moment(text)


Order = Annotated[
    str, AfterValidator(check_order_id), Field(description="Order number, 15 to 19 digits.")
]
Item = Annotated[
    str,
    AfterValidator(_given),
    Field(description="Dispute of the order: its number from 1, or the id of its line or dispute."),
]
Text = Annotated[str, AfterValidator(_given)]
Moment = Annotated[str, AfterValidator(_moment)]
Reason = Annotated[str, _one_of(REASONS), _named(REASONS)]
Money = Annotated[str, _one_of(MONEY), _named(MONEY)]
Status = Annotated[str, _one_of(STATUSES), _named(STATUSES)]


class Said(Part):
    """What the buyer says. Leave out what they did not tell: never guess for them."""

    because: Annotated[Reason | None, Field(description="Why they want to cancel.")] = None
    received: Annotated[bool | None, Field(description="They have the package.")] = None
    checked: Annotated[
        bool | None, Field(description="They checked that it is the right product and works.")
    ] = None
    replacement: Annotated[Text | None, Field(description="Tracking number of a replacement.")] = (
        None
    )
    replacement_checked: Annotated[
        bool | None, Field(description="They looked up the number at the carrier.")
    ] = None
    protection_extended: Annotated[
        bool | None, Field(description="The seller extended the buyer protection.")
    ] = None
    money: Annotated[Money | None, Field(description="Money received outside AliExpress.")] = None
    seller_says: tuple[Text, ...] = Field(default=(), description="What the seller wrote.")
    protection_ends: Annotated[
        Moment | None, Field(description="End of the buyer protection, ISO 8601.")
    ] = None
    delivered: Annotated[
        Moment | None, Field(description="When delivery was confirmed, ISO 8601.")
    ] = None
    dispute_status: Annotated[Status | None, Field(description="Status of the dispute.")] = None
    edits_used: Annotated[
        int | None, Field(ge=0, le=99, description="How many times the dispute was edited.")
    ] = None

    def facts(self, now: datetime) -> Facts:
        """These words as facts for the rules."""
        told = {name: getattr(self, name) for name in Said.model_fields}
        return BuyerWords(**told).facts(now)


class AdviseArguments(Said):
    """Of ``advise``."""

    order: Order | None = Field(
        default=None, description="Read the pages of this order too; without it no browser opens."
    )
    item: Item | None = None


class ListArguments(Part):
    """Of ``list``."""

    every_order: bool = Field(
        default=False, description="Open every order, not only the disputed ones (slow)."
    )


class PlanArguments(Said):
    """Of ``plan``."""

    order: Order
    because: Reason = Field(description="Why they want to cancel.")
    item: Item | None = None
    accept_risk: tuple[str, ...] = Field(
        default=(),
        description="Rules to override. The buyer is asked about each; you cannot accept a risk.",
    )


class CancelArguments(Part):
    """Of ``cancel``."""

    order: Order
    plan: Annotated[str, Field(pattern="^[0-9a-f]{12}$", description="The digest of its plan.")]


class VerifyArguments(Part):
    """Of ``verify``."""

    order: Order
    item: Item | None = None
