"""The tool is killed, interrupted, or started several times at once."""

from __future__ import annotations

import signal
import time
from contextlib import ExitStack
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from tests.engine.session.remote import playwright_server
from tests.faults.cells import Held
from tests.faults.judge import objections_to_run, objections_to_verify, truth
from tests.faults.stage import at_event

if TYPE_CHECKING:
    from tests.faults.stage import Case, Ended, Stage

EVENTS: Final = (
    "started",
    "order_found",
    "dispute_read",
    "planned",
    "consented",
    "intent",
    "clicked",
    "permit_used",
    "answered",
    "verified",
    "finished",
)
SIGNALS: Final = {
    "kill": signal.SIGKILL,
    "ctrl-c": signal.SIGINT,
    "term": signal.SIGTERM,
}
_OF_A_LOST_SERVER: Final = (
    "ended the connection to its browser", "browser was lost", "nothing answers at",
    "is neither a Playwright server nor",  # it went while it was asked what it is
)  # fmt: skip
_TURNED_AWAY: Final = {3, 7, 8}


def blow_at_event(place: Stage, blow: str, event: str) -> Held:
    """Kill when the event is on disk, run the same command again, then verify."""
    case = place.play()
    running = case.start_commit()
    struck = at_event(case, running, event, SIGNALS[blow])
    ended = running.wait()
    held = _afterwards(case, ended, blow)
    early = struck and event == EVENTS[0]
    if early and ended.code not in {130, -signal.SIGKILL}:
        return Held(held.outcome, (*held.objections, f"{blow} at once, but exit {ended.code}"))
    return held


def blow_at_moment(place: Stage, blow: str, seconds: float) -> Held:
    """Kill this many seconds after the start, wherever the run is."""
    case = place.play()
    running = case.start_commit()
    until = time.monotonic() + seconds
    while running.process.poll() is None and time.monotonic() < until:
        time.sleep(0.005)
    running.signal(SIGNALS[blow])
    ended = running.wait()
    if python_was_starting(ended):
        ended = replace(ended, code=-SIGNALS[blow], err="")
    return _afterwards(case, ended, blow)


def server_gone_at_event(place: Stage, event: str) -> Held:
    """End the server of ``--connect`` when the event is on disk, run the command again, then verify."""
    case = place.play()
    with ExitStack() as server:
        endpoint = server.enter_context(playwright_server())
        running = case.start_elsewhere(endpoint)
        struck = at_event(case, running, event, 0)
        server.close()
        ended = running.wait()
    held = _afterwards(case, ended, "server")
    lost = any(words in ended.out for words in _OF_A_LOST_SERVER)
    if struck and held.outcome != "done" and not lost:
        return Held(held.outcome, (*held.objections, f"no word of the connection: {ended.out}"))
    return held


def python_was_starting(ended: Ended) -> bool:
    """True if a Ctrl-C came while Python itself started, where no program can answer it."""
    lines = [line for line in ended.err.splitlines() if line.startswith('  File "')]
    return "KeyboardInterrupt" in ended.err and not any("automation" in line for line in lines)


def _afterwards(case: Case, ended: Ended, blow: str) -> Held:
    found = objections_to_run(case, ended)
    claimed = ended.answer.get("outcome", "killed") if ended.code >= 0 else "killed"
    sent = truth(case.site).sent
    if blow != "kill" and ended.code >= 0 and claimed == "unknown" and not _has_intent(case):
        found.append("unknown, although nothing was announced")
    again = case.commit()
    # If an earlier run cancelled the dispute, its outcome is not this run's.
    found += [text for text in objections_to_run(case, again) if not _is_stale(again, text)]
    if sent and truth(case.site).sent != sent:
        found.append("the next run sent a second cancel")
    case.site.come_to_rest()
    found += objections_to_verify(case, case.verify(later=True), settled=True)
    return Held(str(claimed), tuple(found))


def _has_intent(case: Case) -> bool:
    return "intent" in case.events()


def _is_stale(ended: Ended, text: str) -> bool:
    """A stale plan or a refusal is ``not_done``, whatever happened before (settled questions)."""
    return ended.code in {3, 7} and (text.startswith("not_done") or "although" in text)


def together(place: Stage, how_many: int) -> Held:
    """Start the same commit several times at once."""
    case = place.play()
    runs = [case.start_commit() for _ in range(how_many)]
    ended = [running.wait() for running in runs]
    found = [f"traceback: {run.err[-300:]}" for run in ended if "Traceback" in run.err]
    done = [run for run in ended if run.answer.get("outcome") == "done"]
    seen = truth(case.site)
    if (seen.sent, len(done), seen.other) != (1, 1, 0):
        found.append(f"{seen.sent} cancels, {len(done)} runs say done, {seen.other} other writes")
    turned_away = [run for run in ended if run not in done]
    found += [
        f"a run that was turned away: exit {run.code}, {run.out[-300:]}"
        for run in turned_away
        if run.code not in _TURNED_AWAY or not run.answer["error"]["message"]
    ]
    found += objections_to_verify(case, case.verify(later=True), settled=True)
    return Held("done" if done else "none", tuple(found))
