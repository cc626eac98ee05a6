"""Require the buyer's account, exactly one dispute and the right button (F1, F4, F5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rules.checks.on_status import known
from rules.checks.situation import Situation, found
from rules.statuses import AccountRole
from rules.verdicts import BLOCK, WARN
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
    if role is AccountRole.BUYER or (role is None and situation.awaiting_pages):
        return
    if role is None:
        yield found(
            "account-unknown", WARN, {"account_role": role},
            meaning="This may not be the buyer's account.",
            instead="Sign in with the account that placed the order.",
            would_change="the buyer's account is signed in.",
        )  # fmt: skip
    else:
        yield found(
            "not-the-buyer", BLOCK, {"account_role": role},
            meaning="This is not the buyer's account, and only the buyer can cancel a dispute.",
            instead="Sign in with the account that placed the order.",
            would_change="the buyer's own account is signed in.",
        )  # fmt: skip


def on_target(situation: Situation) -> Iterator[Finding]:
    """Require exactly one dispute to cancel."""
    facts = situation.facts
    count, named = facts.open_disputes_in_order, facts.target_specified
    seen = {"open_disputes_in_order": count, "target_specified": named}
    if count is not None and count < 1:
        if known(facts.dispute_status).is_over:
            return  # the status has said so already
        yield found(
            "nothing-to-cancel", BLOCK, seen,
            meaning="This order has no open dispute, so there is nothing to cancel.",
            instead="Check that this is the right order.",
            would_change="this order has an open dispute.",
        )  # fmt: skip
    elif named is not True and (named is False or count is not None) and count != 1:
        how_many = "An unknown number of" if count is None else f"{count}"
        yield found(
            "target-ambiguous", BLOCK, seen,
            meaning=f"{how_many} disputes are open in this order and you named none, so the "
            "wrong one could be cancelled.",
            instead="Decide which item you mean, and cancel only the dispute of that one.",
            would_change="you name one line of the order.",
        )  # fmt: skip
    elif count is None and not situation.awaiting_pages:
        yield found(
            "target-unknown", WARN, seen,
            meaning="It is unknown how many disputes are open in this order.",
            instead="Look at the order's page: it shows the dispute of each item.",
            would_change="exactly one dispute is open, or you name one.",
        )  # fmt: skip


def on_buttons(situation: Situation) -> Iterator[Finding]:
    """F1, F5: the page must offer exactly one Cancel Request."""
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
            instead="Look at the dispute page yourself, and do not press Accept instead.",
            would_change=f'the dispute page shows "{CANCEL_LABEL}".',
        )  # fmt: skip
    elif count > 1:
        yield found(
            "cancel-button-ambiguous", BLOCK, seen,
            meaning=f"The page has {counted(count, 'cancel button')}, and it is unclear what each "
            "would cancel.",
            instead="Look at the dispute page yourself.",
            would_change="the page has exactly one cancel button.",
        )  # fmt: skip


def _unseen(seen: Mapping[str, object]) -> Finding:
    return found(
        "buttons-unknown", WARN, seen,
        meaning="The dispute page may not offer a cancel.",
        instead="Look at the bottom of the dispute page.",
        would_change=f'the page shows "{CANCEL_LABEL}".',
    )  # fmt: skip


def _folded(label: str) -> str:
    return " ".join(label.casefold().split())
