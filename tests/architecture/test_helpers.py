"""What several tests need has a file of its own."""

from __future__ import annotations

import re
from pathlib import Path

import tests

_BORROWED = re.compile(r"^\s*(?:from|import) tests\.(?:\w+\.)*test_\w+", re.MULTILINE)


def test_no_test_file_borrows_from_another() -> None:
    """GIVEN all tests THEN each imports only from files that are not tests; else move the piece."""
    folder = Path(tests.__path__[0])
    files = list(folder.rglob("*.py"))
    assert Path(__file__) in files
    assert [str(path) for path in files if _BORROWED.search(path.read_text("utf-8"))] == []


def test_borrowing_is_seen() -> None:
    """The control: each way to import from a test file is found, and no other one."""
    assert _BORROWED.search("import ast\nfrom tests.cli.test_call import call")
    assert _BORROWED.search("if TYPE_CHECKING:\n    import tests.test_text\n")
    assert not _BORROWED.search("from tests.cli.calls import Call\n")
