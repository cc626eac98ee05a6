"""Every screen that a buyer meets, with the command that shows it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from tests.conftest import GOOD_REASON, QUESTION

if TYPE_CHECKING:
    from collections.abc import Mapping

ORDER: Final = "ORDER"
"""Stands for the number of the first order with a dispute that can be cancelled."""
DIGITS: Final = "DIGITS"
"""Stands for the four digits of it that the consent wants."""
FACTS: Final = "cases.jsonl"
PLEA: Final = "Cancel first, then we refund"
REFUSAL: Final = ("advise", "--because", "seller-promised", "--seller-says", PLEA)
_CONSENT: Final = "This cancels the dispute"


@dataclass(frozen=True)
class Screen:
    """One screen.

    Args:
        title: what it shows, in the words of a caption.
        scenario: the shop on which it runs; none for a command without a site.
        answers: what is typed at its questions.
        until: the screen of the moment when it has this text.
        since: show what follows this text.
        fault: what goes wrong there.
        on_site: false for a command that knows no site.
        before: what the same buyer did first.
    """

    name: str
    title: str
    words: tuple[str, ...]
    scenario: str = ""
    answers: Mapping[str, str | None] = field(default_factory=dict)
    until: str = ""
    since: str = ""
    fault: Mapping[str, str | int] | None = None
    on_site: bool = True
    before: tuple[Screen, ...] = ()


_DONE: Final = {QUESTION: DIGITS}
_CANCEL: Final = ("cancel", ORDER, *GOOD_REASON)
_CANCELLED: Final = Screen(
    "done", "Four digits, and the cancel is done", _CANCEL, "demo", _DONE, since=_CONSENT
)
_PLANNED: Final = Screen("dry-run", "A dry run", (*_CANCEL, "--dry-run"), "demo")
SCREENS: Final = (
    Screen("commands", "All commands", ("--help",)),
    Screen("question", "Advice asks one question at a time", ("advise",), until="Number [10]: "),
    Screen("refusal", "The seller asks to cancel first", REFUSAL),
    Screen("explain", "Everything behind a verdict", (*REFUSAL, "--explain")),
    Screen("facts", "Advice on many cases", ("advise", "--facts", FACTS)),
    Screen("rule", "One rule", ("rules", "seller-promise")),
    Screen("mistake", "A mistyped option", ("advise", "--recieved")),
    Screen("working", "While a page loads", ("list",), "late-cards", until=" 2 s\x1b[0m  my orders"),
    Screen("list", "The open disputes, the next deadline first", ("list",), "demo"),
    Screen(
        "pick", "Without an order: the disputes to pick from", ("cancel", "--dry-run"), "demo",
        until="Number [4]: ", since="\x1b[1mWhich dispute",
    ),
    _PLANNED,
    Screen(
        "refused", "The seller's message on the page is a plea",
        ("cancel", ORDER, "--because", "changed-mind", "--dry-run"), "begging-seller",
    ),
    _CANCELLED,
    Screen(
        "warning", "The site warns", _CANCEL, "warning-dialog", _DONE,
        until="type yes: ", since="The site warns",
    ),
    Screen(
        "several", "Several disputes in one order", (*_CANCEL, "--dry-run"), "several-disputes"
    ),
    Screen("drift", "A page that is not recognised", (*_CANCEL, "--dry-run"), "drifted-dispute"),
    Screen("signed-out", "The site asks to sign in", ("list",), "signed-out"),
    Screen(
        "unknown", "No answer to the request", _CANCEL, "demo", _DONE, since=_CONSENT,
        fault={"at": "cancel", "kind": "reset-before-change", "times": -1},
    ),
    Screen(
        "verify", "What became of it", ("verify", ORDER), "demo", before=(_CANCELLED,),
    ),
    Screen(
        "history", "Earlier attempts", ("history",), "demo", on_site=False,
        before=(_PLANNED, _CANCELLED),
    ),
    Screen("doctor", "What is recognised on the pages", ("doctor", ORDER), "demo"),
)  # fmt: skip
