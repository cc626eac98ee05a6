"""The command group, and the one place that turns errors into messages and exit codes."""

from __future__ import annotations

import contextlib
import gc
import os
import sys
from importlib import import_module
from pathlib import Path
from typing import NoReturn

import click

from automation.cli.call import Call
from automation.cli.options.config import config_option
from automation.cli.options.values import nearest
from automation.cli.options.variables import variable_of, with_variables
from automation.cli.screen.output import emit_error, wants_json
from automation.cli.screen.terminal import answer_was_lost, echo, prepare_streams
from automation.errors import ErrorCode, ExitCode, ToolError

PROGRAM = "dispute-guard"

# Modules are imported only when their command runs: --help must not wait for a browser library.
_COMMANDS = {
    "advise": ("advise", "Check whether it is safe to cancel."),
    "cancel": ("cancel", "Cancel the dispute of an order, if the rules allow it."),
    "verify": ("verify", "Find out what became of a cancel."),
    "list": ("listing", "Show every open dispute of the account."),
    "rules": ("rules", "Explain the rules behind every verdict."),
    "history": ("history", "Show earlier attempts."),
    "login": ("login", "Sign in yourself, in a browser window."),
    "session": ("session", "Check whether the saved session is signed in."),
    "install-browser": ("install_browser", "Find a browser, or install one."),
    "doctor": ("doctor", "Check browser, guard, folders and journal."),
    "teach": ("teach", "Show it, by clicking, what it does not know on a page."),
    "capture": ("capture", "Save an order's pages, without personal data, for a report."),
    "demo": ("demo", "Watch a refusal and a cancel on a mimic site."),
    "serve": ("serve", "Serve the mimic site to try by hand."),
    "mcp": ("mcp", "Let an agent read, plan and, with your consent, cancel."),
    "config": ("config", "Write a config file to fill in."),
    "completion": ("completion", "Complete words in bash, zsh, fish and PowerShell."),
}
# New objects before Python looks for garbage: its own 700 cost a run 170 looks that find little.
_YOUNG = 10_000


class LazyGroup(click.Group):
    """A group that imports a command only when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names in the order in which beginners need them."""
        del ctx
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the module of one command."""
        if cmd_name not in _COMMANDS:
            return None
        module = import_module(f"automation.cli.commands.{_COMMANDS[cmd_name][0]}")
        command: click.Command = module.command
        # Click keeps the first help option that is asked for, so its names must be the group's.
        own = click.Context(self, parent=ctx, **self.context_settings)
        _print_help_ourselves(command.get_help_option(own))
        return with_variables(command)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The group's own ``--help``."""
        option = super().get_help_option(ctx)
        _print_help_ourselves(option)
        return option

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Suggest commands similar to the one typed, as Click does for options."""
        name = args[0]
        if name not in _COMMANDS and not name.startswith("-"):
            near = nearest(name.lower(), _COMMANDS, most=2)
            meant = f". Did you mean {' or '.join(near)}?" if near else ""
            ctx.fail(f"no such command {name[:40]!r}{meant}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands from the table above, importing none of them."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in _COMMANDS.items()])


def _print_help_ourselves(option: click.Option | None) -> None:
    """Replace Click's own, which exits with 1 if the reader of the help goes away."""
    if option is not None:
        option.callback = _help


