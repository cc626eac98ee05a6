"""A run: what it found is written in one place, and another one at work is waited for."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NoReturn

import pytest

import automation
from automation.aliexpress import run as flow
from automation.aliexpress.plan.targets import dispute_target, order_target
from automation.aliexpress.running import Run
from automation.aliexpress.site import Addresses, DisputeIds
from automation.engine.journal import Event, Journal, target_lock
from automation.errors import ErrorCode, ToolError
from tests.own_loop import in_own_loop

ORDER = "8194370215560042"
HERE, THERE = "http://127.0.0.1:8510", "http://127.0.0.1:8520"
NOW = datetime(2026, 11, 26, 18, 39, tzinfo=UTC)


def test_only_the_run_folds_what_its_work_found() -> None:
    """GIVEN the code of the product THEN only the run, its work and its end write results.

    All else returns them.
    """
    root = Path(automation.__file__).parent
    writers = {
        path.relative_to(root).as_posix()
        for path in root.rglob("*.py")
        if re.search(r"\brun\.(found\b[^=\n(]* = |take\()", path.read_text("utf-8"))
    }

    assert writers == {f"aliexpress/{name}.py" for name in ("run", "work", "ending")}


@pytest.mark.parametrize("site", [HERE, THERE])
def test_another_run_is_settled_on_its_own_site(tmp_path: Path, site: str) -> None:
    """GIVEN a run at work on another mimic WHEN verify must wait for it THEN its site is named."""

    def opener(*_: object, **__: object) -> NoReturn:
        raise AssertionError("no browser is opened")

    request: Any = SimpleNamespace(
        order_id=ORDER, state_dir=tmp_path, addresses=Addresses.for_site(HERE, None)
    )
    run = Run("verify", ORDER, f"dispute-guard verify {ORDER} --site {HERE}")
    target = dispute_target(ORDER, DisputeIds("1100482913300042"))

    with Journal.open(tmp_path) as journal, target_lock(tmp_path, order_target(ORDER)):
        number = journal.begin(target, "cancel", site, "web", "1", NOW)
        for event in (Event.TARGET_READ, Event.PLANNED, Event.CONSENTED, Event.INTENT):
            journal.record(number, event, NOW)
        with pytest.raises(ToolError) as busy:
            in_own_loop(flow.verify_in(request, run, journal, opener))

    assert busy.value.code is ErrorCode.ALREADY_RUNNING
    assert busy.value.hint.endswith(f"run 'dispute-guard verify {ORDER} --site {site}'")
