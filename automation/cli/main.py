"""The command group, and the one place where errors become a line and an exit code."""

from __future__ import annotations

import signal
import sys
import threading
from importlib import import_module
from typing import Any, NoReturn

import click

from automation.cli.config import config_option, with_variables
from automation.cli.output import emit_error, wants_json
from automation.errors import ExitCode, ToolError

PROGRAM = "dispute-guard"

# Modules are imported only when their command runs: --help must not wait for a browser library.
_COMMANDS = {
    "advise": ("advise", "Say whether cancelling would be wise."),
    "cancel": ("cancel", "Cancel the dispute of an order, if the rules allow it."),
    "verify": ("verify", "Find out what became of a cancel."),
    "list": ("listing", "Show every open dispute of the account."),
    "rules": ("rules", "Explain the rules behind every verdict."),
    "history": ("history", "Show what was tried so far."),
    "login": ("login", "Sign in yourself, in a browser window."),
    "session": ("session", "Tell whether the kept session is signed in."),
    "install-browser": ("install_browser", "Find a browser, or install one."),
    "doctor": ("doctor", "Check browser, guard, folders and journal."),
    "capture": ("capture", "Keep an order's pages, without personal data, for a report."),
    "demo": ("demo", "Watch the whole way on a mimic site."),
    "serve": ("serve", "Serve the mimic site to click through by hand."),
}


class LazyGroup(click.Group):
    """A group that knows its commands by name and imports one when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names in the order in which a newcomer needs them."""
        del ctx
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the module of one command."""
        del ctx
        if cmd_name not in _COMMANDS:
            return None
        module = import_module(f"automation.cli.{_COMMANDS[cmd_name][0]}")
        command: click.Command = module.command
        return with_variables(command)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands from the table above, importing none of them."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in _COMMANDS.items()])


def _version(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    if value:
        click.echo(f"{PROGRAM} {tool_version()}")
        ctx.exit()


def tool_version() -> str:
    """The installed version."""
    from importlib.metadata import version

    return version(PROGRAM)


@click.command(
    PROGRAM,
    cls=LazyGroup,
    context_settings={
        "auto_envvar_prefix": "DISPUTE_GUARD",
        "help_option_names": ["-h", "--help"],
        "max_content_width": 100,
    },
    epilog=(
        "Exit codes: 0 done, 1 failed, 2 wrong words, 3 refused by the rules, 4 a human is needed, "
        "5 page not recognised, 6 declined, 7 plan stale or warning not accepted, 8 outcome unknown, 130 interrupted."
    ),
)
@config_option
@click.option(
    "--version", is_flag=True, callback=_version, expose_value=False, is_eager=True,
    allow_from_autoenv=False,
    help="Show the version.",
)  # fmt: skip
def group() -> None:
    """Cancel an AliExpress dispute, and refuse when that would cost you money.

    \b
    dispute-guard advise --because seller-promised --not-received
    dispute-guard cancel 8190000000000001 --because package-arrived --received --checked --dry-run
    """


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run the command line and exit with one of the documented codes."""
    words = sys.argv[1:] if arguments is None else arguments
    sys.exit(int(run(words)))


def run(words: list[str]) -> int:
    """Run the command line and give its exit code; never a traceback for bad input."""
    as_json = wants_json(words)
    _end_like_ctrl_c()
    try:
        result: Any = group.main(args=words, prog_name=PROGRAM, standalone_mode=False)
    except click.exceptions.Exit as stop:
        return int(stop.exit_code)
    except click.ClickException as error:
        hint = _usage_hint(error)
        problem = ToolError(
            " ".join(error.format_message().split()),
            code="usage",
            exit_code=ExitCode.USAGE,
            hint=hint,
        )
        emit_error(problem, words, as_json=as_json)
        return ExitCode.USAGE
    except ToolError as error:
        emit_error(error, words, as_json=as_json)
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        stopped = ToolError(
            "interrupted; nothing was sent", code="interrupted", exit_code=ExitCode.INTERRUPTED
        )
        emit_error(stopped, words, as_json=as_json)
        return ExitCode.INTERRUPTED
    except BrokenPipeError:
        # The reader of our output went away (`| head`); there is nobody to tell.
        sys.stderr.close()
        return ExitCode.FAILED
    return int(result or ExitCode.OK)


def _end_like_ctrl_c() -> None:
    """Let a polite kill close the browser and tell the truth, as Ctrl-C does."""
    here = threading.current_thread() is threading.main_thread()
    if here and signal.getsignal(signal.SIGTERM) is signal.SIG_DFL:
        signal.signal(signal.SIGTERM, lambda *_: signal.raise_signal(signal.SIGINT))


def _usage_hint(error: click.ClickException) -> str:
    context = getattr(error, "ctx", None)
    return f"'{context.command_path} --help' tells what it takes" if context else ""
