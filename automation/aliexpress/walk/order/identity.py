"""Which order and which dispute a page shows: it must be the one that was looked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.aliexpress.site import DisputeIds
from automation.aliexpress.site.addresses import dispute_ids_in, has_legacy_name_only
from automation.errors import ErrorCode, ExitCode, ToolError

if TYPE_CHECKING:
    from automation.aliexpress.pages import DisputePage


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


def _shows_others(order_id: str, dispute: DisputePage) -> bool:
    """True if the page shows numbers with unknown labels, and none is this order's."""
    return bool(dispute.doubtful_ids) and order_id not in dispute.doubtful_ids
