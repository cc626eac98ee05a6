"""What the pages of one order show: its disputes, and the one to judge."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from automation.aliexpress.answer import ChoiceAnswer
from automation.errors import ErrorCode, ExitCode, ToolError
from rules.moments import read_moment

if TYPE_CHECKING:
    from playwright.async_api import Error

    from automation.aliexpress.pages import DisputeEntry, DisputePage, OrderCard, OrderPage


class Found(Struct, frozen=True):
    """A dispute that a way of the order's page led to.

    Args:
        number: what ``--item`` calls it.
    """

    entry: DisputeEntry
    number: int
    page: DisputePage

    @property
    def names(self) -> tuple[str | None, str | None]:
        """The ids that ``--item`` takes: of its line and of the dispute."""
        return self.page.ids.trade_line_id, self.page.ids.reverse_line_id


class NotFound(Struct, frozen=True):
    """A way of the order's page that led to no other dispute.

    Args:
        number: what ``--item`` calls its dispute; ``None`` if it certainly leads to none, or
            to one that another way led to.
        problem: why it was not read, if anything went wrong.
    """

    entry: DisputeEntry
    number: int | None = None
    problem: ToolError | Error | None = None


class Reading(Struct, frozen=True):
    """What the pages of one order show.

    Args:
        found: the disputes that were opened, in the order of the page.
        choice: the one that the buyer named or the only one; ``None`` if there is none.
        doubt: why an order that shows no dispute may have one all the same.
    """

    card: OrderCard
    order: OrderPage
    found: tuple[Found, ...]
    choice: Found | None
    doubt: ToolError | None = None

    @property
    def disputes(self) -> tuple[DisputePage, ...]:
        """The pages of the disputes."""
        return tuple(each.page for each in self.found)

    @property
    def chosen(self) -> DisputePage | None:
        """The page of the dispute to judge."""
        return self.choice.page if self.choice else None

    @property
    def item(self) -> str:
        """Title of the disputed item, if the pages show it."""
        return item_title(self.card, self.order, self.choice.entry if self.choice else None)

    def showing(self, page: DisputePage) -> Reading:
        """With the chosen dispute as its page shows it now."""
        if self.choice is None:
            return self
        choice = replace(self.choice, page=page)
        found = tuple(choice if each is self.choice else each for each in self.found)
        return replace(self, found=found, choice=choice)

    def choices(self) -> tuple[ChoiceAnswer, ...]:
        """Every dispute with the values that ``--item`` takes."""
        return tuple(
            ChoiceAnswer(
                item_number=each.number,
                line_id=each.page.ids.trade_line_id,
                dispute_id=each.page.ids.reverse_line_id,
                item=item_title(self.card, self.order, each.entry),
                status_words=each.page.status_words,
            )
            for each in self.found
        )


class AmbiguousTargetError(ToolError):
    """Several disputes are open and none was named (exit 5).

    Args:
        choices: every dispute with the values of ``--item`` that name it.
    """

    def __init__(self, choices: tuple[ChoiceAnswer, ...]) -> None:
        named = "; ".join(
            f"--item {each.item_number}: {each.item or 'item not named'}, line "
            f"{each.line_id or '?'}, dispute {each.dispute_id or '?'} "
            f"({each.status_words or 'no status'})"
            for each in choices
        )
        super().__init__(
            f"this order has {len(choices)} open disputes: {named}",
            code=ErrorCode.AMBIGUOUS_TARGET,
            exit_code=ExitCode.PAGE_NOT_RECOGNISED,
            hint="name one with --item and its number, its line or its dispute",
        )
        self.choices = choices


def item_title(card: OrderCard, order: OrderPage, entry: DisputeEntry | None) -> str:
    """Title of the item of a dispute, if it is certain which line the dispute belongs to."""
    if entry is not None and entry.line is not None:
        return order.lines[entry.line].title
    return order.lines[0].title if len(order.lines) == 1 else card.item


def shown_deadline(order: OrderPage, dispute: DisputePage, said: str | None = None) -> str | None:
    """The earlier of the deadlines on both pages, or what the buyer said."""
    told = [text for text in (order.deadline, dispute.deadline) if text]
    return min(told, key=_earliest, default=said)


def _earliest(text: str) -> datetime:
    """The earliest moment that a time could mean; an unreadable one comes first."""
    moment = read_moment(text)
    return moment.earliest if moment else datetime.min.replace(tzinfo=UTC)
