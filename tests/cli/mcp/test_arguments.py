from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import ValidationError

from automation.cli.mcp.arguments import (
    AdviseArguments,
    CancelArguments,
    PlanArguments,
    Said,
    VerifyArguments,
)
from automation.cli.options.buyer_words import MONEY, REASONS, STATUSES, BuyerWords, checked_moment
from automation.errors import ToolError

if TYPE_CHECKING:
    from pydantic import BaseModel

NOW = datetime(2026, 11, 26, tzinfo=UTC)
ORDER = "8190000000000001"
IN_FULL: dict[str, Any] = {
    "because": "package-arrived", "received": True, "checked": False, "replacement": "LP1",
    "replacement_checked": True, "protection_extended": False, "money": "announced-only",
    "seller_says": ("wait",), "protection_ends": "2026-12-24", "delivered": "Dec 1, 2026 18:00 PST",
    "dispute_status": "mediating", "edits_used": 2,
}  # fmt: skip


def test_an_agent_can_say_what_a_buyer_can_say_with_options() -> None:
    """GIVEN the options of the command line THEN each is an argument, and means the same."""
    assert set(Said.model_fields) == set(BuyerWords.__struct_fields__) == set(IN_FULL)

    said = Said.model_validate(IN_FULL).facts(NOW)

    read = {name: checked_moment(IN_FULL[name]) for name in ("protection_ends", "delivered")}
    typed = {**IN_FULL, **read}
    assert said == BuyerWords(**typed).facts(NOW)


@pytest.mark.parametrize(
    ("name", "words"), [("because", REASONS), ("money", MONEY), ("dispute_status", STATUSES)]
)
def test_the_schema_names_every_word(name: str, words: tuple[str, ...]) -> None:
    """GIVEN a word of a list THEN an agent reads the list in the schema of the input."""
    field = AdviseArguments.model_json_schema()["properties"][name]

    assert tuple(field["anyOf"][0]["enum"]) == words


def test_underscores_and_pasted_orders_are_read_as_at_a_terminal() -> None:
    """GIVEN the spelling of a facts file, or a pasted number THEN they mean the same."""
    given = PlanArguments.model_validate(
        {"order": "Order ID: 8190 0000 0000 0001", "because": "package_arrived"}
    )

    assert (given.order, given.because) == (ORDER, "package-arrived")


@pytest.mark.parametrize(
    ("arguments", "given", "says"),
    [
        (PlanArguments, {"order": ORDER}, "because"),
        (PlanArguments, {"order": ORDER, "because": "package"}, "did you mean"),
        (PlanArguments, {"order": ORDER, "because": "other", "item": " "}, "empty value"),
        (PlanArguments, {"order": ORDER, "because": "other", "dry_run": False}, "dry_run"),
        (AdviseArguments, {"protection_ends": "soon"}, "is not a time"),
        (AdviseArguments, {"protection_ends": "1026-12-24"}, "too far away"),
        (AdviseArguments, {"edits_used": -1}, "edits_used"),
        (CancelArguments, {"order": ORDER}, "plan"),
        (
            CancelArguments,
            {"order": ORDER, "plan": "0a1b2c3d4e5f", "accept_risk": ["x"]},
            "accept_risk",
        ),
        (CancelArguments, {"order": ORDER, "plan": "0a1b2c3d4e5f", "typed": "0000"}, "typed"),
        (CancelArguments, {"order": ORDER, "plan": "yes"}, "plan"),
        (VerifyArguments, {}, "order"),
    ],
)
def test_what_the_command_refuses_is_refused(
    arguments: type[BaseModel], given: dict[str, object], says: str
) -> None:
    """GIVEN a value that an option refuses, or a name that no option has THEN it is refused."""
    with pytest.raises(ValidationError, match=says):
        arguments.model_validate(given)


def test_an_order_number_is_never_guessed() -> None:
    """GIVEN a short number THEN it is refused as at the command line."""
    with pytest.raises(ToolError, match="not an order number"):
        VerifyArguments.model_validate({"order": "12"})
