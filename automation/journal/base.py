"""The open file behind a journal: its transactions and its errors."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Self

from automation.journal import faults, opening

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from pathlib import Path
    from types import TracebackType


class Store:
    """A connection with one writer at a time, within the process and beyond it.

    Args:
        state_dir: the folder that the journal lies in.
        database: an open connection without transactions of its own.
    """

    def __init__(self, state_dir: Path, database: sqlite3.Connection) -> None:
        self.state_dir = state_dir
        self.path = state_dir / opening.NAME
        self._database = database
        self._one_at_a_time = threading.RLock()

    def close(self) -> None:
        """Let go of the file."""
        with self._one_at_a_time, faults.as_tool_error(self.path):
            self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.close()

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction: on disk when the body ends well, undone in any other case.

        It takes the right to write before it reads, so that what it read still holds
        when it writes.
        """
        with self._one_at_a_time, faults.as_tool_error(self.path), self._database as db:
            db.execute("BEGIN IMMEDIATE")
            yield db

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        """One view of the journal for all that the body reads."""
        with self._one_at_a_time, faults.as_tool_error(self.path), self._database as db:
            db.execute("BEGIN")
            yield db
