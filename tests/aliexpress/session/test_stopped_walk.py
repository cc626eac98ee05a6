"""What is kept of the page on which a walk was stopped."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest
from playwright.async_api import Error

from automation.aliexpress.running import Run
from automation.aliexpress.session import opening
from automation.aliexpress.session.opening import (
    Shared,
    walk_in,
)
from automation.aliexpress.site import Addresses
from automation.aliexpress.site.traffic import site_traffic
from automation.aliexpress.walk.album import STOPPED
from automation.aliexpress.walk.drift import Drift, DriftError
from automation.engine.guard import Guard, SiteOrigins
from automation.errors import ErrorCode, ExitCode, ToolError
from tests.aliexpress.session.a_request import MIMIC, Page, request_for, stop
from tests.listening import Heard
from tests.own_loop import in_own_loop

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass
class Album:
    """Takes down what is asked of it."""

    did: list[str] = field(default_factory=list)
    personal: tuple[object, ...] = ()

    def get_ready(self) -> None:
        """Begin."""
        self.did.append("ready")

    async def take(self, _page: object, caption: str, **_: object) -> None:
        """Take a picture."""
        self.did.append(caption)

    def develop(self) -> None:
        """End."""
        self.did.append("developed")


DRIFT = Drift("the page", instead=("Your case", "Pull it back"), html="<p>Your case</p>")


def stopped_in(
    monkeypatch: pytest.MonkeyPatch, state_dir: Path, problem: Exception, drift: Callable[[], Drift]
) -> tuple[Exception, list[str], list[str]]:
    """What a walk ends with, what the album did, and what was looked for on the page."""
    looked: list[str] = []

    async def drift_on(_page: object, _site: object, _name: str, landmark: str, *_: object, from_end: bool) -> Drift:  # fmt: skip
        looked.append(f"{landmark}{' from its end' if from_end else ''}")
        return drift()

    monkeypatch.setattr(opening, "drift_on", drift_on)
    album, run = Album(), Run("cancel")
    run.album = cast("Any", album)
    session: Any = SimpleNamespace(
        context=Heard(), page=Page(), guard=Guard(SiteOrigins.only(MIMIC), site_traffic()), touch=False,
    )  # fmt: skip

    async def work() -> None:
        shared = Shared(cast("Any", SimpleNamespace()))
        async with walk_in(session, request_for(Addresses(MIMIC), state_dir), run, shared) as walk:
            assert walk.my_orders is shared.my_orders
            raise problem

    with pytest.raises(Exception) as caught:  # noqa: PT011  whichever it is
        in_own_loop(work())
    return caught.value, album.did, looked


@pytest.mark.parametrize(
    ("code", "looked"),
    [
        (ErrorCode.NO_SINGLE_TARGET, ["labels.cancel_request"]),
        (ErrorCode.TARGET_COVERED, ["labels.cancel_request"]),
        (ErrorCode.DISPUTE_NOT_REACHED, ["labels.dispute_entry"]),
        (ErrorCode.DIALOG_NOT_RECOGNISED, ["labels.confirm from its end"]),
        (ErrorCode.DIALOG_WANTS_REASON, ["labels.confirm from its end"]),
        (ErrorCode.WRONG_ORDER, []),
    ],
)
def test_a_page_that_was_recognised_in_part_is_kept_with_what_it_shows(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, code: ErrorCode, looked: list[str]
) -> None:
    """GIVEN a part that is missing THEN the page in the state folder, and its words in the error."""
    error, did, found = stopped_in(monkeypatch, tmp_path, stop(code), lambda: DRIFT)

    assert isinstance(error, ToolError)
    assert (did, found) == (["ready", STOPPED, "developed"], looked)
    shows = "odd; the page shows 'Your case', 'Pull it back'" if looked else "odd"
    assert error.message == shows
    assert bool(error.evidence) is bool(looked)
    assert not looked or (Path(error.evidence) / "page.html").read_text("utf-8") == DRIFT.html


def test_a_page_that_was_not_recognised_brings_what_it_showed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """GIVEN an error with its page THEN that page is kept, and the browser is not asked again."""
    problem = DriftError("odd", DRIFT, hint="look", evidence=f"{MIMIC}/p/order/index.html")

    error, _, looked = stopped_in(monkeypatch, tmp_path, problem, lambda: DRIFT)

    assert error is problem
    assert looked == []
    assert Path(problem.evidence, "page.html").is_file()


def test_evidence_that_an_error_has_already_is_kept(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """GIVEN an error with evidence of its own THEN it stays that."""
    problem = stop(ErrorCode.NO_SINGLE_TARGET)
    problem.evidence = "elsewhere"

    stopped_in(monkeypatch, tmp_path, problem, lambda: DRIFT)

    assert (problem.evidence, list(tmp_path.iterdir())) == ("elsewhere", [])


def test_a_page_that_is_gone_by_then_changes_no_error(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """GIVEN a browser that fails while the page is kept THEN what stopped the run, as it was."""

    def gone() -> Drift:
        raise Error("Target closed")

    problem = stop(ErrorCode.NO_SINGLE_TARGET)
    error, did, _ = stopped_in(monkeypatch, tmp_path, problem, gone)

    assert error is problem
    assert (problem.message, problem.evidence, did[-1]) == ("odd", "", "developed")


def test_an_interrupted_run_takes_no_picture(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """GIVEN Ctrl-C THEN the pictures of before are covered, and none is taken."""
    problem = stop(ErrorCode.INTERRUPTED, ExitCode.INTERRUPTED)

    _, did, _ = stopped_in(monkeypatch, tmp_path, problem, lambda: DRIFT)

    assert did == ["ready", "developed"]


def test_an_error_of_the_browser_inside_a_walk_is_the_tools(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """GIVEN a browser that fails in the walk THEN the tool's error, and the pictures are covered."""
    error, did, _ = stopped_in(monkeypatch, tmp_path, Error("Target closed"), lambda: DRIFT)

    assert isinstance(error, ToolError)
    assert (error.code, did) == (ErrorCode.BROWSER_FAILED, ["ready", "developed"])
