"""What of a mimic account no report may carry."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fixtures import MimicSite


def personal_data(site: MimicSite) -> set[str]:
    """Every made-up string of the account that no report may carry; amounts and dates may stay."""
    buyer = site.scenario.buyer
    found = {buyer.name, *buyer.name.split(), buyer.street, buyer.city, buyer.phone, buyer.email}
    found |= {"Wandering", "Heron", "Marrowby", "LM9", "960 417"}
    for order in site.state.orders:
        found |= {order.id, order.store}
        for line in order.lines:
            found |= {line.id, line.title, line.sku}
            if line.dispute:
                found |= {line.dispute.id, line.dispute.reverse_order_id}
                found |= {message.text for message in line.dispute.spec.messages}
    return found
