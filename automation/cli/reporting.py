"""Every exit path of a command with a browser tells what the run knows."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from automation.cli.output import report_document
from automation.cli.verdicts import show_advice
from automation.errors import ToolError
from automation.flow.warnings import UnseenWarningsError
from automation.text import clean_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from automation.flow.report import Report


@contextlib.contextmanager
def tell_truth(report: Report, options: dict[str, Any]) -> Iterator[None]:
    """Attach the report to an error on its way out, and show the findings of a refusal."""
    try:
        yield
    except ToolError as error:
        if not report.reason:
            report.reason = error.message
        if report.command == "cancel":
            error.claim = report.claim
        error.document = report_document(report)
        if (
            error.code == "refused"
            and report.advice
            and not options["as_json"]
            and not options["quiet"]
        ):
            show_advice(report.advice, datetime.now(UTC))
        if error.code == "nothing_sent" and not (options["as_json"] or options["quiet"]):
            _show_held_back(report)
        if isinstance(error, UnseenWarningsError) and not (options["as_json"] or options["quiet"]):
            _show_warnings(error)
        if "words" in report.details and not (options["as_json"] or options["quiet"]):
            _show_words(report.details["words"])
        raise


def _show_held_back(report: Report) -> None:
    """What the page wanted to send: it teaches how the site cancels."""
    held = report.guard.report().held_at_permit if report.guard else ()
    for line, why in dict.fromkeys((record.in_words, record.reason) for record in held):
        click.echo(f"  held back: {clean_text(line, 300)}", err=True)
        click.echo(f"             {clean_text(why, 200)}", err=True)


def _show_warnings(error: UnseenWarningsError) -> None:
    """Every warning whole, behind the digest that accepts it."""
    click.echo("\nThe site's own dialog warns:", err=True)
    for warning in error.warnings:
        click.echo(f"  {warning.digest}  {warning.words}", err=True)
    click.echo(err=True)


def _show_words(doubt: dict[str, Any]) -> None:
    """The lines of a words file, whole and ready to be copied."""
    click.echo(
        f"\nwords of the page that would be {doubt['what']}; for {doubt['where']}:", err=True
    )
    for line in doubt["lines"]:
        click.echo(f"    {line}", err=True)
    click.echo(err=True)
