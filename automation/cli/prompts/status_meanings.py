"""What each status of a dispute means, for a buyer who has to name one."""

from __future__ import annotations

from typing import Final

STATUS_MEANINGS: Final = {
    "waiting_seller": "open: you wait for the seller to answer",
    "seller_responded": "open: the seller answered, and it is your turn",
    "mediating": "open: AliExpress looks at the case and has not decided",
    "final_decision": "AliExpress has decided; it cannot be changed",
    "accepted_proposal": "you accepted a proposal; it cannot be changed",
    "seller_accepted_full": "the seller agreed to everything that you asked for",
    "return_in_progress": "you have to send the goods back, or did",
    "refund_in_progress": "your money is on its way back",
    "appeal": "you appealed against a decision",
    "refund_complete": "your money was paid back",
    "closed": "closed, not by you",
    "cancelled": "you cancelled the dispute",
}
