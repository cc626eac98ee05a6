"""``cancel``: cancel one dispute with one request, after the buyer consents."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import click

from automation.cli.buyer_words import reason_option, said_facts
from automation.cli.config import CallOnly
from automation.cli.options import (
    browser_options,
    item_option,
    order_argument,
    output_options,
    schema_option,
    words_options,
)
from automation.cli.terminal import is_terminal
from automation.cli.values import Text
from automation.errors import ErrorCode, ExitCode, ToolError


def _digests(
    _ctx: click.Context, param: click.Parameter, values: tuple[str, ...]
) -> tuple[str, ...]:
    """Accept digests only: a sentence or a rule would accept nothing."""
    for value in values:
        if not re.fullmatch("[0-9a-f]{12}", value):
            raise click.BadParameter(
                f"{value[:40]!r} is not a digest of 12 hex digits", param=param
            )
    return values


@click.command("cancel")
@order_argument()
@reason_option(required=True)
@words_options
@item_option
@click.option(
    "--dry-run",
    cls=CallOnly,
    is_flag=True,
    help="Make a plan; click and send nothing.",
)
@click.option(
    "--plan",
    "plan_digest",
    cls=CallOnly,
    type=Text(),
    metavar="DIGEST",
    help="Carry out the plan of a dry run.",
)
@click.option(
    "--accept-risk", cls=CallOnly, multiple=True, metavar="RULE_ID",
    help="Override a blocking rule (only rules marked * in 'dispute-guard rules').",
)  # fmt: skip
@click.option(
    "--accept-warning", cls=CallOnly, multiple=True, metavar="DIGEST", callback=_digests,
    help="Accept a warning in the site's dialog, by the digest that an earlier run printed.",
)  # fmt: skip
@browser_options
@output_options
@schema_option
def command(order: str, **options: Any) -> int:
    """Cancel the dispute of ORDER, if the rules allow it.

    Reads My Orders, Order Details and the dispute, checks the rules, makes a plan, and asks
    you to type four digits of the order number: the group before the last one. Without a
    terminal, only --plan counts as consent.

    \b
    dispute-guard cancel 8190000000000001 --because package-arrived --received --checked --dry-run
    dispute-guard cancel 8190000000000001 --because package-arrived --received --checked --plan 0a1b2c3d4e5f
    """
    _check_options(order, options)
    from automation.cli.run_cancel import cancel_order

    now = datetime.now(UTC)
    return cancel_order(order, said_facts(options, now), options)


def _check_options(order: str, options: dict[str, Any]) -> None:
    """Check the options before opening anything."""
    from rules import all_rules

    if options["dry_run"] and options["plan_digest"]:
        raise _usage("--dry-run and --plan cannot be combined")
    if not options["dry_run"] and not options["plan_digest"] and not is_terminal():
        raise ToolError(
            "not a terminal and no --plan: cannot ask for consent",
            code=ErrorCode.NO_CONSENT,
            exit_code=ExitCode.USAGE,
            hint=_how_to_consent(order, options),
        )
    known = {rule.id: rule.overridable for rule in all_rules()}
    for name in options["accept_risk"]:
        _check_risk(name, known)


def _check_risk(name: str, known: dict[str, bool]) -> None:
    """Accept only a rule that can be overridden."""
    from automation.cli.rules import similar

    lists = "see 'dispute-guard rules', which marks rules that can be overridden with *"
    if name not in known:
        near = similar(name, known)
        raise _usage(
            f"--accept-risk: no such rule: {name[:60]!r}",
            f"did you mean {' or '.join(near)}? {lists}" if near else lists,
        )
    if not known[name]:
        raise _usage(
            f"--accept-risk: {name} cannot be overridden",
            f"run 'dispute-guard rules {name}' to see why",
        )


def _how_to_consent(order: str, options: dict[str, Any]) -> str:
    from automation.aliexpress.attempts import unsettled, verify_first
    from automation.cli.options import verify_command
    from automation.engine.session.state import default_state_dir

    if unsettled(options["state_dir"] or default_state_dir(), order):
        return verify_first(verify_command(order, options))
    return "make a plan with --dry-run, read it, then pass --plan DIGEST"


def _usage(message: str, hint: str = "see 'dispute-guard cancel --help'") -> ToolError:
    return ToolError(message, code=ErrorCode.USAGE, exit_code=ExitCode.USAGE, hint=hint)
