"""Is it the buyer's account, exactly one dispute, and the right button? (F1, F4, F5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rules.on_status import NOTHING_OPEN
from rules.rulebook import BLOCK, WARN
from rules.situation import Situation, found
from rules.wording import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rules.verdicts import Finding

CANCEL_LABEL = "Cancel Request"
_CANCEL_LABELS = frozenset(
    {"cancel request", "cancel dispute", "cancel the request", "cancel the dispute"}
)


def on_account(situation: Situation) -> Iterator[Finding]:
    """F4: only the buyer can cancel."""
    role = situation.facts.account_role
    if role == "buyer" or (role is None and situation.awaiting_pages):
        return
    if role is None:
        yield found(
            "account-unknown", WARN, {"account_role": role},
            meaning="It is not known whether this is the buyer's account.",
            instead="Sign in with the account that placed the order.",
            would_change="Knowing that the buyer's account is signed in.",
        )  # fmt: skip
    else:
        yield found(
            "not-the-buyer", BLOCK, {"account_role": role},
            meaning="This is not the buyer's account, and only the buyer can cancel a dispute.",
            instead="Sign in with the account that placed the order.",
            would_change="The buyer's own account.",
        )  # fmt: skip


def on_target(situation: Situation) -> Iterator[Finding]:
    """Exactly one dispute must be meant."""
    facts = situation.facts
    count, named = facts.open_disputes_in_order, facts.target_specified
    seen = {"open_disputes_in_order": count, "target_specified": named}
    if count is not None and count < 1:
        if facts.dispute_status in NOTHING_OPEN:
            return  # the status has said so already
        yield found(
            "nothing-to-cancel", BLOCK, seen,
            meaning="This order has no open dispute, so there is nothing to cancel.",
            instead="Check that this is the order that you mean.",
            would_change="An open dispute on this order.",
        )  # fmt: skip
    elif named is not True and (named is False or count is not None) and count != 1:
        how_many = "An unknown number of" if count is None else f"{count}"
        yield found(
            "target-ambiguous", BLOCK, seen,
            meaning=f"{how_many} disputes are open in this order and you named none of them; the "
            "wrong one could be cancelled.",
            instead="Name the line whose dispute you mean with --item.",
            would_change="Naming one line of the order.",
        )  # fmt: skip
    elif count is None and not situation.awaiting_pages:
        yield found(
            "target-unknown", WARN, seen,
            meaning="It is not known how many disputes are open in this order.",
            instead="Look at the order's page, or name the line that you mean with --item.",
            would_change="Knowing that one dispute is open, or which one you mean.",
        )  # fmt: skip


def on_buttons(situation: Situation) -> Iterator[Finding]:
    """F1, F5: the page must offer the cancel of a request, exactly once."""
    buttons = situation.facts.visible_buttons
    seen = {"visible_buttons": buttons}
    if buttons is None:
        if not situation.awaiting_pages:
            yield _unseen(seen)
        return
    count = sum(_folded(label) in _CANCEL_LABELS for label in buttons)
    if count == 0:
        yield found(
            "cancel-button-missing", BLOCK, seen,
            meaning=f'The page has no "{CANCEL_LABEL}". Accept is no substitute: it would close '
            "your case for good.",
            instead="Look at the dispute page yourself; do not press Accept in its place.",
            would_change=f'A visible "{CANCEL_LABEL}" on the dispute page.',
        )  # fmt: skip
    elif count > 1:
        yield found(
            "cancel-button-ambiguous", BLOCK, seen,
            meaning=f"The page has {counted(count, 'cancel button')}, and it is unclear what each "
            "of them would cancel.",
            instead="Look at the dispute page yourself.",
            would_change="Exactly one cancel button on the page.",
        )  # fmt: skip


def _unseen(seen: Mapping[str, object]) -> Finding:
    return found(
        "buttons-unknown", WARN, seen,
        meaning="It is not known whether the dispute page offers a cancel.",
        instead="Look at the bottom of the dispute page.",
        would_change=f'Knowing that "{CANCEL_LABEL}" is on the page.',
    )  # fmt: skip


def _folded(label: str) -> str:
    return " ".join(label.casefold().split())
