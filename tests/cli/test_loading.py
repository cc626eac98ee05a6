"""What starts while a command is being loaded, and what never does."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import Mock

import pytest

from automation.cli import loading
from automation.cli.commands import cancel
from automation.cli.loading import new_ahead
from automation.engine.session.options import SessionOptions
from tests.cli.calls import NO_SITE, ORDER
from tests.conftest import GOOD_REASON
from tests.own_loop import in_own_loop, in_own_thread

if TYPE_CHECKING:
    from automation.engine.session.ahead import Ahead
    from tests.cli.calls import Call

BLOCKED = ("--because", "seller-promised", "--not-received")


@pytest.mark.parametrize(("said", "starts"), [(BLOCKED, False), (GOOD_REASON, True)])
def test_no_browser_starts_for_what_the_rules_refuse(
    call: Call,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    said: tuple[str, ...],
    *,
    starts: bool,
) -> None:
    """GIVEN words that block THEN no browser starts, not even ahead. Control: words that do not."""
    begun = Mock()
    monkeypatch.setattr(cancel, "load_with_browser", begun)

    ran = call(
        "cancel", ORDER, *said, "--dry-run", *NO_SITE, "--state-dir", str(tmp_path), opens=False
    )

    assert begun.called is starts
    assert ran.code == (1 if starts else 3)


@pytest.mark.parametrize(
    ("whose", "starts"),
    [
        ({}, True),
        ({"attach": "chrome"}, False),
        ({"profile": Path("theirs")}, False),
        ({"connect": "ws://127.0.0.1:9"}, False),
        ({"headless": False}, False),
    ],
    ids=["an empty profile", "their browser", "their profile", "elsewhere", "a window"],
)
def test_only_a_browser_of_its_own_starts_ahead(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, whose: dict[str, object], *, starts: bool
) -> None:
    """GIVEN the buyer's own browser or profile, or a window THEN none before the run needs it."""
    ran, ahead = Mock(), Mock()
    monkeypatch.setattr(loading, "_run", ran)
    session = SessionOptions(state_dir=tmp_path, ahead=ahead, **whose)  # type: ignore[arg-type]

    loading.load_with_browser(session)

    assert ahead.open.called is starts
    assert ran.called is starts


def test_nothing_starts_ahead_where_a_loop_runs() -> None:
    """GIVEN a call inside a running loop, as in a notebook THEN modules are loaded, no more."""
    found: list[Ahead | None] = []

    async def inside() -> None:
        found.append(new_ahead())

    in_own_loop(inside())
    assert found == [None]
    outside = in_own_thread(new_ahead)
    assert outside is not None
    in_own_thread(outside.runner.close)
