"""Finds the wish that a dispute be given up, or not be opened, in one sentence of a message."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rules.messages.lexicon import verb_final
from rules.messages.negation import is_done_by_others, is_negated

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from rules.messages.lexicon import Hit
    from rules.messages.sentence import Sentence

_STUB, _BEFORE = 3, 60


@dataclass(frozen=True)
class Context:
    """What the rest of a message says.

    Args:
        named_before: a dispute was named in an earlier sentence.
        priced: money, goods or time are spoken of anywhere in it.
        kept: it advises somewhere to leave the dispute open.
    """

    named_before: bool
    priced: bool
    kept: bool


def wishes_in(sentence: Sentence, context: Context) -> Iterator[str]:
    """The words of each wish."""
    found = (*_demanded(sentence, context), *_requested(sentence, context), *_unopened(sentence))
    dispute = next(sentence.of("dispute"), None)
    about = f" … {sentence.shown(dispute)}" if dispute else ""
    yield from (sentence.shown(verb) + about for verb in found)


def _demanded(sentence: Sentence, context: Context) -> Iterator[Hit]:
    for verb, tongues in sentence.verbs("cancel close"):
        reported = any(d.start <= verb.start < d.end for d in sentence.of("done"))
        later = context.kept and sentence.has("may", (), sentence.ahead(verb, 4), verb.start)
        unasked = reported or later or not _is_asked(sentence, verb, tongues)
        if not unasked and _means_dispute(sentence, verb, tongues, context):
            yield verb


def _is_asked(sentence: Sentence, verb: Hit, tongues: Collection[str]) -> bool:
    return not (
        is_negated(sentence, verb, tongues)
        or is_done_by_others(sentence, verb)
        or _tells_loss(sentence, verb, tongues)
    )


def _tells_loss(sentence: Sentence, verb: Hit, tongues: Collection[str]) -> bool:
    """If it is cancelled, it is closed or something is lost: told, and no demand."""
    start = max(0, verb.start - _BEFORE)
    end = sentence.behind(verb, 3, 6) if verb_final().intersection(tongues) else verb.start
    condition = next(sentence.of("when", tongues, start, end), None)
    if condition is None or sentence.has("until", tongues, start, verb.start):
        return False
    asked = sentence.has("no", tongues, condition.end, verb.start)
    if asked or sentence.has("want harm", (), verb.end):
        return False
    ended = sentence.has("done close", tongues, verb.end)
    disputes = {d.start for d in sentence.of("dispute", tongues)}
    anew = sentence.has("file", tongues, verb.end)
    if not sentence.has_price and (anew or (ended and len(disputes) > 1)):
        return True
    lost = next(sentence.of("unable loss", (), verb.end), None)
    return lost is not None and not sentence.has("refund resend gift", (), verb.end, lost.start)


def _means_dispute(
    sentence: Sentence, verb: Hit, tongues: Collection[str], context: Context
) -> bool:
    """The dispute is what the verb is about, by name, by a pronoun, or unnamed at a price."""
    word, end = sentence.shown(verb), sentence.object_end(verb, tongues)
    if len(word) <= _STUB and word.isascii() and not sentence.has("dispute", tongues):
        return False
    if sentence.has("dispute", (), verb.start, verb.end):
        return True
    dispute = next(sentence.of("dispute", (), verb.end, sentence.behind(verb) + 12), None)
    other = next(sentence.of("order", (), verb.end, end), None)
    if other and not (dispute and dispute.start < other.start):
        return False
    nearby = list(sentence.of("dispute order", (), max(0, verb.start - _BEFORE), verb.start))
    if verb_final().intersection(tongues) and nearby:
        return max(nearby, key=lambda h: (h.start, h.concept == "dispute")).concept == "dispute"
    if verb.concept == "cancel":
        order = sentence.has("order", (), sentence.clause(verb)[0], verb.start)
        return sentence.has("dispute") or not order
    ahead = any(hit.concept == "dispute" for hit in nearby)
    alone = _stands_alone(sentence, verb, end)
    if dispute or (alone and context.priced and _is_bare(sentence, verb)):
        return True
    pronoun = _has_pronoun(sentence, verb, tongues)
    return ahead or ((context.named_before or sentence.has("dispute")) and (pronoun or alone))


def _has_pronoun(sentence: Sentence, verb: Hit, tongues: Collection[str]) -> bool:
    behind = sentence.has("it", tongues, verb.start, sentence.behind(verb, 2, 4))
    return behind or sentence.has("it_ahead", tongues, sentence.ahead(verb, 3, 4), verb.start)


def _stands_alone(sentence: Sentence, verb: Hit, end: int) -> bool:
    """Only polite words stand behind the verb: it is the whole sentence."""
    rest = sentence.text[verb.end : end]
    for word in sentence.of("want it", (), verb.end, end):
        rest = rest.replace(sentence.shown(word), " ")
    return not any(c.isalnum() for c in rest)


def _is_bare(sentence: Sentence, verb: Hit) -> bool:
    return not sentence.has("order") and any(b.start == verb.start for b in sentence.of("bare"))


def _requested(sentence: Sentence, context: Context) -> Iterator[Hit]:
    """Participles ask where a wish, or a condition with a promise, stands beside them."""
    named = sentence.has("dispute") or context.named_before
    for verb, tongues in sentence.verbs("done"):
        near = sentence.object_end(verb, tongues)
        other = sentence.has("order", (), verb.end, near) and not sentence.has("dispute")
        meant = named or (sentence.has_price and _has_pronoun(sentence, verb, tongues))
        priced = sentence.has_price and sentence.has("when", tongues)
        terms = context.priced and sentence.has("terms")
        wanted = priced or terms or sentence.has("want", tongues)
        if wanted and meant and not other and _is_asked(sentence, verb, tongues):
            yield verb
    if sentence.has("dispute") and sentence.has_price and sentence.has("when terms want"):
        yield from sentence.of("gone")


def _unopened(sentence: Sentence) -> Iterator[Hit]:
    """Do not open a dispute: the buyer should only wait."""
    for verb, tongues in sentence.verbs("file no_file"):
        start, end = sentence.ahead(verb, 6), sentence.behind(verb)
        denied = verb.concept == "no_file" or is_negated(sentence, verb, tongues)
        able = not sentence.has("unable", (), start, verb.end)
        if denied and able and sentence.has("dispute", (), start, end):
            if not is_done_by_others(sentence, verb):
                yield verb
