"""A file of ``cancel --from``: what is read of it, and what is wrong with it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from automation.aliexpress.batch.problems import BadRowsError
from automation.aliexpress.batch.rows import read_rows
from automation.errors import ErrorCode, ExitCode

if TYPE_CHECKING:
    from pathlib import Path

    from automation.aliexpress.batch.rows import Row

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
ONE, TWO = "8190000000000001", "8190000000010001"


def read(folder: Path, content: str | bytes, name: str = "file.csv") -> tuple[Row, ...]:
    """The rows of a file with this content."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_rows(path, NOW)


def problems(folder: Path, content: str | bytes, name: str = "file.csv") -> list[tuple[int, str]]:
    """What is wrong with such a file, by line."""
    with pytest.raises(BadRowsError) as stop:
        read(folder, content, name)
    assert (stop.value.code, stop.value.exit_code) == (ErrorCode.BAD_BATCH, ExitCode.USAGE)
    return [(each.line, each.what) for each in stop.value.problems]


PLAIN = f"order,reason,received,checked\n{ONE},package-arrived,yes,no\n"
