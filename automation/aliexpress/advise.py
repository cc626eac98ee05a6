"""Judge what the pages of an order show, together with what the buyer says."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from automation.aliexpress.answer import SeenAnswer, UnknownStatusAnswer
from automation.aliexpress.pages.messages import Author
from automation.aliexpress.site import Doubt
from automation.aliexpress.site.teaching import CHOICE, unknown_status
from automation.errors import ErrorCode, ExitCode, ToolError
from rules import CANCEL_LABEL, AccountRole, Advice, DisputeStatus, Facts, advise
from rules.moments import read_moment

if TYPE_CHECKING:
    from automation.aliexpress.pages import DisputePage, OrderPage
    from automation.aliexpress.read_order import Seen
    from automation.aliexpress.site import SiteMap, WordPack


def judge(seen: Seen, said: Facts, words: WordPack, *, item_given: bool) -> Advice:
    """Advise on everything that was read and said."""
    return advise(
        read_facts(
            said,
            order=seen.order,
            dispute=seen.chosen,
            words=words,
            open_disputes=len(seen.disputes),
            item_given=item_given or seen.chosen is not None,
        )
    )


def read_facts(
    said: Facts,
    *,
    order: OrderPage,
    dispute: DisputePage | None,
    words: WordPack,
    open_disputes: int,
    item_given: bool,
) -> Facts:
    """Combine what was read with what the buyer said.

    A deadline or edit count missing on the pages comes from the buyer (settled
    questions); a status never does, once a page was read.
    """
    base = said.updated(
        order_status=words.order_state(order.status) or said.order_status,
        order_frozen=order.frozen or said.order_frozen,
        account_role=AccountRole.BUYER,
        open_disputes_in_order=open_disputes,
        target_specified=item_given or open_disputes == 1,
        protection_deadline=order.deadline or said.protection_deadline,
        order_placed=order.placed or said.order_placed,
        dispute_status=DisputeStatus.NONE,
        visible_buttons=None,
    )
    if dispute is None:
        return base
    edits = dispute.edits_used
    return base.updated(
        dispute_status=dispute.status,
        protection_deadline=shown_deadline(order, dispute, said.protection_deadline),
        edits_used=edits if edits is not None else said.edits_used,
        visible_buttons=_buttons(dispute),
        seller_messages=(*said.seller_messages, *dispute.words_of(Author.SELLER)),
        unattributed_messages=dispute.words_of(Author.UNKNOWN),
    )


def shown_deadline(order: OrderPage, dispute: DisputePage, said: str | None = None) -> str | None:
    """The earlier of the deadlines on both pages, or what the buyer said."""
    told = [text for text in (order.deadline, dispute.deadline) if text]
    return min(told, key=_earliest, default=said)


def _earliest(text: str) -> datetime:
    """The earliest moment that a time could mean; an unreadable one comes first."""
    moment = read_moment(text)
    return moment.earliest if moment else datetime.min.replace(tzinfo=UTC)


def _buttons(dispute: DisputePage) -> tuple[str, ...]:
    """Button labels, with the cancel control under its standard name."""
    cancel = set(dispute.cancel_labels)
    others = tuple(label for label in dispute.buttons if label not in cancel)
    return (*others, *((CANCEL_LABEL,) if cancel else ()))


def ambiguous(seen: Seen) -> ToolError:
    """The error for several open disputes, with the values of ``--item`` that name one."""
    named = "; ".join(
        f"--item {each.item_number}: {each.item or 'item not named'}, line "
        f"{each.line_id or '?'}, dispute {each.dispute_id or '?'} "
        f"({each.status_words or 'no status'})"
        for each in seen.choices()
    )
    return ToolError(
        f"this order has {len(seen.disputes)} open disputes: {named}",
        code=ErrorCode.AMBIGUOUS_TARGET,
        exit_code=ExitCode.PAGE_NOT_RECOGNISED,
        hint="name one with --item and its number, its line or its dispute",
    )


def seen_answer(seen: Seen) -> SeenAnswer:
    """What the pages showed, for the JSON answer."""
    dispute = seen.chosen
    return SeenAnswer(
        order_status=seen.order.status,
        item=seen.item,
        disputes=tuple(each.ids.name for each in seen.disputes),
        status_words=dispute.status_words if dispute else "",
        status=dispute.status if dispute else DisputeStatus.NONE,
        protection_deadline=shown_deadline(seen.order, dispute) if dispute else seen.order.deadline,
        unverified=dispute.unverified if dispute else (),
        edits_used=dispute.edits_used if dispute else None,
        amount=dispute.amount if dispute else "",
    )


def unknown_status_answer(dispute: DisputePage, site: SiteMap) -> UnknownStatusAnswer | None:
    """How to teach a status line that is unknown; ``None`` if it is known or empty."""
    if dispute.status is not DisputeStatus.UNKNOWN or not dispute.status_words:
        return None
    doubt = unknown_status(dispute.lang, dispute.status_words, site.statuses)
    return UnknownStatusAnswer(
        seen=dispute.status_words,
        teach=doubt.lines[-1],
        choices=doubt.choices,
        where=f"a TOML file that begins with {doubt.lines[0]}, pass it with --words FILE, "
        f"and replace {CHOICE} with one of the choices",
    )


def unknown_labels(dispute: DisputePage, site: SiteMap) -> Doubt | None:
    """What of a dispute page's words is unknown: its status, else its buttons."""
    if dispute.status is DisputeStatus.UNKNOWN and dispute.status_words:
        return unknown_status(dispute.lang, dispute.status_words, site.statuses)
    if dispute.cancel_labels or not site.pack(dispute.lang).is_guess:
        return None
    buttons = {"labels.cancel_request": dispute.buttons}
    return Doubt(dispute.lang, "the control that withdraws your claim", buttons)
