"""``config init``: a file in which every line is a comment, and every comment a valid option."""

from __future__ import annotations

import stat
import tomllib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.calls import Call


def test_it_writes_a_file_that_changes_nothing(call: Call, tmp_path: Path) -> None:
    """GIVEN a new name THEN a private file of comments that is read as an empty one."""
    file = tmp_path / "folder" / "my.toml"

    assert call("config", "init", str(file)).code == 0

    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert tomllib.loads(file.read_text("utf-8")) == {}
    assert call("--config", str(file), "rules", "--quiet").code == 0


def test_a_config_file_is_never_overwritten(call: Call, tmp_path: Path) -> None:
    """GIVEN a file THEN exit 2, and the file as it was."""
    file = tmp_path / "config.toml"
    file.write_text("timeout = 9\n", "utf-8")

    ran = call("config", "init", str(file))

    assert (ran.code, file.read_text("utf-8")) == (2, "timeout = 9\n")
    assert "exists already" in ran.err
