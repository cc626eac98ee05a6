"""Show the help of a command: its options in groups, in lines that fit the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from automation.cli.screen.terminal import echo, screen_width

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from msgspec import Struct


_WIDEST, _NARROWEST = 100, 20
_OTHERS: Final = "Options"  # those that are in no group, which come first
_NO_BREAK: Final = "\N{NON-BREAKING HYPHEN}"


def show_help(ctx: click.Context) -> None:
    """Print the help of the command, as wide as the screen."""
    formatter = _Formatter(width=max(_NARROWEST, min(screen_width(of_a_pipe=80), _WIDEST)))
    command = ctx.command
    command.format_usage(ctx, formatter)
    command.format_help_text(ctx, formatter)
    for title, rows in grouped_options(ctx).items():
        with formatter.section(title):
            formatter.write_dl(rows)
    if isinstance(command, click.Group):
        command.format_commands(ctx, formatter)
    command.format_epilog(ctx, formatter)
    echo(formatter.getvalue().rstrip("\n").replace(_NO_BREAK, "-"))


def grouped_options(ctx: click.Context) -> dict[str, list[tuple[str, str]]]:
    """The options of a command with their texts, by the title of their group."""
    groups = {} if isinstance(ctx.command, click.Group) else _groups()
    found: dict[str, list[tuple[str, str]]] = {title: [] for title in (_OTHERS, *groups)}
    for parameter in ctx.command.get_params(ctx):
        record = parameter.get_help_record(ctx) if isinstance(parameter, click.Option) else None
        if record is not None:
            found[_title_of(parameter.name or "", groups)].append(record)
    return {title: rows for title, rows in found.items() if rows}


def _groups() -> Mapping[str, frozenset[str]]:
    """The names of a command's options by the title of their group."""
    from automation.cli.options.buyer_words import BuyerWords
    from automation.cli.options.options import BrowserOptions, ReceiptOutput

    return {
        "What you know": _names(BuyerWords),
        "Plan and consent": frozenset(
            ("dry_run", "plan_digest", "accept_risk", "accept_warning", "by_hand")
        ),
        "Site and browser": _names(BrowserOptions),
        "Output": _names(ReceiptOutput) | {"calendar", "json_schema"},
    }


def _names(group: type[Struct]) -> frozenset[str]:
    return frozenset(group.__struct_fields__)


def _title_of(name: str, groups: Mapping[str, frozenset[str]]) -> str:
    return next((title for title, names in groups.items() if name in names), _OTHERS)


class _Formatter(click.HelpFormatter):
    """Click's own breaks words at hyphens, and anywhere on screens of fewer than 50 columns."""

    def write_text(self, text: str) -> None:
        """Print a paragraph."""
        super().write_text(text.replace("-", _NO_BREAK))

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        """Print names and explanations, with a narrower first column on a narrow screen."""
        rows = [(name, text.replace("-", _NO_BREAK)) for name, text in rows]
        super().write_dl(rows, min(col_max, self.width // 3), col_spacing)
