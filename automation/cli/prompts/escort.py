"""Go with a buyer who presses Cancel Request themselves: what the terminal shows and asks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from automation.aliexpress.request import Escort
from automation.cli.options.folders import site_data_to_write
from automation.cli.prompts.keyboard import forget_typed, read_line, typed_line
from automation.cli.prompts.site_data import is_added
from automation.cli.prompts.status_meanings import STATUS_MEANINGS
from automation.cli.screen.terminal import can_rewrite, echo, is_terminal, rewrite, style, whole
from automation.text import clean_text, minutes_left

if TYPE_CHECKING:
    from pathlib import Path

    from automation.aliexpress.site.additions import Additions
    from automation.aliexpress.walk.held_reads import HeldRead

_LONGEST = 400
_EVERY_SECONDS = 30
_KEEP_SECONDS = 60.0
_ANSWER_SECONDS = 120.0
_INDENT = "    "
_OPEN = ("waiting_seller", "seller_responded", "mediating")


def escort_at_terminal(*, quiet: bool) -> Escort:
    """An escort that speaks on stderr, with ``--json`` too, since the buyer has to act."""
    questions = AskedAtTerminal() if is_terminal() else None
    if quiet:
        return Escort(questions=questions)
    lines = _Lines()
    return Escort(say=lines.say, left=lines.left, questions=questions)


class AskedAtTerminal:
    """A buyer who acts by hand, at a terminal: no answer counts as no."""

    async def may_read(self, page: str, calls: tuple[HeldRead, ...]) -> tuple[HeldRead, ...]:
        """Show what a page asks for and does not get; a yes is too little for a call with an id."""
        nameless = tuple(each for each in calls if not each.names_target)
        allowed = nameless if nameless and await self._lets_through(page, nameless) else ()
        named = [each for each in calls if each.names_target and await self._knows(page, each)]
        return (*allowed, *named)

    async def _lets_through(self, page: str, calls: tuple[HeldRead, ...]) -> bool:
        """Take a typed yes for calls that name nothing."""
        it = "it" if len(calls) == 1 else "them"
        _say_held(page, calls)
        for why in dict.fromkeys(each.why for each in calls):
            echo(why, err=True)
        return await _yes(f"To let {it} through in this run, type yes (Enter: keep {it} back): ")

    async def _knows(self, page: str, call: HeldRead) -> bool:
        """Take the typed name of a call that names the buyer's own order or dispute."""
        _say_held(page, (call,))
        echo(f"It has the number of your own order or dispute in it ({call.says}).", err=True)
        echo(
            "A call with such a number could also change something. This one looks harmless: the page "
            "sends it by itself when you open it, its name only asks, and nothing in it orders a "
            "change. If the page in the window is complete, press Enter.",
            err=True,
        )
        end = call.last_part
        typed = await _line(f"If not, type the end of its name, {end}, to let it through: ")
        if typed and typed.casefold() != end.casefold():
            typed = await _line(f"That is not {end}. Type it again, or press Enter: ")
        if typed.casefold() == end.casefold():
            return True
        echo("It stays held back; the page may lack what it would bring.", err=True)
        return False

    async def meaning_of(self, words: str, choices: tuple[str, ...]) -> str:
        """Let the buyer choose what a status means, as they read it on the page themselves."""
        ordered = [each for each in (*_OPEN, *choices) if each in choices]
        known = dict(enumerate(dict.fromkeys(ordered), 1))
        forget_typed()
        echo(f"\nThe page says about your dispute: {style(words, 'bold')}", err=True)
        echo("dispute-guard does not know these words. What do they mean?", err=True)
        for number, each in known.items():
            echo(f"  {number:>2}  {STATUS_MEANINGS.get(each, each)}", err=True)
        echo(
            "Choose only what you have read yourself: a wrong choice can cost you money.", err=True
        )
        echo("Type its number, or press Enter if you do not know: ", nl=False, err=True)
        typed = (await typed_line(_ANSWER_SECONDS)).strip()
        return known.get(int(typed), "") if typed.isascii() and typed.isdecimal() else ""

    async def was_their_cancel(self, call: str, pressed: str) -> bool:
        """Ask whether the buyer's own press caused a call that names their dispute."""
        forget_typed()
        echo(f"\nYou pressed {style(pressed, 'bold')}. The page then wanted to send", err=True)
        echo(f"  - {style(call, 'bold')}", err=True)
        echo(
            "about your dispute. Nothing in its name says that it cancels, so it was held back.",
            err=True,
        )
        return await _yes(
            "If you pressed Cancel Request and confirmed, type yes; then press it again "
            "(Enter: keep it back): "
        )


def _say_held(page: str, calls: tuple[HeldRead, ...]) -> None:
    """Say what a page asks for and does not get."""
    it = "it" if len(calls) == 1 else "them"
    forget_typed()
    echo(f"\n{page[:1].upper()}{page[1:]} may show too little: it asks the site for", err=True)
    for each in calls:
        echo(f"  - {style(each.name, 'bold')}", err=True)
    echo(f"which was held back, since dispute-guard does not know {it}.", err=True)


async def _yes(question: str) -> bool:
    return (await _line(question)).casefold() == "yes"


async def _line(question: str) -> str:
    echo(question, nl=False, err=True)
    return (await typed_line(_ANSWER_SECONDS)).strip()


@dataclass
class _Lines:
    """The lines of one run; the countdown is one that changes, where that is possible."""

    _last: int = 0

    def say(self, text: str) -> None:
        echo(f"          {clean_text(text, _LONGEST)}", err=True)

    def left(self, what: str, seconds: int) -> None:
        """Count down; in a file or pipe, say it every half minute."""
        line = f"{what}: {minutes_left(seconds)} left"
        if can_rewrite():
            rewrite(f"          {line}")
        elif not self._last - _EVERY_SECONDS < seconds <= self._last:
            self._last = seconds
            self.say(line)


def offer_to_keep(learned: Additions, given: Path | None) -> None:
    """Ask at a terminal whether to add what a cancel by hand taught to the site data.

    A file that cannot take it changes no outcome: the lines are on the screen.

    Args:
        given: the file of ``--site-data``.
    """
    if not learned or not is_terminal():
        return
    path = site_data_to_write(given)
    forget_typed()
    echo(f"To keep these lines in {whole(path)}, type yes: ", nl=False, err=True)
    if read_line(_KEEP_SECONDS).strip().casefold() == "yes":
        is_added(path, learned, done="kept in")
