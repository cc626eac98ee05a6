"""The rules, the facts behind them and their limits, as ``catalogue.toml`` states them."""

from __future__ import annotations

from datetime import timedelta
from functools import cache
from importlib import resources
from typing import Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    NonNegativeInt,
    PositiveInt,
    ValidationInfo,
    field_validator,
    model_validator,
)

from rules.compiled import parsed
from rules.verdicts import SEVERITIES, Severity

_NUMBERS = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
)  # fmt: skip


class UnknownRule(KeyError):  # noqa: N818  named like the lookup error that it is
    """No rule has this id."""

    def __init__(self, rule_id: str) -> None:
        super().__init__(rule_id)
        self.rule_id = rule_id

    def __str__(self) -> str:
        return f"no such rule: {self.rule_id!r}"


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Limits(_Entry):
    """The thresholds of all rules.

    Args:
        soon_hours: less than this before the end counts as closing soon.
        after_delivery_days: how long after delivery a dispute can be filed (F6).
        after_order_days: the outer bound if nothing else is known.
        edits: how often an open dispute can be edited (F15).
    """

    soon_hours: PositiveInt
    after_delivery_days: PositiveInt
    after_order_days: PositiveInt
    edits: NonNegativeInt

    @property
    def soon(self) -> timedelta:
        """``soon_hours`` as a span."""
        return timedelta(hours=self.soon_hours)

    @property
    def after_delivery(self) -> timedelta:
        """``after_delivery_days`` as a span."""
        return timedelta(days=self.after_delivery_days)

    @property
    def after_order(self) -> timedelta:
        """``after_order_days`` as a span."""
        return timedelta(days=self.after_order_days)

    @property
    def edits_word(self) -> str:
        """``edits`` in words."""
        return _NUMBERS[self.edits] if self.edits < len(_NUMBERS) else str(self.edits)

    def filled_in(self, text: str) -> str:
        """A text with these limits in place of their names.

        Raises:
            KeyError: the text names an unknown limit.
        """
        return text.format_map({**dict(self), "edits_word": self.edits_word})


class Fact(_Entry):
    """One fact of the guide.

    Args:
        id: its number, such as ``F12``.
        name: a short name.
        meaning: what it says, in the buyer's words.
    """

    id: str = Field(pattern=r"^F[1-9]\d*$")
    name: str = Field(min_length=1)
    meaning: str = Field(min_length=1)


class Rule(_Entry):
    """One rule.

    Args:
        severities: the severities of its findings, mildest first.
        final: no buyer can accept its block.
        explanation: why the rule exists, for the buyer.
        source: the facts behind it, such as ``F8``.
        example: a situation in which it fires.
    """

    id: str = Field(pattern="^[a-z]+(-[a-z]+)*$")
    title: str = Field(min_length=1)
    severities: tuple[Severity, ...] = Field(min_length=1)
    final: bool = False
    explanation: str = Field(min_length=1)
    source: tuple[str, ...] = Field(min_length=1)
    example: str = Field(min_length=1)

    @field_validator("severities")
    @classmethod
    def _mildest_first(cls, given: tuple[Severity, ...]) -> tuple[Severity, ...]:
        if list(given) != sorted(set(given), key=SEVERITIES.index):
            raise ValueError("each severity once, mildest first")
        return given

    @property
    def overridable(self) -> bool:
        """Whether buyers can accept its block by naming the rule."""
        return Severity.BLOCK in self.severities and not self.final

    @property
    def severity(self) -> str:
        """The severities as text, such as ``warn or block``."""
        return " or ".join(s.value for s in self.severities)


class Catalogue(_Entry):
    """All of ``catalogue.toml``; its texts already name the limits."""

    limits: Limits
    facts: dict[str, Fact]
    rules: dict[str, Rule]

    @field_validator("facts", "rules", mode="before")
    @classmethod
    def _named_and_filled_in(cls, table: object, info: ValidationInfo) -> object:
        """Give each entry its key as id, and its texts the limits."""
        limits = info.data.get("limits")
        if not isinstance(table, dict) or not isinstance(limits, Limits):
            return table
        return {key: {"id": key, **_filled_in(entry, limits)} for key, entry in table.items()}

    @model_validator(mode="after")
    def _cites_known_facts(self) -> Self:
        for rule_id, entry in self.rules.items():
            unknown = set(entry.source) - set(self.facts)
            if unknown:
                raise ValueError(f"{rule_id} cites {', '.join(sorted(unknown))}")
        return self


def _filled_in(entry: dict[str, object], limits: Limits) -> dict[str, object]:
    return {k: limits.filled_in(v) if isinstance(v, str) else v for k, v in entry.items()}


@cache
def catalogue() -> Catalogue:
    """The packaged catalogue."""
    file = resources.files("rules").joinpath("catalogue.toml").read_bytes()
    (table,) = parsed(f"{__file__.removesuffix('.py')}.table", [file])
    return Catalogue.model_validate(table)


LIMITS = catalogue().limits
GUIDE = catalogue().facts


def all_rules() -> tuple[Rule, ...]:
    """All rules, in reading order."""
    return tuple(catalogue().rules.values())


def rule(rule_id: str) -> Rule:
    """One rule by its exact id.

    Raises:
        UnknownRule: no rule has this id.
    """
    try:
        return catalogue().rules[rule_id]
    except KeyError:
        raise UnknownRule(rule_id) from None
