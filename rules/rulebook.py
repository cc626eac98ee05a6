"""What a rule is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rules.verdicts import Severity

if TYPE_CHECKING:
    from collections.abc import Sequence

NOTE, WARN, BLOCK = Severity.NOTE, Severity.WARN, Severity.BLOCK


class UnknownRule(KeyError):  # noqa: N818  named like the lookup error that it is
    """No rule has this id."""

    def __init__(self, rule_id: str) -> None:
        super().__init__(rule_id)
        self.rule_id = rule_id

    def __str__(self) -> str:
        return f"no such rule: {self.rule_id!r}"


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One entry of the catalogue.

    Args:
        severities: the severities of its findings, mildest first.
        overridable: whether buyers can accept its block by naming the rule.
        explanation: why the rule exists, for the buyer.
        source: the facts behind it, such as ``F8``.
        example: a situation in which it fires.
    """

    id: str
    title: str
    severities: tuple[Severity, ...]
    overridable: bool
    explanation: str
    source: tuple[str, ...]
    example: str

    @property
    def severity(self) -> str:
        """The severities as text, such as ``warn or block``."""
        return " or ".join(s.value for s in self.severities)


def risky(
    rule_id: str, title: str, severities: Sequence[Severity], source: str, why: str, example: str
) -> Rule:
    """A rule whose block, if it has one, buyers can accept by naming the rule."""
    return Rule(
        id=rule_id,
        title=title,
        severities=tuple(severities),
        overridable=BLOCK in severities,
        explanation=why,
        source=tuple(source.split()),
        example=example,
    )


def final(rule_id: str, title: str, source: str, why: str, example: str) -> Rule:
    """A rule whose block cannot be overridden."""
    return Rule(
        id=rule_id,
        title=title,
        severities=(BLOCK,),
        overridable=False,
        explanation=why,
        source=tuple(source.split()),
        example=example,
    )
