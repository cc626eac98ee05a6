"""The dialog that a cancel opens: what it is about, and its one confirming button.

Its words are unknown (site facts, section 4), so it must speak of cancelling a
request or dispute, and of nothing that pays the seller or accepts a proposal.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from selectolax.lexbor import LexborHTMLParser

from automation.pages.amounts import amounts_in
from automation.pages.dispute import known_labels
from automation.pages.sentences import (
    means_loss,
    sentences,
    sentences_of,
    stands_in_text,
    warnings_in,
)
from automation.pages.snapshot import (
    PRESSABLE,
    Snapshot,
    can_be_pressed,
    innermost,
    label_of,
    long_numbers,
    outermost,
    text_of,
    unique,
)
from automation.site import Hooks, LabelKind, WordPack
from automation.site.words import WordList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from selectolax.lexbor import LexborNode

_REAL_BUTTON = "button, [role='button'], input"
_LONGEST_LABEL = 40
# What only looks as if it could be pressed may be a paragraph; a button's words are no sentence.
_LONGEST_OTHER = 24
_ENDS = tuple(".!?;…。！？；؟")


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
        warnings: its sentences that say more than its question.
        wants: it wants something chosen or filled in.
        grows: it says that it is still loading.
    """

    words: str
    about_cancel: bool
    never: tuple[str, ...]
    confirm: str
    question: str = ""
    buttons: tuple[str, ...] = ()
    lang: str = "en"
    warnings: tuple[str, ...] = ()
    wants: bool = False
    grows: bool = False

    @property
    def is_safe(self) -> bool:
        """True if its confirm may be clicked, once its warnings are accepted."""
        whole = bool(self.confirm) and not (self.wants or self.grows)
        return self.about_cancel and not self.never and whole


def read_dialogs(
    snapshot: Snapshot, hooks: Hooks, words: WordPack, told: Sequence[str] = ()
) -> list[Dialog]:
    """The visible dialogs of a page; nested parts of one are one.

    Args:
        told: ids and amounts that the buyer has seen in the plan.
    """
    dialogs = []
    for node in outermost(snapshot.select(hooks.css("modal"))):
        part = Snapshot(snapshot.address, node.html or "", snapshot.lang)
        text = text_of(node)
        if not text:
            continue
        question = _question(part, hooks)
        said = _said(part, hooks, words)
        about, never = judge_words(question, text, words, said)
        confirm, buttons = _confirm(part, hooks, words)
        dialogs.append(
            Dialog(
                words=text,
                about_cancel=about,
                never=never,
                confirm=confirm,
                question=question,
                buttons=buttons,
                lang=words.lang,
                warnings=warnings_in(said, question, words, told),
                wants=bool(part.select(hooks.css("modal_choice"))),
                grows=bool(part.select(hooks.css("loading"))),
            )
        )
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


def judge_words(
    question: str, text: str, words: WordPack, said: Sequence[str] = ()
) -> tuple[bool, tuple[str, ...]]:
    """Whether a dialog's question is about a cancel, and the words in it that forbid a confirm.

    A refund of nothing is named by no cancel: it is what a seller's proposal looks like.

    Args:
        said: the sentences of the dialog, where more is known of them than the question's stops.
    """
    never = WordList(words.dialog_never).found_in(text)
    nothing = [amount for amount in amounts_in(text) if not re.search("[1-9]", amount)]
    paying = WordList(words.dialog_paying).found_in(text)
    if paying and not _asks_apart(said or tuple(sentences(question)), words):
        never += paying
    known = question in WordList(words.dialog_questions)
    return known or _is_about(question, words), (*never, *nothing)


def _is_about(text: str, words: WordPack) -> bool:
    verbs = WordList(words.dialog_verbs).found_in(text)
    return bool(verbs and WordList(words.dialog_nouns).found_in(text))


def _asks_apart(said: Sequence[str], words: WordPack) -> bool:
    """True if a sentence without words of payment asks about the cancel.

    Then the payment is what the site warns of, and not what the dialog is for.
    """
    paying = WordList(words.dialog_paying)
    return any(_is_about(each, words) and not paying.found_in(each) for each in said)


def _said(part: Snapshot, hooks: Hooks, words: WordPack) -> tuple[str, ...]:
    """All sentences of a dialog, wherever in it they stand, but the words of its buttons."""
    tree = LexborHTMLParser(f"<!doctype html><body>{part.html}")
    controls = unique(tree.css(_pressed(hooks)))
    for node in outermost([each for each in controls if _is_button(each, words)]):
        node.decompose()
    return sentences_of(tree.body) if tree.body else ()


def _is_button(node: LexborNode, words: WordPack) -> bool:
    """True for a control; a whole paragraph, or a link in a sentence, is read whatever it does."""
    label = label_of(node)
    if node.css_matches(_REAL_BUTTON):
        return len(label) <= _LONGEST_LABEL
    if len(label) > _LONGEST_OTHER or long_numbers(label) or label.endswith(_ENDS):
        return False
    return not (means_loss(label, words) or stands_in_text(node))


def _pressed(hooks: Hooks) -> str:
    small = f"{PRESSABLE}:not({hooks.css('dialog_box')})"
    return f"{hooks.css('clickable')}, {small}"


def _question(part: Snapshot, hooks: Hooks) -> str:
    """Title and text of a dialog without its buttons; a button "Cancel" says nothing about it."""
    asked = part.texts(f"{hooks.css('modal_title')}, {hooks.css('modal_text')}")
    if asked:
        return " ".join(asked)
    return part.without(_pressed(hooks)).text
