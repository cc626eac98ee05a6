"""Decide what became of the dispute, by one table for all commands.

Pure functions over values. A look at freshly loaded pages becomes a ``Seen``. Together with
what is known about the request (``Past``) and the site's answer (``Answer``), it gives a
``Verdict`` from ``TABLE``. If no row fits, the outcome is unknown.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from automation.aliexpress.flow.answers import Answer
from automation.aliexpress.flow.report import Outcome
from rules import DisputeStatus

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_WITHDRAWN: Final = frozenset({DisputeStatus.CANCELLED, DisputeStatus.CLOSED})


class Page(StrEnum):
    """What the dispute's address leads to."""

    OWN = "own"  # the page of this dispute
    NONE = "none"  # no longer a dispute: another page, or one that says so
    FOREIGN = "foreign"  # data of another dispute or order
    UNREADABLE = "unreadable"  # it did not load, stayed blank or was not recognised
    BLOCKED = "blocked"  # a captcha, a sign-in, or a lost browser


@dataclass(frozen=True)
class Look:
    """The facts of one look at fresh pages.

    Args:
        status: meaning of the status words, ``unknown`` unless a word list has them.
        sure: the words are verified, on the site or by a person; otherwise a guess.
        control: the page has a visible, enabled Cancel Request.
        listed: Order Details still shows the dispute as open.
        expected: Order Details certainly led to it before, so its absence means something.
    """

    page: Page
    status: DisputeStatus = DisputeStatus.UNKNOWN
    sure: bool = False
    control: bool = False
    listed: bool = False
    expected: bool = True


class Seen(StrEnum):
    """What one look shows of the dispute."""

    CANCELLED = "cancelled"
    LAGGING = "cancelled, but still on the order"
    CLOSED = "closed"
    GUESSED = "cancelled or closed by a guess at its words"
    OPEN = "open, with Cancel Request"
    STANDING = "open by its words, without Cancel Request"
    OTHER = "ruled on, accepted or refunded"
    GONE = "unknown words, not on the order"
    ABSENT = "no dispute page, not on the order"
    UNCLEAR = "unclear"
    BLIND = "not readable without a human"


class Past(StrEnum):
    """What is known about the request before the look."""

    SENDING = "it was sent in this run"
    EARLY = "it may still be carried out"
    LATE = "too long ago to be carried out still"
    UNSENT = "the run ended before the click"
    KNOWN_DONE = "an earlier run saw it done"
    NOTHING = "nothing is unsettled"


@dataclass(frozen=True)
class Row:
    """One row: if all three fit, the outcome applies."""

    past: frozenset[Past]
    seen: frozenset[Seen]
    answers: frozenset[Answer]
    outcome: Outcome
    reason: str

    def fits(self, past: Past, seen: Seen, answer: Answer) -> bool:
        """True if this row applies."""
        return past in self.past and seen in self.seen and answer in self.answers


@dataclass(frozen=True)
class Verdict:
    """An outcome and its reason, a code of the table."""

    outcome: Outcome
    reason: str


_SENT: Final = frozenset({Past.SENDING, Past.EARLY, Past.LATE})
_NO: Final = frozenset({Answer.FAILURE, Answer.TOKEN, Answer.REJECTED})
_SAYS_FAILED: Final = frozenset({Answer.FAILURE, Answer.TOKEN})
_ANY: Final = frozenset(Answer)
_YES: Final = frozenset({Answer.SUCCESS})
_SHOWN_DONE: Final = frozenset({Seen.CANCELLED, Seen.LAGGING})
_BACKED: Final = frozenset({Seen.CLOSED, Seen.GUESSED, Seen.GONE, Seen.ABSENT})


def _row(
    past: frozenset[Past] | set[Past],
    seen: frozenset[Seen] | set[Seen],
    answers: frozenset[Answer],
    outcome: Outcome,
    reason: str,
) -> Row:
    return Row(frozenset(past), frozenset(seen), answers, outcome, reason)


# The first row that fits decides; if none fits, the outcome is unknown.
TABLE: Final = (
    # "It failed" beside a cancelled dispute: somebody else may have done it.
    _row({Past.SENDING}, _SHOWN_DONE, _SAYS_FAILED, Outcome.UNKNOWN, "pages_against_answer"),
    _row(_SENT, {Seen.CANCELLED}, _ANY, Outcome.DONE, "shown_cancelled"),
    # Two pages of the site disagree: only time can tell.
    _row({Past.LATE}, {Seen.LAGGING}, _ANY, Outcome.DONE, "shown_cancelled"),
    # "Closed" does not say by whom, and a guess at words proves nothing.
    _row(_SENT, {Seen.CLOSED, Seen.GUESSED}, _YES, Outcome.DONE, "closed_and_confirmed"),
    _row(_SENT, {Seen.OPEN, Seen.STANDING, Seen.OTHER}, _NO, Outcome.NOT_DONE, "site_refused"),
    # A withdrawn dispute gets no ruling: page or answer is wrong.
    _row({Past.LATE}, {Seen.OTHER}, _YES, Outcome.UNKNOWN, "pages_against_answer"),
    _row({Past.LATE}, {Seen.OPEN, Seen.OTHER}, _ANY, Outcome.NOT_DONE, "no_effect"),
    _row({Past.UNSENT}, _SHOWN_DONE, _ANY, Outcome.DONE, "shown_cancelled"),
    _row(
        {Past.UNSENT},
        {Seen.OPEN, Seen.STANDING, Seen.OTHER},
        _ANY,
        Outcome.NOT_DONE,
        "never_sent",
    ),
    _row({Past.KNOWN_DONE}, _SHOWN_DONE | _BACKED, _ANY, Outcome.DONE, "known_done"),
    _row({Past.NOTHING}, _SHOWN_DONE, _ANY, Outcome.DONE, "shown_cancelled"),
    _row({Past.NOTHING}, {Seen.OPEN, Seen.OTHER}, _ANY, Outcome.NOT_DONE, "no_effect"),
)
PAGES_WENT_BACK: Final = "pages_went_back"
NOT_DECIDED: Final = Verdict(Outcome.UNKNOWN, "not_decided")


