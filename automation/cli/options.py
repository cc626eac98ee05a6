"""Options that several commands share, as decorators."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click
from click.core import ParameterSource

from automation.cli.buyer_words import words_options
from automation.cli.call import Call
from automation.cli.values import FilePath, Seconds, Text
from automation.errors import ErrorCode, ExitCode, ToolError

F = TypeVar("F", bound=Callable[..., Any])

# The device profile of the mobile surface.
PHONE = "Pixel 7"

__all__ = [
    "browser_options",
    "item_option",
    "order_argument",
    "output_options",
    "schema_option",
    "state_option",
    "words_options",
]


def _all(*decorators: Callable[[F], F]) -> Callable[[F], F]:
    def decorate(function: F) -> F:
        for decorator in reversed(decorators):
            function = decorator(function)
        return function

    return decorate


def _order(_ctx: click.Context, _param: click.Parameter, value: str | None) -> str | None:
    if value is None:
        return None
    from automation.aliexpress.site.addresses import check_order_id

    return check_order_id(value)


def _as_json(ctx: click.Context, _param: click.Parameter, value: bool) -> bool:
    """Print later errors of this call as JSON too, also if a config file asks for it."""
    ctx.ensure_object(Call).as_json |= value
    return value


def _state_dir(ctx: click.Context, _param: click.Parameter, value: Path | None) -> Path | None:
    ctx.ensure_object(Call).state_dir = value
    return value


def order_argument(*, required: bool = True) -> Callable[[F], F]:
    """The order number: 15 to 19 digits."""
    return click.argument(
        "order", required=required, callback=_order, metavar="ORDER" if required else "[ORDER]"
    )


def output_options(function: F) -> F:
    """``--json`` and ``--quiet``."""
    return _all(
        click.option(
            "--json",
            "as_json",
            is_flag=True,
            is_eager=True,
            callback=_as_json,
            help="Print one JSON document and nothing else.",
        ),
        click.option(
            "--quiet",
            "-q",
            is_flag=True,
            help="Print the result only, without progress and explanations.",
        ),
    )(function)


def schema_option(function: F) -> F:
    """``--json-schema``."""
    return click.option(
        "--json-schema",
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=_print_schema,
        allow_from_autoenv=False,
        help="Print the JSON schema of the answer and exit.",
    )(function)


def _print_schema(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    if not value or ctx.resilient_parsing:
        return
    from automation.aliexpress.answer import schema
    from automation.cli.output import print_json

    print_json(schema(ctx.info_name or ""))
    ctx.exit()


def state_option(function: F) -> F:
    """``--state-dir``."""
    return click.option(
        "--state-dir",
        type=FilePath(path_type=Path, file_okay=False),
        metavar="DIR",
        is_eager=True,
        callback=_state_dir,
        help="Folder for journal, receipts and session (default: the system's state folder).",
    )(function)


def item_option(function: F) -> F:
    """``--item``."""
    return click.option(
        "--item",
        type=Text(),
        metavar="N|LINE_ID",
        help="Dispute of the order: its number, counted from 1, or the id of its line or dispute.",
    )(function)


def browser_options(function: F) -> F:
    """Options about the site and the browser."""
    return _all(
        click.option("--site", type=Text(), metavar="URL", help="The real site, or a mimic on http://127.0.0.1:PORT."),
        click.option("--gateway", type=Text(), metavar="URL",
                help="API of a mimic, if its origin differs from that of the pages; loopback only."),
        click.option("--surface", type=click.Choice(["web", "mobile"]), default="web", show_default=True,
                help="Layout of the site."),
        click.option("--attach", type=Text(), metavar="CHANNEL|ENDPOINT",
                help="Use your own running browser: chrome, msedge …, or the address of its debugging port."),
        click.option("--profile", type=FilePath(path_type=Path, file_okay=False), metavar="DIR",
                help="Browser profile that is signed in."),
        click.option("--headed/--headless", default=False, help="Show or hide the browser window (default: hide)."),
        click.option("--browser", type=FilePath(path_type=Path), metavar="PATH",
                help="Path to Chromium, Chrome or Edge (default: Playwright's, then the system's)."),
        click.option("--timeout", type=Seconds(0.5, 600), default=30.0, show_default=True,
                metavar="SECONDS", help="Time limit of each step."),
        click.option("--allow-read", "allowed_reads", multiple=True, metavar="NAME",
                help="Let an unknown call through that was held back, if it can only read; repeatable."),
        click.option("--site-data", "--words", "words", type=FilePath(path_type=Path), metavar="FILE",
                help="TOML file with words, selectors and calls of the site, added to the built-in ones."),
        state_option,
    )(function)  # fmt: skip


_OF_A_VERIFY = (
    "site", "gateway", "surface", "attach", "profile", "browser", "words", "allowed_reads", "item",
    "state_dir",
)  # fmt: skip


_SPELLED = {"words": "--site-data", "allowed_reads": "--allow-read"}


def _each(value: object) -> tuple[object, ...]:
    """The values of an option: none, one, or those of a repeatable one."""
    if isinstance(value, tuple):
        return value
    return () if value is None else (value,)


def verify_command(order: str, options: dict[str, Any]) -> str:
    """The call that settles this one later, with the options that were given to it."""
    ctx = click.get_current_context()
    given = [
        (_SPELLED.get(name, f"--{name.replace('_', '-')}"), str(value))
        for name in _OF_A_VERIFY
        if ctx.get_parameter_source(name) is ParameterSource.COMMANDLINE
        for value in _each(options.get(name))
    ]
    words = (word for pair in given for word in pair)
    return shlex.join(("dispute-guard", "verify", order, *words))


def make_request(order: str, options: dict[str, Any], **more: Any) -> Any:
    """Turn the browser options into the flow's request.

    Raises:
        ToolError: an option cannot be used (exit 2).
    """
    from automation.aliexpress.request import Request
    from automation.aliexpress.site import Addresses, SiteMap
    from automation.engine.session.options import SessionOptions
    from automation.engine.session.signin import check_display
    from automation.engine.session.state import default_state_dir

    if options.get("attach") and options.get("profile"):
        raise ToolError(
            "--attach and --profile cannot be combined",
            code=ErrorCode.USAGE,
            exit_code=ExitCode.USAGE,
        )
    say: Callable[[str], None] = more.pop("say", lambda _: None)
    if options.get("attach"):
        _say_what_attach_leaves_unused(options, say)
    elif options["headed"]:
        check_display()
    session = SessionOptions(
        state_dir=options["state_dir"] or default_state_dir(),
        timeout=options["timeout"],
        headless=not options["headed"],
        browser=options["browser"],
        profile=options["profile"],
        attach=options["attach"],
        device=PHONE if options["surface"] == "mobile" else None,
        say=say,
    )
    return Request(
        order_id=order,
        site=SiteMap.load(words_file(options["words"])),
        addresses=Addresses.for_site(options["site"], options["gateway"]),
        session=session,
        surface=options["surface"],
        item=options.get("item"),
        allowed_reads=tuple(options["allowed_reads"]),
        **more,
    )


def _say_what_attach_leaves_unused(options: dict[str, Any], say: Callable[[str], None]) -> None:
    """Name options that have no effect on a browser that is already running."""
    given = [name for name in ("browser", "headed") if options.get(name)]
    for name in given:
        say(f"--{name} has no effect with --attach: your own browser is used")


def words_file(given: Path | None) -> Path | None:
    """The user's site data: the file given, or site.toml or words.toml in the config folder."""
    if given is not None:
        return given
    from automation.cli.config import default_config

    usual = (default_config().with_name(name) for name in ("site.toml", "words.toml"))
    return next((path for path in usual if path.is_file()), None)
