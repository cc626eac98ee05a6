"""The table of outcomes, cell by cell, and its result over several looks."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

from automation.engine.outcome import (
    Case,
    Look,
    Outcome,
    Page,
    Past,
    Reply,
    Seen,
    State,
    as_markdown,
    concluded,
    seen_in,
)

DONE, NOT_DONE, UNKNOWN = Outcome.DONE, Outcome.NOT_DONE, Outcome.UNKNOWN
SENT = (Past.SENDING, Past.EARLY, Past.LATE)
NO = (Reply.FAILURE, Reply.TOKEN, Reply.REJECTED)
README = Path(__file__).parents[1] / "faults" / "README.md"

# For each thing that was seen: SENDING, EARLY and LATE in this order, for every answer.
# d is done, n is not done, and a question mark is unknown.
CELLS = {
    #                success failure token rejected plain mixed second unclear
    Seen.SHOWN: "ddd ?dd ?dd ddd ddd ddd ddd ddd",
    Seen.LAGGING: "??d ??d ??d ??d ??d ??d ??d ??d",
    Seen.OVER: "ddd ??? ??? ??? ??? ??? ??? ???",
    Seen.GUESSED: "ddd ??? ??? ??? ??? ??? ??? ???",
    Seen.OPEN: "??n nnn nnn nnn ??n ??n ??n ??n",
    Seen.STANDING: "??? nnn nnn nnn ??? ??? ??? ???",
    Seen.OTHER: "??? nnn nnn nnn ??n ??n ??n ??n",
    Seen.GONE: "??? ??? ??? ??? ??? ??? ??? ???",
    Seen.ABSENT: "??? ??? ??? ??? ??? ??? ??? ???",
    Seen.UNCLEAR: "??? ??? ??? ??? ??? ??? ??? ???",
    Seen.BLIND: "??? ??? ??? ??? ??? ??? ??? ???",
}
LETTERS = {"d": DONE, "n": NOT_DONE, "?": UNKNOWN}


def test_every_cell_of_a_sent_request() -> None:
    """Every look, answer and age: 264 cells, each written down here independently."""
    assert set(CELLS) == set(Seen)
    for seen, row in CELLS.items():
        for answer, letters in zip(Reply, row.split(), strict=True):
            for past, letter in zip(SENT, letters, strict=True):
                outcome = Case(past, answer).verdict(seen).outcome
                assert outcome is LETTERS[letter], (past, seen, answer)


@pytest.mark.parametrize(
    ("past", "done", "not_done"),
    [
        (
            Past.UNSENT,
            {Seen.SHOWN, Seen.LAGGING},
            {Seen.OPEN, Seen.STANDING, Seen.OTHER},
        ),
        (
            Past.KNOWN_DONE,
            {Seen.SHOWN, Seen.LAGGING, Seen.OVER, Seen.GUESSED, Seen.GONE, Seen.ABSENT},
            set[Seen](),
        ),
        (Past.NOTHING, {Seen.SHOWN, Seen.LAGGING}, {Seen.OPEN, Seen.OTHER}),
    ],
)
def test_every_cell_where_nothing_is_on_its_way(
    past: Past, done: set[Seen], not_done: set[Seen]
) -> None:
    """No answer counts here; anything not listed is unknown."""
    for seen, answer in product(Seen, Reply):
        wanted = DONE if seen in done else NOT_DONE if seen in not_done else UNKNOWN
        assert Case(past, answer).verdict(seen).outcome is wanted, (seen, answer)


def test_what_is_merely_gone_is_unknown() -> None:
    """GIVEN a sent request THEN unknown words and missing pages never mean done, for any answer."""
    for past, seen, answer in product(SENT, (Seen.GONE, Seen.ABSENT), Reply):
        assert Case(past, answer).verdict(seen).outcome is UNKNOWN


def test_the_answers_that_say_no() -> None:
    """GIVEN every answer THEN a failure, a stale token and an HTTP error 4xx are a no."""
    assert {each for each in Reply if each.says_no} == set(NO)


def test_not_done_needs_a_no_of_the_site_or_time() -> None:
    """GIVEN a sent request THEN not done only after the site's refusal, or much later."""
    for past, seen, answer in product(SENT, Seen, Reply):
        if Case(past, answer).verdict(seen).outcome is NOT_DONE:
            assert answer in NO or past is Past.LATE


OWN = Page.OWN


