"""Values that a shell can complete, read when they are wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.cli.options.folders import state_folder

if TYPE_CHECKING:
    from collections.abc import Iterable

    import click
    from click.shell_completion import CompletionItem


def own_orders(
    ctx: click.Context, _param: click.Parameter, incomplete: str
) -> list[CompletionItem[str]]:
    """Orders of earlier attempts, from the journal."""
    from pathlib import Path

    from automation.engine.journal.glance import recent_ids

    given = ctx.params.get("state_dir")
    folder = state_folder(given if isinstance(given, Path) else None)
    return _items(((order, "") for order in recent_ids(folder, "order")), incomplete)


def rule_ids(
    _ctx: click.Context, _param: click.Parameter, incomplete: str
) -> list[CompletionItem[str]]:
    """Every rule, with its title."""
    from rules import all_rules

    return _items(((rule.id, rule.title) for rule in all_rules()), incomplete)


def risks(
    _ctx: click.Context, _param: click.Parameter, incomplete: str
) -> list[CompletionItem[str]]:
    """Rules whose block can be overridden."""
    from rules import all_rules

    known = ((rule.id, rule.title) for rule in all_rules() if rule.overridable)
    return _items(known, incomplete)


def scenarios(
    _ctx: click.Context, _param: click.Parameter, incomplete: str
) -> list[CompletionItem[str]]:
    """Scenarios of the mimic site."""
    from fixtures import scenario_names

    return _items(((name, "") for name in scenario_names()), incomplete)


def _items(known: Iterable[tuple[str, str]], incomplete: str) -> list[CompletionItem[str]]:
    from click.shell_completion import CompletionItem

    return [
        CompletionItem(value, help=text) for value, text in known if value.startswith(incomplete)
    ]
