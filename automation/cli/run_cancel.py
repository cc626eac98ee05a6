"""Run ``cancel`` and print the outcome."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from automation.aliexpress.attempts import verify_first
from automation.aliexpress.report import Report
from automation.aliexpress.run import run_cancel
from automation.cli.call import until_told
from automation.cli.consent import consent_at_terminal, warnings_at_terminal, words_at_terminal
from automation.cli.main import tool_version
from automation.cli.options import make_request, verify_command
from automation.cli.output import Progress, print_json, report_document
from automation.cli.plans import show_plan
from automation.cli.reporting import show_receipt, tell_truth
from automation.cli.terminal import echo, style
from automation.cli.verdicts import moment, show_advice
from automation.engine.outcome import Outcome, Reply
from automation.errors import ErrorCode, ExitCode
from automation.text import clean_text, when_text

if TYPE_CHECKING:
    from datetime import datetime

    from automation.aliexpress.request import Request
    from rules import Facts

_COLOURS = {Outcome.DONE: "green", Outcome.NOT_DONE: "yellow", Outcome.UNKNOWN: "red"}


def cancel_order(order: str, said: Facts, options: dict[str, Any]) -> int:
    """Run the flow and print its outcome."""
    progress = Progress(on=not (options["quiet"] or options["as_json"]))
    report = Report(
        "cancel", order, progress=progress.step, verify_command=verify_command(order, options)
    )
    until_told(report)
    with tell_truth(report, options, said):
        request: Request = make_request(
            order,
            options,
            said=said,
            accepted=tuple(options["accept_risk"]),
            dry_run=options["dry_run"],
            plan_digest=options["plan_digest"],
            consent=consent_at_terminal(options, progress),
            confirm_words=words_at_terminal(options),
            accepted_warnings=frozenset(options["accept_warning"]),
            confirm_warnings=warnings_at_terminal(options),
            say=progress.say,
        )
        code = run_cancel(request, report, tool_version())
        _tell(request, report, code, options)
    return code


def _tell(request: Request, report: Report, code: ExitCode, options: dict[str, Any]) -> None:
    if options["as_json"]:
        document = {**report_document(report), "exit_code": int(code)}
        if code is ExitCode.FAILED or code is ExitCode.UNKNOWN_OUTCOME:
            document["error"] = _as_error(report, code)
        print_json(document)
    elif request.dry_run:
        _show_dry_run(request, report, options)
    else:
        _show_outcome(request, report)


def _as_error(report: Report, code: ExitCode) -> dict[str, str]:
    unknown = code is ExitCode.UNKNOWN_OUTCOME
    return {
        "code": ErrorCode.OUTCOME_UNKNOWN if unknown else _code_of_a_no(report),
        "message": report.reason,
        "hint": _next_step(report),
        "evidence": report.receipt or "",
    }


def _code_of_a_no(report: Report) -> ErrorCode:
    token = report.reply is Reply.TOKEN
    return ErrorCode.TOKEN_EXPIRED if token else ErrorCode.SITE_REFUSED


def _next_step(report: Report) -> str:
    if report.outcome is Outcome.UNKNOWN:
        return f"do not try again; run '{report.verify_command}'"
    if report.reply is Reply.TOKEN:
        by_plan = report.consent.startswith("plan ")
        what = "plan" if by_plan else "command"
        return f"run the {what} again, with a fresh token"
    return "look at the dispute in your own browser"


def _show_dry_run(request: Request, report: Report, options: dict[str, Any]) -> None:
    if report.plan is None or report.advice is None:
        return
    if options["quiet"]:
        echo(report.plan.digest)
        if report.unsettled:
            echo(f"dispute-guard: {verify_first(report.verify_command)}", err=True)
        return
    echo()
    show_advice(report.advice, request.now())
    echo()
    show_plan(report.plan)
    for warning in report.in_the_way:
        echo(f"  {style('warning', 'yellow')}        {clean_text(warning, 300)}")
    _show_guard(report)
    if report.unsettled:
        how = f"Next: {verify_first(report.verify_command)}."
    else:
        how = (
            "To carry out this plan, run the command within 15 minutes with "
            f"--plan {report.plan.digest} instead of --dry-run."
        )
    echo(f"\n{style('Dry run:', 'bold')} {report.claim}. {how}")


def _show_outcome(request: Request, report: Report) -> None:
    words = report.outcome.value.replace("_", " ").upper()
    badge = style(f" {words} ", _COLOURS[report.outcome], "reverse", "bold")
    echo(f"\n{badge} order {report.order_id}: {clean_text(report.reason, 600)}")
    if report.outcome is not Outcome.DONE:
        echo(f"  next: {_next_step(report)}")
    if report.outcome is not Outcome.NOT_DONE:
        echo(f"  {_refile_line(report, request.now())}")
    for warning in report.warnings:
        echo(f"  accepted warning of the site: {clean_text(warning.words, 600)}")
    _show_guard(report)
    show_receipt(report)


def _refile_line(report: Report, now: datetime) -> str:
    """Say until when a new dispute may be possible: the latest time, never a promise (F6, F7)."""
    refile_by = report.advice.refile_by if report.advice else None
    if refile_by is None:
        return "latest time to file again: unknown (no protection deadline is known)"
    if refile_by <= now:
        return f"you can no longer file again: that ended {when_text(refile_by)}"
    return f"latest time to file again, not a promise: {moment(refile_by, now)}"


def _show_guard(report: Report) -> None:
    if report.guard:
        echo(f"  guard: {report.guard.report().summary()}")
