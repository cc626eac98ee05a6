"""Every rule that can speak, with its reason and the facts behind it."""

from __future__ import annotations

from functools import cache

from rules.catalogue_risky import RISKY_RULES
from rules.rulebook import NOTE, WARN, Rule, UnknownRule, final, risky

_SITE_RULES = (
    final(
        "status-final", "The case is closed for good", "F3 F5",
        "Once AliExpress has ruled or you have accepted a proposal, there is nothing left to "
        "withdraw and no way to file again.",
        "The dispute page says that a final decision was issued.",
    ),
    final(
        "status-settlement-running", "A settlement is being carried out", "F3 F5 F11",
        "While a refund, a return or an appeal is under way, a cancel could throw away what was "
        "already won. The site's table of cancellable states does not list these.",
        "The seller accepted the full refund and it is being paid.",
    ),
    final(
        "nothing-to-cancel", "No open dispute", "F3",
        "There is no open dispute here, so nothing can be cancelled.",
        "The order offers to open a dispute, so none is open.",
    ),
    final(
        "status-unreadable", "Dispute status not recognised", "F3",
        "Only three states are known to be cancellable. Any other words, or none, stop the run.",
        "The status line is in words that no list has.",
    ),
    risky(
        "status-not-seen", "Dispute status not looked at yet", (WARN,), "F3",
        "Advice without a look at the dispute page cannot tell whether it can still be cancelled.",
        "You ask for advice without naming an order.",
    ),
    risky(
        "mediation-running", "AliExpress is deciding", (NOTE,), "F3 F17",
        "A dispute in mediation can be cancelled, but the decision favours a buyer with clear "
        "evidence.",
        "The status says that AliExpress is reviewing.",
    ),
    risky(
        "proposal-waiting", "The seller has answered", (NOTE,), "F4 F5",
        "Accepting a proposal closes the case for good; cancelling withdraws the claim and keeps "
        "the right to file again while the window is open.",
        "The seller proposed a partial refund and the cancel button stands beside Accept.",
    ),
    final(
        "not-the-buyer", "Not the buyer's account", "F4",
        "Only the buyer can cancel. The seller can accept, reject or wait.",
        "The session is signed in as the seller.",
    ),
    risky(
        "account-unknown", "Whose account is unknown", (WARN,), "F4",
        "Only the buyer's own account can cancel a dispute.",
        "The facts do not say whose account it is.",
    ),
    final(
        "target-ambiguous", "Which dispute is unclear", "F1",
        "With several open disputes in one order the wrong one could be cancelled.",
        "Two lines of the order are in dispute and none was named.",
    ),
    risky(
        "target-unknown", "Number of disputes unknown", (WARN,), "F1",
        "It is not known that exactly one open dispute is meant.",
        "The facts tell neither how many disputes are open nor which is meant.",
    ),
    final(
        "cancel-button-missing", "No cancel button", "F1 F2 F5",
        "The page must offer exactly the cancel of a request. Accept is never a substitute: it "
        "closes the case for good.",
        "The page shows Accept and Reject only.",
    ),
    final(
        "cancel-button-ambiguous", "More than one cancel button", "F1 F2",
        "With two buttons of that name it is unclear what each would cancel.",
        "The label stands on the page twice.",
    ),
    risky(
        "buttons-unknown", "Buttons not known", (WARN,), "F1",
        "It is not known whether the page offers a cancel at all.",
        "The facts do not list the page's buttons.",
    ),
)  # fmt: skip


@cache
def _by_id() -> dict[str, Rule]:
    return {entry.id: entry for entry in (*_SITE_RULES, *RISKY_RULES)}


def all_rules() -> tuple[Rule, ...]:
    """The whole catalogue, in reading order."""
    return tuple(_by_id().values())


def rule(rule_id: str) -> Rule:
    """One rule by its exact id.

    Raises:
        UnknownRule: no rule has this id.
    """
    try:
        return _by_id()[rule_id]
    except KeyError:
        raise UnknownRule(rule_id) from None
