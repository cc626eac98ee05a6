"""The decided cases, through the reader of facts files and the rules."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from automation.aliexpress.advice.facts_file import facts_from_bytes
from rules import Advice, advise
from rules.checks.situation import readable

NOW = datetime(2026, 6, 10, 12, tzinfo=UTC)


def _advice(case: dict[str, Any]) -> Advice:
    return advise(facts_from_bytes(json.dumps(case).encode(), NOW))


def test_verdicts_are_acceptable(cases: list[dict[str, Any]]) -> None:
    """Each decided case gets an accepted verdict."""
    wrong = [each["id"] for each in cases if _advice(each).verdict.value not in each["acceptable"]]
    assert wrong == []


def test_windows_are_as_decided(cases: list[dict[str, Any]]) -> None:
    """The latest time to file again and the state of the window match the case."""
    for case in cases:
        advice = _advice(case).as_json()
        state = {"closing_soon": "soon"}.get(str(advice["window"]), advice["window"])
        decided = (case["reopen_deadline_utc"], case["window_state"])
        assert (advice["refile_by"], state) == decided, case["id"]


def test_most_verdicts_are_the_expected_ones(cases: list[dict[str, Any]]) -> None:
    """Every case gets the expected verdict, not just an accepted one."""
    assert [_advice(c).verdict.value for c in cases] == [c["expected"] for c in cases]


def test_bookkeeping_fields_change_nothing(cases: list[dict[str, Any]]) -> None:
    """A case line reads the same with and without its notes on the expected answer."""
    notes = {"id", "group", "expected", "acceptable", "why", "reopen_deadline_utc"}
    notes |= {"window_state", "rules_in_plain_words"}
    for case in cases:
        facts_only = {k: v for k, v in case.items() if k not in notes}
        assert _advice(facts_only) == _advice(case), case["id"]


def test_findings_show_the_facts_as_they_were_read(cases: list[dict[str, Any]]) -> None:
    """GIVEN each case THEN a finding that names a fact shows its value, not another one."""
    shown = 0
    for case in cases:
        facts = facts_from_bytes(json.dumps(case).encode(), NOW)
        for finding in advise(facts).findings:
            for name, value in finding.facts.items():
                if name != "now" and hasattr(facts, name):
                    assert value == readable(getattr(facts, name)), (case["id"], finding.rule)
                    shown += 1
    assert shown > len(cases)
