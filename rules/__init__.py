"""Pure decisions: facts in, verdict out."""

from rules.catalogue import all_rules, rule
from rules.decide import RULES_VERSION, advise, advise_on_words
from rules.facts import Facts, Reason, ReplacementTracking
from rules.guide import GUIDE, Fact
from rules.on_target import CANCEL_LABEL
from rules.rulebook import Rule, UnknownRule
from rules.verdicts import Advice, Finding, Severity, Verdict

__all__ = [
    "CANCEL_LABEL",
    "GUIDE",
    "RULES_VERSION",
    "Advice",
    "Fact",
    "Facts",
    "Finding",
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
