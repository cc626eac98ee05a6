"""Write the table of error codes: ``make errors``."""

from __future__ import annotations

from pathlib import Path

from automation.errors import ErrorCode

PLACE = Path(__file__).parents[1] / "docs" / "errors.md"

_HEAD = """\
# Error codes

With `--json`, a failed run has an `error` with one of these codes, a message, a hint and the
place of the evidence. Codes stay the same from version to version; messages may change. How the
process ends is the exit code, not the error code.

| code | what it means |
|---|---|
"""


def table() -> str:
    """The page, as it should be."""
    return _HEAD + "".join(f"| `{code.value}` | {code.meaning} |\n" for code in ErrorCode)


if __name__ == "__main__":
    PLACE.write_text(table(), encoding="utf-8")
