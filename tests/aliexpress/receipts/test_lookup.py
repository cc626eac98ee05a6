"""The receipt of an attempt is found, whichever version wrote it; another's never is."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from automation.aliexpress.plan.targets import order_target
from automation.aliexpress.receipts.lookup import receipt_of
from automation.engine.journal import Journal

if TYPE_CHECKING:
    from pathlib import Path

    from automation.engine.journal import Attempt

NOW = datetime(2026, 6, 10, 12, 0, tzinfo=UTC)
ORDER = "8201234567891234"


@pytest.fixture
def attempt(tmp_path: Path) -> Attempt:
    """Attempt 1 of a journal."""
    with Journal.open(tmp_path) as journal:
        number = journal.begin(order_target(ORDER), "cancel", "https://s.example", "web", "1", NOW)
        return journal.attempt(number)


def leave(state: Path, folder: str, **told: Any) -> Path:  # noqa: ANN401  a receipt's own fields
    """A receipt as the first version wrote it: no pictures, no site, no exit code."""
    path = state / "receipts" / folder
    path.mkdir(parents=True)
    known = {"attempt": 1, "order_id": ORDER, "created": "2026-06-10T12:00:05Z"}
    (path / "receipt.json").write_text(json.dumps({**known, **told}))
    (path / "receipt.html").write_text("<p>old</p>")
    return path / "receipt.html"


def test_a_receipt_of_any_version_is_found(tmp_path: Path, attempt: Attempt) -> None:
    """GIVEN receipts of one attempt, also an old one THEN the newest."""
    assert receipt_of(attempt, tmp_path) is None
    old = leave(tmp_path, "20260610T120005Z-67891234-1")
    assert receipt_of(attempt, tmp_path) == old
    new = leave(tmp_path, "20260610T130000Z-67891234-1-2", created="2026-06-10T13:00:00Z")
    assert receipt_of(attempt, tmp_path) == new


@pytest.mark.parametrize(
    ("folder", "told"),
    [
        ("20260610T120005Z-67891234-11", {"attempt": 11}),
        ("20260610T120005Z-67891234-1", {"attempt": 2}),
        ("20260610T120005Z-67891234-1", {"order_id": "9991234567891234"}),
        ("20260601T120000Z-67891234-1", {"created": str(NOW - timedelta(days=9))}),
        ("20260610T120005Z-67891234-1", {"created": "yesterday"}),
        ("20260610T120005Z-67891234-1", {"created": None}),
    ],
    ids=["number", "attempt", "order", "before a lost journal", "no date", "null"],
)
def test_the_receipt_of_another_attempt_is_not_its_own(
    tmp_path: Path, attempt: Attempt, folder: str, told: dict[str, Any]
) -> None:
    """GIVEN a receipt with a similar name that says something else THEN none is found."""
    leave(tmp_path, folder, **told)

    assert receipt_of(attempt, tmp_path) is None


@pytest.mark.parametrize("document", ["", "[]", "null", "\x00"])
def test_a_broken_receipt_is_passed_over(tmp_path: Path, attempt: Attempt, document: str) -> None:
    """GIVEN a document that is none THEN none is found, and nothing is raised."""
    page = leave(tmp_path, "20260610T120005Z-67891234-1")
    (page.parent / "receipt.json").write_text(document)

    assert receipt_of(attempt, tmp_path) is None
