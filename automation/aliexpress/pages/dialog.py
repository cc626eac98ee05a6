"""Read the dialog that a cancel opens: what it is about, and its one confirming button.

Its words are unknown (site facts, section 4), so it must mention cancelling a request or
dispute, and nothing that pays the seller or accepts a proposal. Words that are not its text
(names, tooltips, style sheets, pictures) and whatever appeared beside it count too.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct
from selectolax.lexbor import LexborHTMLParser

from automation.aliexpress.pages.dispute import known_labels
from automation.aliexpress.pages.snapshot import (
    PRESSABLE,
    Snapshot,
    ancestors,
    can_be_pressed,
    innermost,
    label_of,
    long_numbers,
    outermost,
    squeezed,
    text_of,
    unique,
)
from automation.aliexpress.pages.text.amounts import amounts_in
from automation.aliexpress.pages.text.names import clash_of, names_of, pictures, unwritten
from automation.aliexpress.pages.text.sentences import (
    means_loss,
    sentences,
    sentences_of,
    stands_in_text,
    warnings_in,
)
from automation.aliexpress.site import Hooks, LabelKind, WordPack
from automation.aliexpress.site.words import WordList, fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from selectolax.lexbor import LexborNode

_FRAMES = "iframe, frame, object, embed"
_LONGEST_LABEL = 40
_LONGEST_BESIDE = 600
# What only looks pressable may be a paragraph; a button's label is not a sentence.
_LONGEST_OTHER = 24
_ENDS = tuple(".!?;…。！？；؟")


class Dialog(Struct, frozen=True):
    """A visible dialog.

    Args:
        words: all its words, including its buttons.
        about_cancel: it is about cancelling this request.
        never: words in it that forbid a confirm.
        confirm: exact label of its one confirming button, empty unless there is exactly one.
        question: its words without its buttons.
        buttons: the labels of its enabled buttons.
        lang: the language of its words.
        warnings: its sentences that say more than its question.
        wants: it asks the buyer to choose or fill in something.
        frame: it shows another page, whose words are not read.
        grows: it is still loading.
        clash: why its confirming button is not pressed: it goes by another name as well.
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
    frame: bool = False
    grows: bool = False
    clash: str = ""

    @property
    def is_safe(self) -> bool:
        """True if its confirm may be clicked once its warnings are accepted."""
        whole = bool(self.confirm) and not (self.wants or self.frame or self.grows or self.clash)
        return self.about_cancel and not self.never and whole


def read_dialogs(
    snapshot: Snapshot, hooks: Hooks, words: WordPack, told: Sequence[str] = ()
) -> list[Dialog]:
    """The visible dialogs of a page; nested ones count as one.

    Args:
        told: ids and amounts that the buyer saw in the plan.
    """
    dialogs = []
    for node in outermost(snapshot.select(hooks.css("modal"))):
        part = Snapshot(snapshot.address, node.html or "", snapshot.lang)
        text = " ".join(filter(None, (text_of(node), *unwritten(node))))
        if not text:
            continue
        question = _question(part, hooks)
        said = _said(part, hooks, words)
        about, never = judge_words(question, text, words, said)
        confirm, buttons, clash = _confirm(part, hooks, words)
        dialogs.append(
            Dialog(
                words=text_of(node),
                about_cancel=about,
                never=never,
                confirm=confirm,
                question=question,
                buttons=buttons,
                lang=words.lang,
                warnings=warnings_in(said, question, words, told),
                wants=bool(part.select(hooks.css("modal_choice"))),
                frame=bool(part.select(_FRAMES)),
                grows=bool(part.select(hooks.css("loading"))),
                clash=clash,
            )
        )
    return dialogs


def appeared(
    before: Snapshot, after: Snapshot, hooks: Hooks, words: WordPack, told: Sequence[str] = ()
) -> tuple[str, ...]:
    """What the page says outside its dialogs and did not say before, beyond plain words.

    Every word counts in a notice, such as a toast or tooltip, and wherever the list of words
    of loss is a guess. Of other parts, which a page fills late for reasons of its own, only
    words of loss count; of its furniture, only those about a dispute. A clock that ticks says
    nothing new.
    """
    old = {_lasting(text) for text in _around(before, hooks, words)}
    fresh = [text for text in _around(after, hooks, words) if _lasting(text) not in old]
    body = set(_around(after.without(hooks.css("furniture")), hooks, words))
    notices = _in_notices(after, hooks)
    heard = [
        text
        for text in fresh
        if text in notices
        or (text in body and (words.is_guess or means_loss(text, words)))
        or _warns_of_cancel(text, words)
    ]
    return warnings_in(heard, "", words, told)


def standing(
    page: Snapshot, label: str, hooks: Hooks, words: WordPack, told: Sequence[str] = ()
) -> tuple[str, ...]:
    """Words of loss that the page prints beside its control, or in a notice, before the click.

    A page also says what else cannot be done, so a notice must speak of cancelling, and words
    beside the control of that, the dispute, the protection or a payment, not of edits.
    People's messages and the page's furniture are not read.

    Args:
        label: the label of the control that withdraws the claim.
    """
    apart = ("modal", "loading", "furniture", "messages")
    body = page.without(", ".join(hooks.css(name) for name in apart))
    notices = (text for node in body.select(hooks.css("notices")) for text in sentences_of(node))
    heard = [each for each in _beside(body, label, hooks, words) if _warns_beside(each, words)]
    heard += [each for each in notices if WordList(words.dialog_verbs).found_in(each)]
    return warnings_in([each for each in heard if means_loss(each, words)], "", words, told)


