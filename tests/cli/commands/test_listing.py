from __future__ import annotations

from typing import TYPE_CHECKING

from tests.cli.calls import least

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.calls import Call


def test_a_list_that_was_stopped_is_not_called_complete(call: Call, tmp_path: Path) -> None:
    """GIVEN a run that ends before it read a page THEN no disputes, and not that these are all."""
    ran = call(*least("list", tmp_path), "--json", opens=False)

    assert (ran.json["error"]["code"], ran.json["disputes"]) == ("interrupted", [])
    assert ran.json["complete"] is False
