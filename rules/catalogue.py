"""The rules, the facts behind them and their limits, as ``catalogue.toml`` states them.

The file is checked by pydantic when it is compiled (``rules.compiled``); whoever finds it compiled
needs no more than these dataclasses.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING, ClassVar, Final, TypeAlias

from rules.compiled import compiled, read
from rules.outside import OWN_FIELDS, checked
from rules.verdicts import SEVERITIES, Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import ConfigDict

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


_A_TEXT: Final = {"min_length": 1}
_A_COUNT: Final = {"gt": 0}


@dataclass(frozen=True)
class Limits:
    """The thresholds of all rules.

    Args:
        soon_hours: less than this before the end counts as closing soon.
        after_delivery_days: how long after delivery a dispute can be filed (F6).
        after_order_days: the outer bound if nothing else is known.
        edits: how often an open dispute can be edited (F15).
    """

    __pydantic_config__: ClassVar[ConfigDict] = OWN_FIELDS

    soon_hours: int = field(metadata=_A_COUNT)
    after_delivery_days: int = field(metadata=_A_COUNT)
    after_order_days: int = field(metadata=_A_COUNT)
    edits: int = field(metadata={"ge": 0})

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
        return text.format_map({**asdict(self), "edits_word": self.edits_word})


@dataclass(frozen=True)
class Fact:
    """One fact of the guide.

    Args:
        id: its number, such as ``F12``.
        name: a short name.
        meaning: what it says, in the buyer's words.
    """

    __pydantic_config__: ClassVar[ConfigDict] = OWN_FIELDS

    id: str = field(metadata={"pattern": r"^F[1-9]\d*$"})
    name: str = field(metadata=_A_TEXT)
    meaning: str = field(metadata=_A_TEXT)


@dataclass(frozen=True)
class Rule:
    """One rule.

    Args:
        severities: the severities of its findings, mildest first.
        explanation: why the rule exists, for the buyer.
        source: the facts behind it, such as ``F8``.
        example: a situation in which it fires.
        final: no buyer can accept its block.
    """

    __pydantic_config__: ClassVar[ConfigDict] = OWN_FIELDS

    id: str = field(metadata={"pattern": "^[a-z]+(-[a-z]+)*$"})
    title: str = field(metadata=_A_TEXT)
    severities: tuple[Severity, ...] = field(metadata=_A_TEXT)
    explanation: str = field(metadata=_A_TEXT)
    source: tuple[str, ...] = field(metadata=_A_TEXT)
    example: str = field(metadata=_A_TEXT)
    final: bool = False

    def __post_init__(self) -> None:
        """Refuse severities in another order."""
        if list(self.severities) != sorted(set(self.severities), key=SEVERITIES.index):
            raise ValueError("each severity once, mildest first")

    @property
    def overridable(self) -> bool:
        """Whether buyers can accept its block by naming the rule."""
        return Severity.BLOCK in self.severities and not self.final

    @property
    def severity(self) -> str:
        """The severities as text, such as ``warn or block``."""
        return " or ".join(s.value for s in self.severities)


@dataclass(frozen=True)
class Catalogue:
    """All of ``catalogue.toml``; its texts already name the limits."""

    __pydantic_config__: ClassVar[ConfigDict] = OWN_FIELDS

    limits: Limits
    facts: dict[str, Fact]
    rules: dict[str, Rule]

    def __post_init__(self) -> None:
        """Refuse a source that is no fact."""
        for rule_id, entry in self.rules.items():
            if unknown := set(entry.source) - set(self.facts):
                raise ValueError(f"{rule_id} cites {', '.join(sorted(unknown))}")


def catalogue_of(table: Mapping[str, object]) -> Catalogue:
    """The catalogue that a table of the file states.

    Raises:
        pydantic.ValidationError: it has a wrong limit, fact, source, severity, id or field.
        KeyError: a text names an unknown limit.
    """
    limits = checked(Limits, table.get("limits"))
    named = {kind: _named_and_filled_in(table.get(kind), limits) for kind in ("facts", "rules")}
    return checked(Catalogue, {**table, "limits": limits, **named})


def _named_and_filled_in(entries: object, limits: Limits) -> object:
    """Give each entry its key as id, and its texts the limits."""
    if not isinstance(entries, dict):
        return entries
    return {key: {"id": key, **_filled_in(entry, limits)} for key, entry in entries.items()}


def _filled_in(entry: dict[str, object], limits: Limits) -> dict[str, object]:
    return {k: limits.filled_in(v) if isinstance(v, str) else v for k, v in entry.items()}


_Kept: TypeAlias = tuple[
    dict[str, int],
    list[tuple[str, str, str]],
    list[tuple[str, str, list[str], str, list[str], str, bool]],
]
"""A checked catalogue as plain values: its limits, its facts, and its rules."""


def _kept(catalogue: Catalogue) -> _Kept:
    return (
        asdict(catalogue.limits),
        [(each.id, each.name, each.meaning) for each in catalogue.facts.values()],
        [
            (
                each.id, each.title, [one.value for one in each.severities],
                each.explanation, list(each.source), each.example, each.final,
            )
            for each in catalogue.rules.values()
        ],
    )  # fmt: skip


def _of(kept: _Kept) -> Catalogue:
    limits, facts, rules = kept
    return Catalogue(
        Limits(**limits),
        {each[0]: Fact(*each) for each in facts},
        {
            name: Rule(
                name, title, tuple(map(Severity, severities)), why, tuple(source), case, final
            )
            for name, title, severities, why, source, case, final in rules
        },
    )


@cache
def catalogue() -> Catalogue:
    """The packaged catalogue."""
    name = __file__.removesuffix(".py")
    file = read(f"{name}.toml")

    def check() -> _Kept:
        import tomllib  # noqa: PLC0415  whoever finds it compiled does not need it

        return _kept(catalogue_of(tomllib.loads(file.decode("utf-8"))))

    return _of(compiled(f"{name}.table", b"\0".join((file, read(__file__))), check))


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
