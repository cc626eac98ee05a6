"""The matrix: which fault happens at which step, once or lasting."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from tests.faults.judge import objections_to_run, objections_to_verify, truth

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.faults.stage import Stage

_LONG: Final = 7.0
"""Seconds, beyond the time that a step of these runs has."""
_SHORT: Final = 1.0

READS: Final = ("list-page", "list", "detail-page", "detail", "dispute-page", "dispute")
AFTER: Final = ("detail-page", "detail", "dispute-page", "dispute")
"""Steps that come again when the outcome is verified."""

READ_FAULTS: Final[dict[str, dict[str, Any]]] = {
    "403": {"kind": "status", "status": 403},
    "429": {"kind": "status", "status": 429},
    "503": {"kind": "status", "status": 503},
    "stall": {"kind": "stall", "seconds": _LONG},
    "slow-drip": {"kind": "slow-drip", "seconds": _SHORT},
    "hang": {"kind": "hang"},
    "reset": {"kind": "reset-before-change"},
    "lost-on-reuse": {"kind": "answer-lost-on-reuse"},
    "truncated": {"kind": "truncated"},
    "wrong-type": {"kind": "wrong-content-type"},
    "signed-out": {"kind": "signed-out"},
    "captcha": {"kind": "captcha"},
    "navigates": {"kind": "navigate-away"},
    "status-changes": {"kind": "status-changes", "to": "final_decision"},
    "to-the-list": {"kind": "to-the-list"},
    "empty": {"kind": "empty"},
    "tab-crash": {"kind": "tab-crash"},
    "browser-killed": {"kind": "browser-killed"},
    "driver-killed": {"kind": "driver-killed"},
}
CANCEL_FAULTS: Final[dict[str, dict[str, Any]]] = {
    **READ_FAULTS,
    "408": {"kind": "status", "status": 408},
    "stall-before": {"kind": "stall-before-change", "seconds": _LONG},
    "reset-after": {"kind": "reset-after-change"},
    "403-after": {"kind": "error-after-change", "status": 403},
    "503-after": {"kind": "error-after-change", "status": 503},
    "signed-out-after": {"kind": "signed-out-after-change"},
    "captcha-after": {"kind": "captcha-after-change"},
    "refused": {"kind": "refused"},
    "refused-after": {"kind": "refused-after-change"},
    "success-unchanged": {"kind": "success-unchanged"},
    "late-change": {"kind": "late-change", "seconds": _SHORT},
    "very-late": {"kind": "late-change", "seconds": _LONG},
    "refund-paid": {"kind": "status-changes", "to": "refund_complete"},
    "closed": {"kind": "status-changes", "to": "closed"},
    "list-lags": {"kind": "list-lags"},
    "stale-sign": {"kind": "stale-sign"},
}
# Wrong data after the cancel: the fault and its step.
_UNCHANGED: Final = {"at": "cancel", "kind": "success-unchanged"}
_FAIL: Final = "FAIL_BIZ_ERROR::The dispute cannot be cancelled"


def _shown(to: str, at: str = "dispute", *, times: int = -1, **more: str) -> dict[str, Any]:
    return {"at": at, "kind": "shows", "to": to, "after": "cancel", "times": times, **more}


def _answered(ret: str, *, change: bool = False, **data: bool | str) -> dict[str, Any]:
    kind = "answers-after-change" if change else "answers"
    return {"at": "cancel", "kind": kind, "ret": ret, "data": data}


_STALE: Final = (_shown("waiting_seller"), _shown("waiting_seller", "detail"))
_BOX_GONE: Final = _shown("closed", "detail")
LIES: Final[dict[str, tuple[dict[str, Any], ...]]] = {
    "being-processed": (
        _UNCHANGED,
        _shown("unreadable", text="Your request is being processed"),
        _BOX_GONE,
    ),
    "list-instead": (
        _UNCHANGED,
        {"at": "dispute-page", "kind": "to-the-list", "after": "cancel", "times": -1},
        _BOX_GONE,
    ),
    "rolled-back": (_UNCHANGED, _shown("cancelled", times=1)),
    "box-stays": (_UNCHANGED, _shown("cancelled")),
    "sibling-data": (
        _UNCHANGED,
        {"at": "dispute", "kind": "sibling", "to": "cancelled", "after": "cancel", "times": -1},
    ),
    "yes-and-no": (_answered("SUCCESS::ok", success=False, errorMessage="try another way"),),
    "failing-code": (_answered("SUCCESS::ok", resultCode="FAIL_BIZ"), _shown("closed"), _BOX_GONE),
    "repeat-submit-lags": (_answered("FAIL_BIZ_REPEAT_SUBMIT::wait", change=True), *_STALE),
    "processing-lags": (_answered("FAIL_BIZ::it is being processed", change=True), *_STALE),
    "429-lags": (
        {"at": "cancel", "kind": "error-after-change", "status": 429},
        *_STALE,
    ),
    "refused-and-open": (_answered(_FAIL),),
    "token": (_answered("FAIL_SYS_TOKEN_EXOIRED::token"),),
}
PAGES: Final[dict[str, dict[str, Any]]] = {
    "other-words": {"dialog": "other-words"},
    "accept-dialog": {"dialog": "accept"},
    "no-dialog": {"dialog": "none"},
    "native-dialog": {"dialog": "native"},
    "double-send": {"sends": 2},
    "five-sends": {"sends": 5},
}


@dataclass(frozen=True)
class Cell:
    """One fault at one step.

    Args:
        step: the column of the table.
        settings: overrides of the scenario.
        lasting: it continues instead of happening once.
    """

    fault: str
    step: str
    settings: dict[str, Any] = field(hash=False)
    lasting: bool = False

    @property
    def name(self) -> str:
        """The task name that repeats it."""
        return f"{self.fault}@{self.step}{'+' if self.lasting else ''}"


def all_cells() -> Iterator[Cell]:
    """Every cell of the matrix."""
    for lasting in (False, True):
        times = {"times": -1 if lasting else 1}
        for name, fault in READ_FAULTS.items():
            for step in READS:
                yield Cell(name, step, _fault(at=step, **fault, **times), lasting)
            for step in AFTER:
                again = _fault(at=step, after="cancel", **fault, **times)
                yield Cell(name, f"verify {step}", again, lasting)
        for name, fault in CANCEL_FAULTS.items():
            yield Cell(name, "cancel", _fault(at="cancel", **fault, **times), lasting)
    for name, faults in LIES.items():
        yield Cell(name, "lie", {"fault": list(faults), "order": _TWO_DISPUTES})
    for name, cancel in PAGES.items():
        yield Cell(name, "cancel", {"cancel": cancel})


# The second order's dispute is the sibling whose data may be shown.
_TWO_DISPUTES: Final = [
    {"protection_ends": "+20d", "dispute": {"status": "waiting_seller"}},
    {"dispute": {"status": "cancelled"}},
]


def cell_named(name: str) -> Cell:
    """The cell of that name."""
    return next(cell for cell in all_cells() if cell.name == name)


def _fault(**fault: Any) -> dict[str, Any]:  # noqa: ANN401  values of a scenario file
    return {"fault": [fault]}


@dataclass(frozen=True)
class Held:
    """The end of one case."""

    outcome: str
    objections: tuple[str, ...]


def run_cell(place: Stage, cell: Cell, *, verify_at_once: bool = False) -> Held:
    """Commit under the fault; after an intent, verify until the outcome is known.

    Args:
        verify_at_once: verify during the fault too: it may not know, but must not be wrong.
    """
    case = place.play(**cell.settings)
    ended = case.commit(own_driver=cell.fault == "driver-killed")
    found = objections_to_run(case, ended)
    claimed = ended.answer.get("outcome", "killed")
    if verify_at_once:
        found += objections_to_verify(case, case.verify(), settled=False)
    case.site.come_to_rest()
    if claimed == "not_done" and truth(case.site).changed:
        found.append("not_done, but the effect came later")
    case.site.heal()
    if not truth(case.site).sent and "intent" not in case.events():
        return Held(str(claimed), tuple(found))  # no intent, so nothing to settle
    # If a dispute ended by itself, a lost request may have done it.
    known = cell.fault != "closed"
    found += objections_to_verify(case, case.verify(later=True), settled=known)
    return Held(str(claimed), tuple(found))
