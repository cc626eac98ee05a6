"""Options that several commands share: each is declared once, and each group is one value.

A group is a frozen Struct. Its decorator declares the options and hands the command one
value in place of a keyword argument for each of them.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from itertools import takewhile
from pathlib import Path
from typing import Final

import click
from click.core import ParameterSource
from msgspec import Struct

from automation.cli.call import Call
from automation.cli.options.suggestions import own_orders
from automation.cli.options.values import Count, FilePath, Seconds, Text
from automation.errors import ErrorCode, ExitCode, ToolError
from automation.pruning import KEPT

# Part of an order number with spaces in it; a whole one takes no word after it.
_GROUP: Final = re.compile("[0-9]{1,8}")
_DIGITS: Final = re.compile("[0-9]+")
_LABEL_ENDS: Final = (":", "：", "#")

Command = Callable[..., int]
Decorator = Callable[[Command], Command]


def all_of(*decorators: Decorator) -> Decorator:
    """One decorator for several, in the order of the help."""

    def decorate(function: Command) -> Command:
        for decorator in reversed(decorators):
            function = decorator(function)
        return function

    return decorate


def group_of(name: str, group: type[Struct], *declared: Decorator) -> Decorator:
    """Declare options, and hand them to the command as one value.

    Args:
        name: the command's argument that receives the group.
        group: a Struct with a field for each option, named as Click names it.
        declared: the options, in the order of the help.
    """

    def decorate(function: Command) -> Command:
        command = function if isinstance(function, _Grouped) else _Grouped(function)
        command.groups[name] = group
        return all_of(*declared)(command)

    return decorate


class _Grouped:
    """A command that takes groups of options; all of them are unpacked in one call."""

    def __init__(self, function: Command) -> None:
        functools.update_wrapper(self, function)
        self._function = function
        self.groups: dict[str, type[Struct]] = {}

    def __call__(self, **given: object) -> int:
        for name, group in self.groups.items():
            given[name] = group(**{each: given.pop(each) for each in group.__struct_fields__})
        return self._function(**given)


def _as_json(ctx: click.Context, _param: click.Parameter, value: bool) -> bool:
    """Print later errors of this call as JSON too, also if a config file asks for it."""
    ctx.ensure_object(Call).as_json |= value
    return value


def _whole(ctx: click.Context, folder: Path) -> Path:
    """The whole path of a state folder.

    Raises:
        click.BadParameter: a setting that lasts names a folder by where the command is started,
            so the journal, which prevents a second request, would be another one each time.
    """
    if ctx.get_parameter_source("state_dir") is ParameterSource.COMMANDLINE or folder.is_absolute():
        return folder.absolute()
    raise click.BadParameter(f"'{folder}' in a config file or variable needs its whole path")


def _state_dir(ctx: click.Context, _param: click.Parameter, value: Path | None) -> Path | None:
    if value is not None:
        value = _whole(ctx, value.expanduser())
    ctx.ensure_object(Call).state_dir = value
    return value


def _order(ctx: click.Context, _param: click.Parameter, given: tuple[str, ...] | str) -> str | None:
    """The order number; pasted without quotes, each of its groups is a word of its own.

    Raises:
        ToolError: another word is with it, or it is no order number (exit 2).
    """
    words = (given,) if isinstance(given, str) else given
    if not words:
        return None
    if stray := _stray(words):
        raise ToolError(
            f"got unexpected extra argument {stray[:40]!r}",
            code=ErrorCode.USAGE,
            exit_code=ExitCode.USAGE,
            hint="give the order number alone, or put what you copied in quotes",
        )
    value = " ".join(words)
    ctx.ensure_object(Call).order = value
    from automation.aliexpress.plan.order_number import check_order_id

    return check_order_id(value)


def _stray(words: tuple[str, ...]) -> str:
    """The word that is no part of one pasted number; empty if there is none.

    A label before the digits has to end like one, or an option without its hyphens would be one.
    """
    label = tuple(takewhile(lambda word: not _DIGITS.fullmatch(word), words))
    number = words[len(label) :] if label and label[-1].endswith(_LABEL_ENDS) else words
    if len(number) == 1 or all(map(_GROUP.fullmatch, number)):
        return ""
    return next((word for word in words[1:] if not _GROUP.fullmatch(word)), words[1])


def _print_schema(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    if not value or ctx.resilient_parsing:
        return
    from automation.aliexpress.reports import schema
    from automation.cli.screen.output import print_json

    print_json(schema(ctx.info_name or ""))
    ctx.exit()


# Each option, once.

site_option: Final[Decorator] = click.option(
    "--site", type=Text(), metavar="URL", help="The real site, or a mimic on http://127.0.0.1:PORT."
)
gateway_option: Final[Decorator] = click.option(
    "--gateway", type=Text(), metavar="URL",
    help="API of a mimic, if its origin differs from that of the pages; loopback only.",
)  # fmt: skip
surface_option: Final[Decorator] = click.option(
    "--surface", type=click.Choice(["web", "mobile"]), default="web", show_default=True,
    help="Layout of the site.",
)  # fmt: skip
attach_option: Final[Decorator] = click.option(
    "--attach", type=Text(), metavar="CHANNEL|ENDPOINT",
    help="Use your own running browser: chrome, msedge …, or the address of its debugging port.",
)  # fmt: skip
connect_option: Final[Decorator] = click.option(
    "--connect", type=Text(), metavar="ENDPOINT",
    help="Use a browser on another machine, with the session saved in a file: a Playwright server, "
    "a debugging port, or a Grid session's CDP address.",
)  # fmt: skip
headed_option: Final[Decorator] = click.option(
    "--headed/--headless", default=None,
    help="Show or hide the browser window (default: show on the real site where there is a display).",
)  # fmt: skip
wait_option: Final[Decorator] = click.option(
    "--wait-for-human",
    "human_seconds",
    type=Seconds(0, 3600),
    default=180.0,
    show_default=True,
    metavar="SECONDS",
    help="How long a run with a window waits for you at a sign-in or captcha.",
)
browser_option: Final[Decorator] = click.option(
    "--browser", type=FilePath(path_type=Path), metavar="PATH",
    help="Path to Chromium, Chrome or Edge (default: Playwright's, then the system's).",
)  # fmt: skip
allow_read_option: Final[Decorator] = click.option(
    "--allow-read", "allowed_reads", multiple=True, metavar="NAME",
    help="Let an unknown call through that was held back, if it can only read; repeatable.",
)  # fmt: skip
site_data_option: Final[Decorator] = click.option(
    "--site-data", "--words", "words", type=FilePath(path_type=Path), metavar="FILE",
    help="TOML file with words, selectors and calls of the site, added to the built-in ones.",
)  # fmt: skip
state_option: Final[Decorator] = click.option(
    "--state-dir", type=FilePath(path_type=Path, file_okay=False), metavar="DIR",
    is_eager=True, callback=_state_dir,
    help="Folder for journal, receipts and session (default: the system's state folder).",
)  # fmt: skip
item_option: Final[Decorator] = click.option(
    "--item", type=Text(), metavar="N|LINE_ID",
    help="Dispute of the order: its number, counted from 1, or the id of its line or dispute.",
)  # fmt: skip
schema_option: Final[Decorator] = click.option(
    "--json-schema", is_flag=True, is_eager=True, expose_value=False, callback=_print_schema,
    allow_from_autoenv=False, help="Print the JSON schema of the answer and exit.",
)  # fmt: skip


def profile_option(text: str) -> Decorator:
    """``--profile``, with what it is good for in this command."""
    return click.option(
        "--profile",
        type=FilePath(path_type=Path, file_okay=False),
        metavar="DIR",
        help=text,
    )


def timeout_option(text: str, seconds: Seconds, default: float) -> Decorator:
    """``--timeout``, with what has to happen within it."""
    return click.option(
        "--timeout", type=seconds, default=default, show_default=True, metavar="SECONDS", help=text
    )


def order_argument(*, required: bool = True, alone: bool = True) -> Decorator:
    """The order number: 15 to 19 digits, or what was copied from its page.

    Args:
        alone: no other argument follows, so it may be several words.
    """
    return click.argument(
        "order",
        nargs=-1 if alone else 1,
        required=required,
        callback=_order,
        shell_complete=own_orders,
        metavar="ORDER" if required else "[ORDER]",
    )


class OutputOptions(Struct, frozen=True):
    """``--json`` and ``--quiet``."""

    as_json: bool
    quiet: bool

    @property
    def for_people(self) -> bool:
        """True if a person reads along: progress and explanations are shown."""
        return not (self.as_json or self.quiet)

    @property
    def explains(self) -> bool:
        """True if every finding is shown in full."""
        return False


class ExplainedOutput(OutputOptions, frozen=True):
    """The same for commands that give advice, with ``--explain``."""

    explain: bool

    @property
    def explains(self) -> bool:
        """True if every finding is shown in full."""
        return self.explain


_AS_TEXT_OR_JSON: Final = (
    click.option("--json", "as_json", is_flag=True, is_eager=True, callback=_as_json,
                 help="Print one JSON document and nothing else."),
    click.option("--quiet", "-q", is_flag=True,
                 help="Print the result only: no progress or explanations, and no questions that options answer."),
)  # fmt: skip
output_options: Final = group_of("output", OutputOptions, *_AS_TEXT_OR_JSON)
_EXPLAIN: Final = click.option(
    "--explain", is_flag=True, help="Show every finding, not only the one that matters most."
)
explained_output: Final = group_of("output", ExplainedOutput, *_AS_TEXT_OR_JSON, _EXPLAIN)


class ReceiptOutput(ExplainedOutput, frozen=True):
    """The same for commands that write receipts, with ``--keep-receipts``."""

    keep_receipts: int


receipt_output: Final = group_of(
    "output", ReceiptOutput, *_AS_TEXT_OR_JSON, _EXPLAIN,
    click.option(
        "--keep-receipts", type=Count(1, 1_000_000), default=KEPT, show_default=True, metavar="N",
        help="How many receipts of runs that sent nothing, and how many unknown pages, are kept; "
        "receipts of sent requests all are.",
    ),
)  # fmt: skip


class BrowserOptions(Struct, frozen=True):
    """The site, and the browser in which its pages are read."""

    site: str | None
    gateway: str | None
    surface: str
    attach: str | None
    connect: str | None
    profile: Path | None
    headed: bool | None
    human_seconds: float
    browser: Path | None
    timeout: float
    allowed_reads: tuple[str, ...]
    words: Path | None
    state_dir: Path | None


browser_options: Final = group_of(
    "browser", BrowserOptions,
    site_option,
    gateway_option,
    surface_option,
    attach_option,
    connect_option,
    profile_option("Browser profile that is signed in."),
    headed_option,
    wait_option,
    browser_option,
    timeout_option("Time limit of each step.", Seconds(0.5, 600), 30.0),
    allow_read_option,
    site_data_option,
    state_option,
)  # fmt: skip


def about_an_order(*own: Decorator, required: bool = True) -> Decorator:
    """An order and one dispute of it, read in a browser: the head of ``verify``, ``doctor`` and ``teach``.

    Args:
        own: the command's own options.
    """
    order = order_argument(required=required)
    return all_of(order, *own, item_option, browser_options, output_options, schema_option)
