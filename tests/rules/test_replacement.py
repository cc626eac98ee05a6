"""How well a replacement parcel is proven (F9, F14)."""

from __future__ import annotations

import pytest

from rules.facts import ReplacementTracking
from rules.replacement import Proof, proof_of

REAL, ODD, INVENTED = "RR473124829GB", "RR473124828GB", "000000000000"


def proof(
    number: str | None = REAL,
    *,
    checked: bool | None = True,
    events: int | None = 5,
    last: str | None = "Arrived at the sorting centre",
) -> Proof:
    """The proof of a parcel; a checked one that moves, unless changed."""
    return proof_of(
        ReplacementTracking(
            number=number, checked_by_buyer=checked, carrier_events=events, last_event=last
        )
    )


def test_proven_is_a_real_number_that_the_buyer_saw_move() -> None:
    """GIVEN all three THEN proven; the control of every case below."""
    assert proof() is Proof.PROVEN
    assert not proof().is_doubtful_only


@pytest.mark.parametrize("number", [None, "", "  "])
def test_without_a_number_nothing_is_proven(number: str | None) -> None:
    """A promise to send one is no number."""
    assert proof(number) is Proof.NO_NUMBER
    assert proof_of(None) is Proof.NO_NUMBER


def test_an_impossible_number_is_never_proven() -> None:
    """Whatever the buyer says of it."""
    assert proof("soon") is Proof.IMPOSSIBLE


@pytest.mark.parametrize("checked", [False, None])
def test_an_unchecked_number_is_not_proven(checked: bool | None) -> None:
    """One that looks odd counts as invented (F14: a fake number cost a buyer 47 dollars)."""
    assert proof(checked=checked) is Proof.UNCHECKED
    assert proof(ODD, checked=checked) is Proof.INVENTED
    assert proof(INVENTED, checked=checked) is Proof.INVENTED


@pytest.mark.parametrize(
    ("number", "events", "found"),
    [
        (REAL, 0, Proof.NO_MOVEMENT),
        (REAL, 1, Proof.PROVEN),
        (REAL, None, Proof.MOVEMENT_UNKNOWN),
        (ODD, 0, Proof.NO_MOVEMENT),
        (ODD, 1, Proof.ODD_BUT_MOVING),
        (ODD, None, Proof.INVENTED),
        (INVENTED, 5, Proof.INVENTED),
    ],
)
def test_movements_prove_an_odd_number_and_never_an_invented_one(
    number: str, events: int | None, found: Proof
) -> None:
    """No carrier issues twelve zeros, and an unknown movement proves nothing."""
    assert proof(number, events=events) is found


@pytest.mark.parametrize(
    "last",
    ["Label created", "Shipping information received", "PRE-ADVICE", "Awaiting item", "Not found"],
)
def test_an_announced_parcel_has_not_moved(last: str) -> None:
    """Carriers show these before they have the parcel."""
    assert proof(last=last) is Proof.NO_MOVEMENT
    assert proof(ODD, last=last) is Proof.NO_MOVEMENT


def test_an_unknown_last_event_does_not_speak_against_movements() -> None:
    """The number of movements is enough."""
    assert proof(last=None) is Proof.PROVEN


def test_only_two_kinds_are_merely_doubtful() -> None:
    """Everything else that is not proven speaks against the replacement."""
    doubtful = {found for found in Proof if found.is_doubtful_only}
    assert doubtful == {Proof.ODD_BUT_MOVING, Proof.MOVEMENT_UNKNOWN}
