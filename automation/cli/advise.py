"""``advise``: a verdict from the options, from a file of facts, or from the order's pages."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from automation.cli.buyer_words import reason_option, said_facts
from automation.cli.options import (
    browser_options,
    item_option,
    order_argument,
    output_options,
    schema_option,
    words_options,
)
from automation.cli.output import print_json
from automation.cli.terminal import echo
from automation.cli.values import FilePath
from automation.cli.verdicts import show_advice
from automation.errors import ExitCode


@click.command("advise")
@order_argument(required=False)
@reason_option(required=False)
@words_options
@click.option(
    "--facts",
    type=FilePath(path_type=Path, dir_okay=False, allow_dash=True),
    metavar="FILE",
    help="JSON object with facts; missing facts are unknown.",
)
@item_option
@browser_options
@output_options
@schema_option
def command(order: str | None, facts: Path | None, **options: Any) -> int:
    """Check whether it is safe to cancel. Sends nothing.

    Without ORDER, opens no browser and judges only what you say.

    \b
    dispute-guard advise --because seller-promised --seller-says "Cancel first, then we refund"
    dispute-guard advise --facts case.json --json
    dispute-guard advise 8190000000000001 --because package-arrived --received --checked
    """
    now = datetime.now(UTC)
    base = None
    if facts is not None:
        from automation.aliexpress.facts_file import read_facts_file

        base = read_facts_file(facts, now)
        now = base.now or now
    said = said_facts(options, now, base)
    if order is not None:
        from automation.cli.advise_order import advise_order

        return advise_order(order, said, options)
    from rules import Verdict, advise, advise_on_words

    advice = advise(said) if facts else advise_on_words(said)
    blocked = advice.verdict is Verdict.BLOCK
    code = ExitCode.REFUSED if blocked else ExitCode.OK
    if options["as_json"]:
        print_json({"command": "advise", **advice.as_json(), "exit_code": int(code)})
    elif options["quiet"]:
        echo(advice.verdict.value)
    else:
        from automation.aliexpress.said import buyer_says

        show_advice(advice, now, buyer_says(said))
    return code
