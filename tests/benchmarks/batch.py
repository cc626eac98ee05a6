"""``python -m tests.benchmarks.batch``: a file of orders beside as many separate runs.

Separate runs are what a script has without ``--from``: a dry run and its ``--plan``, for each order.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Final

import click

from automation.aliexpress.cancel.dialogs import WHOLE_SECONDS
from automation.engine.looking import Pace
from fixtures import MimicSite, Scenario, load_scenario
from tests.benchmarks.results import show, write_option
from tests.benchmarks.tree import Cost, cost_of
from tests.conftest import GOOD_REASON, Tool

_ORDER: Final = {"protection_ends": "+20d", "dispute": {"status": "waiting_seller"}}
_MOST: Final = 0.4
"""How much of the time of separate runs an order of a file may take."""


def scenario(orders: int) -> Scenario:
    """An account with so many disputed orders, without delays."""
    return load_scenario("quick", order=[_ORDER] * orders)


def separate(tool: Tool, site: MimicSite, order: str) -> tuple[Cost, ...]:
    """A dry run and its commit."""
    dry = _run(tool, site, "cancel", order, *GOOD_REASON, "--dry-run", "--quiet")
    plan = ("--plan", dry.out.strip())
    return dry, _run(tool, site, "cancel", order, *GOOD_REASON, *plan, "--quiet")


def batch(tool: Tool, site: MimicSite, folder: Path) -> tuple[Cost, ...]:
    """The same for all orders of the site in one file."""
    orders = [order.id for order in site.state.orders if order.lines[0].dispute]
    path = folder / "orders.csv"
    rows = [f"{order},package-arrived,yes,yes" for order in orders]
    path.write_text("\n".join(["order,reason,received,checked", *rows]), "utf-8")
    dry = _run(tool, site, "cancel", "--from", str(path), "--dry-run", "--quiet")
    plan = ("--plan", dry.out.strip())
    return dry, _run(tool, site, "cancel", "--from", str(path), *plan, "--quiet")


def _run(tool: Tool, site: MimicSite, *words: str) -> Cost:
    cost = cost_of(tool.words(*words, site=site))
    if cost.code:
        raise click.ClickException(f"a measured run ended with {cost.code}: {cost.out}")
    return cost


def table(alone: list[tuple[Cost, ...]], together: tuple[Cost, ...], orders: int) -> str:
    """Seconds and CPU seconds for each order, and the peak of memory.

    Each cancel waits three seconds for a dialog that may still change, and two between its looks at fresh
    pages, in a batch too: what is left without these waits stands in a column of its own.
    """
    one, each = _for_each(alone, len(alone)), _for_each([together], orders)
    waits = WHOLE_SECONDS + Pace().hold
    without = (each[0] - waits) / (one[0] - waits)
    lines = [
        "| for each order | seconds | without the waits | CPU seconds | peak MiB |",
        "| --- | --- | --- | --- | --- |",
        f"| separate runs | {one[0]:.2f} | {one[0] - waits:.2f} | {one[1]:.2f} | {one[2]:.0f} |",
        f"| a file of {orders} | {each[0]:.2f} | {each[0] - waits:.2f} | {each[1]:.2f} | {each[2]:.0f} |",
        f"| ratio, at most {_MOST} | {each[0] / one[0]:.2f} | {without:.2f} | {each[1] / one[1]:.2f} | |",
    ]
    return "\n".join(lines)


def _for_each(runs: list[tuple[Cost, ...]], orders: int) -> tuple[float, float, float]:
    costs = [cost for run in runs for cost in run]
    return (
        sum(cost.seconds for cost in costs) / orders,
        sum(cost.cpu for cost in costs) / orders,
        max(cost.peak for cost in costs),
    )


@click.command()
@click.option("--orders", type=click.IntRange(min=1), default=20, show_default=True)
@click.option(
    "--alone",
    type=click.IntRange(min=1),
    default=4,
    show_default=True,
    help="How many separate runs.",
)
@write_option("batch")
def main(orders: int, alone: int, write: bool) -> None:
    """Measure a batch beside separate runs."""
    with tempfile.TemporaryDirectory() as name, MimicSite(scenario(max(orders, alone))) as site:
        folder = Path(name)
        numbers = [order.id for order in site.state.orders if order.lines[0].dispute]
        single = [separate(Tool(folder / "alone"), site, order) for order in numbers[:alone]]
        site.play(scenario(orders))
        together = batch(Tool(folder / "together"), site, folder)
    show("batch", table(single, together, orders), write=write)


if __name__ == "__main__":
    main()
