"""The table of outcomes, cell by cell, and its result over several looks."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

from automation.aliexpress.flow.answers import Answer
from automation.aliexpress.flow.outcome import (
    Case,
    Look,
    Page,
    Past,
    Seen,
    as_markdown,
    concluded,
    seen_in,
)
from automation.aliexpress.flow.report import Outcome
from rules import DisputeStatus

DONE, NOT_DONE, UNKNOWN = Outcome.DONE, Outcome.NOT_DONE, Outcome.UNKNOWN
SENT = (Past.SENDING, Past.EARLY, Past.LATE)
NO = (Answer.FAILURE, Answer.TOKEN, Answer.REJECTED)
README = Path(__file__).parents[2] / "faults" / "README.md"

# For each thing that was seen: SENDING, EARLY and LATE in this order, for every answer.
# d is done, n is not done, and a question mark is unknown.
CELLS = {
    #                success failure token rejected plain mixed second unclear
    Seen.CANCELLED: "ddd ?dd ?dd ddd ddd ddd ddd ddd",
    Seen.LAGGING: "??d ??d ??d ??d ??d ??d ??d ??d",
    Seen.CLOSED: "ddd ??? ??? ??? ??? ??? ??? ???",
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
        for answer, letters in zip(Answer, row.split(), strict=True):
            for past, letter in zip(SENT, letters, strict=True):
                outcome = Case(past, answer).verdict(seen).outcome
                assert outcome is LETTERS[letter], (past, seen, answer)


@pytest.mark.parametrize(
    ("past", "done", "not_done"),
    [
        (
            Past.UNSENT,
            {Seen.CANCELLED, Seen.LAGGING},
            {Seen.OPEN, Seen.STANDING, Seen.OTHER},
        ),
        (
            Past.KNOWN_DONE,
            {Seen.CANCELLED, Seen.LAGGING, Seen.CLOSED, Seen.GUESSED, Seen.GONE, Seen.ABSENT},
            set[Seen](),
        ),
        (Past.NOTHING, {Seen.CANCELLED, Seen.LAGGING}, {Seen.OPEN, Seen.OTHER}),
    ],
)
def test_every_cell_where_nothing_is_on_its_way(
    past: Past, done: set[Seen], not_done: set[Seen]
) -> None:
    """No answer counts here; anything not listed is unknown."""
    for seen, answer in product(Seen, Answer):
        wanted = DONE if seen in done else NOT_DONE if seen in not_done else UNKNOWN
        assert Case(past, answer).verdict(seen).outcome is wanted, (seen, answer)


def test_what_is_merely_gone_is_unknown() -> None:
    """GIVEN a sent request THEN unknown words and missing pages never mean done, for any answer."""
    for past, seen, answer in product(SENT, (Seen.GONE, Seen.ABSENT), Answer):
        assert Case(past, answer).verdict(seen).outcome is UNKNOWN


def test_not_done_needs_a_no_of_the_site_or_time() -> None:
    """GIVEN a sent request THEN not done only after the site's refusal, or much later."""
    for past, seen, answer in product(SENT, Seen, Answer):
        if Case(past, answer).verdict(seen).outcome is NOT_DONE:
            assert answer in NO or past is Past.LATE


OWN = Page.OWN


