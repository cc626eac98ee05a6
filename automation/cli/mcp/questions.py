"""What the buyer is asked through an agent's client, and the answers that count as a yes.

Nothing here is a button: a buyer who agrees types what stands in the question, as at a terminal.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from automation.aliexpress.plan.order_number import GROUP, spelled, telling
from automation.cli.screen.advice import risks_of
from automation.cli.screen.render import plan_rows
from automation.text import clean_text, local_times, when_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from automation.aliexpress.answer import Answer, PlanAnswer
    from automation.aliexpress.plan.site_warnings import SiteWarning
    from automation.cli.screen.advice import Found

FIELD: Final = "typed"
"""The one field of the form."""

_CONSENT_SECONDS: Final = 300.0
_WARNING_SECONDS: Final = 120.0
_FOR_YOU: Final = {"you said": "said for you", "accepted risk": "risk that you accepted"}
_INDENT: Final = "    "
_LONGEST: Final = 600


class Question(Struct, frozen=True):
    """One question to the buyer.

    Args:
        message: what they read before they answer.
        label: what the field is called.
        wanted: what they type to agree.
        seconds: how long to wait for them.
    """

    message: str
    label: str
    wanted: str
    seconds: float

    @property
    def form(self) -> dict[str, object]:
        """The schema of the answer: one text."""
        field = {"type": "string", "title": self.label}
        return {"type": "object", "properties": {FIELD: field}, "required": [FIELD]}

    def is_agreed_by(self, typed: object) -> bool:
        """Whether this was typed, apart from white space and case."""
        return isinstance(typed, str) and typed.strip().casefold() == self.wanted.casefold()


def consent_to(answer: Answer, plan: PlanAnswer, now: datetime) -> Question:
    """Whether to cancel: the plan and its risks, and the digits that tell the order from others."""
    number = _INDENT + spelled(plan.order_id)
    under = " " * (len(number) - 2 * GROUP - 1) + "^" * GROUP
    risks = [_INDENT + _in_words(each) for each in risks_of(answer)]
    lines = (
        "An agent wants to cancel this AliExpress dispute for you. It cannot be undone.",
        "",
        *(f"{_FOR_YOU.get(name, name)}: {clean_text(value)}" for name, value in plan_rows(plan)),
        f"plan: {plan.digest}, valid until {when_text(plan.expires)}",
        *(["", "risks:", *risks] if risks else []),
        "",
        "Decline if the agent said something for you that is not true.",
        "All your orders end in the same four digits; the group before them tells them apart:",
        number,
        under,
        "To cancel this dispute, type the group before the last one (four digits).",
    )
    left = (plan.expires - now).total_seconds()
    return Question(
        "\n".join(lines),
        "The group before the last one (four digits)",
        telling(plan.order_id),
        max(0.1, min(left, _CONSENT_SECONDS)),
    )


def acceptance_of(finding: Found, order: str) -> Question:
    """Whether to accept the risk of a rule that blocks: what it means, and what to do instead."""
    lines = (
        f"The rules block the cancel of order {spelled(order)}.",
        "An agent asks to override them. Nothing is cancelled yet.",
        "",
        _in_words(finding),
        f"Instead: {local_times(clean_text(finding.instead, _LONGEST))}",
        "",
        f"To accept this risk, type the name of the rule: {finding.rule}",
    )
    return Question("\n".join(lines), "The name of the rule", finding.rule, _CONSENT_SECONDS)


def acceptance_of_warnings(
    warnings: Iterable[SiteWarning], order: str, expires: datetime
) -> Question:
    """Whether to cancel in spite of what the site's own dialog warns of."""
    lines = (
        f"Order {spelled(order)}: the site's own dialog warns:",
        *(f"{_INDENT}- {each.words}" for each in warnings),
        "",
        "To cancel the dispute anyway, type yes.",
    )
    left = (expires - datetime.now(UTC)).total_seconds()
    return Question(
        "\n".join(lines), "yes, to cancel anyway", "yes", max(0.1, min(left, _WARNING_SECONDS))
    )


def _in_words(finding: Found) -> str:
    meaning = local_times(clean_text(finding.meaning, _LONGEST))
    return f"{finding.severity} {finding.rule}: {meaning}"
