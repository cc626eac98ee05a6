"""``verify``: find out from fresh pages what became of a cancel."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from automation.cli.options.options import (
    BrowserOptions,
    OutputOptions,
    about_an_order,
)
from automation.errors import ErrorCode, ExitCode

if TYPE_CHECKING:
    from automation.aliexpress.answer import Answer
    from automation.aliexpress.answer_parts import ErrorAnswer

NEXT_IF_UNKNOWN = "look at the order in your own browser, or run verify again later"


@click.command("verify")
@about_an_order()
def command(order: str, item: str | None, browser: BrowserOptions, output: OutputOptions) -> int:
    """Find out what became of a cancel of ORDER. Clicks and sends nothing.

    Settles attempts with an unknown outcome. Exit 0: done, 1: not done, 8: still unknown.

    \b
    dispute-guard verify 8190000000000001
    """
    from automation.aliexpress.found import End, Found
    from automation.aliexpress.run import run_verify
    from automation.aliexpress.running import Run
    from automation.cli.runs import make_request, tell_truth
    from automation.cli.screen.output import Progress, print_json
    from automation.cli.screen.render import show_settled
    from automation.engine.outcome import Outcome

    progress = Progress(on=output.for_people)
    run = Run("verify", order, progress=progress.step, found=Found(End(Outcome.UNKNOWN)))
    with tell_truth(run, output, browser.state_dir), progress.of(run):
        request = make_request(order, browser, item=item, say=progress.say, asks=output.for_people)
        answer = run_verify(request, run)
        if output.as_json:
            print_json(answer.model_copy(update={"error": _error(answer)}).as_json())
        else:
            show_settled(answer)
    return answer.exit_code


def _error(answer: Answer) -> ErrorAnswer | None:
    """The ``error`` of a dispute that is not cancelled, or not known to be."""
    from automation.aliexpress.answer_parts import ErrorAnswer

    if answer.exit_code == ExitCode.OK:
        return None
    known = answer.exit_code == ExitCode.FAILED
    return ErrorAnswer(
        code=ErrorCode.NOT_CANCELLED if known else ErrorCode.OUTCOME_UNKNOWN,
        message=answer.reason,
        hint="look at the dispute in your own browser" if known else NEXT_IF_UNKNOWN,
        evidence=answer.receipt or "",
    )
