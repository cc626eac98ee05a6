"""Decide what became of one irreversible request, by one table for every site and command.

Pure functions over values. A look at freshly loaded pages becomes a ``Seen``. Together with
what is known about the request (``Past``) and the site's answer (``Reply``), it gives a
``Verdict`` from ``TABLE``. If no row fits, the outcome is unknown.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from msgspec import Struct
from msgspec.structs import replace

from automation.errors import ExitCode

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# Timeout, conflict, rate limit, sign-in or a closed connection: the request may still be
# carried out, or an earlier try of a gateway may have done it.
MAY_BE_UNDER_WAY: Final = frozenset({401, 407, 408, 409, 423, 425, 429, 499})


class Outcome(StrEnum):
    """What became of the target."""

    DONE = "done"
    NOT_DONE = "not_done"
    UNKNOWN = "unknown"


EXIT_CODES: Final = {
    Outcome.DONE: ExitCode.OK,
    Outcome.NOT_DONE: ExitCode.FAILED,
    Outcome.UNKNOWN: ExitCode.UNKNOWN_OUTCOME,
}
"""How a process ends that reports an outcome."""


class Sent(StrEnum):
    """What the run sent that could change anything; printed once, at the end of the run."""

    NOTHING = "nothing"
    ONE = "one_request"
    MAYBE = "maybe_one_request"

    @property
    def words(self) -> str:
        """The claim as text."""
        return _WORDS[self]


_WORDS: Final = {
    Sent.NOTHING: "nothing was sent",
    Sent.ONE: "one request was sent",
    Sent.MAYBE: "one request may have been sent",
}


class Reply(StrEnum):
    """What the site answered; only fresh pages decide what became of the target."""

    SUCCESS = "success"
    FAILURE = "failure"  # the site's application says that it failed
    TOKEN = "token"  # noqa: S105  the gateway wants a fresh token, and did not pass the request on
    REJECTED = "rejected"  # an HTTP error 4xx, from the site or something in between
    PLAIN = "plain"  # neither an error nor a verdict, such as the page after a form
    MIXED = "mixed"  # both yes and no
    SECOND = "second"  # the answer to the first of two requests; the second was held back
    UNCLEAR = "unclear"

    @property
    def says_no(self) -> bool:
        """True if the site answered that it failed."""
        return self in {Reply.FAILURE, Reply.TOKEN, Reply.REJECTED}


class Page(StrEnum):
    """What the target's address leads to."""

    OWN = "own"  # the page of this target
    NONE = "none"  # no longer one: another page, or one that says so
    FOREIGN = "foreign"  # data of another target
    UNREADABLE = "unreadable"  # it did not load, stayed blank or was not recognised
    BLOCKED = "blocked"  # a captcha, a sign-in, or a lost browser


class State(StrEnum):
    """What the words on the target's own page mean for the request."""

    DONE = "done"  # they say what the request asked for
    OVER = "over"  # it is over, but they do not say by whom
    OPEN = "open"  # as before the request
    OTHER = "other"  # something else became of it
    UNKNOWN = "unknown"  # no list has the words


class Look(Struct, frozen=True):
    """The facts of one look at fresh pages.

    Args:
        state: what the page's words mean.
        sure: the words are verified, on the site or by a person; otherwise a guess.
        control: the page has the visible, enabled control that the request was made with.
        listed: another page of the site still shows the target as before.
        expected: that page certainly led to it before, so its absence means something.
    """

    page: Page
    state: State = State.UNKNOWN
    sure: bool = False
    control: bool = False
    listed: bool = False
    expected: bool = True


class Seen(StrEnum):
    """What one look shows of the target."""

    SHOWN = "done"
    LAGGING = "done, but another page still shows it as before"
    OVER = "over, without saying by whom"
    GUESSED = "done or over, by a guess at its words"
    OPEN = "as before, with its control"
    STANDING = "as before by its words, without its control"
    OTHER = "something else became of it"
    GONE = "unknown words, no longer listed"
    ABSENT = "no page of its own, no longer listed"
    UNCLEAR = "unclear"
    BLIND = "not readable without a human"

    @property
    def is_over(self) -> bool:
        """True if the target's own page says that it is done or over."""
        return self in {Seen.SHOWN, Seen.LAGGING, Seen.OVER, Seen.GUESSED}


class Past(StrEnum):
    """What is known about the request before the look."""

    SENDING = "it was sent in this run"
    EARLY = "it may still be carried out"
    LATE = "too long ago to be carried out still"
    UNSENT = "the run ended before the click"
    KNOWN_DONE = "an earlier run saw it done"
    NOTHING = "nothing is unsettled"


class Row(Struct, frozen=True):
    """One row: if all three fit, the outcome applies."""

    past: frozenset[Past]
    seen: frozenset[Seen]
    answers: frozenset[Reply]
    outcome: Outcome
    reason: str

    def fits(self, past: Past, seen: Seen, answer: Reply) -> bool:
        """True if this row applies."""
        return past in self.past and seen in self.seen and answer in self.answers


class Verdict(Struct, frozen=True):
    """An outcome and its reason, a code of the table."""

    outcome: Outcome
    reason: str


