"""What tests of several processes share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from automation.engine.target import Target

if TYPE_CHECKING:
    import subprocess


def target(dispute: str) -> Target:
    """A dispute of the order of these tests."""
    return Target(
        ids={"order": "8200000000001234", "line": "L1", "dispute": dispute}, words="dispute"
    )


def wait_for(process: subprocess.Popen[str], words: str) -> None:
    """Read a process's lines until it prints ``words``."""
    assert process.stdout is not None
    for line in process.stdout:
        if line.strip() == words:
            return
    assert process.stderr is not None
    pytest.fail(f"it ended before it said {words}: {process.stderr.read()}")
