"""The config file, laid under the options by Click's own default map."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, cast

import click
from platformdirs import user_config_path

from automation.cli.values import FilePath

CONFIG_FILE = "config.toml"


def default_config() -> Path:
    """Where the config file is looked for."""
    return user_config_path("dispute-guard", appauthor=False) / CONFIG_FILE


def _load(ctx: click.Context, param: click.Parameter, value: Path | None) -> None:
    """Read the file into the default map: keys at the top for every command, tables for one."""
    path = value or default_config()
    if value is None and not path.is_file():
        return
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise click.BadParameter(f"{path}: {error.strerror}", ctx, param) from error
    except ValueError as error:  # TOML syntax and UTF-8
        raise click.BadParameter(f"{path}: {str(error).splitlines()[0]}", ctx, param) from error
    ctx.default_map = _default_map(ctx, data, path, param)


def _default_map(
    ctx: click.Context, data: dict[str, Any], path: Path, param: click.Parameter
) -> dict[str, Any]:
    group = cast("click.Group", ctx.command)
    shared = {_key(k): v for k, v in data.items() if not isinstance(v, dict)}
    tables = {k: v for k, v in data.items() if isinstance(v, dict)}
    for name in tables:
        if name not in group.list_commands(ctx):
            raise click.BadParameter(f"{path}: [{name}] is no command", ctx, param)
    used: set[str] = set()
    result: dict[str, Any] = {}
    for name in group.list_commands(ctx) if shared or tables else ():
        if not shared and name not in tables:
            continue
        own = {_key(k): v for k, v in tables.get(name, {}).items()}
        known = _option_names(group, ctx, name)
        unknown = sorted(set(own) - known)
        if unknown:
            raise click.BadParameter(f"{path}: {name} has no option {unknown[0]!r}", ctx, param)
        used |= set(shared) & known
        result[name] = {**{k: v for k, v in shared.items() if k in known}, **own}
    stray = sorted(set(shared) - used)
    if stray:
        raise click.BadParameter(f"{path}: no command has an option {stray[0]!r}", ctx, param)
    return result


def _option_names(group: click.Group, ctx: click.Context, name: str) -> set[str]:
    command = group.get_command(ctx, name)
    return {p.name for p in command.params if p.name} if command else set()


def _key(name: str) -> str:
    return name.replace("-", "_")


config_option = click.option(
    "--config",
    type=FilePath(path_type=Path, dir_okay=False),
    callback=_load,
    expose_value=False,
    is_eager=True,
    metavar="FILE",
    help="TOML file with options; default: the config folder's config.toml, if it is there.",
)
