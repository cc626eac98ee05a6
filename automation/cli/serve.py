"""``serve``: the mimic site, to click through by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from automation.cli.values import Count
from automation.errors import ExitCode, ToolError

if TYPE_CHECKING:
    from fixtures import MimicSite


@click.command("serve")
@click.argument("scenario", default="demo", required=False)
@click.option(
    "--port",
    type=Count(0, 65535),
    default=8190,
    show_default=True,
    metavar="PORT",
    help="Port on 127.0.0.1, the next one for its API; 0 takes free ones.",
)
@click.option(
    "--list",
    "show_list",
    is_flag=True,
    help="List the scenarios, each with what it is about, and stop.",
)
def command(scenario: str, port: int, show_list: bool) -> int:
    """Serve the mimic site on this machine, with the orders of SCENARIO.

    SCENARIO is a name from --list or the path of a TOML file of your own.

    \b
    dispute-guard serve
    dispute-guard serve begging-seller --port 8200
    """
    from fixtures import ScenarioError, UnknownScenario
    from fixtures.serve import serve

    if show_list:
        _list_all()
        return ExitCode.OK
    try:
        serve(
            scenario,
            port,
            gateway_port=port + 1 if port else 0,
            started=lambda site: _tell(scenario, site),
        )
    except UnknownScenario as error:
        raise ToolError(
            str(error),
            code="unknown_scenario",
            exit_code=ExitCode.USAGE,
            hint="'dispute-guard serve --list' names them",
        ) from error
    except ScenarioError as error:
        raise ToolError(str(error), code="bad_scenario", exit_code=ExitCode.USAGE) from error
    except OSError as error:
        raise ToolError(
            f"port {port} or {port + 1} on 127.0.0.1 cannot be used: {error.strerror}",
            code="port_in_use",
            hint="give another one with --port, or 0 for a free one",
        ) from error
    return ExitCode.OK


def _list_all() -> None:
    from fixtures import load_scenario, scenario_names

    names = scenario_names()
    widest = max(map(len, names))
    for name in names:
        click.echo(f"{name:<{widest}}  {load_scenario(name).about}".rstrip())


def _tell(scenario: str, site: MimicSite) -> None:
    click.echo(f"The mimic site plays '{scenario}': {site.url}/p/order/index.html")
    click.echo(f"Its request ledger: {site.url}/__control__/ledger      Press Ctrl-C to stop.")
    where = f"--site {site.url} --gateway {site.gateway_url}"
    disputed = [order.id for order, line in site.state.pairs() if line.dispute]
    click.echo("Try it in another terminal:")
    click.echo(f"  dispute-guard list {where}")
    for order in disputed[:1]:
        said = "--because package-arrived --received --checked"
        click.echo(f"  dispute-guard cancel {order} {said} --dry-run {where}")