def _help(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        from automation.cli.options.help import show_help

        show_help(ctx)
        ctx.exit()


def _version(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    if value:
        echo(f"{PROGRAM} {tool_version()}")
        ctx.exit()


def tool_version() -> str:
    """The installed version."""
    from importlib.metadata import version

    return version(PROGRAM)


@click.command(
    PROGRAM,
    cls=LazyGroup,
    invoke_without_command=True,
    no_args_is_help=False,
    context_settings={
        "auto_envvar_prefix": "DISPUTE_GUARD",
        "help_option_names": ["-h", "--help"],
    },
    epilog=(
        "Exit codes: 0 done, 1 failed, 2 usage error, 3 refused by the rules, 4 human needed, "
        "5 page not recognised, 6 declined, 7 plan stale or warning not accepted with it, 8 outcome unknown, "
        "130 interrupted."
    ),
)
@config_option
@click.option(
    "--version", is_flag=True, callback=_version, expose_value=False, is_eager=True,
    allow_from_autoenv=False,
    help="Show the version.",
)  # fmt: skip
@click.pass_context
def group(ctx: click.Context) -> None:
    """Cancel an AliExpress dispute, and refuse when that would cost you money.

    \b
    dispute-guard advise --because seller-promised --not-received
    dispute-guard cancel 8190000000000001 --because package-arrived --received --checked --dry-run
    """
    if ctx.invoked_subcommand is None:
        from automation.cli.options.help import show_help

        show_help(ctx)


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run the command line and exit with one of the documented codes."""
    _fill_closed_streams()
    gc.set_threshold(_YOUNG)
    words = sys.argv[1:] if arguments is None else arguments
    code = run(words)
    gc.freeze()  # else Python looks once more at everything before it ends
    sys.exit(code)


def run(words: list[str]) -> int:
    """Run the command line and return its exit code, never with a traceback."""
    prepare_streams()
    if "_DISPUTE_GUARD_COMPLETE" in os.environ:
        import_module("automation.cli.options.completion")  # adds PowerShell to Click's shells
    call = Call(words, as_json=wants_json(words))
    with call.signals.caught():
        problem, code = None, int(ExitCode.OK)
        try:
            call.signals.check()
            result: object = group.main(
                args=list(words), prog_name=PROGRAM, standalone_mode=False, obj=call
            )
            code = int(result) if isinstance(result, int) else code
        except click.exceptions.Exit as stop:
            code = stop.exit_code
        except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001  the last net: one line, one document
            problem = _as_problem(error, call)
        call.signals.over = True
        if problem is not None:
            code = int(problem.exit_code)
            emit_error(
                problem, words, as_json=call.as_json, state_dir=call.state_dir,
                command=_command_in(words),
            )  # fmt: skip
        if answer_was_lost() and code == ExitCode.OK and not call.done:
            code = int(ExitCode.FAILED)
        return code


def _command_in(words: list[str]) -> str:
    """The command that was called, even if its words cannot be parsed: the first word that names one.

    The words behind it may be spelled alike: ``rules cancel``.
    """
    before = ("", *words)
    return next(
        (word for word, last in zip(words, before, strict=False)
         if word in _COMMANDS and last != "--config"), ""
    )  # fmt: skip


def _meant(error: click.NoSuchOption) -> str:
    """The options that are spelled most alike, of all that the command has."""
    context = error.ctx
    known = [
        name for each in (context.command.get_params(context) if context else ())
        for name in (*each.opts, *each.secondary_opts) if name.startswith("--")
    ]  # fmt: skip
    near = nearest(error.option_name, known, most=2, alike=0.7)
    return f"; did you mean {' or '.join(map(repr, near))}?" if near else ""


def _as_problem(error: BaseException, call: Call) -> ToolError:
    """Turn whatever ended the command into an error with a code and a next step."""
    if isinstance(error, ToolError):
        return error
    if isinstance(error, click.NoSuchOption):
        return ToolError(
            f"no such option {error.option_name!r}{_meant(error)}",
            code=ErrorCode.USAGE, exit_code=ExitCode.USAGE, hint=_usage_hint(error),
        )  # fmt: skip
    if isinstance(error, click.ClickException):
        return ToolError(
            _lower_first(" ".join(error.format_message().split()).rstrip(".")) + variable_of(error),
            code=ErrorCode.USAGE,
            exit_code=ExitCode.USAGE,
            hint=_usage_hint(error),
        )
    if isinstance(error, (click.Abort, KeyboardInterrupt)):
        return ToolError("interrupted", code=ErrorCode.INTERRUPTED, exit_code=ExitCode.INTERRUPTED)
    from automation.cli.faults import internal_error

    return internal_error(error, call.state_dir)


def _lower_first(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


def _usage_hint(error: click.ClickException) -> str:
    context = getattr(error, "ctx", None)
    return f"see '{context.command_path} --help'" if context else f"see '{PROGRAM} --help'"


def _fill_closed_streams() -> None:
    """Open the null device for a closed stdin, stdout or stderr, lest a file take its number."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        try:
            os.fstat(number)
        except OSError:
            with contextlib.suppress(OSError):
                os.open(os.devnull, os.O_RDWR)
        if getattr(sys, name) is None:
            stream = Path(os.devnull).open("w" if number else "r", encoding="utf-8")  # noqa: SIM115  it lasts as long as the process
            setattr(sys, name, stream)
