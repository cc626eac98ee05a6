from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.conftest import GOOD_REASON

if TYPE_CHECKING:
    from tests.conftest import Tool
    from tests.shelf import Plans


def without_reader(words: list[str]) -> tuple[int, str]:
    """Exit code and stderr of a command whose stdout is closed, as behind ``| head``."""
    reader, writer = os.pipe()
    os.close(reader)
    try:
        done = subprocess.run(
            words, check=False, stdin=subprocess.DEVNULL, stdout=writer, stderr=subprocess.PIPE
        )
    finally:
        os.close(writer)
    return done.returncode, done.stderr.decode()


@pytest.mark.further
def test_a_done_cancel_stays_done_if_nobody_reads_of_it(planned: Plans, tool: Tool) -> None:
    """GIVEN a closed stdout WHEN a plan is carried out THEN exit 0 and one write, no traceback."""
    site, order, digest = planned("quick")
    words = tool.words("cancel", order, *GOOD_REASON, "--plan", digest, "--json", site=site)

    code, told = without_reader(words)

    assert (code, told) == (0, "")
    assert len(site.ledger.cancels()) == 1


def test_an_error_keeps_its_exit_code_if_nobody_reads_of_it(tool: Tool) -> None:
    """GIVEN a closed stdout WHEN the call is invalid THEN exit 2 all the same, no traceback."""
    code, told = without_reader(tool.words("cancel", "123", "--because", "other", "--json"))

    assert (code, told) == (2, "")


def test_a_full_disk_is_said_in_one_line(tool: Tool) -> None:
    """GIVEN a full disk behind stdout THEN the call's own exit code, one line, no traceback."""
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            tool.words("cancel", "123", "--because", "other", "--json"),
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=full,
            stderr=subprocess.PIPE,
        )

    assert done.returncode == 2
    assert done.stderr.decode().count("\n") == 1
    assert b"could not write" in done.stderr
