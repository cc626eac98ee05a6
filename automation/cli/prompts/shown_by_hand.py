"""The person who teaches: at a terminal they are asked; elsewhere they only click."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

from automation.cli.prompts.keyboard import forget_typed, typed_line
from automation.cli.prompts.site_data import is_added
from automation.cli.prompts.status_meanings import STATUS_MEANINGS
from automation.cli.screen.terminal import echo, is_terminal, style

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from automation.aliexpress.site.additions import Additions
    from automation.aliexpress.walk.held_reads import HeldRead

SECONDS: Final = 180.0
_HANG: Final = 4


class AtTerminal(Struct, frozen=True):
    """Asks one question at a time; no answer means no.

    Args:
        site_data: the file that learns.
        opens: Cancel Request may be pressed without asking, to see its dialog.
    """

    site_data: Path
    opens: bool = False

    def tell(self, line: str) -> None:
        """Say something, also with --json or --quiet: the human has to know what to click."""
        echo(f"          {line}", err=True)

    async def allows(self, page: str, held: Sequence[HeldRead]) -> bool:
        """Ask about calls that name nothing; elsewhere, say how to let them through."""
        if not is_terminal():
            allow = " ".join(f"--allow-read {each.name}" for each in held)
            self.tell(f"If the page looks incomplete, repeat the command with {allow}")
            return False
        one = len(held) == 1
        it = "it" if one else "them"
        self._ask(
            f"{page[:1].upper()}{page[1:]} asked for {'something' if one else 'things'} that dispute-guard "
            f"does not know, and held {it} back:"
        )
        for each in held:
            echo(f"  - {style(each.name, 'bold')}", err=True, wrap=False)
            echo(f"    {each.why}", err=True, hang=_HANG)
        echo("Look at the window. If the page there is complete, press Enter.", err=True)
        return await self._yes(
            f"If it is empty or unfinished, type yes to let {it} through and load it again"
        )

    async def lists(self, held: HeldRead) -> Additions | None:
        """Ask for the name of a call that names the order; a yes is too little for it."""
        from automation.aliexpress.site.additions import Additions

        line = Additions(traffic={"reads": (held.name,)})
        if not is_terminal():
            self.tell(f"If the page looks incomplete, check this line: {line.lines[0]}")
            return None
        self._ask(
            f"The page also asked for {style(held.name, 'bold')}, with the number of your own order "
            f"or dispute in it ({held.says})."
        )
        echo(
            "dispute-guard holds back every call with such a number, since it could also change something. "
            "This one looks harmless: the page sends it by itself when you open it, as in your own "
            "browser, its name only asks, and nothing in it orders a change.",
            err=True,
        )
        echo(
            "Look at the window. If the page there is complete, press Enter. If it is empty or unfinished,",
            err=True,
        )
        echo(f"your site data can list it as a call that reads, in {self.site_data}:", err=True)
        echo(f"    {line.lines[0]}", err=True, wrap=False)
        typed = await self._line(f"To write that line, type the end of its name, {held.last_part}")
        if not typed or typed != held.last_part:  # a name may end with a dot
            return None
        return line if is_added(self.site_data, line) else None

    async def which(self, disputes: Sequence[str]) -> int | None:
        """Let them choose a dispute by its number."""
        if not is_terminal():
            return None
        self._ask(f"This order has {len(disputes)} ways to a dispute:")
        return await self._number(
            disputes, "Which one? Type its number, or press Enter for the first"
        )

    async def shows_more(self, names: Sequence[str]) -> bool:
        """Ask whether they want to show parts that a cancel can do without."""
        if not is_terminal():
            return False
        self._ask(f"Not known either, but a cancel can do without: {', '.join(names)}.")
        return await self._yes("Type yes to show this too, or press Enter to go on")

    async def agrees_on_row(self, question: str, row: str) -> bool:
        """Ask whether a row means that; false without a terminal."""
        if not is_terminal():
            return False
        self._ask(f"You clicked: {style(row, 'bold')}")
        echo(question, err=True)
        return await self._yes("Type yes, or press Enter if not, or if you are not sure")

    async def meaning_of(self, words: str, choices: Sequence[str]) -> str:
        """Let the buyer choose a status by its number; anything else means: not known."""
        if not is_terminal():
            return ""
        self._ask(f"The status of your dispute is: {style(words, 'bold')}")
        echo("What does it mean?", err=True)
        shown = [STATUS_MEANINGS.get(each, each) for each in choices]
        chosen = await self._number(
            shown,
            "Choose only what you are sure of: a wrong choice can cost you money.\n"
            "Type its number, or press Enter if you do not know",
        )
        return "" if chosen is None else choices[chosen]

    async def agrees_on_question(self, question: str) -> bool:
        """Whether the dialog asks only about this cancel; false without a terminal."""
        if not is_terminal():
            return False
        self._ask(f"The dialog asks: {style(question, 'bold')}")
        return await self._yes(
            "Type yes if it asks whether to cancel this request, and nothing else; press Enter if "
            "not, or if you are not sure"
        )

    async def agrees_to_open_dialog(self, label: str) -> bool:
        """Whether Cancel Request may be pressed to see its dialog."""
        if self.opens or not is_terminal():
            return self.opens
        self._ask(
            f"To learn its dialog, '{label}' has to be pressed once. Nothing in the dialog is pressed, "
            "and no request that changes something is let through."
        )
        return await self._yes("Type yes to see the dialog, or press Enter to leave it out")

    def _ask(self, words: str) -> None:
        forget_typed()
        echo(f"\n{words}", err=True)

    async def _number(self, shown: Sequence[str], ask: str) -> int | None:
        """The place of what they choose, from 0."""
        for number, each in enumerate(shown, 1):
            echo(f"  {number:>2}  {each}", err=True)
        typed = await self._line(ask)
        known = {str(number): number - 1 for number in range(1, len(shown) + 1)}
        return known.get(typed)

    async def _yes(self, ask: str) -> bool:
        return (await self._line(ask)).casefold() == "yes"

    async def _line(self, ask: str) -> str:
        echo(f"{ask}: ", nl=False, err=True)
        return (await typed_line(SECONDS)).strip()
