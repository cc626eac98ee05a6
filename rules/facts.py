"""The facts that the rules judge: all that was said or read about one dispute."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, ClassVar, Final

from rules.outside import STRICT, Outside, revised
from rules.statuses import AccountRole, DisputeStatus, MoneyReceived, OrderStatus

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import ConfigDict

_MOST_COUNT: Final = 1_000_000
_DATE_AND_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:")
_HALF = re.compile("[\ud800-\udfff]")
_FIRST_YEAR, _LAST_YEAR = 2000, 9000


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


def _no_bare_number(value: object) -> object:
    """Refuse bare digits, which would count as seconds since 1970."""
    if value is None or isinstance(value, datetime):
        return value
    if not (isinstance(value, str) and _DATE_AND_TIME.match(value)):
        raise ValueError("expected a date and time such as 2026-06-10T12:00:00Z")
    return value


def _in_a_zone_and_of_this_age(value: object) -> object:
    if isinstance(value, datetime):
        if value.utcoffset() is None:
            raise ValueError("missing time zone, such as Z or +02:00")
        if not _FIRST_YEAR <= value.year <= _LAST_YEAR:
            raise ValueError(f"the year must be between {_FIRST_YEAR} and {_LAST_YEAR}")
    return value


def _none_is_empty(value: object) -> object:
    return () if value is None else value


_CLOCK: Final = Outside(before=_no_bare_number, after=_in_a_zone_and_of_this_age)
_TEXTS: Final = Outside(before=_none_is_empty, nullable=True)


def _told(description: str, **limits: float | bool) -> dict[str, object]:
    """What the schema says of a field, and how pydantic limits it."""
    return {"description": description, **limits}


def _mended(value: object) -> object:
    """Replace half characters (lone surrogates), which pages and terminals can hand over."""
    if isinstance(value, tuple):
        return tuple(map(_mended, value))
    is_text = isinstance(value, str) and not isinstance(value, StrEnum)
    return _HALF.sub("\N{REPLACEMENT CHARACTER}", str(value)) if is_text else value


class _Whole:
    """A frozen dataclass whose texts have whole characters, and whose names are known ones."""

    _NAMES: ClassVar[Mapping[str, type[StrEnum]]] = {}
    """Fields that are states if they have the name of one; other text stays as the page wrote it."""

    def __post_init__(self) -> None:
        """Settle every value, wherever it comes from."""
        for name, value in vars(self).items():
            settled = _mended(value)
            if isinstance(settled, str) and settled in set(self._NAMES.get(name, ())):
                settled = self._NAMES[name](settled)
            object.__setattr__(self, name, settled)


@dataclass(frozen=True, kw_only=True)
class ReplacementTracking(_Whole):
    """A number that the seller gave for a second parcel (F9)."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    number: str | None = field(
        default=None, metadata=_told("the tracking number as the seller wrote it")
    )
    checked_by_buyer: bool | None = field(
        default=None, metadata=_told("you looked it up on the carrier's own page")
    )
    carrier_events: int | None = field(
        default=None, metadata=_told("how many movements the carrier shows", ge=0, le=_MOST_COUNT)
    )
    last_event: str | None = field(
        default=None, metadata=_told("the newest of them, in the carrier's words")
    )


@dataclass(frozen=True, kw_only=True)
class Facts(_Whole):
    """All that is known; ``None`` means unknown and never counts as good.

    It is also the schema of a facts file. The caller owns the clock. Dates are texts, since a
    missing offset must stay visible; see ``rules.moments``. Only known states can be cancelled
    (F3). Texts of unknown authors warn at most. The control that cancels is always
    ``rules.CANCEL_LABEL`` in ``visible_buttons``, whatever the page's language.

    Code that has typed values makes one as it is. What comes from outside is checked by pydantic:
    by ``updated``, or by ``rules.outside.adapter``.
    """

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    _NAMES: ClassVar[Mapping[str, type[StrEnum]]] = {
        "order_status": OrderStatus,
        "dispute_status": DisputeStatus,
        "account_role": AccountRole,
    }

    now: Annotated[datetime | None, _CLOCK] = field(
        default=None,
        metadata=_told(
            "time of the decision, with a time zone; the present if it is missing", strict=False
        ),
    )
    order_status: OrderStatus | str | None = field(
        default=None, metadata=_told("state of the order, or the words of its page")
    )
    order_frozen: bool | None = field(
        default=None,
        metadata=_told("AliExpress froze the order because it acts against the seller"),
    )
    dispute_status: DisputeStatus | str | None = field(
        default=None, metadata=_told("state of the dispute, or words that no list has")
    )
    buyer_reason: Reason | None = field(
        default=None, metadata=_told("why you want to cancel", strict=False)
    )
    item_received: bool | None = field(default=None, metadata=_told("you have the parcel"))
    item_verified: bool | None = field(
        default=None, metadata=_told("you checked that the product is the right one and works")
    )
    protection_deadline: str | None = field(
        default=None,
        metadata=_told(
            "end of the buyer protection as ISO 8601, or as the site writes it; without a "
            "time zone, the earliest possible time counts"
        ),
    )
    delivered_at: str | None = field(
        default=None, metadata=_told("when delivery was confirmed, written like the deadline")
    )
    order_placed: str | None = field(
        default=None, metadata=_told("when the order was placed, written like the deadline")
    )
    edits_used: int | None = field(
        default=None,
        metadata=_told("how often the dispute was edited so far", ge=-_MOST_COUNT, le=_MOST_COUNT),
    )
    seller_asked_to_cancel: bool | None = field(
        default=None, metadata=_told("the seller asked you to cancel")
    )
    seller_promise: str | None = field(
        default=None,
        metadata=_told("what the seller promised: a word such as resend, or their words"),
    )
    seller_message: str | None = field(default=None, metadata=_told("one message of the seller"))
    seller_messages: Annotated[tuple[str, ...], _TEXTS] = field(
        default=(), metadata=_told("more messages of the seller", strict=False)
    )
    unattributed_messages: Annotated[tuple[str, ...], _TEXTS] = field(
        default=(),
        metadata=_told(
            "texts whose author is unknown; not those of the site or your own", strict=False
        ),
    )
    replacement_tracking: ReplacementTracking | None = field(
        default=None, metadata=_told("the number of a second parcel, and what the carrier shows")
    )
    protection_extended: bool | None = field(
        default=None, metadata=_told("the seller extended the buyer protection")
    )
    money_received: MoneyReceived | None = field(
        default=None, metadata=_told("how much was paid outside AliExpress", strict=False)
    )
    account_role: AccountRole | str | None = field(
        default=None, metadata=_told("whose account is signed in")
    )
    open_disputes_in_order: int | None = field(
        default=None,
        metadata=_told("how many disputes of the order are open", ge=0, le=_MOST_COUNT),
    )
    target_specified: bool | None = field(
        default=None, metadata=_told("you named the order line whose dispute to cancel")
    )
    visible_buttons: tuple[str, ...] | None = field(
        default=None,
        metadata=_told(
            'labels of the buttons on the dispute page; the one that cancels is always "Cancel Request"',
            strict=False,
        ),
    )

    def updated(self, **changes: object) -> Facts:
        """The same facts with these changed, checked like new ones."""
        return revised(self, **changes)

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
