"""Turn facts into advice: all rules run, and the worst finding decides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rules.checks.on_consistency import on_consistency
from rules.checks.on_reason import on_reason
from rules.checks.on_seller import on_messages, on_seller
from rules.checks.on_status import on_frozen_order, on_status
from rules.checks.on_target import on_account, on_buttons, on_target
from rules.checks.on_window import on_delivery, on_window
from rules.checks.situation import situation_of
from rules.facts import Reason
from rules.verdicts import Advice, Severity, verdict_of, worst_first

if TYPE_CHECKING:
    from rules.checks.situation import Situation
    from rules.facts import Facts
    from rules.replies import Reply
    from rules.verdicts import Finding

RULES_VERSION = "1"

_RULES = (
    on_status, on_account, on_target, on_buttons, on_consistency,
    on_window, on_delivery, on_reason, on_seller, on_messages, on_frozen_order,
)  # fmt: skip

# Replies say that the dispute stays open.
_NO_DISPUTE = frozenset(("status-final", "nothing-to-cancel"))


def advise(facts: Facts) -> Advice:
    """Judge these facts; a missing fact counts as unknown, never as good."""
    return _advise(facts, awaiting_pages=False)


def advise_on_words(facts: Facts) -> Advice:
    """Judge only what the buyer said, before any page is read.

    Facts that only pages have (account, target, buttons) may be missing. A missing status
    or deadline warns instead of blocking; given ones count as in ``advise``.
    """
    return _advise(facts, awaiting_pages=True)


def _advise(facts: Facts, *, awaiting_pages: bool) -> Advice:
    situation = situation_of(facts, awaiting_pages=awaiting_pages)
    findings = worst_first(finding for rule in _RULES for finding in rule(situation))
    return Advice(
        verdict=verdict_of(findings),
        findings=findings,
        refile_by=situation.window.refile_by,
        window=situation.window.state.value,
        rules_version=RULES_VERSION,
        reply=_reply(situation, findings),
    )


def _reply(situation: Situation, findings: tuple[Finding, ...]) -> Reply | None:
    """What to answer the seller; nothing if they asked for nothing, or if no dispute is open.

    Where the problem is fixed, only a plea that blocks the cancel wants an answer.
    """
    if any(each.rule in _NO_DISPUTE for each in findings):
        return None
    pleads = any(
        each.rule == "seller-promise" and each.severity is Severity.BLOCK for each in findings
    )
    if not situation.seller.messages or (situation.is_solved and not pleads):
        return None
    from rules.replies import reply_to  # noqa: PLC0415  loads the word lists of all languages

    agreed = situation.facts.buyer_reason is Reason.FAIR_AGREEMENT
    return reply_to(situation.seller.messages, agreed=agreed)
