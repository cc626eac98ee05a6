"""What a cancel by hand teaches, as site data: the way, the control, the dialog, what they mean."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Final

from selectolax.lexbor import LexborHTMLParser

from automation.aliexpress.pages.dialog import judge_words
from automation.aliexpress.pages.landmarks import LANDMARKS, is_about
from automation.aliexpress.pages.redaction.selectors import selectors_of
from automation.aliexpress.pages.snapshot import (
    ancestors,
    long_numbers,
    squeezed,
    text_of,
)
from automation.aliexpress.site import LabelKind
from automation.aliexpress.site.additions import Additions, with_additions
from automation.aliexpress.site.addresses import split_address
from automation.text import clean_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from selectolax.lexbor import LexborNode

    from automation.aliexpress.pages.landmarks import Landmark, Seen
    from automation.aliexpress.site import Hooks, WordPack
    from automation.aliexpress.walk.held_reads import HeldRead
    from automation.engine.human import Marks, Press
    from automation.engine.session.picker import Element

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

    Words that a browser translated are not the site's, so none of them is kept.

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
    if any(press.translated for press in led):
        words = {}
    around = confirm.around
    new = around is not None and not _matches(around, hooks.css("modal"))
    return Additions(
        words={pack.lang: {key: texts for key, texts in words.items() if texts}},
        hooks={"modal": (selector_of(around),)} if around is not None and new else {},
    )


def reading(calls: Iterable[HeldRead]) -> Additions:
    """Site data by which calls are reads: known ones, if they say what they are about."""
    known = tuple(each.name for each in calls if each.names_target)
    allowed = tuple(each.name for each in calls if not each.names_target)
    lists = {"reads": known, "allowed_reads": allowed}
    return Additions(traffic={name: names for name, names in lists.items() if names})


def hook_of_number(landmark: Landmark, seen: Seen) -> Additions:
    """A hook for the part of a page that has the order's number, found without anybody's help.

    It is taken only if the reader then finds the order by it, and nothing else by mistake.
    """
    chain = _around_number(seen)
    if landmark.widest:
        mine = [node for node in chain if set(long_numbers(text_of(node))) == {seen.order_id}]
        chain = mine[::-1]
    for node in chain:
        attributes = {name: value or "" for name, value in node.attributes.items()}
        for css in selectors_of(attributes):
            additions = Additions(hooks={landmark.key: (css,)})
            if (
                landmark.shown(seen.with_site(with_additions(seen.site, additions)))
                == seen.order_id
            ):
                return additions
    return Additions()


def _around_number(seen: Seen) -> list[LexborNode]:
    """The elements around the order's number, innermost first, without the page itself."""
    body = seen.snapshot.tree.body
    every = body.css("*") if body else []
    inner = next((node for node in every if seen.order_id in node.text(deep=False)), None)
    return [] if inner is None else [n for n in (inner, *ancestors(inner)) if _is_part(n)]


def _is_part(node: LexborNode) -> bool:
    return node.tag not in {"html", "body", "-undef", None}


def hook_of_pick(
    landmark: Landmark, around: Sequence[Element], words: str, seen: Seen
) -> Additions:
    """A hook for the part that a human pointed at, by which the reader finds its words.

    Args:
        around: the element and those around it, innermost first.
        words: of the element; one without words, such as a picture, shows no part.
    """
    picked = squeezed(words)
    for element in around if picked else ():
        for css in selectors_of(element.attributes):
            additions = Additions(hooks={landmark.key: (css,)})
            shown = landmark.shown(seen.with_site(with_additions(seen.site, additions)))
            if picked in squeezed(shown) and is_about(shown, words):
                return additions
    return Additions()


def way_pressed(presses: Sequence[Press], seen: Seen) -> Additions:
    """The words of the way to the dispute that was pressed on Order Details, if it is one."""
    [landmark] = [each for each in LANDMARKS if each.key == f"labels.{LabelKind.DISPUTE_ENTRY}"]
    path = split_address(seen.snapshot.address).path
    here = [each for each in presses if each.page == path and not (each.dialog or each.translated)]
    for words in (text for each in here[-1:] for text in (*each.names, each.words)):
        label = _label(words, LabelKind.DISPUTE_ENTRY, seen.words)
        additions = Additions(words={seen.words.lang: {landmark.key: label}})
        if label and landmark.shown(seen.with_site(with_additions(seen.site, additions))):
            return additions
    return Additions()


def meaning(lang: str, status: str, words: str) -> Additions:
    """Words of a status, as a human named it."""
    return Additions(words={lang: {f"dispute_status.{status}": (words,)}})


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
