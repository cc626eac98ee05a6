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


@pytest.mark.parametrize(
    "words",
    [("--site", ""), ("--timeout", "nan"), ("--site", " ")],
    ids=["no site", "no number", "blank site"],
)
def test_an_option_left_empty_opens_nothing(tool: Tool, words: tuple[str, ...]) -> None:
    """GIVEN an unset shell variable THEN exit 2, and not the real site."""
    order = "8190000000000001"
    state = ("--state-dir", str(tool.state_dir))

    ran = tool.run("advise", order, "--because", "other", *words, *state)

    assert ran.code == 2, ran.err


@pytest.mark.parametrize("word", ["Accept", "Agree", "Accept solution", "", " "])
def test_a_words_file_cannot_teach_accept(tool: Tool, tmp_path: Path, word: str) -> None:
    """GIVEN words that make Accept the cancel control THEN exit 2, and no browser."""
    file = tmp_path / "words.toml"
    file.write_text(f'lang = "en"\n[labels]\ncancel_request = ["{word}"]\n', "utf-8")
    state = ("--state-dir", str(tool.state_dir))

    ran = tool.run(
        "advise", "8190000000000001", "--because", "other", "--words", str(file), *state,
        "--site", "http://127.0.0.1:9",
    )  # fmt: skip

    assert ran.code == 2, ran.err
    assert "never pressed" in ran.err
