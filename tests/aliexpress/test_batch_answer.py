"""The document of ``cancel --from``."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from automation.aliexpress.answer_parts import ErrorAnswer
from automation.aliexpress.batch_answer import BatchAnswer, RowAnswer
from automation.engine.outcome import Outcome
from automation.errors import ErrorCode


def row(line: int = 2, item: str | None = None) -> RowAnswer:
    """What became of one line."""
    return RowAnswer(command="cancel", outcome=Outcome.NOT_DONE, line=line, item=item)


def test_each_order_has_the_document_of_a_cancel_with_its_line() -> None:
    """GIVEN two lines THEN the document of each, as ``cancel`` prints it, and no error if there is none."""
    told = BatchAnswer(outcome=Outcome.NOT_DONE, answers=(row(2), row(3))).as_json()

    assert told["answers"] == [row(2).as_json(), row(3).as_json()]
    assert "error" not in told
    assert set(told) == set(BatchAnswer.model_fields) - {"error"}
    assert told["plan"] is None, "what is empty is said to be"


def test_an_error_is_a_part_of_it() -> None:
    """GIVEN an error THEN it is in the document."""
    error = ErrorAnswer(code=ErrorCode.BAD_BATCH, message="m", hint="h", evidence="")

    told = BatchAnswer(outcome=Outcome.NOT_DONE, error=error).as_json()

    assert told["error"] == {"code": "bad_batch", "message": "m", "hint": "h", "evidence": ""}


def test_words_of_the_file_are_safe_and_lines_begin_with_one() -> None:
    """GIVEN an item with a terminal's command THEN none of it; a line 0 is no line."""
    assert row(item="a\x1b[2Jb").item == "ab"
    with pytest.raises(ValidationError):
        row(line=0)
