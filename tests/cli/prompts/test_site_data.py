"""What a person agreed to is written into their site data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.aliexpress.site import SiteMap
from automation.aliexpress.site.additions import Additions
from automation.cli.prompts.site_data import is_added

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

READ = Additions(traffic={"reads": ("mtop.ae.example.query",)})


def test_a_file_takes_it_and_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """GIVEN a folder without a file THEN the file has it, and its whole path is said on stderr."""
    file = tmp_path / "site.toml"

    assert is_added(file, READ, done="kept in")

    told = capsys.readouterr()
    assert (told.out, told.err.strip()) == ("", f"kept in {file}")
    assert "mtop.ae.example.query" in SiteMap.load(file).traffic["reads"]


def test_a_file_that_cannot_take_it_stays_as_it_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """GIVEN a broken file THEN no error ends the run; what was not done is said, and why."""
    file = tmp_path / "site.toml"
    file.write_text("= broken", "utf-8")

    assert not is_added(file, READ, done="kept in")

    assert file.read_text("utf-8") == "= broken"
    assert capsys.readouterr().err.startswith("not kept: ")
