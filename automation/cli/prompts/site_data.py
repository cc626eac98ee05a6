"""Write what a person agreed to into their site data, and say so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.cli.screen.terminal import echo, whole
from automation.errors import ToolError

if TYPE_CHECKING:
    from pathlib import Path

    from automation.aliexpress.site.additions import Additions


def is_added(path: Path, additions: Additions, *, done: str = "added to") -> bool:
    """Add to the file; one that cannot take it changes nothing else of the run.

    Args:
        done: what is said before the file's name.
    """
    from automation.aliexpress.site.merge import remember

    try:
        echo(f"{done} {whole(remember(path, additions))}", err=True)
    except ToolError as error:
        echo(f"not {done.partition(' ')[0]}: {error.message}", err=True)
        return False
    return True
