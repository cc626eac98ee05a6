from __future__ import annotations

import os
import tempfile
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from automation.engine.journal import Event, Journal, check_journal
from automation.engine.outcome import Outcome, Seen
from tests.faults.model import DEATHS, WIRES, Model, World, at_once

EXAMPLES = int(os.environ.get("MACHINE_EXAMPLES", "150"))
# Disk faults are not part of this machine; tests/engine/journal has them.
_MEMORY = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108  a fresh folder in it
_CODES = {Outcome.DONE: {0}, Outcome.NOT_DONE: {1, 3}, Outcome.UNKNOWN: {8}}


class Histories(RuleBasedStateMachine):
    """Random histories of faults, kills and commands against a model of the site."""

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        folder = Path(self.stack.enter_context(tempfile.TemporaryDirectory(dir=_MEMORY)))
        self.world = World()
        self.stack.enter_context(at_once(self.world))
        self.journal = self.stack.enter_context(Journal.open(folder))
        self.model = Model(self.journal, self.world, folder)

    def teardown(self) -> None:
        """Close the journal."""
        self.stack.close()

    @rule(wire=st.sampled_from(sorted(WIRES)))
    def cancel(self, wire: str) -> None:
        """Run the command to its end."""
        self.cancel_and_be_killed(wire, "")

    @rule(wire=st.sampled_from(sorted(WIRES)), death=st.sampled_from(DEATHS))
    def cancel_and_be_killed(self, wire: str, death: str) -> None:
        """Run the command; it may be killed anywhere."""
        before = dict(self.world.sent)
        ended = self.model.cancel(wire, death)
        if set(self.world.sent) != set(before):
            assert not any(before.values()), "sent again although an earlier request counts"
        if ended is not None:
            code, outcome = ended
            assert code in _CODES[outcome]

    @rule()
    def verify(self) -> None:
        """Settle what is open; what stays open is unknown."""
        found = self.model.verify()
        still_open = {attempt.id for attempt in self.journal.open_intents()}
        assert still_open == {n for n, outcome in found.items() if outcome is Outcome.UNKNOWN}

    @rule(seconds=st.sampled_from([1, 30, 110, 700]))
    def wait(self, seconds: int) -> None:
        """Time goes by."""
        self.world.now += timedelta(seconds=seconds)

    @rule(glitch=st.sampled_from([None, Seen.UNCLEAR, Seen.BLIND, Seen.ABSENT]))
    def pages_change_their_mood(self, glitch: Seen | None) -> None:
        """Pages that cannot be read, a captcha in front of them, or working pages again."""
        self.world.glitch = glitch

    @rule(lags=st.booleans())
    def order_page_lags(self, lags: bool) -> None:
        """The order still shows a dispute that is over."""
        self.world.lags = lags

    @precondition(lambda self: not any(self.world.sent.values()))
    @rule()
    def it_is_decided(self) -> None:
        """The site rules on the dispute by itself."""
        self.world.decided = True

    @rule()
    def truth_comes_out(self) -> None:
        """With readable pages and enough time every open attempt is settled as it was.

        It may stay unknown only if answer and pages contradict each other.
        """
        self.world.glitch = None
        self.world.now += timedelta(minutes=20)
        doubtful = self.world.contradicts_itself
        for attempt, outcome in self.model.verify().items():
            right = Outcome.DONE if attempt in self.world.effective else Outcome.NOT_DONE
            assert outcome is right or (outcome is Outcome.UNKNOWN and attempt in doubtful)
        assert {attempt.id for attempt in self.journal.open_intents()} <= doubtful

    @invariant()
    def at_most_one_takes_effect(self) -> None:
        """At most one of all requests sent takes effect."""
        assert sum(at is not None for at in self.world.sent.values()) <= 1

    @invariant()
    def the_journal_tells_the_truth(self) -> None:
        """Done only with the effect; not done only if there is none and never will be."""
        assert check_journal(self.journal) == []
        for attempt in self.journal.attempts(limit=-1):
            events = {event.event for event in self.journal.events(attempt.id)}
            if Event.INTENT not in events:
                continue
            if attempt.outcome == "done":
                assert attempt.id in self.world.effective
            if attempt.outcome == "not_done":
                assert self.world.sent.get(attempt.id) is None


Histories.TestCase.settings = settings(
    max_examples=EXAMPLES,
    stateful_step_count=10,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
TestHistories = Histories.TestCase
