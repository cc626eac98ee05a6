from __future__ import annotations

from pathlib import Path

import automation
from automation.errors import ErrorCode, ToolError
from tests.error_table import PLACE, table

CODE = Path(automation.__file__).parent


def test_the_table_in_the_docs_has_every_code_and_its_meaning() -> None:
    """The page is the one that ``make errors`` writes from the enum."""
    assert PLACE.read_text("utf-8") == table()


def test_every_code_is_used_and_no_error_has_another_one() -> None:
    """A code that nothing raises is gone; that a bare text is refused, mypy's ignore here shows."""
    used = "".join(
        path.read_text("utf-8") for path in CODE.rglob("*.py") if path != CODE / "errors.py"
    )
    assert [code for code in ErrorCode if f"ErrorCode.{code.name}" not in used] == []
    ToolError("a bare text as its code", code="no_such_code")  # type: ignore[arg-type]


def test_a_code_is_a_plain_text_with_one_line_of_meaning() -> None:
    """Scripts read the text; the enum's name is the same word."""
    for code in ErrorCode:
        assert code.value == code.name.lower() == str(code)
        assert code.meaning, code
        assert "\n" not in code.meaning
        assert not code.meaning.endswith("."), code
        assert type(ToolError("", code=code).as_json()["code"]) is str, code
