"""A list of disputes to show and to pick from."""

from __future__ import annotations

from automation.aliexpress.answer_parts import GuardAnswer
from automation.aliexpress.list_answer import ListAnswer, ListedAnswer
from rules import DisputeStatus, Verdict


def row(order: str, **more: object) -> ListedAnswer:
    """One listed dispute."""
    known: dict[str, object] = {
        "order": order, "item_number": 1, "item": "Lamp", "line_id": "81900000000000019",
        "dispute_id": None, "status": DisputeStatus.MEDIATING, "status_words": "", "edits_used": None,
        "amount": "US $4", "protection_deadline": None, "refile_by": None, "verdict": Verdict.WARN,
        "findings": (), "problem": None,
    }  # fmt: skip
    return ListedAnswer.model_validate(known | more)


def listed(*rows: ListedAnswer) -> ListAnswer:
    """A list of disputes."""
    return ListAnswer(
        disputes=rows, orders_seen=2, sources=(), complete=True, notes=(), guard=GuardAnswer()
    )
