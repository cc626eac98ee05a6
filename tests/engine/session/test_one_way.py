"""Tabs and browser contexts are opened in one way only: under the guard."""

from __future__ import annotations

import ast
from pathlib import Path

import automation

FOLDER = Path(automation.__file__).parent
APART = {
    "aliexpress/session/signed_in.py",  # a human signs in there by hand, so it is not a page of a run
    "engine/guard/transport/fresh_tab.py",  # the guard's own blank tab, from which it sends the permitted request
}


def calls(name: str) -> list[str]:
    """Files that call a method of this name on anything but a session or ``self``."""
    found = []
    for path in sorted(FOLDER.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                owner = ast.unparse(node.func.value)
                if node.func.attr == name and not owner.endswith(("session", "self")):
                    found.append(path.relative_to(FOLDER).as_posix())
    return found


def test_only_the_session_opens_tabs() -> None:
    """Only the session's own module opens a tab without the guard."""
    assert [path for path in calls("new_page") if path not in APART] == [
        "engine/session/browser.py"
    ]
