"""The words of an element that are not its text: names, tooltips, style sheets, pictures.

``snapshot.js`` writes what is not in the document itself into ``data-dg-`` attributes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from automation.aliexpress.pages.snapshot import text_of, unique
from automation.aliexpress.site.words import fold

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

    from automation.aliexpress.site.words import WordList

_NAMES: Final = ("aria-label", "data-dg-labelled", "title", "alt", "placeholder", "data-dg-drawn")
_STYLED: Final = ("data-dg-before", "data-dg-after")
_PICTURE: Final = "data-dg-picture"


def names_of(control: LexborNode) -> tuple[str, ...]:
    """Every name that a person may know a control by, its visible text first."""
    return _distinct(
        [text_of(control), control.attributes.get("value") or "", *_unwritten(control, styled=True)]
    )


def fits(names: tuple[str, ...], listed: WordList) -> bool:
    """True if a control has names and all of them are in the list."""
    return bool(names) and all(name in listed for name in names)


def clash_of(names: tuple[str, ...], listed: WordList) -> str:
    """Why a control is not pressed though it has a listed name: its other names do not fit."""
    if fits(names, listed) or not any(name in listed for name in names):
        return ""
    first, *others = names
    return f"the button '{first}' is also named {' and '.join(map(repr, others))}"


def unwritten(root: LexborNode) -> tuple[str, ...]:
    """The words in an element beyond its text, without what its text says too."""
    text = _letters(text_of(root))
    return tuple(
        words for words in _distinct(_unwritten(root, styled=True)) if _letters(words) not in text
    )


def pictures(root: LexborNode) -> tuple[str, ...]:
    """The sizes of the pictures in an element that have no words to read."""
    return tuple(
        size
        for node in unique([root, *root.css(f"[{_PICTURE}]")])
        if (size := node.attributes.get(_PICTURE)) and not _distinct(_own(node, styled=False))
    )


def _unwritten(root: LexborNode, *, styled: bool) -> list[str]:
    every = ", ".join(f"[{key}]" for key in (*_NAMES, *_STYLED))
    return [
        words for node in unique([root, *root.css(every)]) for words in _own(node, styled=styled)
    ]


def _own(node: LexborNode, *, styled: bool) -> list[str]:
    keys = (*_NAMES, *(_STYLED if styled else ()))
    return [node.attributes.get(key) or "" for key in keys]


def _distinct(found: list[str]) -> tuple[str, ...]:
    """The words with letters or digits, each once: signs and icon glyphs say nothing."""
    by_letters = {fold(words): " ".join(words.split()) for words in found if _letters(words)}
    return tuple(by_letters.values())


def _letters(words: str) -> str:
    return "".join(ch for ch in fold(words) if ch.isalnum())
