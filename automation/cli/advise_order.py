"""``advise ORDER``: a verdict from the order's pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from automation.aliexpress.report import Report
from automation.aliexpress.run import run_advise
from automation.aliexpress.said import buyer_says
from automation.cli.options import make_request
from automation.cli.output import Progress, print_json, report_document
from automation.cli.reporting import tell_truth
from automation.cli.terminal import echo
from automation.cli.verdicts import show_advice
from automation.text import clean_text

if TYPE_CHECKING:
    from rules import Facts


def advise_order(order: str, said: Facts, options: dict[str, Any]) -> int:
    """Read the order's pages and print the advice."""
    progress = Progress(on=not (options["quiet"] or options["as_json"]))
    report = Report("advise", order, progress=progress.step)
    with tell_truth(report, options, said):
        request = make_request(order, options, said=said, say=progress.say)
        code = run_advise(request, report)
    if options["as_json"]:
        print_json({**report_document(report), "exit_code": int(code)})
    elif options["quiet"]:
        echo(report.advice.verdict.value if report.advice else "")
    elif report.advice:
        show_advice(report.advice, request.now(), buyer_says(said))
        for each in report.seen.unverified if report.seen else ():
            echo(f"  not verified: {clean_text(each)}")
    return code
