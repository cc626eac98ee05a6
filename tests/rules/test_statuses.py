"""States of disputes, orders and money: which of them a cancel can do any good in."""

from __future__ import annotations

import pytest

from rules.statuses import AccountRole, DisputeStatus, MoneyReceived, OrderStatus

KINDS = {
    "cancellable": {"waiting_seller", "seller_responded", "mediating"},
    "final": {"final_decision", "accepted_proposal"},
    "settling": {
        "return_in_progress", "refund_in_progress", "seller_accepted", "seller_accepted_full",
        "appeal", "appealing", "appeal_in_progress",
    },
    "over": {"none", "closed", "cancelled", "canceled", "refund_complete"},
    "unknown": {"unknown"},
}  # fmt: skip


def kinds(status: DisputeStatus) -> set[str]:
    """What a state is."""
    said = {
        "cancellable": status.is_cancellable,
        "final": status.is_final,
        "settling": status.is_settling,
        "over": status.is_over,
    }
    return {name for name, true in said.items() if true}


def test_every_state_has_been_thought_of() -> None:
    """GIVEN the states that are known by name THEN the list of this test has each once."""
    listed = [name for names in KINDS.values() for name in names]

    assert sorted(listed) == sorted(status.value for status in DisputeStatus)


@pytest.mark.parametrize(
    ("name", "kind"), [(name, kind) for kind, names in KINDS.items() for name in sorted(names)]
)
def test_a_state_is_of_one_kind(name: str, kind: str) -> None:
    """F3, F5: GIVEN a state THEN it is of its kind and of no other; the unknown one is of none."""
    assert kinds(DisputeStatus(name)) == {kind} - {"unknown"}


def test_words_of_a_state_are_read_as_words() -> None:
    """GIVEN a state THEN what a person reads has no underscore."""
    assert DisputeStatus.SELLER_ACCEPTED_FULL.words == "seller accepted full"
    assert not [status for status in DisputeStatus if "_" in status.words]


@pytest.mark.parametrize(
    ("status", "arrived"),
    [("processing", False), ("awaiting_delivery", False), ("delivered", True), ("completed", True)],
)
def test_an_order_has_arrived_once_delivery_is_confirmed(status: str, *, arrived: bool) -> None:
    """F6: GIVEN a state of the order THEN only a confirmed delivery has a date that matters."""
    assert OrderStatus(status).has_arrived is arrived
    assert len(OrderStatus) == 4


def test_names_that_scripts_and_files_use_stay() -> None:
    """GIVEN values of the command line and of facts files THEN their names are the contract's."""
    assert [str(each) for each in MoneyReceived] == [
        "none",
        "announced_only",
        "partial",
        "full_cleared",
    ]
    assert [str(each) for each in AccountRole] == ["buyer", "seller"]
