"""Find demands other than the cancel: accept, change the reason, confirm, go outside."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from rules.messages.lexicon import verb_final
from rules.messages.negation import advises_keeping, is_done_by_others, is_negated

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from rules.messages.lexicon import Hit
    from rules.messages.sentence import Sentence

_NOTHING = re.compile(
    r"(?<![\d.,])(?:us ?)?[$€£]? ?0+(?:[.,]0+[1-9]?)?(?![\d.,]*\d) ?(?:usd|eur|us|[$€£%])?(?!\w)"
)
_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.\w{2,}")
_NEAR = 45


def demands_in(sentence: Sentence, message: Sentence) -> Iterator[tuple[str, str]]:
    """Kind and words of each demand in one sentence of a message."""
    for kind, check in _CHECKS.items():
        yield from ((kind, sentence.shown(hit)) for hit in check(sentence, message))


def offers_outside(sentence: Sentence) -> bool:
    """True if the sentence offers money or a deal outside the site (F16)."""
    money = sentence.has("outside") and sentence.has("contact refund")
    return not sentence.has("checkout") and (money or sentence.has("messenger"))


def _is_asked(sentence: Sentence, verb: Hit, tongues: Collection[str]) -> bool:
    """True if the verb is not negated, not done by the writer and not left to the buyer."""
    start = max(sentence.clause(verb)[0], sentence.ahead(verb, 3, 4))
    left = sentence.has("may", (), start, verb.start)
    return not (left or is_done_by_others(sentence, verb) or is_negated(sentence, verb, tongues))


def _solution(sentence: Sentence, message: Sentence) -> Iterator[Hit]:
    """Accepting a solution closes the case for good (F5)."""
    empty = _is_empty(message)
    if _leaves_choice(message):
        return
    for verb, tongues in sentence.verbs("accept"):
        start, end = sentence.ahead(verb, 8), sentence.behind(verb, 8)
        offered = sentence.has("offer", tongues, start, end) or sentence.has_amount(start, end)
        free = message.has("optional") or sentence.has("when", tongues, start, verb.start)
        plain = empty or sentence.has("press", (), 0, verb.start) or (offered and not free)
        if plain and _is_asked(sentence, verb, tongues):
            yield verb


@lru_cache(maxsize=8)
def _is_empty(message: Sentence) -> bool:
    """True if the solution pays nothing, or is called a formality."""
    return message.has("zero formality") or _NOTHING.search(message.text) is not None


@lru_cache(maxsize=8)
def _leaves_choice(message: Sentence) -> bool:
    """True if the message also allows the buyer to reject it."""
    choices = message.of("reject")
    return any(not is_negated(message, choice, {choice.language}) for choice in choices)


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
    if _MAIL.search(sentence.text):
        ways += sentence.of("contact")
    for way in (*sentence.of("messenger"), *ways):
        negated = is_negated(sentence, way, {way.language, "en"})
        if not negated and not sentence.has("checkout"):
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
    about = message.has("dispute") and sentence.has("when") and not advises_keeping(message)
    if about and sentence.has("refund resend") and sentence.has("open file"):
        yield from sentence.of("unable")
        paid = sentence.of("refund resend")
        yield from (hit for hit in paid if is_negated(sentence, hit, {hit.language}))
    filed = next(sentence.of("file"), None)
    if about and filed and not sentence.has("cancel close site"):
        yield from sentence.of("loss", (), filed.end)


_CHECKS: dict[str, Callable[[Sentence, Sentence], Iterator[Hit]]] = {
    "solution": _solution,
    "other reason": _other_reason,
    "confirm first": _confirm_first,
    "outside": _outside,
    "rating": _rating,
    "appeal": _appeal,
    "false rule": _false_rule,
}
