"""Whether a tracking number could be real, by its shape alone."""

from __future__ import annotations

import pytest

from rules.tracking_numbers import Plausibility, plausibility

PLAUSIBLE, ODD, INVENTED, IMPOSSIBLE = Plausibility


@pytest.mark.parametrize(
    ("number", "found"),
    [
        ("RR473124829GB", PLAUSIBLE),  # the example of the postal union
        ("rr 473 124 829 gb", PLAUSIBLE),
        ("RR-473124829-GB", PLAUSIBLE),
        ("RR473124820GB", ODD),  # its check digit is wrong
        ("RR473124828GB", ODD),
        ("RR473124885GB", PLAUSIBLE),  # a remainder of nothing counts as five
        ("RR473124886GB", ODD),
        ("RR473124850GB", PLAUSIBLE),  # one of one as nothing
        ("RR473124851GB", ODD),
        ("LP00482211999CN", PLAUSIBLE),  # no postal number: ten digits have no check digit
        ("1Z999AA10123456784", PLAUSIBLE),
        ("420112349400110898765432101234", PLAUSIBLE),
        ("1234567890", ODD),
        ("9876543210", ODD),
        ("AB12345678", ODD),
        ("000000000000", INVENTED),
        ("LP1111111111CN", INVENTED),
        ("LP1111111CN", INVENTED),  # in no groups of two or three
        ("AB38338383", PLAUSIBLE),  # two digits, without a pattern
        ("121212121212", INVENTED),
        ("123123123", INVENTED),
        ("1212", IMPOSSIBLE),
        ("1234567", IMPOSSIBLE),
        ("38201945", PLAUSIBLE),  # the shortest
        ("3820194", IMPOSSIBLE),
        ("AB382019", PLAUSIBLE),  # the fewest digits
        ("ABC38201", IMPOSSIBLE),
        ("3820194567" * 3 + "38201", PLAUSIBLE),  # the longest
        ("3820194567" * 3 + "382019", IMPOSSIBLE),
        ("will send soon", IMPOSSIBLE),
        ("3820194567!", IMPOSSIBLE),
        ("", IMPOSSIBLE),
        (None, IMPOSSIBLE),
    ],
)
def test_the_shape_of_a_number(number: str | None, found: Plausibility) -> None:
    """Length, letters, digits, patterns that people type, and the postal check digit."""
    assert plausibility(number) is found


@pytest.mark.parametrize("number", ["RR473124050GB", "RR473124010GB"])
def test_edges_of_the_check_digit(number: str) -> None:
    """A remainder of one is written as 0, a remainder of nothing as 5."""
    digits = number[:10]
    found = {check: plausibility(f"{digits}{check}GB") for check in "0123456789"}
    right = [check for check, shape in found.items() if shape is PLAUSIBLE]
    assert len(right) == 1