@dataclass(frozen=True)
class Case:
    """What is known about a request before looking at the pages."""

    past: Past
    answer: Answer = Answer.UNCLEAR

    def verdict(self, seen: Seen) -> Verdict:
        """The outcome after one look: a cell of the table."""
        for row in TABLE:
            if row.fits(self.past, seen, self.answer):
                return Verdict(row.outcome, row.reason)
        return NOT_DECIDED

    def hangs_on_the_order(self, look: Look) -> bool:
        """True if Order Details could change the outcome of this look, so wait for it.

        If the site said yes and the dispute's own page says cancelled, what the order shows
        at once is enough: do not wait for a late box.
        """
        shown = [seen_in(replace(look, listed=listed)) for listed in (False, True)]
        if shown[0] is Seen.CANCELLED and self.answer is Answer.SUCCESS:
            return False
        return len({self.verdict(seen).outcome for seen in shown}) > 1


def seen_in(look: Look) -> Seen:
    """What the facts of a look show; unclear if they contradict each other."""
    match look.page:
        case Page.BLOCKED:
            return Seen.BLIND
        case Page.UNREADABLE | Page.FOREIGN:
            return Seen.UNCLEAR
        case Page.NONE:
            return Seen.ABSENT if look.expected and not look.listed else Seen.UNCLEAR
        case Page.OWN:
            return _seen_on_own_page(look)


def _seen_on_own_page(look: Look) -> Seen:
    if look.status in _WITHDRAWN:
        return _seen_withdrawn(look)
    if look.control:
        return Seen.OPEN
    if look.status.is_cancellable:
        return Seen.STANDING
    if look.status is not DisputeStatus.UNKNOWN:
        return Seen.OTHER
    return Seen.UNCLEAR if look.listed else Seen.GONE


def _seen_withdrawn(look: Look) -> Seen:
    if look.control:
        return Seen.UNCLEAR  # its words say it is over, but Cancel Request is still there
    if look.status == "cancelled" and look.sure:
        return Seen.LAGGING if look.listed else Seen.CANCELLED
    if look.listed:
        return Seen.UNCLEAR
    return Seen.CLOSED if look.sure else Seen.GUESSED


def concluded(looks: Sequence[Seen], case: Case) -> Verdict | None:
    """What the looks so far prove; ``None`` while another look is needed.

    An outcome needs two equal looks in a row. Pages that show a dispute open after showing
    it withdrawn prove nothing, nor does a page behind a captcha.
    """
    if not looks:
        return None
    if looks[-1] is Seen.BLIND:
        return Verdict(Outcome.UNKNOWN, "human_needed")
    if _went_back(looks):
        return Verdict(Outcome.UNKNOWN, PAGES_WENT_BACK)
    if len(looks) > 1:
        before, last = (case.verdict(seen) for seen in looks[-2:])
        if last.outcome is before.outcome is not Outcome.UNKNOWN:
            return last
    return None


def _went_back(looks: Sequence[Seen]) -> bool:
    over = {*_SHOWN_DONE, Seen.CLOSED, Seen.GUESSED}
    return any(
        before in over and later in {Seen.OPEN, Seen.STANDING, Seen.OTHER}
        for place, before in enumerate(looks)
        for later in looks[place + 1 :]
    )


_OUTCOME_WORDS: Final = {
    Outcome.DONE: "done",
    Outcome.NOT_DONE: "not done",
    Outcome.UNKNOWN: "unknown",
}


def as_markdown() -> str:
    """The table for the documentation."""
    lines = [
        "| the request | the pages show | the site answered | outcome | reason |",
        "|---|---|---|---|---|",
    ]
    lines += [f"| {' | '.join(cells)} |" for cells in _cells()]
    lines.append("| anything else | | | unknown | `not_decided` |")
    return "\n".join(lines)


def _cells() -> Iterator[tuple[str, ...]]:
    for row in TABLE:
        answers = (
            "anything" if row.answers == _ANY else _listed(a for a in Answer if a in row.answers)
        )
        yield (
            _listed(past for past in Past if past in row.past),
            _listed(seen for seen in Seen if seen in row.seen),
            answers,
            _OUTCOME_WORDS[row.outcome],
            f"`{row.reason}`",
        )


def _listed(values: Iterator[StrEnum]) -> str:
    return "; ".join(str(value).replace("_", " ") for value in values)
