"""The first thing that is wrong with a file that a person wrote, in plain words."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError, field_validator

from automation.slips import first_slip


class Part(BaseModel):
    """A table inside the file."""

    model_config = ConfigDict(extra="forbid", strict=True)

    names: tuple[str, ...] = ()
    at: AwareDatetime | None = Field(default=None, strict=False)


class File(BaseModel):
    """What a person wrote."""

    model_config = ConfigDict(extra="forbid", strict=True)

    number: int
    yes: bool = True
    words: dict[str, str] = {}
    part: Part = Part()
    odd: str = ""

    @field_validator("odd")
    @classmethod
    def _even(cls, value: str) -> str:
        if value == "silent":
            raise ValueError
        if value:
            raise ValueError(f"Unknown value {value}")
        return value


def slip(told: dict[str, Any], more: dict[str, str] | None = None) -> tuple[str, str, str]:
    """What is wrong with a file."""
    with pytest.raises(ValidationError) as caught:
        File.model_validate(told)
    return first_slip(caught.value, more)


@pytest.mark.parametrize(
    ("told", "where", "why"),
    [
        ({}, "number", "required field is missing"),
        ({"number": "1"}, "number", "input should be a whole number"),
        ({"number": 1, "nummer": 2}, "nummer", "unknown field"),
        ({"number": 1, "yes": 1}, "yes", "input should be true, false or null"),
        ({"number": 1, "words": 3}, "words", "input should be a table of lists"),
        ({"number": 1, "words": {"a": 3}}, "words.a", "input should be text"),
        ({"number": 1, "part": {"names": "x"}}, "part.names", "input should be a list of texts"),
        ({"number": 1, "part": {"names": (1,)}}, "part.names.0", "input should be text"),
        ({"number": 1, "part": {"at": datetime(2026, 1, 1)}}, "part.at", "missing time zone, such as Z or +02:00"),  # noqa: DTZ001  the slip
        ({"number": 1, "odd": "x"}, "odd", "unknown value x"),
        ({"number": 1, "odd": "silent"}, "odd", "input is not valid"),
    ],
)  # fmt: skip
def test_a_slip_has_its_place_and_plain_words(told: dict[str, Any], where: str, why: str) -> None:
    """GIVEN one slip THEN the names that lead to it, and what is wrong, without a capital."""
    assert slip(told) == (where, why, "")


def test_further_slips_are_counted() -> None:
    """GIVEN three slips THEN the first, and how many more; a caller's own words count before ours."""
    where, why, also = slip({"number": "1", "yes": 1, "odd": "x"}, {"int_type": "Count them"})

    assert (where, why, also) == ("number", "count them", " (and 2 more)")
