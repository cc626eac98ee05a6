"""``session``: check whether the saved session is signed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import click

from automation.cli.options import BrowserOptions, OutputOptions, browser_options, output_options
from automation.cli.terminal import echo
from automation.errors import ErrorCode, ExitCode, ToolError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


@click.command("session")
@browser_options
@output_options
def command(browser: BrowserOptions, output: OutputOptions) -> int:
    """Check whether the saved session is signed in.

    Opens My Orders under the guard. Exit 0: signed in, 4: the site asks for a sign-in or a
    captcha.

    \b
    dispute-guard session
    """
    from automation.aliexpress.run import run_work
    from automation.aliexpress.running import Run
    from automation.aliexpress.signed_in import check_session
    from automation.cli.output import Progress, print_json
    from automation.cli.runs import answering, make_request

    progress = Progress(on=output.for_people)
    request = make_request("", browser, say=progress.say)
    kept = _kept(request.state_dir, browser)
    run = Run("session", progress=progress.step)

    def document(error: ToolError) -> Mapping[str, object]:
        signed_in = False if error.code is ErrorCode.SIGNED_OUT else None
        return {"command": "session", "signed_in": signed_in, **kept.as_json()}

    with answering(document, browser.state_dir):
        run_work(check_session(request, run), request, run)
    if output.as_json:
        print_json({"command": "session", "signed_in": True, **kept.as_json(), "exit_code": 0})
    elif output.quiet:
        echo("signed in")
    else:
        echo(f"signed in ({kept.in_words()})")
    return ExitCode.OK


@dataclass(frozen=True)
class _Kept:
    """Where the session comes from, and when its file was saved."""

    source: str
    file: Path | None = None
    saved: datetime | None = None

    @property
    def age(self) -> timedelta:
        """How long ago; never negative."""
        return max(timedelta(), datetime.now(UTC) - self.saved) if self.saved else timedelta()

    def as_json(self) -> Mapping[str, object]:
        """For the JSON answer; the age in seconds."""
        told = {"source": self.source, "file": str(self.file) if self.file else None}
        if self.saved is None:
            return told
        saved = self.saved.isoformat(timespec="seconds").replace("+00:00", "Z")
        return {**told, "kept": saved, "age_seconds": int(self.age.total_seconds())}

    def in_words(self) -> str:
        """For a person."""
        if self.source == "none":
            return "no saved session, and the site did not ask for one"
        if self.file is None:
            return f"in your {self.source}"
        days, hours = self.age.days, self.age.seconds // 3600
        minutes = self.age.seconds // 60 % 60
        old = f"{days} days" if days > 1 else f"{hours + 24 * days} h {minutes} min"
        return f"saved {old} ago in {self.file}"


def _kept(state_dir: Path, browser: BrowserOptions) -> _Kept:
    if browser.profile or browser.attach:
        return _Kept("attached browser" if browser.attach else "profile")
    from automation.engine.session.signin import SESSION_FILE

    file = state_dir / SESSION_FILE
    try:
        return _Kept("file", file, datetime.fromtimestamp(file.stat().st_mtime, UTC))
    except FileNotFoundError:
        return _Kept("none")
