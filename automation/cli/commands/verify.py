"""``verify``: find out from fresh pages what became of a cancel."""

from __future__ import annotations

import click
from click.core import ParameterSource

from automation.cli.call import this_call
from automation.cli.loading import load_with_browser, load_with_driver
from automation.cli.options.options import (
    BrowserOptions,
    OutputOptions,
    about_an_order,
)


@click.command("verify")
@about_an_order()
def command(order: str, item: str | None, browser: BrowserOptions, output: OutputOptions) -> int:
    """Find out what became of a cancel of ORDER. Clicks and sends nothing.

    Settles attempts with an unknown outcome. Exit 0: done, 1: not done, 8: still unknown.

    \b
    dispute-guard verify 8190000000000001
    """
    load_with_driver("automation.aliexpress.running", "automation.cli.runs")
    from automation.aliexpress.found import End, Found
    from automation.aliexpress.running import Run
    from automation.cli.endings import after_verify, verify_error
    from automation.cli.runs import make_request, tell_truth, verify_command
    from automation.cli.screen.output import Progress, print_json
    from automation.cli.screen.render import show_settled
    from automation.engine.outcome import Outcome

    progress = Progress(on=output.for_people)
    unknown = Found(End(Outcome.UNKNOWN))
    run = Run("verify", order, verify_command(order), progress.step, unknown)
    with tell_truth(run, output, browser.state_dir), progress.of(run):
        request = make_request(order, browser, item=item, say=progress.say, asks=output.for_people)
        load_with_browser(request.session, "automation.aliexpress.run")
        from automation.aliexpress.run import check_site, run_verify

        if not _names_site():
            check_site(request, run)
        answer = run_verify(request, run)
        this_call().done = answer.outcome is Outcome.DONE
        if output.as_json:
            error = verify_error(answer)
            print_json(answer.model_copy(update={"error": error}).as_json())
        else:
            show_settled(answer, after_verify(answer))
    return answer.exit_code


def _names_site() -> bool:
    """Whether an option, a variable or the config file says which site it is."""
    source = click.get_current_context().get_parameter_source("site")
    return source is not ParameterSource.DEFAULT
