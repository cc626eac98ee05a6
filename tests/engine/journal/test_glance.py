"""A look at the journal: it finds recent ids, and changes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.engine.journal import Journal
from automation.engine.journal.glance import recent_ids

if TYPE_CHECKING:
    from pathlib import Path

    from tests.engine.journal.conftest import Begin

FIRST, SECOND = "8200000000001234", "8200000000005678"


def test_recent_orders_come_newest_first_and_once(state: Path, begin: Begin) -> None:
    """GIVEN attempts on two orders THEN each once, and as many as wanted."""
    with Journal.open(state) as journal:
        for order in (FIRST, SECOND, FIRST):
            begin(journal, order=order)

        assert recent_ids(state, "order") == (FIRST, SECOND)

    assert recent_ids(state, "order", most=1) == (FIRST,)
    assert recent_ids(state, "no such role") == ()


def test_a_look_creates_and_changes_nothing(state: Path, tmp_path: Path, begin: Begin) -> None:
    """GIVEN no journal, or a damaged one THEN nothing, and the files as they were."""
    assert recent_ids(state, "order") == ()
    assert not state.exists()
    with Journal.open(state) as journal:
        begin(journal)
    file = state / "journal.sqlite3"
    before = file.read_bytes()
    assert recent_ids(state, "order") == (FIRST,)
    assert file.read_bytes() == before

    (tmp_path / "journal.sqlite3").write_bytes(b"no journal at all, but some bytes")
    assert recent_ids(tmp_path, "order") == ()
