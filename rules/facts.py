"""The facts that the rules judge: all that was said or read about one dispute."""

from __future__ import annotations

import re
from datetime import datetime
from enum import StrEnum
from typing import Annotated, TypeVar

from pydantic import (
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    field_validator,
)

from rules.statuses import AccountRole, DisputeStatus, MoneyReceived, OrderStatus

_MOST_COUNT = 1_000_000
_DATE_AND_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:")
_HALF = re.compile("[\ud800-\udfff]")
_FIRST_YEAR, _LAST_YEAR = 2000, 9000

Named = TypeVar("Named", bound=StrEnum)


def _named(kind: type[Named]) -> BeforeValidator:
    """Read a known name as the enum; other text stays as the page wrote it."""

    def read(value: object) -> object:
        known = isinstance(value, str) and value in set(kind)
        return kind(str(value)) if known else value

    return BeforeValidator(read)


class Reason(StrEnum):
    """Why the buyer wants to cancel."""

    PACKAGE_ARRIVED = "package_arrived"
    REPLACEMENT_ARRIVED = "replacement_arrived"
    REPLACEMENT_SENT = "replacement_sent"
    FILED_BY_MISTAKE = "filed_by_mistake"
    SELLER_PROMISED = "seller_promised"
    FAIR_AGREEMENT = "fair_agreement"
    ADD_EVIDENCE = "add_evidence"
    START_FRESH = "start_fresh"
    CHANGE_AMOUNT = "change_amount"
    MONEY_RECEIVED_OFF_PLATFORM = "money_received_off_platform"
    CHANGED_MIND = "changed_mind"
    WAIT_LONGER = "wait_longer"
    PACKAGE_ARRIVED_WRONG_ITEM = "package_arrived_wrong_item"
    PACKAGE_ARRIVED_PARTLY = "package_arrived_partly"
    AFRAID_OF_ACCOUNT_BLOCK = "afraid_of_account_block"
    OTHER = "other"


def _mended(value: object) -> object:
    is_text = isinstance(value, str) and not isinstance(value, StrEnum)
    return _HALF.sub("\N{REPLACEMENT CHARACTER}", str(value)) if is_text else value


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, defer_build=True)

    @field_validator("*", mode="before")
    @classmethod
    def _whole_characters(cls, value: object) -> object:
        """Replace half characters (lone surrogates), which pages and terminals can hand over."""
        if isinstance(value, tuple):
            return tuple(map(_mended, value))
        return _mended(value)


class ReplacementTracking(_Strict):
    """A number that the seller gave for a second parcel (F9)."""

    number: str | None = Field(
        default=None, description="the tracking number as the seller wrote it"
    )
    checked_by_buyer: bool | None = Field(
        default=None, description="you looked it up on the carrier's own page"
    )
    carrier_events: int | None = Field(
        default=None, ge=0, le=_MOST_COUNT, description="how many movements the carrier shows"
    )
    last_event: str | None = Field(
        default=None, description="the newest of them, in the carrier's words"
    )


