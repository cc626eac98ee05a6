"""The open journal file: its transactions and its errors."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Self

from automation.engine.journal import faults, opening

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from pathlib import Path
    from types import TracebackType


class Store:
    """A connection with one writer at a time, within the process and across processes.

    Args:
        state_dir: the journal's folder.
        database: an open connection without implicit transactions.
    """

    def __init__(self, state_dir: Path, database: sqlite3.Connection) -> None:
        self.state_dir = state_dir
        self.path = state_dir / opening.NAME
        self._database = database
        self._one_at_a_time = threading.RLock()

    def close(self) -> None:
        """Close the file."""
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
        """One transaction: on disk if the body succeeds, rolled back if it fails.

        It takes the write lock before it reads, so what it read is still true when it
        writes.
        """
        with self._one_at_a_time, faults.as_tool_error(self.path), self._database as db:
            db.execute("BEGIN IMMEDIATE")
            yield db

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        """One consistent view of the journal for all reads of the body."""
        with self._one_at_a_time, faults.as_tool_error(self.path), self._database as db:
            db.execute("BEGIN")
            yield db
