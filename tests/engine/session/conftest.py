from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.engine.session.browsers import chromium

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def theirs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The port of a Chromium in the role of the buyer's own, shared by a module's tests."""
    with chromium(tmp_path_factory.mktemp("theirs"), "--disable-popup-blocking") as port:
        yield port