@pytest.mark.parametrize(
    ("look", "seen"),
    [
        (Look(OWN, DisputeStatus.CANCELLED, sure=True), Seen.CANCELLED),
        (Look(OWN, DisputeStatus.CANCELLED, sure=True, listed=True), Seen.LAGGING),
        (Look(OWN, DisputeStatus.CANCELLED, sure=True, control=True), Seen.UNCLEAR),
        (Look(OWN, DisputeStatus.CANCELLED), Seen.GUESSED),
        (Look(OWN, DisputeStatus.CANCELLED, listed=True), Seen.UNCLEAR),
        (Look(OWN, DisputeStatus.CLOSED, sure=True), Seen.CLOSED),
        (Look(OWN, DisputeStatus.CLOSED, sure=True, listed=True), Seen.UNCLEAR),
        (Look(OWN, DisputeStatus.CLOSED, sure=True, control=True), Seen.UNCLEAR),
        (Look(OWN, DisputeStatus.CLOSED), Seen.GUESSED),
        (Look(OWN, DisputeStatus.WAITING_SELLER, sure=True, control=True), Seen.OPEN),
        (Look(OWN, DisputeStatus.MEDIATING, sure=True), Seen.STANDING),
        (Look(OWN, DisputeStatus.REFUND_COMPLETE, sure=True), Seen.OTHER),
        (Look(OWN, DisputeStatus.FINAL_DECISION, sure=True, listed=True), Seen.OTHER),
        (Look(OWN), Seen.GONE),
        (Look(OWN, listed=True), Seen.UNCLEAR),
        (Look(OWN, control=True), Seen.OPEN),
        (Look(Page.NONE), Seen.ABSENT),
        (Look(Page.NONE, listed=True), Seen.UNCLEAR),
        (Look(Page.NONE, expected=False), Seen.UNCLEAR),
        (Look(Page.FOREIGN, DisputeStatus.CANCELLED, sure=True), Seen.UNCLEAR),
        (Look(Page.UNREADABLE), Seen.UNCLEAR),
        (Look(Page.BLOCKED, DisputeStatus.CANCELLED, sure=True), Seen.BLIND),
    ],
)
def test_what_two_pages_say_together(look: Look, seen: Seen) -> None:
    """The dispute's own page decides, unless it contradicts itself or the order."""
    assert seen_in(look) is seen


C, OPEN, U, L = Seen.CANCELLED, Seen.OPEN, Seen.UNCLEAR, Seen.LAGGING


@pytest.mark.parametrize(
    ("answer", "looks", "outcome"),
    [
        (Answer.SUCCESS, [C], None),  # one look may be at a stale or a rolled-back page
        (Answer.SUCCESS, [C, C], DONE),
        (Answer.SUCCESS, [L, C], None),
        (Answer.SUCCESS, [OPEN, C], None),
        (Answer.SUCCESS, [OPEN, C, C], DONE),
        (Answer.SUCCESS, [C, U], None),
        (Answer.SUCCESS, [C, U, C], None),
        (Answer.SUCCESS, [C, U, C, C], DONE),
        (Answer.SUCCESS, [C, OPEN], UNKNOWN),  # the cancel was undone
        (Answer.SUCCESS, [Seen.CLOSED, U, Seen.STANDING], UNKNOWN),
        (Answer.SUCCESS, [C, Seen.BLIND], UNKNOWN),
        (Answer.SUCCESS, [Seen.GONE] * 9, None),
        (Answer.FAILURE, [OPEN], None),
        (Answer.FAILURE, [OPEN, OPEN], NOT_DONE),
        (Answer.FAILURE, [OPEN, C], None),
        (Answer.FAILURE, [C, OPEN], UNKNOWN),
        (Answer.FAILURE, [OPEN, U, OPEN], None),
        (Answer.UNCLEAR, [OPEN, OPEN, OPEN], None),
        (Answer.UNCLEAR, [], None),
    ],
)
def test_an_outcome_must_hold(answer: Answer, looks: list[Seen], outcome: Outcome | None) -> None:
    """Two looks in a row must agree; a dispute that opens again settles nothing."""
    said = concluded(looks, Case(Past.SENDING, answer))
    assert (said.outcome if said else None) is outcome


def test_the_readme_prints_this_table() -> None:
    """The README has the table that the code uses, letter by letter."""
    assert as_markdown() in README.read_text("utf-8")


@pytest.mark.parametrize(
    ("case", "look", "waits"),
    [
        (Case(Past.SENDING, Answer.SUCCESS), Look(OWN, DisputeStatus.CANCELLED, sure=True), False),
        (Case(Past.SENDING, Answer.UNCLEAR), Look(OWN, DisputeStatus.CANCELLED, sure=True), True),
        (Case(Past.LATE), Look(OWN, DisputeStatus.CANCELLED, sure=True), False),
        (Case(Past.SENDING, Answer.SUCCESS), Look(OWN, DisputeStatus.CLOSED, sure=True), True),
        (Case(Past.SENDING, Answer.UNCLEAR), Look(OWN, DisputeStatus.CLOSED, sure=True), False),
        (Case(Past.SENDING, Answer.SUCCESS), Look(OWN), False),
        (Case(Past.KNOWN_DONE), Look(Page.NONE), True),
    ],
)
def test_a_late_box_is_waited_for_where_it_matters(case: Case, look: Look, waits: bool) -> None:
    """GIVEN a look at the dispute's page THEN the order is waited for if it changes the outcome."""
    assert case.hangs_on_the_order(look) is waits
