"""The last result of each benchmark, in its own place in the README of this folder.

A place is what stands between two comments that name the benchmark; nothing else is touched.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

import click

DOCUMENT: Final = Path(__file__).with_name("README.md")

Command = Callable[..., None]


def write_option(name: str) -> Callable[[Command], Command]:
    """``--write``: whether to keep the result in the README."""
    help_text = f"Put the result into tests/benchmarks/README.md, in the place of {name}."
    return click.option("--write", is_flag=True, help=help_text)


def placed(document: str, name: str, result: str) -> str:
    """The document with ``result`` in the place of the benchmark ``name``.

    Raises:
        ValueError: it has no such place, or more than one.
    """
    begin, end = f"<!-- {name} -->\n", f"<!-- end of {name} -->\n"
    if document.count(begin) != 1 or document.count(end) != 1:
        raise ValueError(f"the document needs one place for {name}: {begin.strip()}")
    head, rest = document.split(begin)
    _, after = rest.split(end)
    return f"{head}{begin}\n{result.strip()}\n\n{end}{after}"


def show(name: str, result: str, *, write: bool) -> None:
    """Print a result, and keep it if so asked."""
    click.echo(result)
    if write:
        DOCUMENT.write_text(placed(DOCUMENT.read_text("utf-8"), name, result), "utf-8")
