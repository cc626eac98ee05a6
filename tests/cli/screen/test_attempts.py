"""Earlier attempts, as a person and a script read them."""

from __future__ import annotations

import contextlib
import dataclasses
import io
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Literal

import pytest
from rich.cells import cell_len

from automation.aliexpress.plan.targets import order_target
from automation.cli.screen.attempts import (
    in_short,
    in_words,
    show_attempt_lines,
    show_attempts,
    show_unsettled,
    site_of,
)
from automation.engine.journal import Attempt, AttemptEvent, Event

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2026, 6, 10, 12, 30, tzinfo=UTC)
WIDTHS = pytest.mark.parametrize("width", [40, 60, 80, 140])
LONG = "a reason that is so long that it never fits into any column of a small screen"


def fitting(text: str, width: int) -> str:
    """The text, if no line of it is wider than the screen."""
    assert [line for line in text.splitlines() if cell_len(line) > width] == []
    return text


@WIDTHS
def test_history_keeps_outcome_order_and_reason(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, width: int
) -> None:
    """GIVEN any screen width THEN each attempt has its outcome, order and the whole reason."""
    monkeypatch.setenv("COLUMNS", str(width))
    out = io.StringIO()

    with contextlib.redirect_stdout(out):
        show_attempts(tuple(attempt(number) for number in (12, 11)), tmp_path, {})

    text = fitting(out.getvalue(), width)
    assert text.count("refused, nothing sent") == 2
    assert text.count("8190000000000000001") == 2
    words = " ".join(text.split())
    assert all(word in words for word in LONG.split())


PATH = "/a-disk/a-long-folder-name/dispute-guard-state/drift/20261101-120000"


@pytest.mark.parametrize("width", [80, 120, 160])
def test_a_path_in_a_reason_is_whole(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, width: int
) -> None:
    """GIVEN a reason that names a folder THEN a table has room for it, or it stands in a card."""
    monkeypatch.setenv("COLUMNS", str(width))
    out = io.StringIO()

    with contextlib.redirect_stdout(out):
        show_attempts((attempt(11, f"not recognised, see {PATH}"),), tmp_path, {})

    assert PATH in fitting(out.getvalue(), width)


def attempt(number: int, reason: str = LONG) -> Attempt:
    """An attempt that was refused with a long reason."""
    return Attempt(
        id=number, target=order_target("8190000000000000001"), command="cancel --dry-run",
        site="https://www.aliexpress.com", surface="web", tool_version="0.1.0", pid=1,
        started=NOW, finished=NOW + timedelta(seconds=3), outcome="not_done", exit_code=3,
        reason=reason, last_event="finished", settled=None,
        settled_how=None,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("outcome", "code", "says"),
    [
        ("not_done", 0, "nothing sent"),
        ("not_done", 3, "refused, nothing sent"),
        ("not_done", 5, "nothing sent"),
        ("not_done", 6, "declined, nothing sent"),
        ("not_done", 1, "not done"),
        ("unknown", 8, "unknown"),
        ("done", 0, "done"),
        (None, None, "no end"),
    ],
)
def test_history_says_where_nothing_was_sent(
    outcome: Literal["done", "not_done", "unknown"] | None, code: int | None, says: str
) -> None:
    """GIVEN how an attempt ended THEN whether it sent anything; the site's no may follow a request."""
    assert in_short(dataclasses.replace(attempt(1), outcome=outcome, exit_code=code)) == says


def shown(capsys: pytest.CaptureFixture[str], state_dir: Path, *attempts: Attempt) -> str:
    """Attempts as a wide pipe shows them, in one line."""
    show_attempts(attempts, state_dir, {})
    return " ".join(capsys.readouterr().out.split())


def test_practice_is_told_apart_from_real_orders(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """GIVEN attempts on a mimic THEN all of them are practice; among real ones each has its site."""
    real = attempt(1)
    practice = dataclasses.replace(attempt(2), site="http://127.0.0.1:8190")

    assert "practice on a mimic site: no real orders" in shown(capsys, tmp_path, practice)
    both = shown(capsys, tmp_path, real, practice)
    assert "no real orders" not in both
    assert "AliExpress" in both
    assert "practice" in both
    assert "AliExpress" not in shown(capsys, tmp_path, real)


@pytest.mark.parametrize(
    ("site", "word"),
    [
        ("https://www.aliexpress.com", "AliExpress"),
        ("https://m.aliexpress.us", "AliExpress"),
        ("https://www.aliexpress.com.example", "practice"),
        ("http://localhost:8190", "practice"),
        ("", "practice"),
    ],
)
def test_only_the_site_itself_is_called_so(site: str, word: str) -> None:
    """GIVEN where an attempt was made THEN nothing that only looks like the site is it."""
    assert site_of(dataclasses.replace(attempt(1), site=site)) == word


def test_lines_for_scripts_have_every_field(capsys: pytest.CaptureFixture[str]) -> None:
    """GIVEN an attempt that ended, and one without an end THEN a line each, with a hyphen for no code."""
    open_one = dataclasses.replace(attempt(2), outcome=None, exit_code=None)

    show_attempt_lines((attempt(1), open_one))

    lines = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    order = "8190000000000000001"
    assert lines == [
        ["1", "2026-06-10T12:30:00.000Z", order, "cancel --dry-run", "not done", "3"],
        ["2", "2026-06-10T12:30:00.000Z", order, "cancel --dry-run", "no end", "-"],
    ]


def test_each_unsettled_attempt_has_its_own_verify(capsys: pytest.CaptureFixture[str]) -> None:
    """GIVEN two attempts of which one is unsettled THEN only that one, with the call on its site."""
    practice = dataclasses.replace(attempt(2), site="http://127.0.0.1:8190")

    show_unsettled((attempt(1), practice), {2}, lambda order: f"dispute-guard verify {order}")

    told = " ".join(capsys.readouterr().out.split())
    assert told.startswith("attempt 2 may have sent its request and is not settled: run '")
    assert "--site http://127.0.0.1:8190" in told


def test_what_was_seen_later_stands_beside_the_reason(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """GIVEN another outcome on the pages after the end THEN it is named as later; else nothing."""
    monkeypatch.setenv("TZ", "UTC")
    seen = AttemptEvent(
        id=9, attempt=1, at=NOW, event=Event.SEEN_LATER,
        details={"outcome": "not_done", "how": "it is open"},
    )  # fmt: skip

    show_attempts((attempt(1),), tmp_path, {1: seen})

    assert "seen later (Wed 10 Jun 2026, 12:30): not done, it is open" in " ".join(
        capsys.readouterr().out.split()
    )
    assert in_words(None) == ""
