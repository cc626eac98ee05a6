"""``session``: say who is signed in, where, since when, and by which session."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

import click
from msgspec import Struct

from automation.cli.options.options import (
    BrowserOptions,
    OutputOptions,
    browser_options,
    output_options,
    schema_option,
)
from automation.cli.screen.terminal import echo
from automation.engine.session.choice import Mode
from automation.errors import ErrorCode, ExitCode, ToolError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from automation.aliexpress.reports import SessionReport
    from automation.aliexpress.request import Request

_SOURCES: Final = {
    Mode.ATTACH: "your own running browser",
    Mode.CONNECT: "the saved session {place} in a browser on another machine",
    Mode.PROFILE: "the browser profile {place}",
    Mode.OWN_PROFILE: "the tool's own browser profile {place}",
    Mode.FILE: "the saved session {place}",
    Mode.NONE: "no saved session: the site did not ask for one",
}
_OF_A_FILE: Final = (Mode.FILE, Mode.CONNECT)


@click.command("session")
@browser_options
@output_options
@schema_option
def command(browser: BrowserOptions, output: OutputOptions) -> int:
    """Check who is signed in, where, since when, and by which session.

    Opens My Orders under the guard. Exit 0: signed in, 4: the site asks for a sign-in or a
    captcha. The name is masked: R…n.

    \b
    dispute-guard session
    """
    from automation.aliexpress.running import Run
    from automation.aliexpress.session.signed_in import check_session
    from automation.aliexpress.work import run_work
    from automation.cli.runs import answering, make_request
    from automation.cli.screen.output import Progress, print_json

    progress = Progress(on=output.for_people)
    request = make_request("", browser, say=progress.say)
    kept = _kept(request)
    run = Run("session", progress=progress.step)

    def not_signed_in(error: ToolError) -> Mapping[str, object]:
        return kept.report(
            signed_in=False if error.code is ErrorCode.SIGNED_OUT else None
        ).as_json()

    with answering(not_signed_in, browser.state_dir), progress.of(run):
        who = run_work(check_session(request, run), request, run)
    if output.as_json:
        print_json(kept.report(signed_in=True, who=who).as_json())
    elif output.quiet:
        echo("signed in")
    else:
        echo(f"signed in{f' as {who}' if who else ''} at {kept.where}")
        echo(f"  {kept.in_words()}")
    return ExitCode.OK


class _Kept(Struct, frozen=True):
    """Where the session comes from, since when the buyer is signed in, and when it was saved."""

    mode: Mode
    where: str
    place: Path | None = None
    since: datetime | None = None
    saved: datetime | None = None

    def report(self, *, signed_in: bool | None, who: str = "") -> SessionReport:
        """The JSON answer; the age in seconds."""
        from automation.aliexpress.reports import SessionReport

        file = self.place if self.mode in _OF_A_FILE else None
        return SessionReport(
            signed_in=signed_in,
            who=who or None,
            mode=self.mode,
            where=self.where,
            since=_text(self.since),
            file=str(file) if file else None,
            profile=str(self.place) if self.place and not file else None,
            kept=_text(self.saved),
            age_seconds=int(_age(self.saved).total_seconds()) if self.saved else None,
        )

    def in_words(self) -> str:
        """For a person."""
        if self.mode is Mode.CONNECT and self.place is None:
            return f"{_SOURCES[Mode.NONE]}, in a browser on another machine"
        source = _SOURCES[self.mode].format(place=self.place or "")
        since = f", signed in {_ago(self.since)}" if self.since else ""
        saved = f", last saved {_ago(self.saved)}" if self.saved else ""
        return f"by {source}{since}{saved}" if self.mode is not Mode.NONE else source


def _kept(request: Request) -> _Kept:
    from automation.engine.session.profile.own_profile import SignInProfile
    from automation.engine.session.state import SESSION_FILE, saved_session, signed_in_since

    session, where = request.session, request.addresses.host
    if session.profile:
        profile = SignInProfile.read(session.profile)
        since = profile.signed_in if profile.site == where else None
        return _Kept(session.mode, where, session.profile, since)
    file = session.state_dir / SESSION_FILE
    kept = saved_session(session.state_dir) if session.mode in _OF_A_FILE else None
    if kept is None:
        return _Kept(session.mode, where)
    saved = datetime.fromtimestamp(file.stat().st_mtime, UTC)
    return _Kept(session.mode, where, file, signed_in_since(kept), saved)


def _text(moment: datetime | None) -> str | None:
    if moment is None:
        return None
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _age(moment: datetime) -> timedelta:
    """How long ago; never negative."""
    return max(timedelta(), datetime.now(UTC) - moment)


def _ago(moment: datetime) -> str:
    age = _age(moment)
    if age < timedelta(minutes=1):
        return "just now"
    hours, minutes = age.seconds // 3600, age.seconds // 60 % 60
    return (
        f"{age.days} days ago" if age.days > 1 else f"{hours + 24 * age.days} h {minutes} min ago"
    )
