"""One message: pressure or benign, of which kind, and by which words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rules.messages.demands import demands_in, offers_outside
from rules.messages.fold import fold, undisguised
from rules.messages.pressure import Context, wishes_in
from rules.messages.sentence import PROMISES, Sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_SENTENCE_END = re.compile(r"(?<!\d)[.](?=\s|$)|[!?…;\n]+|[。！？؟।]|(?<=\d)\.(?=\s+\D|$)")
_LONGEST, _TAIL = 100_000, 10_000
_LONGEST_SENTENCE, _OVERLAP = 600, 120
_FARTHEST, _NEAR, _RECEIPT = 45, 25, 70


@dataclass(frozen=True, kw_only=True)
class Message:
    """What one message turned out to be.

    Args:
        is_pressure: it asks the buyer to give the dispute, or a right in it, up.
        kind: ``cancel``, another demand, or ``benign``.
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


@dataclass(frozen=True)
class _Found:
    kind: str
    words: str
    number: int


def read_message(text: str) -> Message:
    """Read one message, also with its disguises taken off; the worse reading counts."""
    written = list(_sentences(text))
    found, sentences = _read(written, fold)
    if not found:
        bare, others = _read(written, lambda part: undisguised(fold(part)))
        found, sentences = (bare, others) if bare else (found, sentences)
    outside = (part for part, s in zip(written, sentences, strict=True) if offers_outside(s))
    first = found[0] if found else None
    return Message(
        text=text,
        is_pressure=first is not None,
        kind=first.kind if first else "benign",
        words=tuple(dict.fromkeys(f.words for f in found)),
        sentence=written[first.number] if first else "",
        promises=frozenset(p for p in PROMISES if first and any(s.has(p) for s in sentences)),
        outside=next(outside, ""),
    )


def _read(
    written: list[str], folding: Callable[[str], str]
) -> tuple[list[_Found], list[Sentence]]:
    sentences = [Sentence(folding(part)) for part in written]
    message = Sentence("\n".join(s.text for s in sentences))
    kept = any(_advises_keeping(s) for s in sentences)
    promised, priced = bool(message.promises), message.has_price
    found: list[_Found] = []
    named = False
    for number, sentence in enumerate(sentences):
        context = Context(named, priced, promised, kept)
        named = named or sentence.has("dispute")
        if not _is_told(sentence, message, promised=promised):
            found += [_Found("cancel", words, number) for words in wishes_in(sentence, context)]
            demands = demands_in(sentence, message, context)
            found += [_Found(kind, words, number) for kind, words in demands]
    return found, sentences


def _sentences(text: str) -> Iterator[str]:
    if len(text) > _LONGEST:  # its two ends are where a wish would stand
        text = text[: _LONGEST - _TAIL] + "\n" + text[-_TAIL:]
    for part in _SENTENCE_END.split(text):
        for start in range(0, max(1, len(part) - _OVERLAP), _LONGEST_SENTENCE - _OVERLAP):
            piece = part[start : start + _LONGEST_SENTENCE].strip()
            if piece:
                yield piece


def _is_told(sentence: Sentence, message: Sentence, *, promised: bool) -> bool:
    """The sentence leaves the choice, warns of sellers, or is the site's own."""
    if _advises_keeping(sentence) or _warns_of_sellers(sentence, message):
        return True
    if message.has_any("refund", "gift", "outside", "messenger", "threat"):
        return False
    notice = next(sentence.of("notice"), None)
    if notice and not promised and not sentence.has("want", start=notice.end):
        return True
    choices = (c for c in sentence.of("optional") if not sentence.has("want", (), c.end))
    return next(choices, None) is not None or _after_receipt(sentence)


def _advises_keeping(sentence: Sentence) -> bool:
    """The dispute shall stay open, and this is neither denied nor a condition."""
    return any(
        not sentence.has_any("when", "no", start=sentence.near_ahead(k, 5, 4), end=k.start)
        and not sentence.has("order", (), k.end, sentence.near_behind(k, 3, 6))
        for k in sentence.of("keep")
    )


def _warns_of_sellers(sentence: Sentence, message: Sentence) -> bool:
    """What some seller may ask, under a condition or with advice against it."""
    for vendor in sentence.of("vendor"):
        tongue = (vendor.language,)
        first, last = max(0, vendor.start - _FARTHEST), vendor.end + _FARTHEST
        if not sentence.has("asks", tongue, first, last):
            continue
        near = max(0, vendor.start - _NEAR)
        if sentence.has("when", tongue, near, vendor.start) or message.has("beware", tongue):
            return True
    return False


def _after_receipt(sentence: Sentence) -> bool:
    """A condition of the buyer's receipt, not denied or wished."""
    for condition in sentence.of("when"):
        tongue = (condition.language,)
        arrivals = sentence.of("arrived", tongue, condition.end, condition.end + _RECEIPT)
        arrival = next(arrivals, None)
        if arrival is None:
            continue
        between = (condition.end, arrival.start)
        denied = sentence.has("no", tongue, *between) or sentence.has("not_arrived", tongue, *between)
        if not denied and not sentence.has_any("cancel", "close", start=between[0], end=between[1]):
            return True
    return False
