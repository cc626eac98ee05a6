"""What a cancel by hand teaches: the control and the dialog that were used, as site data."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Final

from selectolax.lexbor import LexborHTMLParser

from automation.aliexpress.pages.dialog import judge_words
from automation.aliexpress.site import LabelKind
from automation.aliexpress.site.additions import Additions
from automation.text import clean_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from automation.aliexpress.site import Hooks, WordPack
    from automation.engine.human import Marks, Press

_LONGEST_LABEL: Final = 60
_LONGEST_QUESTION: Final = 400
# ``module--element--HASH``: the hash changes with every release of the site.
_HASHED: Final = re.compile(r"([A-Za-z][\w-]*?--[A-Za-z][\w-]*?--)[\w-]+")
_PLAIN: Final = re.compile(r"[A-Za-z]+(?:[-_][A-Za-z]+\d?)*")


def leading(presses: Sequence[Press]) -> tuple[Press, ...]:
    """The presses that led to the last one: from the control, through its dialog.

    A second click on the same element counts once. Clicks beside any control count only if
    there were no others: the control may be an element that looks like text.
    """
    sure = [each for each in presses if each.control] or list(presses)
    led: list[Press] = []
    for each in reversed([x for n, x in enumerate(sure) if n == 0 or x != sure[n - 1]]):
        led.insert(0, each)
        if not each.dialog:
            break
    return tuple(led)


def selector_of(marks: Marks) -> str:
    """A selector in the style of the hooks: stems of hashed classes, never a position."""
    stems = [found[1] for name in marks.classes if (found := _HASHED.fullmatch(name))]
    if stems:
        return f"[class*='{stems[0]}']"
    if mark := marks.data.get("data-pl"):
        return f"[data-pl='{mark}']" if re.fullmatch(r"\w+", mark) else marks.tag
    plain = [name for name in marks.classes if _PLAIN.fullmatch(name)]
    if plain:
        return f".{plain[0]}"
    if re.fullmatch("[a-z]+", marks.role):
        return f"[role='{marks.role}']"
    return marks.tag if re.fullmatch(r"[a-z][a-z0-9-]*", marks.tag) else "*"


def taught_by(
    led: Sequence[Press], native: Sequence[str], pack: WordPack, hooks: Hooks
) -> Additions:
    """What would let the tool press these itself, without what it knows.

    Args:
        led: the presses from the control to the confirm.
        native: the words of the native dialogs on the way.
    """
    if not led:
        return Additions()
    control, confirm = led[0], led[-1]
    question = confirm.dialog or next(iter(native[-1:]), "")
    words = {
        f"labels.{LabelKind.CANCEL_REQUEST}": _label(control.words, LabelKind.CANCEL_REQUEST, pack),
        "dialog_questions": _question(question, pack),
        f"labels.{LabelKind.CONFIRM}": _label(confirm.words, LabelKind.CONFIRM, pack)
        if confirm.dialog
        else (),
    }
    around = confirm.around
    new = around is not None and not _matches(around, hooks.css("modal"))
    return Additions(
        words={pack.lang: {key: texts for key, texts in words.items() if texts}},
        hooks={"modal": (selector_of(around),)} if around is not None and new else {},
    )


def permitting(api: str) -> Additions:
    """Site data by which a permit fits a call whatever its words."""
    return Additions(traffic={"permitted_apis": (clean_text(api, 200),)})


def _label(words: str, kind: LabelKind, pack: WordPack) -> tuple[str, ...]:
    """A label; none for one that is known, too long, or must never be pressed."""
    shown = clean_text(words, _LONGEST_LABEL + 1)
    known = shown in pack.label(kind) and pack.may_act_on(shown)
    taken = not shown or known or len(shown) > _LONGEST_LABEL or _never(shown, pack)
    return () if taken else (shown,)


def _question(words: str, pack: WordPack) -> tuple[str, ...]:
    shown = clean_text(words, _LONGEST_QUESTION + 1)
    if not shown or len(shown) > _LONGEST_QUESTION or _never(shown, pack):
        return ()
    about, _ = judge_words(shown, shown, pack)
    return () if about and pack.may_act_on(shown) else (shown,)


def _never(words: str, pack: WordPack) -> bool:
    return bool(judge_words(words, words, pack)[1])


def _matches(marks: Marks, css: str) -> bool:
    """True if an element with these marks matches the selectors."""
    told = {"class": " ".join(marks.classes), "role": marks.role, **marks.data}
    attributes = " ".join(f'{name}="{html.escape(value)}"' for name, value in told.items() if value)
    tag = marks.tag if marks.tag != "dialog" else "dialog open"
    found = LexborHTMLParser(f"<body><{tag} {attributes}></{marks.tag}>").css(css)
    return bool(found)
