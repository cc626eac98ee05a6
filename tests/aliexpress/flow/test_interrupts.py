from __future__ import annotations

import ast
import asyncio
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest

from automation.aliexpress.confirm_labels import be_sure
from automation.aliexpress.flow import interrupts
from automation.aliexpress.flow.interrupts import Interrupts
from automation.aliexpress.flow.report import Report, Step
from automation.aliexpress.site import SiteMap
from automation.errors import ToolError
from tests.own_loop import in_own_loop

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from automation.aliexpress.site import Doubt
    from automation.aliexpress.tab import Tab

READS_FOR = 0.5
SITE = Path(interrupts.__file__).parent.parent
# Any callable of the request that asks, by any name.
QUESTION = re.compile(r"await (\w+\.)*(ask|consent|confirm_\w+)\(")


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A watchdog that ends a step after a tenth of a second."""
    monkeypatch.setattr(interrupts, "_LOOK_SECONDS", 0.01)
    monkeypatch.setattr(interrupts, "_SECONDS_MORE", 0.1)


def watched(report: Report, work: Coroutine[Any, Any, None], state_dir: Path | None = None) -> None:
    """Run under the watchdog, on a thread of its own like all loops of these tests."""
    with ThreadPoolExecutor(1) as thread, Interrupts(report, 0.0, state_dir) as over:
        thread.submit(over.run, work).result()


async def works(report: Report, step: Step, *, asks: bool) -> None:
    """A step in which nothing happens for a while: a human reads, or it hangs."""
    with report.step(step):
        if asks:
            with report.waiting_for_human():
                await asyncio.sleep(READS_FOR)
        else:
            await asyncio.sleep(READS_FOR)


@pytest.mark.parametrize("step", [Step.CONSENT, Step.DISPUTE_PAGE, Step.TRIAL_CLICK, Step.CONFIRM])
def test_a_human_may_read_in_any_step(step: Step) -> None:
    """GIVEN a question in a step WHEN a human takes long to read it THEN the run continues."""
    report = Report("cancel")

    watched(report, works(report, step, asks=True))

    assert [each.step for each in report.steps] == [step]
    assert not report.human_is_asked


@pytest.mark.parametrize("step", [Step.CONSENT, Step.CONFIRM])
def test_a_step_that_hangs_is_ended(step: Step) -> None:
    """Positive control: the same wait without a question counts as a hanging browser."""
    report = Report("cancel")

    with pytest.raises(ToolError, match="hung") as stopped:
        watched(report, works(report, step, asks=False))

    assert stopped.value.code == "step_stuck"


def test_the_clock_runs_again_after_the_answer() -> None:
    """GIVEN an answered question WHEN the step hangs afterwards THEN it is ended."""
    report = Report("cancel")

    async def asks_and_hangs() -> None:
        await works(report, Step.CONSENT, asks=True)
        await asyncio.sleep(READS_FOR)

    with pytest.raises(ToolError, match="hung"):
        watched(report, asks_and_hangs())


def test_the_question_about_words_stops_the_clock() -> None:
    """GIVEN unverified words WHEN a human is asked about them THEN no clock runs."""
    report, seen = Report("cancel"), []

    async def confirm(_doubt: Doubt) -> bool:
        seen.append(report.human_is_asked)
        return True

    site = SiteMap.load()
    tab = SimpleNamespace(words=site.pack, confirm_words=confirm, progress=report, site=site)
    words = {"labels.cancel_request": ("Antrag zurückziehen",)}

    assert in_own_loop(be_sure(cast("Tab", tab), "de", "the control", words))
    assert seen == [True]
    assert not report.human_is_asked


def test_a_fault_of_a_background_task_is_kept_and_not_shown(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """GIVEN a failing task that is never awaited THEN a file, and nothing on the screen."""

    async def leaves_a_fault() -> None:
        future = asyncio.get_running_loop().create_future()
        future.set_exception(KeyError("Robin"))
        del future
        await asyncio.sleep(0)

    watched(Report("list"), leaves_a_fault(), tmp_path)

    [file] = (tmp_path / "faults").iterdir()
    assert "KeyError" in file.read_text("utf-8")
    assert "Robin" not in file.read_text("utf-8")
    assert capfd.readouterr().err == ""


def unwatched(source: str) -> list[int]:
    """Lines that ask a human outside ``waiting_for_human``."""
    tree = ast.parse(source)
    inside = {
        id(node)
        for block in ast.walk(tree)
        if isinstance(block, ast.With) and "waiting_for_human" in ast.unparse(block.items[0])
        for node in ast.walk(block)
    }
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Await)
        and id(node) not in inside
        and QUESTION.match(ast.unparse(node))
    ]


def test_every_question_stops_the_clock() -> None:
    """GIVEN the site's code THEN it never asks a human while the watchdog's clock runs."""
    found = {path.name: unwatched(path.read_text("utf-8")) for path in SITE.rglob("*.py")}

    assert {name: lines for name, lines in found.items() if lines} == {}


def test_the_search_would_find_a_question() -> None:
    """Positive control: a question outside it is found."""
    assert unwatched("async def f():\n    await tab.confirm_words(doubt)") == [2]
    assert unwatched("async def f():\n    await ask(plan)") == [2]
