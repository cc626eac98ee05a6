from __future__ import annotations

import re
from pathlib import Path

import automation

SOURCES = sorted(Path(automation.__file__).parent.rglob("*.py"))
# No layer sees what the tool sends itself (guard facts, last row of the table).
OWN_REQUEST = re.compile(
    r"APIRequestContext|\.request\.(?:get|post|put|patch|delete|head|fetch)\(|\.fetch\(|\.request\.new_context\("
)
OTHER_CLIENT = re.compile(
    r"^\s*(?:import|from) (?:urllib\.request|http\.client|requests|httpx)\b", re.MULTILINE
)


def test_only_the_permit_sends() -> None:
    """No module sends a request of its own but the one that sends the permitted write."""
    senders = [
        path.name
        for path in SOURCES
        if OWN_REQUEST.search(text := path.read_text("utf-8")) or OTHER_CLIENT.search(text)
    ]
    assert senders == ["sender.py"]
