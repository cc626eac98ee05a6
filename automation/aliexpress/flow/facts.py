"""Combine the facts for the rules: what pages show overrides what the buyer says."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from automation.aliexpress.pages.messages import Author
from automation.aliexpress.site import DisputeIds
from automation.aliexpress.site.addresses import dispute_ids_in, has_legacy_name_only
from automation.errors import ErrorCode, ExitCode, ToolError
from rules import CANCEL_LABEL, Facts
from rules.moments import read_moment

if TYPE_CHECKING:
    from automation.aliexpress.pages import DisputePage, OrderPage
    from automation.aliexpress.site import WordPack


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
    base = replace(
        said,
        order_status=words.order_state(order.status) or said.order_status,
        order_frozen=order.frozen or said.order_frozen,
        account_role="buyer",
        open_disputes_in_order=open_disputes,
        target_specified=item_given or open_disputes == 1,
        protection_deadline=order.deadline or said.protection_deadline,
        order_placed=order.placed or said.order_placed,
        dispute_status="none",
        visible_buttons=None,
    )
    if dispute is None:
        return base
    edits = dispute.edits_used
    return replace(
        base,
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


def _shows_others(order_id: str, dispute: DisputePage) -> bool:
    """True if the page shows numbers with unknown labels, and none is this order's."""
    return bool(dispute.doubtful_ids) and order_id not in dispute.doubtful_ids


def check_where_it_led(order_id: str, href: str, dispute: DisputePage) -> None:
    """Require that the page belongs to this order and to the dispute that the link named.

    The ``issueId`` of an old link may differ from the newer id; then the page itself must
    name this order.

    Args:
        href: address that led there, empty if something was clicked.

    Raises:
        ToolError: it names none, or another order or dispute (exit 5).
    """
    renamed = has_legacy_name_only(href) and dispute.order_ids == (order_id,)
    check_identity(order_id, DisputeIds() if renamed else dispute_ids_in(href), dispute)


def check_identity(order_id: str, expected: DisputeIds, dispute: DisputePage) -> None:
    """Require that the page belongs to this order and to the expected dispute.

    Raises:
        ToolError: it names none, or another order or dispute (exit 5).
    """
    problem = ""
    if not dispute.ids:
        problem = "the dispute page's address names no dispute"
    elif expected and not expected.agrees_with(dispute.ids):
        problem = f"the dispute page shows dispute {dispute.ids.name}, not {expected.name}"
    elif dispute.other_disputes:
        problem = f"the dispute page names dispute {dispute.other_disputes[0]}"
    elif dispute.order_ids and set(dispute.order_ids) != {order_id}:
        others = ", ".join(i for i in dispute.order_ids if i != order_id)
        problem = f"the dispute page names order {others}, not {order_id}"
    elif not expected and not dispute.order_ids and _shows_others(order_id, dispute):
        problem = f"the dispute page shows {', '.join(dispute.doubtful_ids)} and not {order_id}"
    if problem:
        raise ToolError(
            problem,
            code=ErrorCode.WRONG_DISPUTE,
            exit_code=ExitCode.PAGE_NOT_RECOGNISED,
            hint="look at the dispute in your own browser",
        )
