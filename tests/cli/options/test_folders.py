"""Which of the buyer's files are used."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from automation.cli.options import config
from automation.cli.options.folders import site_data_file, site_data_to_write, state_folder
from automation.engine.session.state import default_state_dir

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A config folder of the test's own."""
    monkeypatch.setattr(config, "default_config", lambda: tmp_path / "config.toml")
    return tmp_path


@pytest.mark.parametrize(
    ("there", "used"),
    [
        ((), None),
        (("site.toml",), "site.toml"),
        (("words.toml",), "words.toml"),
        (("site.toml", "words.toml"), "site.toml"),
    ],
)
def test_the_new_name_of_site_data_comes_first(
    folder: Path, there: tuple[str, ...], used: str | None
) -> None:
    """GIVEN files in the config folder THEN the one in use, which is also the one that learns."""
    for name in there:
        (folder / name).touch()

    assert site_data_file(None) == (folder / used if used else None)
    assert site_data_to_write(None) == folder / (used or "site.toml")


def test_a_folder_of_that_name_is_no_file(folder: Path) -> None:
    """GIVEN a folder named ``site.toml`` THEN it is not read as site data."""
    (folder / "site.toml").mkdir()

    assert site_data_file(None) is None


def test_what_was_given_is_used_even_if_it_is_not_there(folder: Path) -> None:
    """GIVEN a file on the command line THEN that one, whatever the config folder has."""
    (folder / "site.toml").touch()
    given = folder / "mine.toml"

    assert site_data_file(given) == site_data_to_write(given) == given


def test_the_state_folder_is_the_given_one_or_the_systems(tmp_path: Path) -> None:
    """GIVEN a folder THEN that one; none given, the system's."""
    assert state_folder(tmp_path) == tmp_path
    assert state_folder(None) == default_state_dir()
