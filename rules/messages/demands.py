"""Find what one sentence demands: to give up the dispute, or a right in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rules.messages.lexicon import verb_final

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from rules.messages.lexicon import Hit
    from rules.messages.sentence import Sentence

_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.\w{2,}")
_BEFORE, _NEAR = 60, 45


def demands_in(sentence: Sentence, message: Sentence, *, named: bool) -> Iterator[tuple[str, str]]:
    """Kind and words of each demand; ``named`` if an earlier sentence named a dispute."""
    named = named or sentence.has("dispute")
    dispute = next(sentence.of("dispute"), None)
    about = f" … {sentence.shown(dispute)}" if dispute else ""
    for check in (_cancel, _requested):
        for verb in check(sentence, message, named=named):
            yield "cancel", sentence.shown(verb) + about
    for kind, other in _CHECKS.items():
        yield from ((kind, sentence.shown(hit)) for hit in other(sentence, message))


def offers_outside(sentence: Sentence) -> bool:
    """True if the sentence offers money or a deal outside the site (F16)."""
    money = sentence.has("outside") and sentence.has("contact refund")
    return not sentence.has("checkout") and (money or sentence.has("messenger"))


def _cancel(sentence: Sentence, message: Sentence, *, named: bool) -> Iterator[Hit]:
    """Verbs whose object is the dispute: named, as a pronoun, or unnamed with a price."""
    kept = message.advises_keeping
    for verb, tongues in sentence.verbs("cancel close"):
        reported = any(d.start <= verb.start < d.end for d in sentence.of("done"))
        later = kept and sentence.has("may", (), sentence.ahead(verb, 4), verb.start)
        if reported or later or not _is_wanted(sentence, verb, tongues):
            continue
        nearest = _nearest_thing(sentence, verb, tongues)
        if nearest == "" and verb.concept == "cancel":
            order = sentence.has("order", (), sentence.clause(verb)[0], verb.start)
            nearest = "order" if order and not sentence.has("dispute") else "dispute"
        if nearest == "":
            alone = _stands_alone(sentence, verb, sentence.object_end(verb, tongues))
            bare = any(b.start == verb.start for b in sentence.of("bare"))
            unnamed = bare and alone and message.has_price and not sentence.has("order")
            pointed = named and (alone or _has_pronoun(sentence, verb, tongues))
            nearest = "dispute" if pointed or unnamed else ""
        if nearest == "dispute":
            yield verb


def _requested(sentence: Sentence, message: Sentence, *, named: bool) -> Iterator[Hit]:
    """Participles beside a wish, or beside a condition with a promise."""
    priced = sentence.has_price and sentence.has("when")
    terms = message.has_price and sentence.has("terms")
    for verb, tongues in sentence.verbs("done"):
        wanted = priced or terms or sentence.has("want", tongues)
        if wanted and named and _is_wanted(sentence, verb, tongues):
            yield verb
    if sentence.has("dispute") and sentence.has_price and sentence.has("when terms want"):
        yield from sentence.of("gone")


def _is_wanted(sentence: Sentence, verb: Hit, tongues: Collection[str]) -> bool:
    done = sentence.is_negated(verb, tongues) or sentence.is_done_by_others(verb)
    return not done and not _tells_loss(sentence, verb, tongues)


def _tells_loss(sentence: Sentence, verb: Hit, tongues: Collection[str]) -> bool:
    """True if it only says what a cancel would cost, which is no demand."""
    start = max(0, verb.start - _BEFORE)
    end = sentence.behind(verb, 3, 6) if verb_final().intersection(tongues) else verb.start
    condition = next(sentence.of("when", tongues, start, end), None)
    if condition is None or sentence.has("until", tongues, start, verb.start):
        return False
    asked = sentence.has("no", tongues, condition.end, verb.start)
    if asked or sentence.has_price or sentence.has("want harm", (), verb.end):
        return False
    return sentence.has("done file", tongues, verb.end) or sentence.has("unable loss", (), verb.end)


def _nearest_thing(sentence: Sentence, verb: Hit, tongues: Collection[str]) -> str:
    """Which is nearest to the verb, ``dispute`` or ``order``; empty if neither is near."""
    start, end = max(0, verb.start - _BEFORE), sentence.object_end(verb, tongues)
    inside = sentence.of("dispute", (), verb.start, verb.end)
    ahead = list(sentence.of("dispute order", (), start, verb.start))
    ahead.sort(key=lambda hit: (-hit.start, hit.concept))
    disputes = sentence.of("dispute", (), verb.end, sentence.behind(verb) + 12)
    nearest = [*disputes, *sentence.of("order", (), verb.end, end)]
    nearest.sort(key=lambda hit: (hit.start, hit.concept))
    if verb_final().intersection(tongues):
        nearest = ahead + nearest
    elif not nearest and verb.concept == "close":
        nearest = [hit for hit in ahead if hit.concept == "dispute"]
    return next((hit.concept for hit in (*inside, *nearest)), "")


def _has_pronoun(sentence: Sentence, verb: Hit, tongues: Collection[str]) -> bool:
    return sentence.has("it", tongues, verb.start, sentence.behind(verb, 2, 4))


def _stands_alone(sentence: Sentence, verb: Hit, end: int) -> bool:
    """True if only polite words follow the verb."""
    rest = sentence.text[verb.end : end]
    for word in sentence.of("want it", (), verb.end, end):
        rest = rest.replace(sentence.shown(word), " ")
    return not any(c.isalnum() for c in rest)


def _is_asked(sentence: Sentence, verb: Hit, tongues: Collection[str]) -> bool:
    """True if the verb is not negated, not done by the writer and not left to the buyer."""
    start = max(sentence.clause(verb)[0], sentence.ahead(verb, 3, 4))
    left = sentence.has("may", (), start, verb.start)
    return not (left or sentence.is_done_by_others(verb) or sentence.is_negated(verb, tongues))


def _unopened(sentence: Sentence, _message: Sentence) -> Iterator[Hit]:
    """Not to open a dispute, but to wait."""
    for verb, tongues in sentence.verbs("file no_file"):
        start, end = sentence.ahead(verb, 6), sentence.behind(verb)
        denied = verb.concept == "no_file" or sentence.is_negated(verb, tongues)
        unable = sentence.has("unable we", (), start, verb.end)
        if denied and not unable and sentence.has("dispute", (), start, end):
            yield verb


def _solution(sentence: Sentence, message: Sentence) -> Iterator[Hit]:
    """Accepting a solution closes the case for good (F5)."""
    for verb, tongues in () if message.leaves_choice else sentence.verbs("accept"):
        start, end = sentence.ahead(verb, 8), sentence.behind(verb, 8)
        offered = sentence.has("offer", tongues, start, end) or sentence.has_amount(start, end)
        free = message.has("optional") or sentence.has("when", tongues, start, verb.start)
        plain = message.has("zero") or sentence.has("press", (), 0, verb.start)
        if (plain or (offered and not free)) and _is_asked(sentence, verb, tongues):
            yield verb


def _other_reason(sentence: Sentence, message: Sentence) -> Iterator[Hit]:
    """Another reason, or a smaller amount, can cost the right to a refund."""
    personal = message.has("reason dispute") and sentence.has("personal")
    for verb, tongues in sentence.verbs("change press"):
        changed = verb.concept == "change" and sentence.has("reason")
        if (changed or personal) and _is_asked(sentence, verb, tongues):
            yield verb


def _confirm_first(sentence: Sentence, _message: Sentence) -> Iterator[Hit]:
    """Confirming receipt ends the claim to a parcel that has not arrived."""
    for verb, tongues in sentence.verbs("confirm press"):
        start, end = verb.start, sentence.behind(verb, 5, 10)
        if verb.concept == "confirm" or verb_final().intersection(tongues):
            start, end = max(0, start - _NEAR), max(end, verb.end + _NEAR)
        question = sentence.has("whether", tongues, verb.end, sentence.behind(verb, 3, 6))
        until = sentence.has("until", tongues, 0, verb.start) and not sentence.has("unable")
        received = sentence.has("receipt", (), start, end) and not (question or until)
        if received and _is_asked(sentence, verb, tongues):
            yield verb


def _outside(sentence: Sentence, _message: Sentence) -> Iterator[Hit]:
    """F16: the site does not enforce payments made elsewhere."""
    names = list(sentence.of("outside"))
    inside = any(
        not any(o.start <= s.start and s.end <= o.end for o in names) for s in sentence.of("site")
    )
    ways = names if sentence.has("contact") and not inside else []
    mailed = sentence.of("contact") if _MAIL.search(sentence.text) else ()
    for way in (*sentence.of("messenger"), *ways, *mailed):
        if not sentence.has("checkout") and not sentence.is_negated(way, {way.language, "en"}):
            yield way


def _rating(sentence: Sentence, message: Sentence) -> Iterator[Hit]:
    """A good rating as the price of a refund."""
    about = message.has("dispute") and sentence.has("refund gift")
    if about and not sentence.has("arrived vendor site"):
        yield from sentence.of("stars")


def _appeal(sentence: Sentence, message: Sentence) -> Iterator[Hit]:
    """A threat to the buyer, or harm that the dispute does to the seller."""
    for hit in sentence.of("threat harm" if message.has("dispute") else "threat"):
        near = max(sentence.clause(hit)[0], sentence.ahead(hit, 2, 3))
        if not sentence.has("no", (hit.language,), near, hit.start):
            yield hit


def _false_rule(sentence: Sentence, message: Sentence) -> Iterator[Hit]:
    """A refund is never impossible because a dispute is open: accepting the dispute pays (F12)."""
    if not message.has("dispute") or not sentence.has("when") or message.advises_keeping:
        return
    if sentence.has("refund resend") and sentence.has("open file"):
        yield from sentence.of("unable")
        paid = sentence.of("refund resend")
        yield from (hit for hit in paid if sentence.is_negated(hit, {hit.language}))
    filed = next(sentence.of("file"), None)
    if filed and not sentence.has("cancel close site"):
        yield from sentence.of("loss", (), filed.end)


_CHECKS = {
    "no dispute": _unopened,
    "solution": _solution,
    "other reason": _other_reason,
    "confirm first": _confirm_first,
    "outside": _outside,
    "rating": _rating,
    "appeal": _appeal,
    "false rule": _false_rule,
}
