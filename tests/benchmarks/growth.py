"""``python -m tests.benchmarks.growth``: a dry run and ``list`` in accounts of any size.

An order is found by its own address, so its dry run takes as long among 10,000 as among ten. ``list``
follows the open disputes, not the orders. ``--write`` keeps the table in the README.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from fixtures import MimicSite, Scenario, load_scenario
from tests.benchmarks.results import show, write_option
from tests.benchmarks.tree import Cost, cost_of
from tests.conftest import GOOD_REASON, Tool, disputed_order

if TYPE_CHECKING:
    from collections.abc import Iterator

ORDERS: Final = (10, 100, 1_000, 10_000)
DISPUTES: Final = (5, 20, 50)
_ORDER: Final = {"protection_ends": "+20d", "dispute": {"status": "waiting_seller"}}


def account(orders: int, disputes: int = 1) -> Scenario:
    """An account whose disputed orders are the oldest but nine; newer ones come before them."""
    newer = max(0, orders - disputes - 9)
    return load_scenario("quick", order=[_ORDER] * disputes, filler_before=newer, filler_after=9)


def row(name: str, cost: Cost) -> str:
    """One line of the table."""
    return f"| {name} | {cost.seconds:.2f} | {cost.cpu:.2f} | {cost.peak:.0f} |"


def _cost(scenario: Scenario, *words: str) -> Cost:
    with tempfile.TemporaryDirectory() as folder, MimicSite(scenario) as site:
        order = disputed_order(site)
        given = [order if word == "ORDER" else word for word in words]
        cost = cost_of(Tool(Path(folder)).words(*given, "--quiet", site=site))
        disputes = len(site.state.disputes())
    lines = disputes if words[0] == "list" else 1
    if cost.code or len(cost.out.splitlines()) != lines:
        raise click.ClickException(f"a measured run ended with {cost.code}: {cost.out}")
    return cost


def table(most: int) -> Iterator[str]:
    """Every measured line, as it comes.

    The first run of all warms the machine's caches, and is not counted.
    """
    sizes = [each for each in ORDERS if each <= most]
    _cost(account(ORDERS[0]), "list")
    yield "| whole process | seconds | CPU seconds | peak MiB |"
    yield "| --- | --- | --- | --- |"
    for orders in sizes:
        cost = _cost(account(orders), "cancel", "ORDER", *GOOD_REASON, "--dry-run")
        yield row(f"dry run, among {orders:,} orders", cost)
    for orders in sizes:
        yield row(f"`list`, 1 open dispute, {orders:,} orders", _cost(account(orders), "list"))
    for disputes in DISPUTES:
        cost = _cost(account(100, disputes), "list")
        yield row(f"`list`, {disputes} open disputes, 100 orders", cost)


@click.command()
@click.option("--most", type=click.IntRange(min=10), default=10_000, show_default=True)
@write_option("growth")
def main(most: int, write: bool) -> None:
    """Measure how cost grows with the account."""
    lines = []
    for line in table(most):
        click.echo(line, err=True)
        lines.append(line)
    show("growth", "\n".join(lines), write=write)


if __name__ == "__main__":
    main()
