"""Judges a run by ledger, journal and process table, and compares the tool's answer with them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from automation.engine.journal import Journal, check_journal
from automation.errors import ToolError
from tests.faults import processes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fixtures import MimicSite
    from tests.faults.stage import Case, Ended

_CODES = {
    "done": {0},
    "not_done": {1, 3, 4, 5, 7, 130},
    "unknown": {8, 130},
}
_OF_VERIFY = {"done": {0}, "not_done": {1}, "unknown": {8}}


@dataclass(frozen=True)
class Truth:
    """What the ledger says.

    Args:
        sent: cancels that reached the site.
        changed: the dispute was cancelled by one of them.
        other: writes that are no cancel.
    """

    sent: int
    changed: bool
    other: int


def truth(site: MimicSite) -> Truth:
    """What the ledger says now."""
    ledger = site.ledger
    effects = [effect for effect in ledger.effects() if effect.startswith("cancelled ")]
    cancels = ledger.cancels()
    other = [entry for entry in ledger.writes() if entry.step != "cancel"]
    return Truth(len(cancels), bool(effects), len(other))


def objections_to_run(case: Case, ended: Ended) -> list[str]:
    """Every promise that a commit broke; empty if all held."""
    found = _on_writes(case) + _on_traces(case, [ended])
    if ended.code < 0:
        return found  # killed: no answer
    outcome, seen = ended.answer.get("outcome"), truth(case.site)
    if outcome not in _CODES or ended.code not in _CODES[str(outcome)]:
        found.append(f"exit {ended.code} with outcome {outcome}")
    if outcome == "done" and not seen.changed:
        found.append("done, but the ledger has no effect")
    if outcome == "not_done" and seen.changed:
        found.append("not_done, but the ledger has the effect")
    if ended.code in {4, 130, 3, 7} and seen.sent:
        found.append(f"exit {ended.code} although a cancel had left")
    return found


def objections_to_verify(case: Case, ended: Ended, *, settled: bool) -> list[str]:
    """Every promise that a verification broke.

    Args:
        settled: the site works again and nothing is under way, so the truth must be found.
    """
    found = _on_writes(case) + _on_traces(case, [ended])
    outcome, changed = ended.answer.get("outcome"), truth(case.site).changed
    right = "done" if changed else "not_done"
    if outcome != right and (settled or outcome != "unknown"):
        reason = ended.answer.get("reason")
        found.append(f"verify says {outcome} ({reason}), the ledger says {right}")
    human = ended.code in {4, 5} and outcome == "unknown" and not settled
    if not human and ended.code not in _OF_VERIFY.get(str(outcome), set()):
        found.append(f"verify: exit {ended.code} with outcome {outcome}")
    return found


def _on_writes(case: Case) -> list[str]:
    seen = truth(case.site)
    found = [f"{seen.sent} cancels in the ledger"] if seen.sent > 1 else []
    return found + ([f"{seen.other} other writes in the ledger"] if seen.other else [])


def _on_traces(case: Case, runs: Sequence[Ended]) -> list[str]:
    """A sound journal, no traceback, and no process of the runs."""
    found = [f"traceback: {run.err[-600:]}" for run in runs if "Traceback" in run.err]
    try:
        with Journal.open(case.state) as journal:
            found += check_journal(journal)
    except ToolError as error:
        found.append(error.message)
    for run in runs:
        left = processes.survivors(run.mark)
        found += [f"still runs: {pid} {line[:80]}" for pid, line in left.items()]
    return found