class Facts(_Strict):
    """All that is known; ``None`` means unknown and never counts as good.

    It is also the schema of a fact file. The caller owns the clock. Dates are texts, since a
    missing offset must stay visible; see ``rules.moments``. Only known states can be cancelled
    (F3). Texts of unknown authors warn at most. The control that cancels is always
    ``rules.CANCEL_LABEL`` in ``visible_buttons``, whatever the page's language.
    """

    now: AwareDatetime | None = Field(
        default=None,
        strict=False,
        description="time of the decision, with a time zone; the present if it is missing",
    )
    order_status: Annotated[OrderStatus | str | None, _named(OrderStatus)] = Field(
        default=None, description="state of the order, or the words of its page"
    )
    order_frozen: bool | None = Field(
        default=None, description="AliExpress froze the order because it acts against the seller"
    )
    dispute_status: Annotated[DisputeStatus | str | None, _named(DisputeStatus)] = Field(
        default=None, description="state of the dispute, or words that no list has"
    )
    buyer_reason: Reason | None = Field(
        default=None, strict=False, description="why you want to cancel"
    )
    item_received: bool | None = Field(default=None, description="you have the parcel")
    item_verified: bool | None = Field(
        default=None, description="you checked that the product is the right one and works"
    )
    protection_deadline: str | None = Field(
        default=None,
        description="end of the buyer protection as ISO 8601, or as the site writes it; without a "
        "time zone, the earliest possible time counts",
    )
    delivered_at: str | None = Field(
        default=None, description="when delivery was confirmed, written like the deadline"
    )
    order_placed: str | None = Field(
        default=None, description="when the order was placed, written like the deadline"
    )
    edits_used: int | None = Field(
        default=None,
        ge=-_MOST_COUNT,
        le=_MOST_COUNT,
        description="how often the dispute was edited so far",
    )
    seller_asked_to_cancel: bool | None = Field(
        default=None, description="the seller asked you to cancel"
    )
    seller_promise: str | None = Field(
        default=None, description="what the seller promised: a word such as resend, or their words"
    )
    seller_message: str | None = Field(default=None, description="one message of the seller")
    seller_messages: tuple[str, ...] = Field(
        default=(), strict=False, description="more messages of the seller"
    )
    unattributed_messages: tuple[str, ...] = Field(
        default=(),
        strict=False,
        description="texts whose author is unknown; not those of the site or your own",
    )
    replacement_tracking: ReplacementTracking | None = Field(
        default=None, description="the number of a second parcel, and what the carrier shows"
    )
    protection_extended: bool | None = Field(
        default=None, description="the seller extended the buyer protection"
    )
    money_received: MoneyReceived | None = Field(
        default=None, strict=False, description="how much was paid outside AliExpress"
    )
    account_role: Annotated[AccountRole | str | None, _named(AccountRole)] = Field(
        default=None, description="whose account is signed in"
    )
    open_disputes_in_order: int | None = Field(
        default=None, ge=0, le=_MOST_COUNT, description="how many disputes of the order are open"
    )
    target_specified: bool | None = Field(
        default=None, description="you named the order line whose dispute to cancel"
    )
    visible_buttons: tuple[str, ...] | None = Field(
        default=None,
        strict=False,
        description='labels of the buttons on the dispute page; the one that cancels is always "Cancel Request"',
    )

    @field_validator("now", mode="before")
    @classmethod
    def _no_bare_number(cls, value: object) -> object:
        """Refuse bare digits, which would count as seconds since 1970."""
        if value is None or isinstance(value, datetime):
            return value
        if not (isinstance(value, str) and _DATE_AND_TIME.match(value)):
            raise ValueError("expected a date and time such as 2026-06-10T12:00:00Z")
        return value

    @field_validator("now")
    @classmethod
    def _of_this_age(cls, value: datetime | None) -> datetime | None:
        if value is not None and not _FIRST_YEAR <= value.year <= _LAST_YEAR:
            raise ValueError(f"the year must be between {_FIRST_YEAR} and {_LAST_YEAR}")
        return value

    @field_validator("seller_messages", "unattributed_messages", mode="before")
    @classmethod
    def _none_is_empty(cls, value: object) -> object:
        return () if value is None else value

    def updated(self, **changes: object) -> Facts:
        """The same facts with these changed, checked like new ones."""
        return Facts.model_validate({**dict(self), **changes})

    @property
    def all_messages(self) -> tuple[str, ...]:
        """The seller's messages, without duplicates."""
        first = (self.seller_message,) if self.seller_message else ()
        return tuple(dict.fromkeys((*first, *self.seller_messages)))

    @property
    def checked_in_hand(self) -> bool:
        """F8: the buyer has the right, working product and checked it."""
        wrong = {Reason.PACKAGE_ARRIVED_WRONG_ITEM, Reason.PACKAGE_ARRIVED_PARTLY}
        checked = self.item_received is True and self.item_verified is True
        return checked and self.buyer_reason not in wrong
