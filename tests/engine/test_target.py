from __future__ import annotations

import pytest
from pydantic import ValidationError

from automation.engine.target import Target


def target(**ids: str) -> Target:
    """A target of these ids."""
    return Target(ids=ids, words="a thing")


WHOLE = target(order="1")
LINE = target(order="1", line="L1")
BOTH = target(order="1", line="L1", dispute="D1")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (BOTH, BOTH, True),
        (BOTH, target(order="1", line="L2", dispute="D1"), True),
        (BOTH, target(order="2", line="L2", dispute="D1"), True),
        (BOTH, target(order="1", line="L1", dispute="D2"), False),
        (BOTH, LINE, True),
        (BOTH, target(order="1", line="L2"), False),
        (BOTH, target(order="1", dispute="D2"), False),
        (BOTH, WHOLE, True),
        (WHOLE, target(order="2"), False),
        (target(order="1", line="L1"), target(order="1", dispute="D1"), True),
        (WHOLE, target(address="1"), False),
    ],
)
def test_the_last_role_that_both_know_decides_whether_they_may_be_one(
    one: Target, other: Target, same: bool
) -> None:
    """The part decides before the whole; what only one knows decides nothing."""
    assert one.may_be(other) is other.may_be(one) is same


def test_a_target_never_changes() -> None:
    """Neither its fields nor its ids, also not through the mapping that it was made of."""
    ids = {"order": "1"}
    made = Target(ids=ids, words="order 1")
    ids["order"] = "2"
    with pytest.raises(TypeError):
        made.ids["order"] = "2"  # type: ignore[index]
    with pytest.raises(ValidationError, match="frozen"):
        made.words = "order 2"
    assert made.ids == {"order": "1"}


def test_a_target_reads_back_from_json() -> None:
    """Ids stay in their order, from the whole to the part."""
    assert BOTH.last_id == "D1"
    assert BOTH.exact

    back = Target.model_validate_json(BOTH.model_dump_json())

    assert back == BOTH
    assert list(back.ids) == ["order", "line", "dispute"]


@pytest.mark.parametrize("ids", [{}, {"order": ""}, {"": "1"}, {"order": "\x1b[2J"}])
def test_a_target_needs_an_id_that_can_be_read(ids: dict[str, str]) -> None:
    """Without one it would be the same as everything, or as nothing."""
    with pytest.raises(ValidationError):
        Target(ids=ids, words="a thing")


def test_words_of_a_page_are_made_safe() -> None:
    """What a person reads carries no terminal escape and is one short line."""
    made = Target(ids={"order": "1\n\x1b[31m2"}, words="\x1b]0;x\x07order\n" + "1" * 999)

    assert made.ids["order"] == "1 2"
    assert str(made).startswith("order 1")
    assert len(str(made)) == 300
