"""The offer to remember the call that was held back in place of the cancel."""

from __future__ import annotations

import tomllib
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from automation.cli.prompts import permitted_call
from automation.cli.prompts.permitted_call import offering_to_permit
from automation.engine.guard import GuardReport, RequestRecord
from automation.errors import ErrorCode, ToolError

if TYPE_CHECKING:
    from pathlib import Path

CALL = "mtop.ae.matter.turnBack"


def held(what: str = CALL, *, nameable: bool = True) -> RequestRecord:
    """A call that was held back under the permit."""
    return RequestRecord(
        what, "acs", "POST", "unknown", "not a known reading call",
        keys=("reverseOrderLineId",), under_permit=True, nameable=nameable,
    )  # fmt: skip


def ended(
    monkeypatch: pytest.MonkeyPatch,
    path: Path,
    *calls: RequestRecord,
    typed: str = "turnBack",
    code: ErrorCode = ErrorCode.NOTHING_SENT,
    asks: bool = True,
) -> str:
    """The hint of a run that ended with these calls held back, at a terminal where that is typed."""
    monkeypatch.setattr(permitted_call, "is_terminal", lambda: True)
    monkeypatch.setattr(permitted_call, "forget_typed", lambda: None)
    monkeypatch.setattr(permitted_call, "read_line", lambda _: f"{typed}\n")
    report = GuardReport((), calls)
    run: Any = SimpleNamespace(guard=SimpleNamespace(report=lambda: report))
    with pytest.raises(ToolError) as caught, offering_to_permit(run, path, asks=asks):
        raise ToolError("nothing was sent", code=code, hint="as before")
    return caught.value.hint


def test_the_typed_name_is_remembered(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """GIVEN the one call that the permit would have fitted WHEN its name is typed THEN site data has it."""
    path = tmp_path / "site.toml"
    assert "run the command again" in ended(monkeypatch, path, held(), held())
    assert tomllib.loads(path.read_text("utf-8")) == {"traffic": {"permitted_apis": [CALL]}}


@pytest.mark.parametrize(
    ("calls", "how"),
    [
        ((held(),), {"typed": "yes"}),
        ((held(),), {"typed": ""}),
        ((held(),), {"asks": False}),
        ((held(),), {"code": ErrorCode.OUTCOME_UNKNOWN}),
        ((held(), held("mtop.ae.matter.other")), {}),
        ((held(), held("mtop.ae.matter.acceptIt", nameable=False)), {}),
        ((held(nameable=False),), {}),
        ((), {}),
    ],
)
def test_nothing_else_is(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    calls: tuple[RequestRecord, ...],
    how: dict[str, Any],
) -> None:
    """GIVEN a mere yes, several calls, one that never fits, or another end THEN nothing is written."""
    path = tmp_path / "site.toml"
    assert ended(monkeypatch, path, *calls, **how) == "as before"
    assert not path.exists()
