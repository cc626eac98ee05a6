"""One stage for all real runs of a file, with a plan made once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.faults.stage import Stage, stage

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """A mimic site and a folder with a plan."""
    with stage(tmp_path_factory.mktemp("stage")) as ready:
        yield ready
