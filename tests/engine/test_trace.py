"""How far an attempt got, and what that says about its request."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from automation.engine.elapsed import Moment, Uptime
from automation.engine.journal import AttemptEvent, Event
from automation.engine.outcome import MAY_BE_UNDER_WAY, Past, Reply
from automation.engine.trace import Trace, moment_details, trace_of

Detail = str | int | float | bool | None
NOON = datetime(2026, 6, 10, 12, 0, tzinfo=UTC)
SENT = Moment(NOON, Uptime(600, "a"))


def later(minutes: float) -> Moment:
    """The same machine, so many minutes after the request."""
    return Moment(NOON + timedelta(minutes=minutes), Uptime(600 + minutes * 60, "a"))


def written(*events: tuple[Event, dict[str, Detail]]) -> tuple[AttemptEvent, ...]:
    """Events of one attempt, a minute apart."""
    return tuple(
        AttemptEvent(place, 1, NOON + timedelta(minutes=place), event, details)
        for place, (event, details) in enumerate(events)
    )


def answered(**details: Detail) -> Trace:
    """The trace of an attempt whose answer was written with these details."""
    return trace_of(written((Event.INTENT, {}), (Event.PERMIT_USED, {}), (Event.ANSWERED, details)))


@pytest.mark.parametrize(
    ("events", "past"),
    [
        ([Event.INTENT], Past.UNSENT),
        ([Event.INTENT, Event.FAILED], Past.UNSENT),
        ([Event.INTENT, Event.CLICKED], Past.LATE),
        ([Event.INTENT, Event.PERMIT_USED], Past.LATE),
        ([Event.INTENT, Event.CLICKED, Event.PERMIT_USED, Event.ANSWERED], Past.LATE),
    ],
)
def test_nothing_was_sent_only_if_neither_click_nor_permit_was_written(
    events: list[Event], past: Past
) -> None:
    """GIVEN an open attempt, long ago THEN one sign of sending is enough to count as sent."""
    trace = trace_of(written(*((event, {}) for event in events)))

    assert trace.past(Moment(NOON + timedelta(days=2))) is past


def test_the_last_moment_is_that_of_sending() -> None:
    """Looks and failures that came later do not make the request younger."""
    trace = trace_of(
        written((Event.INTENT, {}), (Event.CLICKED, {}), (Event.FAILED, {}), (Event.VERIFIED, {}))
    )

    assert trace.last == Moment(NOON + timedelta(minutes=1))


@pytest.mark.parametrize(
    ("further", "words"),
    [
        ((), "the request may have been sent, no later than"),
        (((Event.PERMIT_USED, {}),), "the request was sent, no later than"),
    ],
)
def test_what_the_run_knew_of_its_request_is_said_later(
    further: tuple[tuple[Event, dict[str, Detail]], ...], words: str
) -> None:
    """GIVEN a run that knew that its request was sent THEN so it is told; without that, perhaps."""
    trace = trace_of(written((Event.INTENT, {}), (Event.CLICKED, {}), *further))

    assert trace.in_words("no answer").startswith(words)


def test_a_permit_for_a_humans_hand_lasts_until_its_end() -> None:
    """GIVEN a permit of two minutes THEN the request may have been sent at their end, by both clocks."""
    click: tuple[Event, dict[str, Detail]] = (
        Event.CLICKED,
        {"permit_seconds": 120, **moment_details(SENT)},
    )
    short: tuple[Event, dict[str, Detail]] = (Event.CLICKED, {**moment_details(SENT)})

    assert trace_of(written(click)).last == Moment(NOON + timedelta(seconds=120), Uptime(720, "a"))
    assert trace_of(written(short)).last == SENT
    assert trace_of(written(click)).past(later(16)) is Past.EARLY
    assert trace_of(written(short)).past(later(16)) is Past.LATE


@pytest.mark.parametrize("reply", Reply)
def test_an_answer_reads_back_as_it_was_written(reply: Reply) -> None:
    """The journal keeps the site's answer by its word."""
    assert answered(answer=reply.value).answer is reply


