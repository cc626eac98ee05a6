"""No time limit runs while a human reads a question."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import automation.aliexpress
from automation.aliexpress.answer import Step
from automation.aliexpress.running import Run
from automation.aliexpress.site import SiteMap
from automation.aliexpress.walk.confirm_labels import be_sure
from automation.engine.interrupts import PATIENCE
from tests.own_loop import in_own_loop

if TYPE_CHECKING:
    from automation.aliexpress.site import Doubt
    from automation.aliexpress.walk.tab import Tab

SITE = Path(automation.aliexpress.__file__).parent
# Any callable of the request that asks, by any name.
QUESTION = re.compile(r"await (\w+\.)*(ask|consent|confirm_\w+)\(")


def test_a_run_knows_where_it_is_and_who_waits() -> None:
    """GIVEN a run THEN its place changes with each step, and says when a human is asked."""
    run = Run("cancel")

    with run.step(Step.MY_ORDERS):
        first = run.place(1)
        assert (first.step, first.human_is_asked) == ("my orders", False)
        assert first.patience > PATIENCE
        assert run.place(2) != first
        with run.waiting_for_human():
            assert run.place(1).human_is_asked
    with run.step(Step.CONSENT):
        later = run.place(1)

    assert later != first
    assert not later.human_is_asked


def test_the_question_about_words_stops_the_clock() -> None:
    """GIVEN unverified words WHEN a human is asked about them THEN no clock runs."""
    run, seen = Run("cancel"), []

    async def confirm(_doubt: Doubt) -> bool:
        seen.append(run.human_is_asked)
        return True

    site = SiteMap.load()
    tab = SimpleNamespace(words=site.pack, confirm_words=confirm, progress=run, site=site)
    words = {"labels.cancel_request": ("Antrag zurückziehen",)}

    assert in_own_loop(be_sure(cast("Tab", tab), "de", "the control", words))
    assert seen == [True]
    assert not run.human_is_asked


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
