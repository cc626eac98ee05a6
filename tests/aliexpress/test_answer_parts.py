"""Parts of the JSON contracts: values, safe words, and no undeclared field."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from automation.aliexpress.answer_parts import (
    ErrorAnswer,
    ExitNumber,
    GuardAnswer,
    Part,
    Text,
    Told,
)
from automation.errors import ErrorCode


class Said(Told):
    """An answer with one text."""

    words: Text
    exit_code: ExitNumber = 0


def test_a_text_is_one_safe_line() -> None:
    """GIVEN words of a page THEN without controls, on one line, and at most 600 characters."""
    assert Said(words="a\x1b[2J\u202e\nb").words == "a b"
    assert len(Said(words="x" * 5000).words) == 600


@pytest.mark.parametrize("code", [-1, 256])
def test_an_exit_code_is_one_that_a_process_can_have(code: int) -> None:
    """GIVEN a number that no process ends with THEN it is refused; the largest is not."""
    with pytest.raises(ValidationError):
        Said(words="", exit_code=code)
    assert Said(words="", exit_code=255).exit_code == 255


def test_a_part_is_a_value_without_further_fields() -> None:
    """GIVEN a change or an undeclared field THEN an error."""
    said = Said(words="a")

    with pytest.raises(ValidationError, match="frozen"):
        said.words = "b"
    with pytest.raises(ValidationError, match="surprise"):
        Said.model_validate({"words": "a", "surprise": 1})
    assert issubclass(Told, Part)


def test_a_printed_answer_has_plain_values() -> None:
    """GIVEN an answer THEN its document has every field, also the empty ones."""
    error = ErrorAnswer(code=ErrorCode.CAPTCHA, message="m", hint="h", evidence="")

    assert Said(words="a").as_json() == {"words": "a", "exit_code": 0}
    assert error.model_dump(mode="json")["code"] == "captcha"
    assert GuardAnswer().model_dump(mode="json") == {
        "allowed": [], "refused": [], "held_back": [], "sent_by": "", "summary": "",
    }  # fmt: skip
