"""Demands other than the cancel itself: accept, change the reason, confirm, go outside."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rules.messages.negation import is_denied_right_ahead, is_negated

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from rules.messages.lexicon import Hit
    from rules.messages.pressure import Context
    from rules.messages.sentence import Sentence

_NOTHING = re.compile(
    r"(?<![\d.,])(?:us ?)?[$€£]? ?0+(?:[.,]0+[1-9]?)?(?![\d.,]*\d) ?(?:usd|eur|us|[$€£%])?(?!\w)"
)
_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.\w{2,}")
_LABEL_WORDS, _LABEL_SIGNS = 3, 24
_OWN_WORDS, _MAY_WORDS, _OFFER_WORDS, _NEAR = 2, 3, 8, 45


def demands_in(
    sentence: Sentence, message: Sentence, context: Context
) -> Iterator[tuple[str, str]]:
    """Kind and words of each demand that one sentence makes."""
    checks = (
        _solution, _other_reason, _confirm_first, _outside, _false_rule, _only_after, _rating,
    )  # fmt: skip
    for check in checks:
        words = check(sentence, message, context)
        if words:
            yield check.__name__.strip("_"), words
    for concept in ("threat", "harm"):
        found = next(sentence.of(concept), None)
        about = concept == "threat" or message.has("dispute")
        if found and about and not is_denied_right_ahead(sentence, found):
            yield concept, _shown(sentence, found)


def offers_outside(sentence: Sentence) -> bool:
    """Money or a deal outside the site, whatever else the sentence says (F16)."""
    if sentence.has("checkout"):
        return False
    named = next(sentence.of("outside"), None)
    return bool(named and sentence.has_any("contact", "refund")) or sentence.has("messenger")


def _asked(
    sentence: Sentence, verb: Hit, tongues: Collection[str], *, may: bool = True
) -> bool:
    """Not denied, not told of the writer, not left to the buyer, no condition."""
    start, _ = sentence.clause(verb)
    own = max(start, sentence.near_ahead(verb, _OWN_WORDS, 3))
    if any(
        not sentence.has_any("want", "next", start=w.end, end=verb.start)
        for w in sentence.of("we", (), own, verb.start)
    ):
        return False
    left = sentence.has("may", (), max(start, sentence.near_ahead(verb, _MAY_WORDS, 4)), verb.start)
    return not (may and left) and not is_negated(sentence, verb, tongues)


def _solution(sentence: Sentence, message: Sentence, _context: Context) -> str:
    """Accepting a solution closes the case for good (F5)."""
    if any(not is_negated(message, r, {r.language}) for r in message.of("reject")):
        return ""
    empty = _NOTHING.search(message.text) or message.has_any("zero", "formality")
    for verb, tongues in sentence.verbs("accept"):
        if not _asked(sentence, verb, tongues):
            continue
        start = sentence.near_ahead(verb, _OFFER_WORDS)
        offered = sentence.has("offer", tongues, start, sentence.near_behind(verb, _OFFER_WORDS))
        asked_if = sentence.has("when", tongues, max(0, start), verb.start)
        pressed = sentence.has("press", (), 0, verb.start)
        if empty or pressed or (offered and not asked_if and not message.has("optional")):
            return _shown(sentence, verb)
    return ""


def _is_label(message: Sentence) -> bool:
    """The bare words of a button or heading."""
    text = message.text
    few = len(text.split()) <= _LABEL_WORDS and len(text) <= _LABEL_SIGNS
    return few and text.isascii() and not message.has("want")


def _other_reason(sentence: Sentence, message: Sentence, _context: Context) -> str:
    """Another reason, or a smaller amount, can take the right to a refund away."""
    if _is_label(message):
        return ""
    about = message.has_any("reason", "dispute")
    for verb, tongues in sentence.verbs("change", "press"):
        if not _asked(sentence, verb, tongues):
            continue
        changed = verb.concept == "change" and sentence.has("reason")
        personal = about and sentence.has("personal")
        if changed or personal:
            return _shown(sentence, verb)
    return ""


def _confirm_first(sentence: Sentence, message: Sentence, _context: Context) -> str:
    """Confirming a receipt ends the wait for a parcel that is not there."""
    if _is_label(message):
        return ""
    for verb, tongues in sentence.verbs("confirm", "press"):
        near = sentence.near_behind(verb, 5, 10)
        start = max(0, verb.start - _NEAR) if verb.concept == "confirm" else verb.start
        if verb.concept == "press" and tongues == {"tr"}:
            start = 0
        end = max(near, verb.end + _NEAR) if verb.concept == "confirm" else near
        question = sentence.has("whether", tongues, verb.end, sentence.near_behind(verb, 3, 6))
        until = sentence.has("until", tongues, 0, verb.start) and not sentence.has("unable")
        received = sentence.has("receipt", (), start, end)
        if received and not question and not until and _asked(sentence, verb, tongues):
            return _shown(sentence, verb)
    return ""


def _outside(sentence: Sentence, _message: Sentence, _context: Context) -> str:
    """F16: the site enforces nothing outside itself."""
    mail = _MAIL.search(sentence.text)
    if mail and sentence.has("contact"):
        return mail[0]
    if sentence.has("checkout"):
        return ""
    for way in (*sentence.of("messenger"), *sentence.of("outside")):
        reached = way.concept == "messenger" or sentence.has_any("contact")
        site = way.concept == "outside" and _by_site(sentence)
        if reached and not site and not is_negated(sentence, way, {way.language, "en"}):
            return _shown(sentence, way)
    return ""


def _by_site(sentence: Sentence) -> bool:
    """The payment goes through the site: its name stands outside the words for "outside"."""
    outside = list(sentence.of("outside"))
    return any(
        not any(o.start <= s.start and s.end <= o.end for o in outside)
        for s in sentence.of("site")
    )


def _false_rule(sentence: Sentence, message: Sentence, context: Context) -> str:
    """A refund is never impossible because a dispute is open: accepting it pays (F12)."""
    withheld = sentence.has_any("refund", "resend")
    if context.kept or not (withheld and message.has("dispute")):
        return ""
    if all(sentence.has(concept) for concept in ("when", "open", "unable")):
        found = next(sentence.of("unable"))
        return _shown(sentence, found)
    return ""


def _only_after(sentence: Sentence, _message: Sentence, _context: Context) -> str:
    """No cancel, no refund: the denied verb asks all the same."""
    for without in sentence.of("without"):
        near = sentence.near_behind(without, 4, 6)
        verb = next((v for v, _ in sentence.verbs("cancel", "done") if without.end <= v.start < near), None)
        if verb is None or sentence.has("order", (), without.end, near):
            continue
        withheld = sentence.has_any("refund", "resend", start=verb.end)
        if withheld and sentence.has_any("without", "no", "unable", start=verb.end):
            return _shown(sentence, verb)
    return ""


def _rating(sentence: Sentence, message: Sentence, _context: Context) -> str:
    """A good rating as the price of a refund."""
    if not message.has("dispute") or sentence.has("arrived"):
        return ""
    for stars in sentence.of("stars"):
        if sentence.has_any("refund", "gift") and not sentence.has_any("vendor", "site"):
            return _shown(sentence, stars)
    return ""


def _shown(sentence: Sentence, hit: Hit) -> str:
    return sentence.text[hit.start : hit.end]
