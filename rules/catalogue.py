"""Every rule, with the reason for it and the facts behind it."""

from __future__ import annotations

from functools import cache

from rules.catalogue_risky import RISKY_RULES
from rules.rulebook import NOTE, WARN, Rule, UnknownRule, final, risky

_SITE_RULES = (
    final(
        "status-final", "The case is closed for good", "F3 F5",
        "After a ruling or an accepted proposal there is nothing left to withdraw and no way to "
        "file again.",
        "The dispute page shows a final decision.",
    ),
    final(
        "status-settlement-running", "A settlement is under way", "F3 F5 F11",
        "While a refund, a return or an appeal is under way, a cancel could throw away what you "
        "already won. AliExpress does not list these states as cancellable.",
        "The seller accepted the full refund and it is being paid.",
    ),
    final(
        "nothing-to-cancel", "No open dispute", "F3",
        "Without an open dispute there is nothing to cancel.",
        "The order offers to open a dispute, so none is open.",
    ),
    final(
        "status-unreadable", "Dispute status not recognised", "F3",
        "Only three states are known to be cancellable. Any other status, or none, stops the "
        "run.",
        "The status line is in words that no word list contains.",
    ),
    risky(
        "status-not-seen", "Dispute status not checked yet", (WARN,), "F3",
        "Only the dispute page shows whether the dispute can still be cancelled.",
        "You ask for advice without naming an order.",
    ),
    risky(
        "mediation-running", "AliExpress is deciding", (NOTE,), "F3 F17",
        "A dispute in mediation can be cancelled, but the decision favours a buyer with clear "
        "evidence.",
        "The status says that AliExpress is reviewing the case.",
    ),
    risky(
        "proposal-waiting", "The seller has answered", (NOTE,), "F4 F5",
        "Accepting a proposal closes the case for good. Cancelling withdraws the claim and "
        "keeps the right to file again while the window is open.",
        "The seller proposed a partial refund, and the cancel button is next to Accept.",
    ),
    final(
        "not-the-buyer", "Not the buyer's account", "F4",
        "Only the buyer can cancel. The seller can accept, reject or wait.",
        "The session is signed in as the seller.",
    ),
    risky(
        "account-unknown", "Account owner unknown", (WARN,), "F4",
        "Only the buyer's own account can cancel a dispute.",
        "The facts do not say whose account it is.",
    ),
    final(
        "target-ambiguous", "Several open disputes", "F1",
        "With several open disputes in one order, the wrong one could be cancelled.",
        "Two lines of the order are in dispute and you named neither.",
    ),
    risky(
        "target-unknown", "Number of disputes unknown", (WARN,), "F1",
        "The order may have several open disputes, or none.",
        "The facts give neither the number of open disputes nor the one to cancel.",
    ),
    final(
        "cancel-button-missing", "No cancel button", "F1 F2 F5",
        "The page must offer to cancel the request. Accept is no substitute: it closes the case "
        "for good.",
        "The page shows only Accept and Reject.",
    ),
    final(
        "cancel-button-ambiguous", "More than one cancel button", "F1 F2",
        "With two buttons of that name it is unclear what each would cancel.",
        "The label appears twice on the page.",
    ),
    risky(
        "buttons-unknown", "Buttons unknown", (WARN,), "F1",
        "The page may not offer a cancel at all.",
        "The facts do not list the page's buttons.",
    ),
)  # fmt: skip


@cache
def _by_id() -> dict[str, Rule]:
    return {entry.id: entry for entry in (*_SITE_RULES, *RISKY_RULES)}


def all_rules() -> tuple[Rule, ...]:
    """All rules, in reading order."""
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
