"""The columns of a file of orders: their names and the values of their cells."""

from __future__ import annotations

import pytest

from automation.aliexpress.batch.columns import (
    by_known_names,
    control_in,
    known,
    typed,
    unknown_column,
)
from automation.aliexpress.batch.problems import BadLineError


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("order", "order"),
        (" Order-ID ", "order"),
        ("because", "reason"),
        ("Seller says", "seller_messages"),
        ("protection ends", "protection_deadline"),
        ("replacement", "replacement_tracking.number"),
        ("edits_used", "edits_used"),
        ("now", None),
        ("buyer_name", None),
        ("", None),
    ],
)
def test_a_column_is_known_by_each_of_its_spellings(given: str, name: str | None) -> None:
    """GIVEN a name as a spreadsheet, an option or a fact has it THEN the reader's; else none."""
    assert known(given) == name


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("order", "8194370215560042", "8194370215560042"),
        ("item_received", "YES", True),
        ("item_received", "0", False),
        ("edits_used", "3", 3),
        ("seller_messages", "Please cancel", ["Please cancel"]),
        ("replacement_tracking.checked_by_buyer", "no", False),
        ("protection_deadline", "2026-12-24", "2026-12-24"),
    ],
)
def test_a_cell_has_the_type_of_its_fact(name: str, text: str, value: object) -> None:
    """GIVEN the text of a cell THEN what a file of facts would say."""
    found = typed(name, text)
    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        ("item_received", "perhaps", "expected yes or no"),
        ("edits_used", "two", "expected a whole number"),
        ("edits_used", "-1", "expected a whole number"),
        ("edits_used", "٣", "expected a whole number"),
    ],
)
def test_a_cell_that_cannot_be_one_is_refused(name: str, text: str, why: str) -> None:
    """GIVEN an unclear cell THEN an error: it is never taken as no."""
    with pytest.raises(ValueError, match=why):
        typed(name, text)


def test_an_unknown_column_is_told_with_the_nearest() -> None:
    """GIVEN a misspelt column THEN the nearest; without one, all; and the clock is nobody's to give."""
    assert "did you mean 'received'" in unknown_column(1, "recieved").what
    assert "order" in unknown_column(1, "xyz").hint
    assert unknown_column(1, "now").what == "'now' cannot be given"


def test_null_says_nothing_and_every_unknown_name_is_told() -> None:
    """GIVEN the object of a line THEN its values under the reader's names."""
    assert by_known_names(2, {"because": "other", "received": None}) == {"reason": "other"}
    with pytest.raises(BadLineError) as bad:
        by_known_names(2, {"order": "1", "colour": "red", "size": 3})
    assert len(bad.value.problems) == 2


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("a\0b", True),
        (["a", "b\x1b"], True),
        ({"number": "LP\x01"}, True),
        ({"num\x02ber": "LP"}, True),
        ([{"a": ["b\x9f"]}], True),
        ("a\r\n\tb\x85", False),
        ([{"a": ["b", 1, None]}], False),
        (7, False),
        (None, False),
    ],
)
def test_a_control_character_is_found_wherever_it_is(value: object, *, found: bool) -> None:
    """GIVEN a text, or a value of JSON with texts and names in it THEN one that nobody sees is told."""
    assert (control_in(2, "seller_says", value) is not None) is found
