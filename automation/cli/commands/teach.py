"""``teach``: show the tool, by pointing, what it does not know on the pages of an order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click
from msgspec.structs import replace

from automation.cli.options.folders import site_data_to_write
from automation.cli.options.options import BrowserOptions, OutputOptions, about_an_order
from automation.cli.options.settings import CallOnly
from automation.cli.prompts.shown_by_hand import SECONDS, AtTerminal
from automation.cli.screen.terminal import echo, is_terminal, whole
from automation.errors import ErrorCode, ExitCode, ToolError

if TYPE_CHECKING:
    from pathlib import Path

    from automation.aliexpress.reports import TeachReport
    from automation.aliexpress.request import Request
    from automation.aliexpress.running import Run
    from automation.aliexpress.site.additions import Additions
    from automation.aliexpress.teach.lessons import Lessons
    from automation.cli.screen.output import Progress

_ITS_OWN_CALL: Final = (
    "The call that cancels is seen only when you cancel. If its name says nothing of a cancel, it is held "
    "back, nothing is sent, and you are asked about it. With --by-hand the same run then goes on."
)


@click.command("teach")
@about_an_order(
    click.option("--save", cls=CallOnly, is_flag=True,
                 help="Add what you showed to your site data without asking for a typed yes."),
    click.option("--open-dialog", cls=CallOnly, is_flag=True,
                 help="Press Cancel Request to see its dialog; nothing is confirmed or sent."),
)  # fmt: skip
def command(
    order: str,
    save: bool,
    open_dialog: bool,
    item: str | None,
    browser: BrowserOptions,
    output: OutputOptions,
) -> int:
    """Show dispute-guard, by clicking, what it does not know on the pages of ORDER.

    Walks from My Orders to the dispute in a browser window, reading only. Where a part is
    unknown, you click it in the page. The page never gets that click, and nothing is sent.
    What you showed is tried at once, and added to your site data after a typed yes.
    If a page stays empty because a call of it was held back, you are asked about that call.
    Needs --headed or --attach.

    \b
    dispute-guard teach 8190000000000001 --headed
    """
    from automation.aliexpress.running import Run
    from automation.aliexpress.teach.lessons import Lessons
    from automation.aliexpress.teach.teach import teach
    from automation.aliexpress.work import run_work
    from automation.cli.runs import answering
    from automation.cli.screen.output import Progress, print_json

    progress = Progress(on=output.for_people)
    run = Run("teach", order, progress=progress.step)
    lessons, kept = Lessons(), _Kept()
    with (
        answering(lambda _: _report(order, lessons, kept, run).as_json(), browser.state_dir),
        progress.of(run),
    ):
        request = _request(order, item, browser, progress)
        path = site_data_to_write(browser.words)
        human = AtTerminal(path, opens=open_dialog)
        stopped: ToolError | None = None
        try:
            run_work(teach(request, run, human, lessons), request, run)
        except ToolError as error:
            if error.exit_code is ExitCode.INTERRUPTED:
                raise
            stopped = error
        # What was shown before a page stopped the walk is worth keeping too.
        if news := _news(request, lessons):
            kept.path = _keep(news, path, progress, save=save)
            kept.declined = is_terminal() and not kept.path
        kept.path = kept.path or (path if lessons.calls else None)
        if stopped:
            raise stopped
        code = ExitCode.DECLINED if kept.declined else ExitCode.OK
        if output.as_json:
            report = _report(order, lessons, kept, run)
            print_json(report.model_copy(update={"exit_code": int(code)}).as_json())
        else:
            _show(lessons, kept, request, quiet=output.quiet)
    return code


class _Kept:
    """What became of the lines."""

    path: Path | None = None
    declined: bool = False


def _request(order: str, item: str | None, browser: BrowserOptions, progress: Progress) -> Request:
    """The request; a file of site data that does not exist yet is made at the end.

    Raises:
        ToolError: there is no window to click in (exit 2).
    """
    from automation.cli.runs import make_request

    missing = browser.words is not None and not browser.words.exists()
    request = make_request(
        order, replace(browser, words=None) if missing else browser, item=item, say=progress.say
    )
    if request.session.headless and not request.session.attach:
        raise ToolError(
            "teach needs a browser window in which you can click",
            code=ErrorCode.USAGE,
            exit_code=ExitCode.USAGE,
            hint="use --headed without --connect, or your own browser with --attach"
            if request.session.connect
            else "add --headed, or use your own browser with --attach",
        )
    return request


def _news(request: Request, lessons: Lessons) -> Additions:
    """What the site data does not say yet, with the calls that this run was allowed."""
    from automation.aliexpress.site.additions import Additions, news

    calls = {"allowed_reads": request.allowed_reads} if lessons.additions else {}
    return news(request.site, lessons.additions | Additions(traffic=calls))


def _keep(news: Additions, path: Path, progress: Progress, *, save: bool) -> Path | None:
    """Show the lines, and add them to the file if the buyer agrees."""
    from automation.aliexpress.site.merge import remember

    if not save:
        echo("\nThese lines would be added to your site data:", err=True)
        for line in news.lines:
            echo(f"    {line}", err=True, wrap=False)
        if not is_terminal() or not _yes(f"Type yes to add them to {whole(path)}: "):
            return None
    kept = remember(path, news)
    progress.say(f"added {len(news.lines)} line(s) to {kept}")
    return kept


def _yes(question: str) -> bool:
    from automation.cli.prompts.keyboard import forget_typed, read_line

    forget_typed()
    echo(question, nl=False, err=True)
    return read_line(SECONDS).strip().casefold() == "yes"


def _report(order: str, lessons: Lessons, kept: _Kept, run: Run) -> TeachReport:
    from automation.aliexpress.reports import TeachReport
    from automation.cli.runs import guard_answer

    return TeachReport.model_validate(
        {
            "order": order,
            **lessons.as_json(),
            "saved": str(kept.path) if kept.path else None,
            "guard": guard_answer(run),
        }
    )


def _show(lessons: Lessons, kept: _Kept, request: Request, *, quiet: bool) -> None:
    if not lessons.anything:
        echo("everything was recognised; there is nothing to teach")
        return
    echo(f"read again with what you showed: {lessons.again}")
    if kept.path:
        echo(f"saved in {whole(kept.path)}, readable by you alone")
    elif not quiet:
        echo("not saved; nothing was changed")
    if kept.path and not quiet:
        from automation.aliexpress.cancel.attempts import unsettled_page
        from automation.cli.runs import dry_run_command, verify_command

        # A request that may have been sent is settled before anything else.
        settles = unsettled_page(request)
        following = verify_command if settles else dry_run_command
        echo(f"next: {whole(following(request.order_id))}")
        if lessons.names_calls and not settles:
            echo(_ITS_OWN_CALL)
