"""One message: pressure or benign, of which kind, and by which words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rules.messages.cancelling import wishes_in
from rules.messages.consequences import PROMISES
from rules.messages.demands import demands_in, offers_outside
from rules.messages.disguises import readings
from rules.messages.folding import fold
from rules.messages.lexicon import has, languages, pattern
from rules.messages.quoting import without_disowned

_SENTENCE_END = re.compile(r"(?<!\d)[.](?=\s|$)|[!?…;\n]+|[。！？؟।]|(?<=\d)\.(?=\s+\D|$)")
_NOT_RECEIPT = re.compile(
    r"\b(?:want|wants|wish|like|hope|not|dont|didnt|havent|never|will|would|shall|not yet)\b"
)
_WISHED_THING = re.compile(
    r"\s+(?:the|an?|your|our|my|new|it back|el|los?|las?|una?|su|tu|o|os|uma?|le|les|des|du|votre|"
    r"il|uno?|die|das|den|eine?n?|ihr\w*|het|een|uw)\s+\w"
)
_REMEMBERED = 1_000
_LONGEST_SENTENCE, _OVERLAP = 600, 120


@dataclass(frozen=True, kw_only=True)
class Message:
    """What one message turned out to be.

    Args:
        is_pressure: it asks the buyer to give the dispute, or a right in it, up.
        kind: ``cancel``, another demand, or why it is harmless.
        words: the words that decided, folded.
        sentence: the sentence that decided, as it was written.
        promises: what it promises: refund, resend, gift, extend.
        outside: a sentence that offers money outside the site (F16), whatever else is said.
    """

    text: str
    is_pressure: bool
    kind: str
    words: tuple[str, ...] = ()
    sentence: str = ""
    promises: frozenset[str] = frozenset()
    outside: str = ""


def read_message(text: str) -> Message:
    """Read one message, also with its disguises taken off; the worse reading counts."""
    outside = next((s for s in _sentences(text) if offers_outside(fold(s))), "")
    for folded in readings(text):
        found = _pressure_in(folded)
        if found:
            kinds, words = zip(*found, strict=True)
            promises = frozenset(p for p in PROMISES if has(p, folded))
            return Message(
                text=text,
                is_pressure=True,
                kind=kinds[0],
                words=tuple(dict.fromkeys(words)),
                sentence=_deciding(text),
                promises=promises,
                outside=outside,
            )
    return Message(text=text, is_pressure=False, kind="benign", outside=outside)


def _deciding(text: str) -> str:
    """The first sentence that presses by itself; the whole text if none does."""
    pressing = (s for s in _sentences(text) if _pressure_in(fold(s)))
    return next(pressing, text)


def _pressure_in(folded: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    read = ""
    folded = without_disowned(folded)
    for sentence in _sentences(folded):
        earlier, read = read, f"{read} {sentence}"[-_REMEMBERED:]
        if _leaves_choice(sentence, folded):
            continue
        found += [("cancel", words) for words in wishes_in(sentence, earlier, folded)]
        found += demands_in(sentence, folded)
    return found


def _sentences(folded: str) -> list[str]:
    parts = (part.strip() for part in _SENTENCE_END.split(folded))
    return [piece for part in parts if part for piece in _pieces(part)]


def _pieces(sentence: str) -> list[str]:
    """A text without full stops in overlapping pieces, so that reading it stays quick."""
    if len(sentence) <= _LONGEST_SENTENCE:
        return [sentence]
    starts = range(0, len(sentence) - _OVERLAP, _LONGEST_SENTENCE - _OVERLAP)
    return [sentence[start : start + _LONGEST_SENTENCE] for start in starts]


def _leaves_choice(sentence: str, message: str) -> bool:
    """A cancel after a satisfied receipt, or at the buyer's own wish, is no pressure.

    It is where money, a gift or a way around the site comes with it.
    """
    if any(has(concept, message) for concept in ("refund", "gift", "outside", "threat")):
        return False
    return _at_his_wish(sentence) or _after_receipt(sentence)


def _at_his_wish(sentence: str) -> bool:
    """To do as one wants is a choice, to do it for a wanted thing is a price.

    That one can open it again as one wants is no such choice.
    """
    if has("reopen", sentence):
        return False
    wishes = pattern("optional").finditer(sentence)
    return any(not _WISHED_THING.match(sentence[wish.end() :]) for wish in wishes)


def _after_receipt(sentence: str) -> bool:
    """A condition of the buyer's receipt stands in the sentence, not denied or wished."""
    if not (has("when", sentence) and has("arrived", sentence)):
        return False
    return any(_received_in(sentence, tongue) for tongue in languages())


def _received_in(sentence: str, tongue: str) -> bool:
    for condition in pattern("when", tongue).finditer(sentence):
        behind = sentence[condition.end() : condition.end() + 70]
        arrival = pattern("arrived", tongue).search(behind)
        if arrival is None:
            continue
        between = behind[: arrival.start()]
        denied = has("no", between, (tongue,)) or _NOT_RECEIPT.search(between)
        if not denied and not any(has(word, between) for word in ("cancel", "close", "goon")):
            return True
    return False
