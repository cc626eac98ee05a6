"""The worked example of the engine, run against its site: the site's own list is the judge."""

from __future__ import annotations

from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

import pytest

from automation.engine.journal import Journal
from automation.engine.outcome import Outcome, Reply
from automation.engine.sent import Sent
from automation.engine.session.options import SessionOptions
from tests.engine.example import delete_address as example
from tests.engine.example.toy_site import ToySite
from tests.own_loop import in_own_loop

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).parent
NUMBER = "700100"


@pytest.fixture
def site(request: pytest.FixtureRequest) -> Iterator[ToySite]:
    """A running toy site; one that refuses with the parameter ``refuses``."""
    with ToySite(refuses=getattr(request, "param", "") == "refuses") as made:
        Thread(target=made.serve_forever, daemon=True).start()
        yield made
        made.shutdown()


def delete(
    site: ToySite, state: Path, *, agrees: bool = True, seconds: float = 10
) -> example.Answer:
    """One run of the example."""
    options = SessionOptions(state_dir=state, timeout=seconds)
    url = f"http://127.0.0.1:{site.server_port}"
    return in_own_loop(example.delete_address(url, NUMBER, options, lambda _: agrees))


def test_an_address_is_deleted_by_one_request(site: ToySite, tmp_path: Path) -> None:
    """GIVEN consent THEN done, one write, and the journal has it."""
    answer = delete(site, tmp_path)

    assert (answer.outcome, answer.sent) == (Outcome.DONE, Sent.ONE), answer
    assert (site.writes, site.addresses) == ([NUMBER], {})
    with Journal.open(tmp_path) as journal:
        (attempt,) = journal.attempts()
    assert (attempt.outcome, str(attempt.target)) == ("done", f"address {NUMBER}")


def test_nothing_is_sent_without_consent(site: ToySite, tmp_path: Path) -> None:
    """GIVEN no consent THEN not done, and no write; with it there is one: the control above."""
    answer = delete(site, tmp_path, agrees=False)

    assert (answer.outcome, answer.sent) == (Outcome.NOT_DONE, Sent.NOTHING)
    assert site.writes == []


@pytest.mark.parametrize("site", ["refuses"], indirect=True)
def test_a_refusal_of_the_site_is_not_done(site: ToySite, tmp_path: Path) -> None:
    """GIVEN a site that says no and still shows the address THEN not done, after one write."""
    answer = delete(site, tmp_path)

    assert (answer.outcome, answer.sent) == (Outcome.NOT_DONE, Sent.ONE), answer
    assert site.writes == [NUMBER]


def test_a_lost_answer_is_unknown(
    site: ToySite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GIVEN no answer, and the address still there THEN unknown, never "not done"."""
    site.refuses = True
    monkeypatch.setattr(example, "reply_of", lambda _: Reply.UNCLEAR)

    answer = delete(site, tmp_path, seconds=2)

    assert (answer.outcome, answer.sent) == (Outcome.UNKNOWN, Sent.ONE), answer


def test_it_is_short() -> None:
    """A flow of its own fits into 120 lines, a site into 40 lines of Python, and both into one look."""
    assert len((HERE / "delete_address.py").read_text("utf-8").splitlines()) <= 120
