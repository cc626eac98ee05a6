"""What is told of a file of orders with bad lines."""

from __future__ import annotations

from automation.aliexpress.batch.problems import Problem, bad_rows, quoted
from automation.errors import ErrorCode, ExitCode


def test_all_bad_lines_are_in_one_error_and_lines_are_counted_once() -> None:
    """GIVEN three problems in two lines THEN two bad lines, each problem at its line, exit 2."""
    problems = [Problem(2, "a", "do x"), Problem(2, "b", "do x"), Problem(5, "c")]

    error = bad_rows("file.csv", problems)

    assert error.message == "file.csv has 2 bad lines: line 2: a; line 2: b; line 5: c"
    assert error.hint == "do x", "one hint for all of them"
    assert (error.code, error.exit_code) == (ErrorCode.BAD_BATCH, ExitCode.USAGE)
    assert error.problems == tuple(problems)


def test_different_hints_become_one_that_fits_all() -> None:
    """GIVEN hints that differ, or none THEN the lines are to be corrected, and nothing was started."""
    for problems in ([Problem(2, "a", "do x"), Problem(3, "b", "do y")], [Problem(2, "a")]):
        hint = bad_rows("file.csv", problems).hint
        assert hint == "correct these lines; nothing was started"


def test_what_the_file_says_is_safe_to_print() -> None:
    """GIVEN a value with a terminal's command, or a long one THEN it is plain and short."""
    assert quoted("a\x1b[31mb") == "'ab'"
    assert len(quoted("x" * 500)) == 62
