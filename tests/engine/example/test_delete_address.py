"""The worked example of the engine, run against its site: the site's own list is the judge."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

import pytest

from automation.engine.journal import Journal
from automation.engine.outcome import Outcome, Reply
from automation.engine.sent import Sent
from automation.engine.session.options import SessionOptions
from automation.errors import ToolError
from tests.engine.example import delete_address as example
from tests.engine.example import toy_site
from tests.engine.example.settle_deletion import settle_deletion
from tests.engine.example.toy_site import ToySite
from tests.own_loop import in_own_loop

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.usefixtures("shared_driver")

HERE = Path(__file__).parent
NUMBER = "700100"
NOW = datetime(2026, 6, 10, tzinfo=UTC)


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


@pytest.mark.further
def test_a_page_that_says_nothing_of_it_is_unknown(
    site: ToySite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GIVEN a request without effect, and then a page of an error THEN unknown, never "done"."""
    site.refuses = True
    monkeypatch.setattr(toy_site, "PAGE", toy_site.PAGE.replace(b"Deleted", b"Service unavailable"))
    monkeypatch.setattr(example, "reply_of", lambda _: deleted_elsewhere(site))

    answer = delete(site, tmp_path, seconds=2)

    assert (answer.outcome, answer.sent) == (Outcome.UNKNOWN, Sent.ONE), answer


def deleted_elsewhere(site: ToySite) -> Reply:
    """An answer after which the site shows the page of no address."""
    site.addresses.clear()
    return Reply.UNCLEAR


def test_what_was_deleted_before_is_not_asked_about(site: ToySite, tmp_path: Path) -> None:
    """GIVEN an address that is gone THEN not done: no question, and no request."""
    site.addresses.clear()

    answer = delete(site, tmp_path)

    assert (answer.sent, answer.reason) == (Sent.NOTHING, "it was deleted before")
    assert site.writes == []


def test_an_unknown_outcome_is_settled_before_another_attempt(
    site: ToySite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GIVEN an unknown outcome THEN a second run sends nothing, until fresh pages settle the first."""
    site.refuses = True
    monkeypatch.setattr(example, "reply_of", lambda _: Reply.UNCLEAR)
    url = f"http://127.0.0.1:{site.server_port}"
    options = SessionOptions(state_dir=tmp_path, timeout=2)
    assert delete(site, tmp_path, seconds=2).outcome is Outcome.UNKNOWN

    with pytest.raises(ToolError, match="settle"):
        delete(site, tmp_path, seconds=2)
    before = in_own_loop(settle_deletion(url, NUMBER, options, NOW))
    site.addresses.clear()  # the site carries it out late
    after = in_own_loop(settle_deletion(url, NUMBER, options, NOW))

    assert (before, after, site.writes) == (Outcome.UNKNOWN, Outcome.DONE, [NUMBER])
    with Journal.open(tmp_path) as journal:
        assert journal.open_intents() == ()


def test_it_is_short() -> None:
    """A flow of its own fits into 120 lines, a site into 40 lines of Python, and both into one look."""
    assert len((HERE / "delete_address.py").read_text("utf-8").splitlines()) <= 120
