"""The dialog that a cancel opens: what it is about, and its one confirming button.

Its words are unknown (site facts, section 4), so it must speak of cancelling a
request or dispute, and of nothing that pays the seller or accepts a proposal.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from automation.pages.amounts import amounts_in
from automation.pages.dispute import known_labels
from automation.pages.snapshot import (
    PRESSABLE,
    Snapshot,
    can_be_pressed,
    innermost,
    label_of,
    outermost,
    text_of,
)
from automation.site import Hooks, LabelKind, WordPack
from automation.site.words import WordList


@dataclass(frozen=True)
class Dialog:
    """A visible dialog.

    Args:
        words: all of its words, buttons included.
        about_cancel: it speaks of cancelling this request and of nothing else.
        never: words in it that forbid a confirm.
        confirm: exact words of its one confirming button, empty unless there is just one.
        question: its words without those of its buttons.
        buttons: the words of its enabled buttons.
        lang: the language of its words.
    """

    words: str
    about_cancel: bool
    never: tuple[str, ...]
    confirm: str
    question: str = ""
    buttons: tuple[str, ...] = ()
    lang: str = "en"

    @property
    def is_safe(self) -> bool:
        """True if its confirm may be clicked."""
        return self.about_cancel and not self.never and bool(self.confirm)


def read_dialogs(snapshot: Snapshot, hooks: Hooks, words: WordPack) -> list[Dialog]:
    """The visible dialogs of a page; nested parts of one are one."""
    dialogs = []
    for node in outermost(snapshot.select(hooks.css("modal"))):
        part = Snapshot(snapshot.address, node.html or "", snapshot.lang)
        text = text_of(node)
        if not text:
            continue
        question = _question(part, hooks)
        about, never = judge_words(question, text, words)
        confirm, buttons = _confirm(part, hooks, words)
        dialogs.append(Dialog(text, about, never, confirm, question, buttons, words.lang))
    return dialogs


def _confirm(part: Snapshot, hooks: Hooks, words: WordPack) -> tuple[str, tuple[str, ...]]:
    """The words of the one button that confirms, and of all buttons.

    Buttons and links count; only where none of them confirms, what looks pressable.
    """
    seen: tuple[str, ...] = ()
    for css in (hooks.css("clickable"), PRESSABLE):
        controls = [n for n in innermost(part.select(css)) if can_be_pressed(n)]
        buttons = tuple(label_of(n) for n in controls if label_of(n))
        confirms = known_labels(buttons, LabelKind.CONFIRM, words)
        if confirms:
            return (confirms[0] if len(confirms) == 1 else ""), buttons
        seen = seen or buttons
    return "", seen


def judge_words(question: str, text: str, words: WordPack) -> tuple[bool, tuple[str, ...]]:
    """Whether a dialog's question is about a cancel, and the words in it that forbid a confirm.

    A refund of nothing is named by no cancel: it is what a seller's proposal looks like.
    """
    verbs = WordList(words.dialog_verbs).found_in(question)
    nouns = WordList(words.dialog_nouns).found_in(question)
    never = WordList(words.dialog_never).found_in(text)
    nothing = [amount for amount in amounts_in(text) if not re.search("[1-9]", amount)]
    known = question in WordList(words.dialog_questions)
    return known or bool(verbs and nouns), (*never, *nothing)


def _question(part: Snapshot, hooks: Hooks) -> str:
    """Title and text of a dialog without its buttons; a button "Cancel" says nothing about it."""
    asked = part.texts(f"{hooks.css('modal_title')}, {hooks.css('modal_text')}")
    if asked:
        return " ".join(asked)
    small = f"{PRESSABLE}:not({hooks.css('dialog_box')})"
    return part.without(f"{hooks.css('clickable')}, {small}").text
