"""No time limit runs while a human reads a question."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import automation.aliexpress

SITE = Path(automation.aliexpress.__file__).parent
# Any callable of the request that asks, by any name.
QUESTION = re.compile(r"await (\w+\.)*(ask|consent|confirm_\w+)\(")


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
