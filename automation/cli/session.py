"""``session``: check whether the saved session is signed in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import click

from automation.cli.options import browser_options, output_options
from automation.cli.terminal import echo
from automation.errors import ErrorCode, ExitCode, ToolError

if TYPE_CHECKING:
    from pathlib import Path


@click.command("session")
@browser_options
@output_options
def command(**options: Any) -> int:
    """Check whether the saved session is signed in.

    Opens My Orders under the guard. Exit 0: signed in, 4: the site asks for a sign-in or a
    captcha.

    \b
    dispute-guard session
    """
    from automation.aliexpress.report import Report
    from automation.aliexpress.run import run_work
    from automation.aliexpress.signed_in import check_session
    from automation.cli.options import make_request
    from automation.cli.output import Progress, print_json
    from automation.cli.reporting import answering

    progress = Progress(on=not (options["quiet"] or options["as_json"]))
    request = make_request("", options, say=progress.say)
    told = _file_facts(request.state_dir, options["profile"], options["attach"])
    report = Report("session", progress=progress.step)

    def document(error: ToolError) -> dict[str, Any]:
        signed_in = False if error.code is ErrorCode.SIGNED_OUT else None
        return {"command": "session", "signed_in": signed_in, **told}

    with answering(document, options["state_dir"]):
        run_work(check_session(request, report), request, report)
    if options["as_json"]:
        print_json({"command": "session", "signed_in": True, **told, "exit_code": 0})
    elif options["quiet"]:
        echo("signed in")
    else:
        echo(f"signed in ({_in_words(told)})")
    return ExitCode.OK


def _file_facts(state_dir: Path, profile: Path | None, attach: str | None) -> dict[str, Any]:
    """The source of the session, and the age of its file in seconds."""
    if profile or attach:
        return {"source": "attached browser" if attach else "profile", "file": None}
    from automation.engine.session.signin import SESSION_FILE

    file = state_dir / SESSION_FILE
    try:
        kept = datetime.fromtimestamp(file.stat().st_mtime, UTC)
    except FileNotFoundError:
        return {"source": "none", "file": None}
    age = datetime.now(UTC) - kept
    return {
        "source": "file",
        "file": str(file),
        "kept": kept.isoformat(timespec="seconds").replace("+00:00", "Z"),
        "age_seconds": max(0, int(age.total_seconds())),
    }


def _in_words(told: dict[str, Any]) -> str:
    if told["source"] == "none":
        return "no saved session, and the site did not ask for one"
    if told["file"] is None:
        return f"in your {told['source']}"
    age = timedelta(seconds=told["age_seconds"])
    hours = age.seconds // 3600
    old = (
        f"{age.days} days"
        if age.days > 1
        else f"{hours + 24 * age.days} h {age.seconds // 60 % 60} min"
    )
    return f"saved {old} ago in {told['file']}"
