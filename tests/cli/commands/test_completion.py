"""``completion``: lines that a shell can run."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from automation.cli.screen import terminal

if TYPE_CHECKING:
    from tests.cli.calls import Call


@pytest.mark.parametrize(
    ("shell", "has"),
    [
        ("bash", "_DISPUTE_GUARD_COMPLETE=bash_complete"),
        ("zsh", "#compdef dispute-guard"),
        ("fish", "complete --no-files --command dispute-guard"),
        ("powershell", "Register-ArgumentCompleter"),
    ],
)
def test_each_shell_has_its_lines(
    call: Call, monkeypatch: pytest.MonkeyPatch, shell: str, has: str
) -> None:
    """GIVEN a shell THEN its lines, and no screen's width breaks them."""
    wide = call("completion", shell)
    monkeypatch.setattr(terminal, "_columns", lambda _: 20)

    assert (wide.code, wide.err) == (0, "")
    assert has in wide.out
    assert call("completion", shell).out == wide.out


def test_bash_can_read_them(call: Call) -> None:
    """GIVEN the lines for bash THEN bash finds no fault in them; cut in the middle it does (control)."""
    bash = shutil.which("bash")
    assert bash is not None
    lines = call("completion", "bash").out

    def is_read(text: str) -> bool:
        return subprocess.run([bash, "-n"], input=text, text=True, check=False).returncode == 0

    assert is_read(lines)
    assert not is_read(lines[: len(lines) // 2])


def test_another_shell_is_named(call: Call) -> None:
    """GIVEN a shell that is not known THEN exit 2, and those that are."""
    ran = call("completion", "tcsh")

    assert (ran.code, ran.out) == (2, "")
    assert "powershell" in ran.err