@pytest.mark.parametrize(
    ("look", "seen"),
    [
        (Look(OWN, State.DONE, sure=True), Seen.SHOWN),
        (Look(OWN, State.DONE, sure=True, listed=True), Seen.LAGGING),
        (Look(OWN, State.DONE, sure=True, control=True), Seen.UNCLEAR),
        (Look(OWN, State.DONE), Seen.GUESSED),
        (Look(OWN, State.DONE, listed=True), Seen.UNCLEAR),
        (Look(OWN, State.OVER, sure=True), Seen.OVER),
        (Look(OWN, State.OVER, sure=True, listed=True), Seen.UNCLEAR),
        (Look(OWN, State.OVER, sure=True, control=True), Seen.UNCLEAR),
        (Look(OWN, State.OVER), Seen.GUESSED),
        (Look(OWN, State.OPEN, sure=True, control=True), Seen.OPEN),
        (Look(OWN, State.OPEN, sure=True), Seen.STANDING),
        (Look(OWN, State.OTHER, sure=True), Seen.OTHER),
        (Look(OWN, State.OTHER, sure=True, listed=True), Seen.OTHER),
        (Look(OWN), Seen.GONE),
        (Look(OWN, listed=True), Seen.UNCLEAR),
        (Look(OWN, control=True), Seen.OPEN),
        (Look(Page.NONE), Seen.ABSENT),
        (Look(Page.NONE, listed=True), Seen.UNCLEAR),
        (Look(Page.NONE, expected=False), Seen.UNCLEAR),
        (Look(Page.FOREIGN, State.DONE, sure=True), Seen.UNCLEAR),
        (Look(Page.UNREADABLE), Seen.UNCLEAR),
        (Look(Page.BLOCKED, State.DONE, sure=True), Seen.BLIND),
    ],
)
def test_what_two_pages_say_together(look: Look, seen: Seen) -> None:
    """The dispute's own page decides, unless it contradicts itself or the order."""
    assert seen_in(look) is seen


C, OPEN, U, L = Seen.SHOWN, Seen.OPEN, Seen.UNCLEAR, Seen.LAGGING


@pytest.mark.parametrize(
    ("answer", "looks", "outcome"),
    [
        (Reply.SUCCESS, [C], None),  # one look may be at a stale or a rolled-back page
        (Reply.SUCCESS, [C, C], DONE),
        (Reply.SUCCESS, [L, C], None),
        (Reply.SUCCESS, [OPEN, C], None),
        (Reply.SUCCESS, [OPEN, C, C], DONE),
        (Reply.SUCCESS, [C, U], None),
        (Reply.SUCCESS, [C, U, C], None),
        (Reply.SUCCESS, [C, U, C, C], DONE),
        (Reply.SUCCESS, [C, OPEN], UNKNOWN),  # the cancel was undone
        (Reply.SUCCESS, [Seen.OVER, U, Seen.STANDING], UNKNOWN),
        (Reply.SUCCESS, [C, Seen.BLIND], UNKNOWN),
        (Reply.SUCCESS, [Seen.GONE] * 9, None),
        (Reply.FAILURE, [OPEN], None),
        (Reply.FAILURE, [OPEN, OPEN], NOT_DONE),
        (Reply.FAILURE, [OPEN, C], None),
        (Reply.FAILURE, [C, OPEN], UNKNOWN),
        (Reply.FAILURE, [OPEN, U, OPEN], None),
        (Reply.UNCLEAR, [OPEN, OPEN, OPEN], None),
        (Reply.UNCLEAR, [], None),
    ],
)
def test_an_outcome_must_hold(answer: Reply, looks: list[Seen], outcome: Outcome | None) -> None:
    """Two looks in a row must agree; a dispute that opens again settles nothing."""
    said = concluded(looks, Case(Past.SENDING, answer))
    assert (said.outcome if said else None) is outcome


def test_the_readme_prints_this_table() -> None:
    """The README has the table that the code uses, letter by letter."""
    assert as_markdown() in README.read_text("utf-8")


@pytest.mark.parametrize(
    ("case", "look", "waits"),
    [
        (Case(Past.SENDING, Reply.SUCCESS), Look(OWN, State.DONE, sure=True), False),
        (Case(Past.SENDING, Reply.UNCLEAR), Look(OWN, State.DONE, sure=True), True),
        (Case(Past.LATE), Look(OWN, State.DONE, sure=True), False),
        (Case(Past.SENDING, Reply.SUCCESS), Look(OWN, State.OVER, sure=True), True),
        (Case(Past.SENDING, Reply.UNCLEAR), Look(OWN, State.OVER, sure=True), False),
        (Case(Past.SENDING, Reply.SUCCESS), Look(OWN), False),
        (Case(Past.KNOWN_DONE), Look(Page.NONE), True),
    ],
)
def test_a_late_box_is_waited_for_where_it_matters(case: Case, look: Look, waits: bool) -> None:
    """GIVEN a look at the dispute's page THEN the order is waited for if it changes the outcome."""
    assert case.hangs_on_the_list(look) is waits
