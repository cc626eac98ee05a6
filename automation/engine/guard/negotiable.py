"""Which unknown calls a person may let through: those that can only be reads.

A page may need a reading call that no table lists. A person may allow one by its name, but only
as long as nothing in it could change something: its name only reads, no word in it writes, and
it carries no id of anything. A call of the same name that does more is held back all the same.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from automation.engine.guard.encodings import is_blob
from automation.engine.guard.words import has_any, never_word, tokens

if TYPE_CHECKING:
    from automation.engine.guard.payload import Pair, Payload
    from automation.engine.guard.traffic import Traffic

_ID: Final = re.compile(r"\d{9,}")
_SHORT_ID: Final = re.compile(r"\d+")


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
    if not _name_only_reads(name, traffic) or _ID.search(payload.path):
        return False
    return not any(_could_change(pair, traffic, own) for pair in payload.pairs)


def asks_something(name: str, traffic: Traffic) -> bool:
    """Whether the last part of a name begins or ends with a reading word, whatever else it says.

    Such a call brings the page something that it may want to show.
    """
    words = [word for word in tokens(name.rpartition(".")[2], traffic) if not word.isdigit()]
    return bool(has_any((*words[:1], *words[-1:]), traffic.read_words))


def _name_only_reads(name: str, traffic: Traffic) -> bool:
    """True if the name asks something, and no word in it writes."""
    writes = has_any(tokens(name, traffic), traffic.all_write_words)
    return asks_something(name, traffic) and not writes


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
