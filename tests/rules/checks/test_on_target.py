"""A dispute among several has to be named, or the wrong one may be cancelled."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rules import Facts, advise

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.mark.parametrize(
    ("named", "count", "rule"),
    [
        (True, 1, None),
        (True, 3, None),
        (True, None, None),
        (False, 1, None),
        (False, 2, "target-ambiguous"),
        (False, None, "target-ambiguous"),  # who knows how many there are
        (None, 2, "target-ambiguous"),
        (None, 1, None),
        (None, None, None),
        (True, 0, "nothing-to-cancel"),
        (None, 0, "nothing-to-cancel"),
    ],
)
def test_a_dispute_is_named_or_the_only_one(
    good: Callable[..., Facts], named: bool | None, count: int | None, rule: str | None
) -> None:
    """GIVEN what was named and how many are open THEN blocked unless that is one dispute."""
    advice = advise(good(target_specified=named, open_disputes_in_order=count))
    found = {"target-ambiguous", "nothing-to-cancel"} & {each.rule for each in advice.findings}
    assert found == ({rule} if rule else set())
    assert (advice.verdict.value == "block") is (rule is not None)


@pytest.mark.parametrize(
    ("count", "told"), [(2, "2 disputes are open"), (None, "An unknown number of disputes")]
)
def test_how_many_are_open_is_told(
    good: Callable[..., Facts], count: int | None, told: str
) -> None:
    """GIVEN several, or nobody knows how many THEN the finding says which."""
    advice = advise(good(target_specified=False, open_disputes_in_order=count))
    (found,) = (each for each in advice.findings if each.rule == "target-ambiguous")
    assert found.meaning.startswith(told)
