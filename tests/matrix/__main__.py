"""``python -m tests.matrix``: prints the matrix, and with ``--write`` saves it in the docs."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

import click

from tests.matrix.table import as_markdown, holds, run_matrix

DOCUMENT: Final = Path(__file__).parents[2] / "automation" / "guard" / "MATRIX.md"
HEAD: Final = """# Every way out of a page, against every command

Printed by `make matrix`. Each cell is the number of writes that the mimic site's ledger
received through that way while the command ran; `0 + cancel` is a commit, whose one write
was the cancel that its permit was for. The last column is the control: the same pages in a
plain browser, without the guard. What a way does stands in `fixtures/site/js/leaks/`.

"""


@click.command()
@click.option("--write", is_flag=True, help="Put the table into automation/guard/MATRIX.md.")
def main(write: bool) -> None:
    """Run every way out against every command, for real, and print what the ledger says."""
    rows = run_matrix(lambda what: click.echo(what, err=True))
    text = HEAD + as_markdown(rows)
    click.echo(text)
    if write:
        DOCUMENT.write_text(text, encoding="utf-8")
    good = holds(rows)
    click.echo(f"{len(rows)} ways × 7 commands: {'all held' if good else 'NOT ALL HELD'}", err=True)
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
