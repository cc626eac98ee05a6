"""Findings together: their order, the verdict, and risks that a buyer accepts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from rules import Severity, Verdict
from rules.replies import Reply
from rules.verdicts import Advice, Finding, as_utc_text, verdict_of, worst_first

NOTE, WARN, BLOCK = Severity.NOTE, Severity.WARN, Severity.BLOCK


def finding(rule: str, severity: Severity, *, overridable: bool = True) -> Finding:
    """A finding of a rule."""
    return Finding(
        rule=rule, severity=severity, overridable=overridable, facts={"a": "b"},
        meaning="m", instead="i", would_change="w", source=("F1",),
    )  # fmt: skip


def advice(*findings: Finding) -> Advice:
    """Advice with these findings."""
    return Advice(
        verdict=verdict_of(findings), findings=findings, refile_by=None, window="open",
        rules_version="1",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("severities", "verdict"),
    [
        ((), Verdict.ALLOW),
        ((NOTE, NOTE), Verdict.ALLOW),
        ((NOTE, WARN), Verdict.WARN),
        ((BLOCK, NOTE, WARN), Verdict.BLOCK),
    ],
)
def test_the_worst_finding_decides(severities: tuple[Severity, ...], verdict: Verdict) -> None:
    """GIVEN findings THEN the worst is the verdict; none allows."""
    assert verdict_of([finding("x", each) for each in severities]) is verdict


def test_the_worst_is_read_first() -> None:
    """GIVEN findings THEN final blocks first, then the others by severity and name."""
    ordered = (
        finding("z", BLOCK, overridable=False),
        finding("a", BLOCK),
        finding("b", BLOCK),
        finding("c", WARN),
        finding("a", NOTE),
    )

    assert worst_first(ordered[::-1]) == ordered


def test_an_accepted_risk_warns_and_a_final_block_stays() -> None:
    """GIVEN rules accepted by name THEN only their overridable blocks become warnings."""
    final, risk, other = (
        finding("f", BLOCK, overridable=False),
        finding("r", BLOCK),
        finding("o", BLOCK),
    )

    assert advice(risk).accepting(["r"]).verdict is Verdict.WARN
    taken = advice(final, risk, other).accepting(["f", "r"])
    assert {each.rule: (each.severity, each.accepted) for each in taken.findings} == {
        "f": (BLOCK, False),
        "r": (WARN, True),
        "o": (BLOCK, False),
    }
    assert taken.verdict is Verdict.BLOCK
    assert advice(finding("n", WARN)).accepting(["n"]).findings == (finding("n", WARN),)
    assert [each.is_final for each in (final, risk, finding("w", WARN, overridable=False))] == [
        True, False, False,
    ]  # fmt: skip


def test_the_answer_has_plain_values() -> None:
    """GIVEN advice THEN texts and lists; what is unknown is null, and a moment is in UTC."""
    found = advice(finding("r", BLOCK)).as_json()
    dated = Advice(
        verdict=Verdict.ALLOW, findings=(), refile_by=datetime(2026, 6, 10, 12, tzinfo=UTC),
        window="open", rules_version="1", reply=Reply("en", "Please wait."),
    ).as_json()  # fmt: skip

    assert (found["verdict"], found["refile_by"], found["reply"]) == ("block", None, None)
    assert (dated["refile_by"], dated["reply"]) == (
        "2026-06-10T12:00:00Z",
        Reply("en", "Please wait.")._asdict(),
    )


def test_a_moment_is_written_in_utc() -> None:
    """GIVEN a moment with any offset THEN UTC with a Z."""
    moment = datetime(2026, 6, 10, 12, 30, tzinfo=timezone(timedelta(hours=-7)))

    assert as_utc_text(moment) == "2026-06-10T19:30:00Z"
