"""Find requests to give up a dispute, or not to open one, in one sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rules.messages.lexicon import verb_final
from rules.messages.negation import advises_keeping, is_done_by_others, is_negated

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from rules.messages.lexicon import Hit
    from rules.messages.sentence import Sentence

_STUB, _BEFORE = 3, 60


def wishes_in(sentence: Sentence, message: Sentence, *, named: bool) -> Iterator[str]:
    """The words of each request; ``named`` if an earlier sentence named a dispute."""
    named = named or sentence.has("dispute")
    demanded = _demanded(sentence, message, named=named)
    found = (*demanded, *_requested(sentence, message, named=named), *_unopened(sentence))
    dispute = next(sentence.of("dispute"), None)
    about = f" … {sentence.shown(dispute)}" if dispute else ""
    yield from (sentence.shown(verb) + about for verb in found)


def _demanded(sentence: Sentence, message: Sentence, *, named: bool) -> Iterator[Hit]:
    """Verbs whose object is the dispute: named, as a pronoun, or unnamed with a price."""
    kept = advises_keeping(message)
    for verb, tongues in sentence.verbs("cancel close"):
        reported = any(d.start <= verb.start < d.end for d in sentence.of("done"))
        later = kept and sentence.has("may", (), sentence.ahead(verb, 4), verb.start)
        if reported or later or not _is_asked(sentence, verb, tongues):
            continue
        nearest = _nearest_thing(sentence, verb, tongues)
        if nearest == "" and verb.concept == "cancel":
            order = sentence.has("order", (), sentence.clause(verb)[0], verb.start)
            nearest = "order" if order and not sentence.has("dispute") else "dispute"
        if nearest == "":
            alone = _stands_alone(sentence, verb, sentence.object_end(verb, tongues))
            pointed = named and (alone or _has_pronoun(sentence, verb, tongues))
            bare = any(b.start == verb.start for b in sentence.of("bare"))
            unnamed = bare and alone and message.has_price and not sentence.has("order")
            nearest = "dispute" if pointed or unnamed else ""
        if nearest == "dispute" and not _is_foreign_stub(sentence, verb, tongues):
            yield verb


def _is_asked(sentence: Sentence, verb: Hit, tongues: Collection[str]) -> bool:
    return not (
        is_negated(sentence, verb, tongues)
        or is_done_by_others(sentence, verb)
        or _tells_loss(sentence, verb, tongues)
    )


def _tells_loss(sentence: Sentence, verb: Hit, tongues: Collection[str]) -> bool:
    """True if it only says what a cancel would cost, which is no demand."""
    start = max(0, verb.start - _BEFORE)
    end = sentence.behind(verb, 3, 6) if verb_final().intersection(tongues) else verb.start
    condition = next(sentence.of("when", tongues, start, end), None)
    if condition is None or sentence.has("until", tongues, start, verb.start):
        return False
    asked = sentence.has("no", tongues, condition.end, verb.start)
    if asked or sentence.has("want harm", (), verb.end):
        return False
    disputes = {d.start for d in sentence.of("dispute", tongues)}
    ended = sentence.has("done close", tongues, verb.end) and len(disputes) > 1
    if not sentence.has_price and (ended or sentence.has("file", tongues, verb.end)):
        return True
    lost = next(sentence.of("unable loss", (), verb.end), None)
    return lost is not None and not sentence.has("refund resend gift", (), verb.end, lost.start)


def _nearest_thing(sentence: Sentence, verb: Hit, tongues: Collection[str]) -> str:
    """Which is nearest to the verb, ``dispute`` or ``order``; empty if neither is near."""
    start, end = max(0, verb.start - _BEFORE), sentence.object_end(verb, tongues)
    inside = sentence.of("dispute", (), verb.start, verb.end)
    ahead = sorted(
        sentence.of("dispute order", (), start, verb.start),
        key=lambda hit: (-hit.start, hit.concept),
    )
    disputes = sentence.of("dispute", (), verb.end, sentence.behind(verb) + 12)
    behind = (*disputes, *sentence.of("order", (), verb.end, end))
    nearest = sorted(behind, key=lambda hit: (hit.start, hit.concept))
    if verb_final().intersection(tongues):
        nearest = ahead + nearest
    elif not nearest and verb.concept == "close":
        nearest = [hit for hit in ahead if hit.concept == "dispute"]
    return next((hit.concept for hit in (*inside, *nearest)), "")


def _is_foreign_stub(sentence: Sentence, verb: Hit, tongues: Collection[str]) -> bool:
    """True for a verb of up to three letters without a dispute in its own language nearby."""
    word = sentence.shown(verb)
    return len(word) <= _STUB and word.isascii() and not sentence.has("dispute", tongues)


def _has_pronoun(sentence: Sentence, verb: Hit, tongues: Collection[str]) -> bool:
    behind = sentence.has("it", tongues, verb.start, sentence.behind(verb, 2, 4))
    return behind or sentence.has("it_ahead", tongues, sentence.ahead(verb, 3, 4), verb.start)


def _stands_alone(sentence: Sentence, verb: Hit, end: int) -> bool:
    """True if only polite words follow the verb."""
    rest = sentence.text[verb.end : end]
    for word in sentence.of("want it", (), verb.end, end):
        rest = rest.replace(sentence.shown(word), " ")
    return not any(c.isalnum() for c in rest)


def _requested(sentence: Sentence, message: Sentence, *, named: bool) -> Iterator[Hit]:
    """Participles beside a wish, or beside a condition with a promise."""
    for verb, tongues in sentence.verbs("done"):
        near = sentence.object_end(verb, tongues)
        other = sentence.has("order", (), verb.end, near) and not sentence.has("dispute")
        meant = named or (sentence.has_price and _has_pronoun(sentence, verb, tongues))
        priced = sentence.has_price and sentence.has("when", tongues)
        terms = message.has_price and sentence.has("terms")
        wanted = priced or terms or sentence.has("want", tongues)
        if wanted and meant and not other and _is_asked(sentence, verb, tongues):
            yield verb
    if sentence.has("dispute") and sentence.has_price and sentence.has("when terms want"):
        yield from sentence.of("gone")


def _unopened(sentence: Sentence) -> Iterator[Hit]:
    """Requests not to open a dispute, but to wait."""
    for verb, tongues in sentence.verbs("file no_file"):
        start, end = sentence.ahead(verb, 6), sentence.behind(verb)
        denied = verb.concept == "no_file" or is_negated(sentence, verb, tongues)
        unable = sentence.has("unable we", (), start, verb.end)
        if denied and not unable and sentence.has("dispute", (), start, end):
            yield verb
