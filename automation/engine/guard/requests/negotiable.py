"""Which unknown calls a person may let through: those that can only be reads.

A page may need a reading call that no table lists. A person may allow one by its name, but only
as long as nothing in it could change something: its name only reads, no word in it writes, and
it carries no id of anything. A call of the same name that does more is held back all the same.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from automation.engine.guard.requests.encodings import is_blob
from automation.engine.guard.requests.tokens import has_any, never_word, tokens

if TYPE_CHECKING:
    from automation.engine.guard.requests.payload import Pair, Payload
    from automation.engine.guard.traffic import Traffic

_ID: Final = re.compile(r"\d{9,}")
_SHORT_ID: Final = re.compile(r"\d+")
_NAME: Final = re.compile(r"[A-Za-z][\w-]*(\.[\w-]+)*", re.ASCII)
_JOINTS: Final = frozenset({"and", "then", "or", "plus"})


def can_only_read(
    name: str, payload: Payload, traffic: Traffic, own: frozenset[str] = frozenset()
) -> bool:
    """Whether a call that no table lists can be nothing but a read.

    Args:
        name: of the API, as written.
        payload: everything that the call says, decoded.
        own: ids that it may carry; with any other it may change something.
    """
    if payload.unreadable or payload.sealed_blocks or payload.apis - {name}:
        return False
    if why_never(name, traffic) or _ID.search(payload.path):
        return False
    return not any(_could_change(pair, traffic, own) for pair in payload.pairs)


def asks_something(name: str, traffic: Traffic) -> bool:
    """Whether the last part of a name begins or ends with a reading word, whatever else it says.

    Such a call brings the page something that it may want to show.
    """
    words = [word for word in tokens(name.rpartition(".")[2], traffic) if not word.isdigit()]
    return bool(has_any((*words[:1], *words[-1:]), traffic.read_words))


def why_never(name: str, traffic: Traffic) -> str:
    """Why no call of this name may be let through as a read; an empty text if one may."""
    if not _NAME.fullmatch(name):
        return "it is not the name of a call"
    if name.casefold() in traffic.reads:
        return ""
    never = never_word(name, traffic) or has_any(tokens(name, traffic), traffic.all_write_words)
    if never:
        return f"its name says {never!r}"
    if not asks_something(name, traffic):
        return "its name does not say that it reads"
    second = _second_verb(name, traffic)
    return f"its name says that it does more: {second!r}" if second else ""


def _second_verb(name: str, traffic: Traffic) -> str:
    """What a name says after ``And`` or ``Then``, unless that asks something or is a thing."""
    things = traffic.noun_words | traffic.id_words | traffic.paging_words
    for part in name.split("."):
        words = [word for word in tokens(part, traffic) if not word.isdigit()]
        for place, word in enumerate(words[:-1]):
            after = words[place + 1 :]
            asks = has_any((after[0], after[-1]), traffic.read_words)
            if word in _JOINTS and not asks and after[0] not in things:
                return after[0]
    return ""


def _could_change(pair: Pair, traffic: Traffic, own: frozenset[str]) -> bool:
    """True for an id or a word of writing, anywhere but in noise such as a signature."""
    if pair.key.casefold() in traffic.opaque_keys:
        return False
    words = tokens(pair.key, traffic)
    names_a_target = bool(frozenset(words) & (traffic.id_words | {"id", "ids"}))
    has_id = _ID.search(pair.value) or (names_a_target and _SHORT_ID.search(pair.value))
    if (has_id and pair.value not in own) or has_any(words, traffic.all_write_words):
        return True
    if is_blob(pair.value):
        return False
    said = has_any(tokens(pair.value, traffic), traffic.all_write_words)
    return bool(said or never_word(pair.value, traffic))