def _beside(page: Snapshot, label: str, hooks: Hooks, words: WordPack) -> tuple[str, ...]:
    """The sentences of the smallest part around the control that has any, unless it is long."""
    wanted = squeezed(label)
    found = [node for node in page.tree.css("*") if wanted and squeezed(label_of(node)) == wanted]
    for around in ancestors(innermost(found)[0]) if found else ():
        if len(text_of(around)) > _LONGEST_BESIDE:
            break
        if said := _said(Snapshot(page.address, around.html or "", page.lang), hooks, words):
            return said
    return ()


def _warns_beside(text: str, words: WordPack) -> bool:
    about = (*words.dialog_verbs, *words.protection, *words.dialog_paying)
    names = words.dialog_nouns if not WordList(words.edits).found_in(text) else ()
    return bool(WordList((*about, *names)).found_in(text))


def _in_notices(page: Snapshot, hooks: Hooks) -> frozenset[str]:
    """All sentences in parts that are there to tell something, outside dialogs and furniture."""
    beside = page.without(f"{_outside(hooks)}, {hooks.css('furniture')}")
    return frozenset(
        text for node in beside.select(hooks.css("notices")) for text in sentences_of(node)
    )


def _confirm(part: Snapshot, hooks: Hooks, words: WordPack) -> tuple[str, tuple[str, ...], str]:
    """The label of the one confirming button, all labels, and a clash of its names.

    Buttons and links count; anything pressable only if none of them confirms.
    """
    seen: tuple[str, ...] = ()
    listed = words.label(LabelKind.CONFIRM)
    for css in (hooks.css("clickable"), PRESSABLE):
        controls = [n for n in innermost(part.select(css)) if can_be_pressed(n)]
        named = [names for n in controls if (names := names_of(n))]
        buttons = tuple(label_of(n) for n in controls if label_of(n))
        clash = next(filter(None, (clash_of(names, listed) for names in named)), "")
        confirms = known_labels(named, LabelKind.CONFIRM, words)
        if confirms or clash:
            return (confirms[0] if len(confirms) == 1 else ""), buttons, clash
        seen = seen or buttons
    return "", seen, ""


def judge_words(
    question: str, text: str, words: WordPack, said: Sequence[str] = ()
) -> tuple[bool, tuple[str, ...]]:
    """Whether a dialog's question is about a cancel, and the words in it that forbid a confirm.

    A refund of zero forbids it too: no cancel mentions one, but a seller's proposal may.

    Args:
        said: the dialog's sentences; by default those of the question.
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
    """True if a sentence without payment words asks about the cancel.

    Then the site warns of a payment, and the dialog is not about one.
    """
    paying = WordList(words.dialog_paying)
    return any(_is_about(each, words) and not paying.found_in(each) for each in said)


def _said(part: Snapshot, hooks: Hooks, words: WordPack) -> tuple[str, ...]:
    """All sentences of a dialog, without its buttons."""
    tree = LexborHTMLParser(f"<!doctype html><body>{part.html}")
    controls = unique(tree.css(_pressed(hooks)))
    named: list[str] = []
    for node in outermost([each for each in controls if _is_button(each, hooks, words)]):
        named += [each for each in unwritten(node) if means_loss(each, words)]
        node.decompose()
    if tree.body is None:
        return ()
    named += unwritten(tree.body)
    unread = [f"(a picture of {size} pixels that cannot be read)" for size in pictures(tree.body)]
    return (*sentences_of(tree.body), *(s for each in named for s in sentences(each)), *unread)


def _around(page: Snapshot, hooks: Hooks, words: WordPack) -> tuple[str, ...]:
    """All sentences of a page outside its dialogs, without buttons."""
    return _said(page.without(_outside(hooks)), hooks, words)


def _outside(hooks: Hooks) -> str:
    return f"{hooks.css('modal')}, {hooks.css('loading')}"


def _lasting(text: str) -> tuple[str, tuple[str, ...]]:
    """A sentence without its numbers, except for amounts."""
    return re.sub(r"\d+", "0", fold(text)), tuple(amounts_in(text))


def _warns_of_cancel(text: str, words: WordPack) -> bool:
    about = (*words.dialog_verbs, *words.dialog_nouns, *words.protection, *words.author_seller)
    return means_loss(text, words) and bool(WordList(about).found_in(text))


def _is_button(node: LexborNode, hooks: Hooks, words: WordPack) -> bool:
    """True for a button; a paragraph, or a link in a sentence, counts as text."""
    label = label_of(node)
    if node.css_matches(hooks.css("pressed")):
        return len(label) <= _LONGEST_LABEL
    if len(label) > _LONGEST_OTHER or long_numbers(label) or label.endswith(_ENDS):
        return False
    return not (means_loss(label, words) or stands_in_text(node))


def _pressed(hooks: Hooks) -> str:
    small = f"{PRESSABLE}:not({hooks.css('dialog_box')})"
    return f"{hooks.css('clickable')}, {small}"


def _question(part: Snapshot, hooks: Hooks) -> str:
    """Title and text of a dialog without its buttons, whose "Cancel" says nothing about it."""
    asked = part.texts(f"{hooks.css('modal_title')}, {hooks.css('modal_text')}")
    if asked:
        return " ".join(asked)
    return part.without(_pressed(hooks)).text
