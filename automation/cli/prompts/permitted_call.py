"""Offer to remember the call that was held back in place of the cancel.

Only a run that confirmed the cancel itself can offer it: its own permit would have fitted the
call, if something in it had said that it cancels. A yes is too little for it.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from automation.cli.options.folders import site_data_to_write
from automation.cli.prompts.keyboard import forget_typed, read_line
from automation.cli.prompts.site_data import is_added
from automation.cli.screen.terminal import echo, is_terminal, style, whole
from automation.errors import ErrorCode, ToolError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from automation.aliexpress.running import Run
    from automation.engine.guard import GuardReport

_SECONDS: Final = 180.0


@contextmanager
def offering_to_permit(run: Run, given: Path | None, *, asks: bool) -> Iterator[None]:
    """Offer it where the body ends with nothing sent.

    Args:
        given: the file of ``--site-data``.
        asks: a person reads along.
    """
    try:
        yield
    except ToolError as error:
        call = _held_back_cancel(run.guard.report()) if run.guard else ""
        if asks and call and error.code is ErrorCode.NOTHING_SENT and is_terminal():
            path = site_data_to_write(given)
            if _is_remembered(call, path):
                error.hint = f"{path} names the call now: run the command again"
        raise


def _held_back_cancel(found: GuardReport) -> str:
    """The one call that the permit would have fitted; nothing if there was anything else."""
    held = {each.what for each in found.held_at_permit}
    named = {each.what for each in found.held_at_permit if each.nameable and each.keys}
    return next(iter(named)) if held == named and len(named) == 1 else ""


def _is_remembered(call: str, path: Path) -> bool:
    from automation.aliexpress.site.additions import Additions

    line = Additions(traffic={"permitted_apis": (call,)})
    end = call.rpartition(".")[2]
    forget_typed()
    echo(
        f"\nNothing was sent. After the confirm, the page wanted to send {style(call, 'bold')}",
        err=True,
    )
    echo("about your dispute. Nothing in it says that it cancels, so it was held back.", err=True)
    echo(
        "If the dialog asked whether to cancel this request, and nothing else, this call is the",
        err=True,
    )
    echo(f"cancel, and your site data can say so, in {whole(path)}:", err=True)
    echo(f"    {line.lines[0]}", err=True, wrap=False)
    echo("Without that line it stays held back. If you are not sure, press Enter.", err=True)
    echo(f"To write that line, type the end of its name, {end}: ", nl=False, err=True)
    if read_line(_SECONDS).strip() != end:
        return False
    return is_added(path, line)