_SENT: Final = frozenset({Past.SENDING, Past.EARLY, Past.LATE})
_NO: Final = frozenset({Reply.FAILURE, Reply.TOKEN, Reply.REJECTED})
_SAYS_FAILED: Final = frozenset({Reply.FAILURE, Reply.TOKEN})
_ANY: Final = frozenset(Reply)
_YES: Final = frozenset({Reply.SUCCESS})
_SHOWN_DONE: Final = frozenset({Seen.SHOWN, Seen.LAGGING})
_BACKED: Final = frozenset({Seen.OVER, Seen.GUESSED, Seen.GONE, Seen.ABSENT})


def _row(
    past: frozenset[Past] | set[Past],
    seen: frozenset[Seen] | set[Seen],
    answers: frozenset[Reply],
    outcome: Outcome,
    reason: str,
) -> Row:
    return Row(frozenset(past), frozenset(seen), answers, outcome, reason)


# The first row that fits decides; if none fits, the outcome is unknown.
TABLE: Final = (
    # "It failed" beside a target that is done: somebody else may have done it.
    _row({Past.SENDING}, _SHOWN_DONE, _SAYS_FAILED, Outcome.UNKNOWN, "pages_against_answer"),
    _row(_SENT, {Seen.SHOWN}, _ANY, Outcome.DONE, "shown_done"),
    # Two pages of the site disagree: only time can tell.
    _row({Past.LATE}, {Seen.LAGGING}, _ANY, Outcome.DONE, "shown_done"),
    # "Over" does not say by whom, and a guess at words proves nothing.
    _row(_SENT, {Seen.OVER, Seen.GUESSED}, _YES, Outcome.DONE, "over_and_confirmed"),
    _row(_SENT, {Seen.OPEN, Seen.STANDING, Seen.OTHER}, _NO, Outcome.NOT_DONE, "site_refused"),
    # What is done gets no other end: page or answer is wrong.
    _row({Past.LATE}, {Seen.OTHER}, _YES, Outcome.UNKNOWN, "pages_against_answer"),
    _row({Past.LATE}, {Seen.OPEN, Seen.OTHER}, _ANY, Outcome.NOT_DONE, "no_effect"),
    _row({Past.UNSENT}, _SHOWN_DONE, _ANY, Outcome.DONE, "shown_done"),
    _row(
        {Past.UNSENT},
        {Seen.OPEN, Seen.STANDING, Seen.OTHER},
        _ANY,
        Outcome.NOT_DONE,
        "never_sent",
    ),
    _row({Past.KNOWN_DONE}, _SHOWN_DONE | _BACKED, _ANY, Outcome.DONE, "known_done"),
    _row({Past.NOTHING}, _SHOWN_DONE, _ANY, Outcome.DONE, "shown_done"),
    _row({Past.NOTHING}, {Seen.OPEN, Seen.OTHER}, _ANY, Outcome.NOT_DONE, "no_effect"),
)
PAGES_WENT_BACK: Final = "pages_went_back"
NOT_DECIDED: Final = Verdict(Outcome.UNKNOWN, "not_decided")


class Case(Struct, frozen=True):
    """What is known about a request before looking at the pages."""

    past: Past
    answer: Reply = Reply.UNCLEAR

    def verdict(self, seen: Seen) -> Verdict:
        """The outcome after one look: a cell of the table."""
        for row in TABLE:
            if row.fits(self.past, seen, self.answer):
                return Verdict(row.outcome, row.reason)
        return NOT_DECIDED

    def hangs_on_the_list(self, look: Look) -> bool:
        """True if another page could change the outcome of this look, so wait for it.

        If the site said yes and the target's own page says so too, what the other page
        shows at once is enough: do not wait for its late parts.
        """
        shown = [seen_in(replace(look, listed=listed)) for listed in (False, True)]
        if shown[0] is Seen.SHOWN and self.answer is Reply.SUCCESS:
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
    match look.state:
        case State.DONE | State.OVER:
            return _seen_over(look)
        case State.OPEN | State.OTHER | State.UNKNOWN if look.control:
            return Seen.OPEN
        case State.OPEN:
            return Seen.STANDING
        case State.OTHER:
            return Seen.OTHER
        case State.UNKNOWN:
            return Seen.UNCLEAR if look.listed else Seen.GONE


def _seen_over(look: Look) -> Seen:
    if look.control:
        return Seen.UNCLEAR  # its words say that it is over, but the control is still there
    if look.state is State.DONE and look.sure:
        return Seen.LAGGING if look.listed else Seen.SHOWN
    if look.listed:
        return Seen.UNCLEAR
    return Seen.OVER if look.sure else Seen.GUESSED


def concluded(looks: Sequence[Seen], case: Case) -> Verdict | None:
    """What the looks so far prove; ``None`` while another look is needed.

    An outcome needs two equal looks in a row. Pages that show the target as before after
    showing it done prove nothing, nor does a page behind a captcha.
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
    return any(
        before.is_over and later in {Seen.OPEN, Seen.STANDING, Seen.OTHER}
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
            "anything" if row.answers == _ANY else _listed(a for a in Reply if a in row.answers)
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