@pytest.mark.parametrize("word", ["", "yes", None, 1])
def test_an_answer_that_is_no_known_word_is_unclear(word: str | int | None) -> None:
    """An unknown word is never a good answer; nor is an attempt without one."""
    assert answered(answer=word).answer is Reply.UNCLEAR
    assert trace_of(written((Event.INTENT, {}))).answer is Reply.UNCLEAR


def test_the_last_answer_counts() -> None:
    """Of two answers the later one says what the site came to."""
    trace = trace_of(
        written(
            (Event.INTENT, {}),
            (Event.ANSWERED, {"answer": "success", "status": 200}),
            (Event.ANSWERED, {"answer": "failure", "status": 500, "said": "no"}),
        )
    )

    assert (trace.answer, trace.error, trace.said) == (Reply.FAILURE, True, "no")


@pytest.mark.parametrize("status", [401, 407, 408, 409, 423, 425, 429, 499])
def test_errors_after_which_the_request_may_still_be_carried_out(status: int) -> None:
    """Sign-in, timeout, conflict, too early, rate limit, closed: none says that it failed."""
    assert status in MAY_BE_UNDER_WAY
    assert not answered(status=status).error


@pytest.mark.parametrize(
    "status", [400, 402, 403, 404, 406, 410, 422, 424, 426, 428, 430, 451, 498, 500, 503]
)
def test_other_errors_are_plain(status: int) -> None:
    """Their neighbours are errors of the request or of the server."""
    assert answered(status=status).error


@pytest.mark.parametrize("status", [None, "500", 200, 302, 399])
def test_what_is_no_error(status: str | int | None) -> None:
    """A good status, or none that can be read, has the long quiet time."""
    assert answered(status=status).quiet == timedelta(minutes=15)


@pytest.mark.parametrize(
    ("minutes", "advice"),
    [
        (0, "in 15 min"),
        (0.5, "in 15 min"),
        (0.99, "in 15 min"),
        (14, "in 1 min"),
        (14.99, "in 1 min"),
        (15, "your own browser"),
        (60, "your own browser"),
    ],
)
def test_the_wait_is_named_in_whole_minutes(minutes: float, advice: str) -> None:
    """Rounded up: whoever waits so long finds it decided."""
    assert advice in Trace(clicked=True, answer=Reply.UNCLEAR, last=SENT).wait(later(minutes))


def test_what_was_never_sent_needs_no_wait() -> None:
    """Without a click nothing can still be carried out."""
    unsent = Trace(clicked=False, answer=Reply.UNCLEAR, last=SENT)

    assert "your own browser" in unsent.wait(later(0))
    assert unsent.in_words("no answer") == "the run ended before it could send anything"


def test_a_sent_request_is_told_with_its_moment_and_the_sites_words() -> None:
    """The latest moment, the answer, and what the site said, if it said something."""
    told = Trace(clicked=True, answer=Reply.UNCLEAR, last=SENT, said="busy").in_words("unclear")
    silent = Trace(clicked=True, answer=Reply.UNCLEAR, last=SENT).in_words("unclear")

    assert "no later than Wed 10 Jun 2026" in told
    assert told.endswith("; unclear ('busy')")
    assert silent.endswith("; unclear")


@pytest.mark.parametrize("moment", [Moment(NOON), Moment(NOON, Uptime(12.0, "a"))])
def test_a_moment_reads_back_as_it_was_written(moment: Moment) -> None:
    """With the uptime if there was one."""
    details = moment_details(moment)
    event = AttemptEvent(1, 1, NOON, Event.INTENT, dict(details))

    assert trace_of((event,)).last == moment


@pytest.mark.parametrize("seconds", [True, "12", None])
def test_an_uptime_that_is_no_number_is_none(seconds: bool | str | None) -> None:
    """Then only the wall clock counts, which proves nothing for a day."""
    event = AttemptEvent(1, 1, NOON, Event.CLICKED, {"uptime": seconds, "boot": "a"})
    trace = trace_of((event,))

    assert trace.last.uptime is None
    assert trace.past(Moment(NOON + timedelta(hours=23))) is Past.EARLY


def test_an_uptime_without_its_boot_is_kept() -> None:
    """A system that cannot identify its starts."""
    event = AttemptEvent(1, 1, NOON, Event.CLICKED, {"uptime": 12, "boot": None})

    assert trace_of((event,)).last.uptime == Uptime(12.0, "")
