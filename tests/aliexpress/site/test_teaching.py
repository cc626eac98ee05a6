from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

import pytest

from automation.aliexpress.site import SiteMap
from automation.aliexpress.site.teaching import unknown_status
from automation.errors import ExitCode, ToolError

if TYPE_CHECKING:
    from pathlib import Path

SITE = SiteMap.load()


def test_an_unknown_status_is_shown_with_the_choices() -> None:
    """GIVEN unknown words THEN the line names no status, and the choices are beside it."""
    doubt = unknown_status("en", 'Stage "7"', SITE.statuses)

    assert doubt.lines == ['lang = "en"', 'dispute_status.STATUS = ["Stage \\"7\\""]']
    assert doubt.as_json()["choices"] == list(SITE.statuses)
    assert {"waiting_seller", "mediating", "closed", "cancelled"} <= set(SITE.statuses)


@pytest.mark.parametrize("name", ["STATUS", "waiting", "open", "Mediating"])
def test_a_line_that_was_not_filled_in_is_refused(tmp_path: Path, name: str) -> None:
    """GIVEN a words file with a status that does not exist THEN exit 2 and the choices."""
    file = tmp_path / "words.toml"
    file.write_text(f'lang = "en"\ndispute_status.{name} = ["Stage 7"]\n', "utf-8")

    with pytest.raises(ToolError, match=f"dispute_status.{name} is not a status") as caught:
        SiteMap.load(file)

    assert caught.value.exit_code is ExitCode.USAGE
    assert "mediating" in caught.value.hint


@pytest.mark.parametrize("name", SITE.statuses)
def test_each_choice_teaches_its_status(tmp_path: Path, name: str) -> None:
    """Positive control: GIVEN the line with a choice filled in THEN the words mean it."""
    line = unknown_status("en", "Stage 7-B", SITE.statuses).lines[-1].replace("STATUS", name)
    file = tmp_path / "words.toml"
    file.write_text(f'lang = "en"\n{line}\n', "utf-8")

    assert tomllib.loads(line)
    assert SiteMap.load(file).pack("en").status("stage 7-b") == name
