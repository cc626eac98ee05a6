"""Write the page of exit codes and error codes: ``make errors``."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from automation.errors import ErrorCode, ExitCode

PLACE = Path(__file__).parents[1] / "docs" / "errors.md"
EXITS: Final = {
    ExitCode.OK: "done and verified; a dry run that could go on; advice allow or warn",
    ExitCode.FAILED: "failed, nothing changed",
    ExitCode.USAGE: "usage error",
    ExitCode.REFUSED: "refused by the rules",
    ExitCode.HUMAN_NEEDED: "a human is needed: sign-in, captcha",
    ExitCode.PAGE_NOT_RECOGNISED: "page not recognised, or not exactly one target",
    ExitCode.DECLINED: "you declined, when you were asked at the terminal or in the window",
    ExitCode.PLAN_STALE: (
        "plan stale, expired or unknown, or, with `--plan`, a warning of the site that you have not "
        "accepted"
    ),
    ExitCode.UNKNOWN_OUTCOME: (
        "outcome unknown: do not retry, run `verify`; also while another run works on the order"
    ),
    ExitCode.INTERRUPTED: (
        "interrupted; nothing was sent, except for the orders that `cancel --from` had already done"
    ),
}

_HEAD = """\
# Exit codes and errors

## Exit codes

They are the same for every command. `verify` uses 0 for done, 1 for not done and 8 for unknown.

| exit code | what it means |
|---|---|
"""
_MIDDLE = """
## Error codes

With `--json`, a failed run has an `error` with one of these codes, a message, a hint and the
place of the evidence. Codes stay the same from version to version; messages may change. How the
process ends is the exit code, not the error code.

| code | what it means |
|---|---|
"""


def table() -> str:
    """The page, as it should be."""
    exits = "".join(f"| {code.value} | {EXITS[code]} |\n" for code in ExitCode)
    errors = "".join(f"| `{code.value}` | {code.meaning} |\n" for code in ErrorCode)
    return _HEAD + exits + _MIDDLE + errors


if __name__ == "__main__":
    PLACE.write_text(table(), encoding="utf-8")
