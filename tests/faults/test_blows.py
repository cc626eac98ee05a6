from __future__ import annotations

import json
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from automation.engine.session.profile.owned import FOLDER, SWITCH
from tests.faults.blows import (
    blow_at_event,
    python_was_starting,
    server_gone_at_event,
    together,
)
from tests.faults.judge import objections_to_verify, truth
from tests.faults.stage import Ended, at_event

if TYPE_CHECKING:
    from tests.faults.stage import Stage


@pytest.mark.further
@pytest.mark.parametrize("event", ["intent", "clicked", "permit_used"])
def test_a_kill_at_an_event_leaves_the_truth_to_be_found(place: Stage, event: str) -> None:
    """GIVEN kill -9 when the event is on disk THEN never a second cancel, and verify is right.

    ``test_machine.py`` has a death at every event, against a model of the site.
    """
    assert blow_at_event(place, "kill", event).objections == ()


@pytest.mark.parametrize(
    ("blow", "event", "outcomes"),
    [
        pytest.param("ctrl-c", "dispute_read", {"not_done"}, marks=pytest.mark.further),
        pytest.param("term", "permit_used", {"unknown", "done"}, marks=pytest.mark.further),
    ],
)
def test_an_interrupted_run_ends_clean_and_says_what_it_knows(
    place: Stage, blow: str, event: str, outcomes: set[str]
) -> None:
    """GIVEN Ctrl-C or SIGTERM THEN 130 if nothing was sent, else 8 unless verified; all ended."""
    held = blow_at_event(place, blow, event)

    assert held.objections == ()
    assert held.outcome in outcomes


@pytest.mark.parametrize(
    ("event", "outcomes"),
    [
        pytest.param("started", {"not_done"}, marks=pytest.mark.further),
        pytest.param("dispute_read", {"not_done"}, marks=pytest.mark.further),
        pytest.param("intent", {"not_done", "unknown"}, marks=pytest.mark.further),
        pytest.param("clicked", {"not_done", "unknown"}, marks=pytest.mark.further),
        pytest.param("permit_used", {"unknown"}, marks=pytest.mark.further),
        pytest.param("answered", {"unknown"}, marks=pytest.mark.further),
        pytest.param("verified", {"unknown", "done"}, marks=pytest.mark.further),
    ],
)
def test_a_server_that_ends_in_the_middle_leaves_the_truth_to_be_found(
    place: Stage, event: str, outcomes: set[str]
) -> None:
    """GIVEN the server of --connect gone when the event is on disk THEN so it says, and no second cancel."""
    held = server_gone_at_event(place, event)

    assert held.objections == ()
    assert held.outcome in outcomes


@pytest.mark.further
def test_of_two_tools_at_once_one_cancels(place: Stage) -> None:
    """GIVEN two commits of one plan THEN one cancel and one done; the other says why it stopped.

    ``make torture`` starts four as well.
    """
    held = together(place, 2)

    assert held.objections == ()
    assert held.outcome == "done"


@pytest.mark.further
def test_a_verification_never_settles_a_run_that_is_at_work(place: Stage) -> None:
    """GIVEN a cancel whose answer stalls WHEN verified meanwhile THEN unknown, and the run ends well."""
    case = place.play(fault=[{"at": "cancel", "kind": "stall", "seconds": 4.0}])
    running = case.start_commit(own_driver=False)
    assert at_event(case, running, "clicked", 0)

    meanwhile = case.verify()

    assert (meanwhile.code, meanwhile.answer["error"]["code"]) == (8, "already_running")
    hint = meanwhile.answer["error"]["hint"]
    assert hint.startswith(
        "let it end (it may be waiting for your answer), then run 'dispute-guard verify "
    )
    ended = running.wait()
    assert (ended.code, ended.answer["outcome"]) == (0, "done"), ended.out
    assert truth(case.site).sent == 1


@pytest.mark.further
def test_a_gateway_that_is_gone_at_the_confirm_is_not_sent(place: Stage) -> None:
    """GIVEN no connection for the cancel THEN not_done, exit 1, and no write; later one is sent."""
    case = place.play()
    running = case.start_commit(own_driver=False)
    assert at_event(case, running, "intent", 0)

    with case.site.without_gateway():
        ended = running.wait()

    assert (ended.code, ended.answer["error"]["code"]) == (1, "not_sent"), ended.out
    assert (ended.answer["outcome"], ended.answer["guard"]["sent_by"]) == ("not_done", "browser")
    assert "clicked" in case.events()  # it tried
    assert case.site.ledger.writes() == ()
    assert objections_to_verify(case, case.verify(), settled=True) == []


@pytest.mark.further
def test_a_site_that_answers_late_is_never_called_not_done(place: Stage) -> None:
    """GIVEN a request carried out after the run's end THEN unknown at first, done in the end."""
    case = place.play(fault=[{"at": "cancel", "kind": "stall-before-change", "seconds": 20.0}])

    ended = case.commit()

    assert (ended.code, ended.answer["outcome"]) == (8, "unknown"), ended.out
    assert not truth(case.site).changed
    soon = case.verify()
    assert (soon.code, soon.answer["outcome"]) == (8, "unknown") or truth(case.site).changed
    case.site.come_to_rest()
    assert objections_to_verify(case, case.verify(), settled=True) == []


def test_the_next_run_ends_what_a_killed_run_left_and_nothing_else(place: Stage) -> None:
    """GIVEN a process with a dead run's mark and one with another's THEN only the first ends."""
    case = place.play()
    ours, strangers = "a" * 32, "b" * 32
    record = case.state / FOLDER / f"{ours}.json"
    record.parent.mkdir(exist_ok=True)
    record.write_text(json.dumps({"owner": 1, "owner_started": "never"}), "utf-8")
    with start_sleeper(SWITCH + ours) as left, start_sleeper(SWITCH + strangers) as other:
        assert case.verify().code == 1

        assert left.wait(5) == -signal.SIGKILL
        assert other.poll() is None
        assert not record.exists()


def start_sleeper(word: str) -> subprocess.Popen[bytes]:
    """A process with that word on its command line; it ends when its input is closed."""
    source = "import sys; print(flush=True); sys.stdin.read()"
    process = subprocess.Popen(
        [sys.executable, "-c", source, word], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdout is not None
    process.stdout.readline()
    return process


@pytest.mark.parametrize(
    ("frame", "excused"),
    [('  File "<frozen site>", line 616, in <module>', True), ('  File "/automation/x.py"', False)],
)
def test_only_a_ctrl_c_into_the_start_of_python_is_excused(frame: str, *, excused: bool) -> None:
    """GIVEN the traceback of a Ctrl-C THEN one with a frame of the program counts against it."""
    ended = Ended(1, "", f"Traceback\n{frame}\nKeyboardInterrupt\n", "mark")
    assert python_was_starting(ended) is excused
