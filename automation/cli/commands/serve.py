"""``serve``: run the mimic site, to try by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from automation.cli.options.options import OutputOptions, output_options, schema_option
from automation.cli.options.suggestions import scenarios
from automation.cli.options.values import Count
from automation.cli.screen.output import print_json
from automation.cli.screen.terminal import echo
from automation.errors import ErrorCode, ExitCode, ToolError
from automation.text import system_words

if TYPE_CHECKING:
    from fixtures import MimicSite
    from fixtures.account.state import Line, Order, State


@click.command("serve")
@click.argument("scenario", default="demo", required=False, shell_complete=scenarios)
@click.option(
    "--port",
    type=Count(0, 65535),
    default=8190,
    show_default=True,
    metavar="PORT",
    help="Port on 127.0.0.1; the API uses the next one. 0 picks free ports.",
)
@click.option(
    "--list",
    "show_list",
    is_flag=True,
    help="List the scenarios and exit.",
)
@output_options
@schema_option
def command(scenario: str, port: int, show_list: bool, output: OutputOptions) -> int:
    """Serve the mimic site on this machine, with the orders of SCENARIO.

    SCENARIO is a name from --list, the path of your own TOML file, or a folder from 'capture'.

    \b
    dispute-guard serve
    dispute-guard serve begging-seller --port 8200
    dispute-guard serve my-report/
    """
    from fixtures import ScenarioError, UnknownScenario
    from fixtures.serve import serve

    if show_list:
        _list_all(output)
        return ExitCode.OK
    try:
        serve(
            scenario,
            port,
            gateway_port=port + 1 if port else 0,
            started=lambda site: _started(scenario, site, output),
        )
    except UnknownScenario as error:
        raise ToolError(
            str(error),
            code=ErrorCode.UNKNOWN_SCENARIO,
            exit_code=ExitCode.USAGE,
            hint="see 'dispute-guard serve --list' for all of them",
        ) from error
    except ScenarioError as error:
        raise ToolError(
            str(error), code=ErrorCode.BAD_SCENARIO, exit_code=ExitCode.USAGE
        ) from error
    except OSError as error:
        raise ToolError(
            f"cannot use port {port} or {port + 1} on 127.0.0.1: {system_words(error)}",
            code=ErrorCode.PORT_IN_USE,
            hint="choose another port with --port, or 0 for a free one",
        ) from error
    return ExitCode.OK


def _list_all(output: OutputOptions) -> None:
    from fixtures import load_scenario, scenario_names

    about = {name: load_scenario(name).about for name in scenario_names()}
    widest = max(map(len, about))
    if output.as_json:
        from automation.aliexpress.reports import ScenariosReport

        print_json(ScenariosReport(scenarios=about).as_json())
        return
    for name, text in about.items():
        echo(name if output.quiet else f"{name:<{widest}}  {text}".rstrip())


def _started(scenario: str, site: MimicSite, output: OutputOptions) -> None:
    """Print where the site is; scripts read this one document or line."""
    ledger = f"{site.url}/__control__/ledger"
    if output.as_json:
        from automation.aliexpress.reports import ServeReport

        report = ServeReport(
            scenario=scenario, site=site.url, gateway=site.gateway_url, ledger=ledger
        )
        print_json(report.as_json())
    elif output.quiet:
        echo(site.url, wrap=False)
    else:
        _say_what_to_try(scenario, site, ledger)


def _say_what_to_try(scenario: str, site: MimicSite, ledger: str) -> None:
    echo(f"Serving '{scenario}' at {site.url}/p/order/index.html")
    echo(f"Request ledger: {ledger}      Press Ctrl-C to stop.")
    where = f"--site {site.url} --gateway {site.gateway_url}"
    if site.scenario.surface == "mobile":
        where = f"{where} --surface mobile"
    echo("Try it in another terminal:")
    echo(f"  dispute-guard list {where}", wrap=False)
    if words := _cancel(site.state):
        echo(f"  dispute-guard cancel {words} --dry-run {where}", wrap=False)


def _cancel(state: State) -> str:
    """What a buyer could say of the first dispute, if possible an open one; empty without one."""
    shown = [(order, line) for order, line in state.pairs() if line.dispute]
    if not shown:
        return ""
    order, line = min(shown, key=lambda pair: pair[1].open_dispute is None)
    return f"{order.id}{_item(order, line)} {_said(order, line)}"


def _item(order: Order, line: Line) -> str:
    """Which dispute of the order, if it shows several."""
    several = [each.id for each in order.lines if each.open_dispute]
    return f" --item {line.id}" if len(several) > 1 and line.id in several else ""


def _said(order: Order, line: Line) -> str:
    """A reason that is true of the order: no package "arrived" that did not."""
    if order.spec.delivered is not None:
        return "--because package-arrived --received --checked"
    messages = line.dispute.spec.messages if line.dispute else ()
    if any(each.by == "seller" for each in messages):
        return "--because seller-promised --not-received"
    return "--because filed-by-mistake --not-received"
