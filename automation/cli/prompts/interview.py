"""Ask the buyer at a terminal, one question at a time, until the verdict is settled.

``rules.questions`` says what to ask; this module only asks.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from automation.cli.prompts.bare_answer import BareAnswer, bare_answer
from automation.cli.prompts.keyboard import is_waiting, read_line
from automation.cli.screen.terminal import echo, style
from automation.errors import ErrorCode, ExitCode, ToolError
from rules import advise_on_words
from rules.questions import OF_THE_BUYER, OF_THE_BUYER_IN_FULL, next_question, on_good_pages

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from rules import Facts, Verdict
    from rules.questions import Judge, Question

_PATIENCE: Final = 600.0
# Lines that a paste brings at once; no one types another one so soon.
_PASTE: Final = 0.15
_NUMBER: Final = re.compile("[0-9]{1,3}")
_DAYS: Final = re.compile(r"(\d{1,3})\s*(?:d|days?)?", re.IGNORECASE)
_INTRO: Final = "Enter alone takes the answer in [ ], the careful one. Ctrl-C stops."


def interview(
    facts: Facts, questions: Sequence[Question] | None = None, judge: Judge | None = None
) -> Facts:
    """The facts with the buyer's answers; asks nothing if nothing is left to decide.

    Raises:
        ToolError: the terminal was closed, or the buyer gave no answer (exit 6).
    """
    asked: list[str] = []
    while question := next_question(facts, asked, questions, judge):
        if not asked:
            echo(style(_INTRO, "dim"), err=True)
        asked.append(question.name)
        facts = _typed(question, facts) if question.typed else _chosen(question, facts)
    return facts


def on_pages(facts: Facts, accepted: Collection[str] = ()) -> Facts:
    """The same before an order's pages are read: only what no page can answer is asked.

    What the seller wrote is asked only of a buyer who gave no reason, as a part of the interview: a
    call that says all it has to is not held up.
    """

    def judge(known: Facts) -> Verdict:
        return advise_on_words(on_good_pages(known)).accepting(accepted).verdict

    return interview(facts, OF_THE_BUYER if facts.buyer_reason else OF_THE_BUYER_IN_FULL, judge)


def pick(title: str, labels: Sequence[str], default: int | None = None) -> int:
    """The number of the answer that was chosen, counted from 0.

    Args:
        default: what Enter alone chooses; ``None`` if it chooses nothing. The first letters of
            one label choose it too.

    Raises:
        ToolError: as in ``interview``.
    """
    echo(f"\n{style(title, 'bold')}", err=True)
    for number, label in enumerate(labels, start=1):
        echo(f"  {number:>2}  {label}", err=True, hang=6)
    usual = "" if default is None else f" [{default + 1}]"
    while True:
        echo(f"Number{usual}: ", nl=False, err=True)
        words = _line().strip()
        if not words and default is not None:
            return default
        if _NUMBER.fullmatch(words) and 1 <= int(words) <= len(labels):
            return int(words) - 1
        alike = [
            n for n, label in enumerate(labels) if label.casefold().startswith(words.casefold())
        ]
        if words and len(alike) == 1:
            return alike[0]
        echo(f"Type a number from 1 to {len(labels)}.", err=True)


def _chosen(question: Question, facts: Facts) -> Facts:
    labels = [choice.label for choice in question.choices]
    return question.choices[pick(question.text, labels, len(labels) - 1)].change(facts)


def _typed(question: Question, facts: Facts) -> Facts:
    """A typed answer; Enter alone leaves the fact open, as a bare no does, or a second bare yes."""
    echo(f"\n{style(question.text, 'bold')}", err=True)
    if question.note:
        echo(style(question.note, "dim"), err=True)
    while True:
        echo(f"({question.example}): ", nl=False, err=True)
        words = _line() if question.is_moment else _paste()
        text = " ".join(words.split())
        if not text or question.typed is None:
            return facts
        if not question.is_moment:
            return _with_words(question, text, facts)
        if (moment := moment_of(text, facts.now)) is not None:
            return question.typed(facts, moment)
        echo("That is not a date. Type it like 24 Dec 2026, or 12 days.", err=True)


def _with_words(question: Question, text: str, facts: Facts) -> Facts:
    """The facts with what was asked for; a bare yes or no is not it."""
    if bare_answer(text) is BareAnswer.YES:
        echo(f"{question.again}: ", nl=False, err=True)
        text = " ".join(_paste().split())
    if question.typed is None or not text or bare_answer(text) is not None:
        return facts
    return question.typed(facts, text)


def moment_of(text: str, now: datetime | None) -> str | None:
    """A time as it is typed, in ISO 8601: a date, or the whole days that are left."""
    if days := _DAYS.fullmatch(text):
        return (now + timedelta(days=int(days[1]))).isoformat() if now else None
    from automation.cli.options.buyer_words import is_in_reach, typed_moment

    moment = typed_moment(text)
    return moment if moment and is_in_reach(moment) else None


def _line() -> str:
    typed = read_line(_PATIENCE)
    if not typed:
        echo(err=True)
        raise ToolError(
            "no answer", code=ErrorCode.DECLINED, exit_code=ExitCode.DECLINED,
            hint="run it again, or say what you know with options (see --help)",
        )  # fmt: skip
    return typed


def _paste() -> str:
    """One line, and those that were pasted with it."""
    lines = [_line()]
    while is_waiting(_PASTE) and (more := read_line(_PASTE)):
        lines.append(more)
    return "\n".join(lines)
