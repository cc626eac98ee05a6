"""What all rules share: the facts, read once, and the way to make a finding."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rules.catalogue import rule
from rules.facts import Facts, Reason
from rules.replacement import Proof, proof_of
from rules.seller import SellerReading, read_seller
from rules.statuses import DisputeStatus, MoneyReceived
from rules.verdicts import Finding, Severity
from rules.window import Window, window_of
from rules.wording import one_line

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, kw_only=True)
class Situation:
    """The input of every rule.

    Args:
        awaiting_pages: the pages have not been read yet, so facts that only they have may
            be missing.
    """

    facts: Facts
    window: Window
    proof: Proof
    seller: SellerReading
    awaiting_pages: bool = False

    @property
    def replacement_is_safe(self) -> bool:
        """F9: true if the number is proven and the protection was extended."""
        return self.proof is Proof.PROVEN and self.facts.protection_extended is True

    @property
    def money_is_there(self) -> bool:
        """True if all of the money has cleared on the buyer's own account."""
        return self.facts.money_received is MoneyReceived.FULL_CLEARED

    @property
    def is_settled(self) -> bool:
        """F3, F5: true if no open dispute can be withdrawn: decided, being carried out, or over."""
        status = self.facts.dispute_status
        if not isinstance(status, DisputeStatus):
            return False
        return status.is_final or status.is_settling or status.is_over

    @property
    def is_solved(self) -> bool:
        """F14: true if the problem is fixed, or never was one (F10)."""
        facts = self.facts
        if facts.checked_in_hand or facts.buyer_reason is Reason.FILED_BY_MISTAKE:
            return True
        if facts.buyer_reason is Reason.REPLACEMENT_SENT:
            return self.replacement_is_safe
        paid = facts.buyer_reason is Reason.MONEY_RECEIVED_OFF_PLATFORM
        return paid and self.money_is_there


def situation_of(facts: Facts, *, awaiting_pages: bool) -> Situation:
    """Read window, replacement and messages once for all rules."""
    return Situation(
        facts=facts,
        window=window_of(facts),
        proof=proof_of(facts.replacement_tracking),
        seller=read_seller(facts),
        awaiting_pages=awaiting_pages,
    )


def found(
    rule_id: str,
    severity: Severity,
    facts: Mapping[str, object],
    *,
    meaning: str,
    instead: str,
    would_change: str,
) -> Finding:
    """A finding of a catalogue rule; ``None`` among the facts reads as unknown."""
    entry = rule(rule_id)
    return Finding(
        rule=rule_id,
        severity=severity,
        overridable=entry.overridable,
        facts={name: readable(value) for name, value in facts.items()},
        meaning=meaning,
        instead=instead,
        would_change=would_change,
        source=entry.source,
    )


def readable(value: object) -> str:
    """A fact's value as text, cut to one short line."""
    if value is None:
        return "unknown"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return one_line(", ".join(str(part) for part in value)) or "none"
    return one_line(str(value)) or "empty"
