"""One message: pressure or benign, of which kind, and by which words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rules.messages.demands import demands_in, offers_outside
from rules.messages.fold import fold, undisguised
from rules.messages.sentence import PROMISES, Sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rules.messages.lexicon import Hit

_SENTENCE_END = re.compile(r"(?<!\d)[.](?=\s|$)|[!?…;\n]+|[。！？؟।]|(?<=\d)\.(?=\s+\D|$)")
_LONGEST, _TAIL = 100_000, 10_000
_LONGEST_SENTENCE, _OVERLAP = 600, 120
_FARTHEST, _NEAR, _RECEIPT = 45, 25, 70


@dataclass(frozen=True, kw_only=True)
class Message:
    """What one message says.

    Args:
        is_pressure: it asks the buyer to give up the dispute, or a right in it.
        kind: ``cancel`` if anything asks for it, else the first demand, or ``benign``.
        kinds: the kind of every demand.
        words: the words that decided, folded.
        sentence: the sentence with that demand, as written.
        promises: what it promises: refund, resend, gift, extend.
        outside: a sentence that offers money outside the site (F16), even if it does not press.
    """

    text: str
    is_pressure: bool
    kind: str
    kinds: frozenset[str] = frozenset()
    words: tuple[str, ...] = ()
    sentence: str = ""
    promises: frozenset[str] = frozenset()
    outside: str = ""


def read_message(text: str) -> Message:
    """Read one message, with and without disguised words; the worse reading counts."""
    written = list(_sentences(text))
    sentences = [Sentence(fold(part)) for part in written]
    found = list(_demands(sentences))
    if not found:
        bare = [Sentence(undisguised(s.text)) for s in sentences]
        found = list(_demands(bare))
        sentences = bare if found else sentences
    found.sort(key=lambda demand: demand[1] != "cancel")
    kinds = frozenset(kind for _, kind, _ in found)
    outside = (part for part, s in zip(written, sentences, strict=True) if offers_outside(s))
    return Message(
        text=text,
        is_pressure=bool(found),
        kind=found[0][1] if found else "benign",
        kinds=kinds,
        words=tuple(dict.fromkeys(words for _, _, words in found)),
        sentence=written[found[0][0]] if found else "",
        promises=_promises(sentences, kinds) if found else frozenset(),
        outside=next(outside, ""),
    )


def _demands(sentences: list[Sentence]) -> Iterator[tuple[int, str, str]]:
    """Each pressing sentence's number, the kind of its demand and its words."""
    message = Sentence("\n".join(s.text for s in sentences))
    for number, sentence in enumerate(sentences):
        if not _is_told(sentence, message):
            yield from ((number, *demand) for demand in demands_in(sentence, message))


def _promises(sentences: list[Sentence], kinds: frozenset[str]) -> frozenset[str]:
    """What is promised; a sum of money may also be what the buyer would have to pay, or is to claim."""
    no_promises = (_is_due, _is_claimed) if kinds == {"other reason"} else (_is_due,)
    return frozenset(
        promise
        for promise in PROMISES
        for sentence in sentences
        for hit in sentence.of(promise)
        if _we_do(hit, sentence) or not any(is_none(hit, sentence) for is_none in no_promises)
    )


def _is_due(hit: Hit, sentence: Sentence) -> bool:
    """True if the buyer would have to pay it."""
    return any(d.start <= hit.start and hit.end <= d.end for d in sentence.of("dues"))


def _is_claimed(hit: Hit, sentence: Sentence) -> bool:
    """True if it is a sum that the buyer is to claim: "modify the dispute to 10 dollars"."""
    before = (sentence.text[c.end : hit.start] for c in sentence.of("claimed", 0, hit.start))
    return any(not any(map(str.isalpha, between)) for between in before)


def _we_do(hit: Hit, sentence: Sentence) -> bool:
    """True if the writer is the one who pays: "we will pay the fine", "die Strafe zahlen wir"."""
    return sentence.has("we", sentence.clause(hit)[0], sentence.behind(hit, 1, 2))


def _sentences(text: str) -> Iterator[str]:
    if len(text) > _LONGEST:  # a request would be at the beginning or the end
        text = text[: _LONGEST - _TAIL] + "\n" + text[-_TAIL:]
    for part in _SENTENCE_END.split(text):
        for start in range(0, max(1, len(part) - _OVERLAP), _LONGEST_SENTENCE - _OVERLAP):
            if piece := part[start : start + _LONGEST_SENTENCE].strip():
                yield piece


def _is_told(sentence: Sentence, message: Sentence) -> bool:
    """True if the sentence leaves the choice, warns of sellers, or is the site's own."""
    own = sentence.advises_keeping or _is_reminder(sentence)
    if own or _warns_of_sellers(sentence, message):
        return True
    if message.has("refund gift outside messenger threat"):
        return False
    notice = next(sentence.of("notice"), None)
    if notice and not message.has("resend extend"):
        return all(notice.start <= want.start < notice.end for want in sentence.of("want"))
    free = any(not sentence.has("want", choice.end) for choice in sentence.of("optional"))
    return free or any(_is_received(sentence, when.end) for when in sentence.of("when"))


def _is_reminder(sentence: Sentence) -> bool:
    """True for the site's own "you can change or cancel your dispute with the button below"."""
    offers = {hit.start for hit in sentence.of("can may")}
    wanted = sentence.has_price or any(h.start not in offers for h in sentence.of("want"))
    return bool(offers) and not wanted and sentence.has("button") and sentence.has("change")


def _warns_of_sellers(sentence: Sentence, message: Sentence) -> bool:
    """True if it says what some sellers may ask, as a condition or as a warning, or rejects it."""
    return (message.has("disowned") and message.has("asks")) or any(
        sentence.has("asks", vendor.start - _FARTHEST, vendor.end + _FARTHEST)
        and (message.has("beware") or sentence.has("when", vendor.start - _NEAR, vendor.start))
        for vendor in sentence.of("vendor")
    )


def _is_received(sentence: Sentence, start: int) -> bool:
    """True if the condition is that the buyer has received it."""
    arrived = next(sentence.of("arrived", start, start + _RECEIPT), None)
    if arrived is None or sentence.has("loss", arrived.start):
        return False
    return not sentence.has("no not_arrived cancel close", start, arrived.start)
