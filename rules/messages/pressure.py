"""Finds the wish that a dispute be given up, or not be opened, in one sentence of a message."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rules.messages.lexicon import verb_final
from rules.messages.negation import is_negated

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from rules.messages.lexicon import Hit
    from rules.messages.sentence import Sentence

_STUB = 3
_BEFORE, _OWN_WORDS, _SITE_WORDS, _PRONOUN_WORDS = 60, 3, 4, 2
_FILE_WORDS = 6


@dataclass(frozen=True)
class Context:
    """What the rest of a message says.

    Args:
        named_before: a dispute was named in an earlier sentence.
        priced: money, goods or time are spoken of anywhere in it.
        promised: one of ``PROMISES`` is.
        kept: it advises somewhere to leave the dispute open.
    """

    named_before: bool
    priced: bool
    promised: bool
    kept: bool


def wishes_in(sentence: Sentence, context: Context) -> Iterator[str]:
    """The words of each wish."""
    for verb, tongues in sentence.verbs("cancel", "close"):
        if _is_report(sentence, verb) or _is_unasked(sentence, verb, tongues, context):
            continue
        if _means_dispute(sentence, verb, tongues, context):
            yield _with_dispute(sentence, verb)
    yield from _requests(sentence, context)
    yield from _unopened(sentence)


def _is_unasked(
    sentence: Sentence, verb: Hit, tongues: Collection[str], context: Context
) -> bool:
    """Denied, done by somebody else, left to the buyer for later, or told as a loss."""
    later = context.kept and sentence.has("may", (), sentence.near_ahead(verb, 4), verb.start)
    return (
        is_negated(sentence, verb, tongues)
        or _is_done_by(sentence, verb)
        or later
        or _means_loss(sentence, verb, tongues)
    )


def _is_report(sentence: Sentence, verb: Hit) -> bool:
    """The verb is part of a participle or noun."""
    return any(d.start <= verb.start < d.end for d in sentence.of("done"))


def _is_done_by(sentence: Sentence, verb: Hit) -> bool:
    """The writer or the site does it: "I close it when…", "AliExpress will cancel"."""
    start, _ = sentence.clause(verb)
    own = max(start, sentence.near_ahead(verb, _OWN_WORDS, 4))
    site = max(start, sentence.near_ahead(verb, _SITE_WORDS, 6))
    for subject in sentence.of("we", (), own, verb.start):
        between = sentence.has_any("want", "you", "next", start=subject.end, end=verb.start)
        if not between:
            return True
    if sentence.has("site", (), verb.end, sentence.near_behind(verb, _SITE_WORDS, 8)):
        return True
    return any(
        not sentence.has_any("want", "you", start=subject.end, end=verb.start)
        for subject in sentence.of("site", (), site, verb.start)
    )


def _means_loss(sentence: Sentence, verb: Hit, tongues: Collection[str]) -> bool:
    """If it is cancelled, the buyer loses something: a reason to keep it, and no demand."""
    start = max(0, verb.start - _BEFORE)
    behind = verb_final().intersection(tongues)
    end = sentence.near_behind(verb, 3, 6) if behind else verb.start
    conditions = list(sentence.of("when", tongues, start, end))
    if not conditions or sentence.has("until", tongues, start, verb.start):
        return False
    if sentence.has("no", tongues, conditions[-1].end, verb.start):
        return False
    if sentence.has_any("want", "harm", start=verb.end):
        return False
    if _tells_result(sentence, verb, tongues):
        return True
    return any(
        not sentence.has_any("refund", "resend", "gift", start=verb.end, end=lost.start)
        for concept in ("unable", "loss")
        for lost in sentence.of(concept, (), verb.end)
    )


def _tells_result(sentence: Sentence, verb: Hit, tongues: Collection[str]) -> bool:
    """If you cancel the request, the dispute is closed, or can be opened anew."""
    if sentence.has_price:
        return False
    disputes = list(sentence.of("dispute", tongues))
    ended = sentence.has("done", tongues, verb.end) or sentence.has("close", tongues, verb.end)
    anew = sentence.has("file", tongues, verb.end)
    return anew or (ended and len({d.start for d in disputes}) > 1)


def _means_dispute(
    sentence: Sentence, verb: Hit, tongues: Collection[str], context: Context
) -> bool:
    """The dispute is what the verb is about, by name, by a pronoun, or unnamed at a price."""
    stub = len(sentence.text[verb.start : verb.end]) <= _STUB
    named = sentence.has("dispute")
    if stub and sentence.text[verb.start : verb.end].isascii() and not sentence.has(
        "dispute", tongues
    ):
        return False
    if verb.concept == "cancel":
        if _other_thing(sentence, verb, tongues):
            return False
        start, end = sentence.clause(verb)[0], sentence.object_end(verb, tongues)
        return named or not sentence.has("order", (), start, end)
    return _is_object(sentence, verb, tongues, context) or _is_bare(sentence, verb, context)


def _other_thing(sentence: Sentence, verb: Hit, tongues: Collection[str]) -> bool:
    """An order, shop or box stands nearer than any dispute."""
    before = max(0, verb.start - 25)
    ahead_other = sentence.has("order", (), before, verb.start)
    if verb_final().intersection(tongues):
        return ahead_other and not sentence.has("dispute", (), before, verb.start)
    near = sentence.near_behind(verb)
    dispute = next(sentence.of("dispute", (), verb.end, near + 12), None)
    other = next(sentence.of("order", (), verb.end, sentence.object_end(verb, tongues)), None)
    if dispute:
        return bool(other and other.start < dispute.start)
    return bool(other) or ahead_other


def _is_object(
    sentence: Sentence, verb: Hit, tongues: Collection[str], context: Context
) -> bool:
    if sentence.has("dispute", (), verb.start, verb.end):
        return True
    nearby = max(0, verb.start - _BEFORE)
    ahead = list(sentence.of("dispute", (), nearby, verb.start))
    if verb_final().intersection(tongues) and ahead:
        other = list(sentence.of("order", (), nearby, verb.start))
        return not other or ahead[-1].start >= other[-1].start
    behind = next(sentence.of("dispute", (), verb.end, sentence.near_behind(verb) + 12), None)
    end = sentence.object_end(verb, tongues)
    other = next(sentence.of("order", (), verb.end, end), None)
    if behind:
        return not (other and other.start < behind.start)
    pronoun = _has_pronoun(sentence, verb, tongues)
    known = context.named_before or bool(ahead) or (pronoun and sentence.has("dispute"))
    if other or not known:
        return False
    return pronoun or bool(ahead) or _stands_alone(sentence, verb, end)


def _has_pronoun(sentence: Sentence, verb: Hit, tongues: Collection[str]) -> bool:
    inside = any(
        i.start == verb.start or i.end == verb.end for i in sentence.of("it_inside", tongues)
    )
    near = sentence.near_behind(verb, _PRONOUN_WORDS, 4)
    ahead = sentence.near_ahead(verb, 3, 4)
    return (
        inside
        or sentence.has("it", tongues, verb.start, near)
        or sentence.has("it_ahead", tongues, ahead, verb.start)
    )


def _stands_alone(sentence: Sentence, verb: Hit, end: int) -> bool:
    """Only polite words stand behind the verb: it is the whole sentence."""
    rest = sentence.text[verb.end : end]
    for word in (*sentence.of("want", (), verb.end, end), *sentence.of("it", (), verb.end, end)):
        rest = rest.replace(sentence.text[word.start : word.end], " ")
    return not any(c.isalnum() for c in rest)


def _is_bare(sentence: Sentence, verb: Hit, context: Context) -> bool:
    """To close it and be paid means the dispute, though it is not named."""
    if not context.priced or sentence.has("order"):
        return False
    bare = any(b.start == verb.start for b in sentence.of("bare"))
    return bare and _stands_alone(sentence, verb, sentence.object_end(verb, ()))


def _requests(sentence: Sentence, context: Context) -> Iterator[str]:
    """Participles ask where a wish, or a condition with a promise, stands beside them."""
    named = sentence.has("dispute") or context.named_before
    for verb, tongues in sentence.verbs("done"):
        meant = named or (sentence.has_price and _has_pronoun(sentence, verb, tongues))
        if not meant or _is_done_by(sentence, verb) or _other_thing(sentence, verb, tongues):
            continue
        if is_negated(sentence, verb, tongues) or _means_loss(sentence, verb, tongues):
            continue
        priced = sentence.has_price and sentence.has("when", tongues)
        terms = sentence.has("terms") and context.promised
        if sentence.has("want", tongues) or priced or terms:
            yield _with_dispute(sentence, verb)
    if sentence.has("dispute") and sentence.has_price:
        for gone in sentence.of("gone"):
            if sentence.has_any("when", "terms", "want"):
                yield sentence.text[gone.start : gone.end]


def _unopened(sentence: Sentence) -> Iterator[str]:
    """Do not open a dispute: the buyer shall only wait."""
    if not sentence.has("dispute"):
        return
    for verb, tongues in sentence.verbs("file", "no_file"):
        start = sentence.near_ahead(verb, _FILE_WORDS)
        end = sentence.near_behind(verb)
        if not (sentence.has("dispute", (), start, end) and not _is_done_by(sentence, verb)):
            continue
        unable = sentence.has("unable", (), start, verb.end)
        denied = verb.concept == "no_file" or is_negated(sentence, verb, tongues)
        if denied and not unable:
            yield _with_dispute(sentence, verb)


def _with_dispute(sentence: Sentence, verb: Hit) -> str:
    word = sentence.text[verb.start : verb.end]
    dispute = next(sentence.of("dispute"), None)
    if dispute is None:
        return word
    return f"{word} … {sentence.text[dispute.start : dispute.end]}"
