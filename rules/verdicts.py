"""Severity, verdict, finding and advice."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import datetime

    from rules.replies import Reply


class Severity(StrEnum):
    """How serious one finding is."""

    NOTE = "note"
    WARN = "warn"
    BLOCK = "block"


class Verdict(StrEnum):
    """The result of all findings together."""

    ALLOW = "allow"
    WARN = "warn"
    BLOCK = "block"


NOTE, WARN, BLOCK = SEVERITIES = tuple(Severity)
_VERDICTS = dict(zip(Severity, Verdict, strict=True))


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing that a rule found.

    Args:
        overridable: buyers can accept a block of this rule by naming the rule.
        facts: the facts it rests on, field name to readable value.
        meaning: what it means for this buyer.
        instead: what to do now.
        would_change: what would remove this finding, to read after "This would change if:".
        source: numbers of the facts behind the rule, such as ``F12``.
        accepted: the buyer accepted this risk by name.
    """

    rule: str
    severity: Severity
    overridable: bool
    facts: Mapping[str, str]
    meaning: str
    instead: str
    would_change: str
    source: tuple[str, ...]
    accepted: bool = False

    @property
    def is_final(self) -> bool:
        """True for a block that cannot be overridden."""
        return self.severity is Severity.BLOCK and not self.overridable

    def as_json(self) -> dict[str, object]:
        """This finding as plain JSON data."""
        return {
            "rule": self.rule,
            "severity": self.severity.value,
            "overridable": self.overridable,
            "facts": dict(self.facts),
            "meaning": self.meaning,
            "instead": self.instead,
            "would_change": self.would_change,
            "source": list(self.source),
            "accepted": self.accepted,
        }


@dataclass(frozen=True, kw_only=True)
class Advice:
    """All findings, worst first, and the verdict.

    Args:
        refile_by: latest time to file again, in UTC; an upper bound and never a
            promise (F6), ``None`` if unknown.
        window: ``open``, ``closing_soon`` (see ``rules.LIMITS``), ``closed`` or ``unknown``.
        reply: what to answer a seller who asks for the cancel, ready to paste.
    """

    verdict: Verdict
    findings: tuple[Finding, ...]
    refile_by: datetime | None
    window: str
    rules_version: str
    reply: Reply | None = None

    def accepting(self, rule_ids: Collection[str]) -> Advice:
        """The same advice with these risks accepted; final blocks always stay."""
        taken = (self._taken(f) if f.rule in rule_ids else f for f in self.findings)
        findings = worst_first(taken)
        return replace(self, findings=findings, verdict=verdict_of(findings))

    @staticmethod
    def _taken(finding: Finding) -> Finding:
        if finding.severity is not Severity.BLOCK or not finding.overridable:
            return finding
        return replace(finding, severity=Severity.WARN, accepted=True)

    def as_json(self) -> dict[str, object]:
        """The JSON object that ``advise`` prints."""
        return {
            "verdict": self.verdict.value,
            "findings": [finding.as_json() for finding in self.findings],
            "refile_by": None if self.refile_by is None else as_utc_text(self.refile_by),
            "window": self.window,
            "rules_version": self.rules_version,
            "reply": self.reply and self.reply._asdict(),
        }


def as_utc_text(moment: datetime) -> str:
    """ISO 8601 in UTC with a final ``Z``; fractions of a second only if there are any."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def worst_first(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Sort findings in the order in which buyers should read them."""
    return tuple(sorted(findings, key=_reading_order))


def _reading_order(finding: Finding) -> tuple[int, bool, str, str]:
    weight = -SEVERITIES.index(finding.severity)
    return weight, finding.overridable, finding.rule, finding.meaning


def verdict_of(findings: Collection[Finding]) -> Verdict:
    """The worst finding decides; without findings, allow."""
    worst = max((SEVERITIES.index(f.severity) for f in findings), default=0)
    return _VERDICTS[SEVERITIES[worst]]
