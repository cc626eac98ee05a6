"""A look at the journal that changes nothing: no lock, no migration, no check."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from automation.engine.journal import schema
from automation.engine.journal.opening import NAME

if TYPE_CHECKING:
    from pathlib import Path

_ROWS = 200
_SECONDS = 0.2


def recent_ids(state_dir: Path, role: str, most: int = 20) -> tuple[str, ...]:
    """Ids of one role in recent attempts, the newest first; none if the journal cannot be read."""
    file = (state_dir / NAME).absolute()
    if not file.is_file():
        return ()
    columns = schema.ATTEMPT_COLUMNS
    question = f"SELECT target FROM (SELECT {columns} FROM attempt) ORDER BY id DESC LIMIT {_ROWS}"  # noqa: S608  fixed words
    try:
        with closing(
            sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True, timeout=_SECONDS)
        ) as look:
            targets = [json.loads(row[0]) for row in look.execute(question)]
    except (sqlite3.Error, ValueError):
        return ()
    ids = (target.get("ids", {}).get(role) for target in targets)
    return tuple(dict.fromkeys(each for each in ids if isinstance(each, str)))[:most]
