"""Advise in two stages: on what the buyer says, then also on what the pages show."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING

from automation.aliexpress.advise import (
    ambiguous,
    judge,
    seen_answer,
    unknown_labels,
    unknown_status_answer,
)
from automation.aliexpress.flow.report import Report, Step
from automation.errors import ErrorCode, ExitCode, ToolError
from rules import Advice, Verdict, advise_on_words
from rules.messages import read_message

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from automation.aliexpress.browse import Walk
    from automation.aliexpress.flow.request import Request
    from automation.aliexpress.read_order import Seen
    from rules import Finding


# It names a verb and a dispute, so reading it loads every list.
_ANY_MESSAGE = "please cancel the dispute"


def refuse_if_blocked(report: Report, advice: Advice) -> None:
    """Stop the run where the rules block.

    Raises:
        ToolError: the verdict is block (exit 3).
    """
    report.advice = advice
    if advice.verdict is not Verdict.BLOCK:
        return
    blocks = [finding for finding in advice.findings if finding.severity.value == "block"]
    names = ", ".join(dict.fromkeys(finding.rule for finding in blocks))
    raise ToolError(
        f"refused by {names}: {blocks[0].meaning}",
        code=ErrorCode.REFUSED,
        exit_code=ExitCode.REFUSED,
        hint=_teaching(report, blocks) or _next_step(blocks),
    )


def _teaching(report: Report, blocks: list[Finding]) -> str:
    """How to add an unknown status to a words file."""
    shown = report.unknown_status
    if not shown or not any(finding.rule == "status-unreadable" for finding in blocks):
        return ""
    return f"if you know what it means, put {shown.teach} into {shown.where}: " + ", ".join(
        shown.choices
    )


def _next_step(blocks: list[Finding]) -> str:
    if any(finding.rule == "nothing-to-cancel" for finding in blocks):
        return "run 'dispute-guard verify ORDER' or 'dispute-guard list' to see what is open"
    if not all(finding.overridable for finding in blocks):
        return "keep the dispute open; --accept-risk cannot override this"
    risks = dict.fromkeys(finding.rule for finding in blocks)
    return "keep the dispute open, or accept the risk with " + " ".join(
        f"--accept-risk {rule}" for rule in risks
    )


@contextlib.asynccontextmanager
async def rules_at_hand() -> AsyncIterator[None]:
    """Load the word lists while the browser starts, which takes longer."""
    making = asyncio.create_task(asyncio.to_thread(read_message, _ANY_MESSAGE))
    try:
        yield
    finally:
        await making


def advise_first(request: Request, report: Report) -> None:
    """Stage one: a block on what the buyer says ends the run before a browser starts."""
    with report.step(Step.WORDS) as running:
        running.page = "your options"
        advice = advise_on_words(request.said).accepting(request.accepted)
        running.note = advice.verdict.value
        refuse_if_blocked(report, advice)


async def advise_on_pages(request: Request, report: Report, walk: Walk, seen: Seen) -> Advice:
    """Stage two: judge everything that was read and said.

    Raises:
        ToolError: several disputes are open and none was named (exit 5).
    """
    with report.step(Step.ADVISE) as running:
        running.page = "rules"
        if seen.chosen is None and seen.disputes:
            report.choices = seen.choices()
            raise ambiguous(seen)
        words = walk.words(seen.order.lang)
        found = judge(seen, request.said, words, item_given=request.item is not None)
        report.advice = advice = found.accepting(request.accepted)
        report.seen = seen_answer(seen)
        if seen.chosen is not None:
            report.unknown_status = unknown_status_answer(seen.chosen, walk.site)
            if doubt := unknown_labels(seen.chosen, walk.site):
                report.show_labels(doubt)
        running.note = advice.verdict.value
        return advice
