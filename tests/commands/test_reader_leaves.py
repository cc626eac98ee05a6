from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

from tests.conftest import GOOD_REASON, disputed_order

if TYPE_CHECKING:
    from fixtures.pytest_plugin import Mimic
    from tests.conftest import Tool


def without_reader(words: list[str]) -> tuple[int, str]:
    """Exit code and stderr of a command whose stdout nobody reads, as behind ``| head``."""
    reader, writer = os.pipe()
    os.close(reader)
    try:
        done = subprocess.run(
            words, check=False, stdin=subprocess.DEVNULL, stdout=writer, stderr=subprocess.PIPE
        )
    finally:
        os.close(writer)
    return done.returncode, done.stderr.decode()


def test_a_done_cancel_stays_done_if_nobody_reads_of_it(mimic: Mimic, tool: Tool) -> None:
    """GIVEN a closed stdout WHEN a plan is carried out THEN exit 0 and one write, no traceback."""
    site = mimic("quick")
    order = disputed_order(site)
    digest = tool.dry_run(order, site).json["plan"]["digest"]
    words = tool.words("cancel", order, *GOOD_REASON, "--plan", digest, "--json", site=site)

    code, told = without_reader(words)

    assert (code, told) == (0, "")
    assert len(site.ledger.cancels()) == 1


def test_an_error_keeps_its_exit_code_if_nobody_reads_of_it(tool: Tool) -> None:
    """GIVEN a closed stdout WHEN the call is off THEN exit 2 all the same, no traceback."""
    code, told = without_reader(tool.words("cancel", "123", "--because", "other", "--json"))

    assert (code, told) == (2, "")
