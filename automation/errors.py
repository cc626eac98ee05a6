"""One exception type for everything that can go wrong, with an exit code.

Every error carries a message, a code, a hint and the place of the evidence, so the
command line prints the same four parts for each.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Any


class ExitCode(IntEnum):
    """Exit codes of every command; scripts may rely on them."""

    OK = 0
    FAILED = 1
    USAGE = 2
    REFUSED = 3
    HUMAN_NEEDED = 4
    PAGE_NOT_RECOGNISED = 5
    DECLINED = 6
    PLAN_STALE = 7
    UNKNOWN_OUTCOME = 8
    INTERRUPTED = 130


class ToolError(Exception):
    """Ends a command with one clear line.

    Args:
        message: what was seen, in one sentence.
        code: short stable name for scripts, such as ``order_not_found``.
        exit_code: how the process ends.
        hint: what the buyer can do next, one imperative sentence.
        evidence: a file or address to look at, if anything was kept.
    """

    def __init__(
        self,
        message: str,
        *,
        code: str,
        exit_code: ExitCode = ExitCode.FAILED,
        hint: str = "",
        evidence: str = "",
    ) -> None:
        super().__init__(message)
        self.message = message
        self.code = code
        self.exit_code = exit_code
        self.hint = hint
        self.evidence = evidence
        # What the run sent; set at its end and printed beside the message.
        self.claim = ""
        # The JSON answer of the failed run, if it got that far.
        self.document: dict[str, Any] | None = None

    def as_json(self) -> dict[str, str]:
        """The ``error`` object of every JSON answer."""
        return {
            "code": self.code,
            "message": self.message,
            "hint": self.hint,
            "evidence": self.evidence,
        }
