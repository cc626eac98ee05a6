"""An internal error as one line and a private file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.cli.options.folders import state_folder
from automation.errors import ErrorCode, ExitCode, ToolError
from automation.fault_log import keep_fault

if TYPE_CHECKING:
    from pathlib import Path


def internal_error(
    fault: BaseException, state_dir: Path | None, code: ExitCode = ExitCode.FAILED
) -> ToolError:
    """An internal error in one line; a file keeps where it happened."""
    kept = keep_fault(state_folder(state_dir), fault)
    return ToolError(
        f"internal error ({type(fault).__name__})",
        code=ErrorCode.INTERNAL_ERROR,
        exit_code=code,
        hint="report it with the file below, which contains none of your data" if kept else "",
        evidence=str(kept or ""),
    )
