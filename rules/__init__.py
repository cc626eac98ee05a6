"""Pure decisions: facts in, verdict out."""

from rules.catalogue import GUIDE, LIMITS, Fact, Rule, UnknownRule, all_rules, rule
from rules.checks.on_target import CANCEL_LABEL
from rules.decide import RULES_VERSION, advise, advise_on_words
from rules.facts import Facts, Reason, ReplacementTracking
from rules.statuses import AccountRole, DisputeStatus, MoneyReceived, OrderStatus
from rules.verdicts import Advice, Finding, Severity, Verdict

__all__ = [
    "CANCEL_LABEL",
    "GUIDE",
    "LIMITS",
    "RULES_VERSION",
    "AccountRole",
    "Advice",
    "DisputeStatus",
    "Fact",
    "Facts",
    "Finding",
    "MoneyReceived",
    "OrderStatus",
    "Reason",
    "ReplacementTracking",
    "Rule",
    "Severity",
    "UnknownRule",
    "Verdict",
    "advise",
    "advise_on_words",
    "all_rules",
    "rule",
]
