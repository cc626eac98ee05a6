"""Edit the open dispute instead of cancelling it (F15)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rules.catalogue import LIMITS
from rules.checks.situation import Situation, found
from rules.verdicts import BLOCK, WARN
from rules.window import WindowState
from rules.wording import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rules.verdicts import Finding


def on_edits(situation: Situation) -> Iterator[Finding]:
    """Block while edits are left, or warn that none are."""
    used = situation.facts.edits_used
    seen = {"buyer_reason": situation.facts.buyer_reason, "edits_used": used}
    if used is not None and used >= LIMITS.edits:
        yield _exhausted(situation, seen)
        return
    if used is None or used < 0:
        left = f"It is unknown how many of the {LIMITS.edits_word} edits are left"
    else:
        left = f"You have {counted(LIMITS.edits - used, 'edit')} of {LIMITS.edits} left"
    yield found(
        "edit-instead", BLOCK, seen,
        meaning="You can change evidence, reason and amount while the dispute is open. "
        f"{left}; a cancel would only give the claim up.",
        instead="Edit the request on the dispute page.",
        would_change=f"all {LIMITS.edits_word} edits are used.",
    )  # fmt: skip


def _exhausted(situation: Situation, seen: Mapping[str, object]) -> Finding:
    has_time = situation.window.state is WindowState.OPEN
    return found(
        "edits-exhausted", WARN if has_time else BLOCK, seen,
        meaning=f"All {LIMITS.edits_word} edits are used. To change the claim you would have to cancel and file "
        "again, and AliExpress may not let you.",
        instead="Keep the dispute open and show your evidence to AliExpress when it decides.",
        would_change=f"more than {LIMITS.soon_hours} hours are left to file again."
        if not has_time
        else "AliExpress decides the dispute, which needs no cancel.",
    )  # fmt: skip
