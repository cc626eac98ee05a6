from __future__ import annotations

from typing import TYPE_CHECKING

from automation.aliexpress.plan.targets import dispute_target, order_target
from automation.engine.journal import Event, Journal
from automation.engine.outcome import Outcome
from tests.faults.model import IDS, ORDER, STEPS, Model, World, at_once

if TYPE_CHECKING:
    from pathlib import Path


def _clicked(journal: Journal, world: World, site: str) -> int:
    """An attempt whose request may have been sent, and whose dispute the pages show cancelled."""
    attempt = journal.begin(dispute_target(ORDER, IDS), "cancel", site, "web", "0.1.0", world.now)
    for step in STEPS:
        details = {"page": "/p/x.html"} if step is Event.TARGET_READ else {}
        journal.record(attempt, step, world.now, **details)
    world.sent[attempt] = world.now
    return attempt


def test_pages_of_a_mimic_settle_nothing_of_the_real_site(tmp_path: Path) -> None:
    """GIVEN a request on the real site WHEN a mimic shows it cancelled THEN it stays open."""
    world = World()
    with at_once(world), Journal.open(tmp_path) as journal:
        attempt = _clicked(journal, world, "https://www.aliexpress.com")

        assert Model(journal, world, tmp_path).verify() == {attempt: Outcome.UNKNOWN}
        assert [each.id for each in journal.open_intents(order_target(ORDER))] == [attempt]


def test_pages_of_a_mimic_settle_what_was_sent_to_one(tmp_path: Path) -> None:
    """The control: the same attempt, made on a mimic."""
    world = World()
    with at_once(world), Journal.open(tmp_path) as journal:
        attempt = _clicked(journal, world, "http://127.0.0.1:1")

        assert Model(journal, world, tmp_path).verify() == {attempt: Outcome.DONE}
