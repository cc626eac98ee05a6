"""What a sentence demands: to give up the dispute, or a right in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rules.messages.lexicon import Hit
    from rules.messages.sentence import Sentence

_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.\w{2,}")
_BEFORE, _NEAR = 60, 45


def demands_in(sentence: Sentence, message: Sentence) -> Iterator[tuple[str, str]]:
    """Kind and words of each demand; ``message`` is the whole text around the sentence."""
    dispute = next(sentence.of("dispute"), None)
    about = f" … {sentence.shown(dispute)}" if dispute else ""
    for kind, concepts, is_demand in _DEMANDS:
        for hit in sentence.longest(concepts):
            if is_demand(hit, sentence, message):
                yield kind, sentence.shown(hit) + (about if kind == "cancel" else "")


def offers_outside(sentence: Sentence) -> bool:
    """True if the sentence offers money or a deal outside the site (F16)."""
    money = sentence.has("outside") and sentence.has("contact refund")
    return not sentence.has("checkout") and (money or sentence.has("messenger"))


def _cancel(verb: Hit, sentence: Sentence, message: Sentence) -> bool:
    """A verb whose object is the dispute: named, as a pronoun, or unnamed with a price."""
    reported = any(d.start <= verb.start < d.end for d in sentence.of("done"))
    if reported or not sentence.is_asked(verb) or _tells_loss(verb, sentence):
        return False
    nearest = _nearest_thing(verb, sentence)
    if nearest == "" and verb.concept == "cancel":
        ordered = sentence.has("order", sentence.clause(verb)[0], verb.start)
        return sentence.has("dispute") or not ordered
    if nearest == "" and _stands_alone(verb, sentence):
        return message.has("dispute") or message.has_price
    pointed = sentence.has("it", verb.start, sentence.behind(verb, 2, 4))
    return nearest == "dispute" or (nearest == "" and pointed and message.has("dispute"))


def _requested(hit: Hit, sentence: Sentence, message: Sentence) -> bool:
    """A participle beside a wish or a condition, or that there is no dispute, beside a price."""
    if hit.concept == "gone":
        return sentence.has_price and message.has("dispute")
    wanted = sentence.has("want terms") or (sentence.has_price and sentence.has("when"))
    asked = sentence.is_asked(hit) and not _tells_loss(hit, sentence)
    return wanted and asked and message.has("dispute")


def _tells_loss(verb: Hit, sentence: Sentence) -> bool:
    """True if it only says what a cancel would cost, which is no demand."""
    condition = next(sentence.of("when", verb.start - _BEFORE, verb.start), None)
    if condition is None or sentence.has("no", condition.end, verb.start):
        return False
    asked = _offers_price(verb, sentence) or sentence.has("want harm", verb.end)
    return not asked and sentence.has("done file unable loss", verb.end)


def _offers_price(verb: Hit, sentence: Sentence) -> bool:
    """True if it mentions money, goods or time that the buyer would not lose: "you lose your refund"."""
    free = any(not _is_lost(price, verb, sentence) for price in sentence.prices)
    return free or sentence.names_amount


def _is_lost(price: Hit, verb: Hit, sentence: Sentence) -> bool:
    start = max(sentence.clause(price)[0], sentence.ahead(price, 4, 6))
    losses = sentence.of("loss", start, price.start)
    return any(not _is_denied(loss, price, verb, sentence) for loss in losses)


def _is_denied(loss: Hit, price: Hit, verb: Hit, sentence: Sentence) -> bool:
    """True if anything since the verb may deny the loss: "no risk, believe me, that you lose it"."""
    clause, _ = sentence.clause(loss)
    end = max(sentence.behind(loss, 2, 3), sentence.behind(price, 1, 2))
    risks = sentence.of("no_risk", min(verb.end, clause), end)
    others = any(not loss.start <= no.start < loss.end for no in risks)  # not that of "no longer"
    # In an earlier clause these deny something else: "without the parcel, you lose it".
    return others or sentence.has("no no_behind", max(verb.end, clause), end)


def _nearest_thing(verb: Hit, sentence: Sentence) -> str:
    """Which is nearest to the verb, ``dispute`` or ``order``; empty if neither is near."""
    inside = sentence.of("dispute", verb.start, verb.end)
    behind = [
        *sentence.of("dispute", verb.end, sentence.behind(verb) + 12),
        *sentence.of("order", verb.end, sentence.object_end(verb)),
    ]
    behind.sort(key=lambda hit: (hit.start, hit.concept))
    ahead = sentence.of("dispute", verb.start - _BEFORE, verb.start)
    return next((hit.concept for hit in (*inside, *behind, *ahead)), "")


def _stands_alone(verb: Hit, sentence: Sentence) -> bool:
    """True if only polite words follow the verb."""
    end = sentence.object_end(verb)
    polite = {at for word in sentence.of("want it", verb.end, end) for at in range(*word[2:])}
    return not any(sentence.text[at].isalnum() for at in {*range(verb.end, end)} - polite)


def _is_asked(verb: Hit, sentence: Sentence) -> bool:
    told = sentence.has("can", sentence.ahead(verb, 3, 4), verb.start)
    return sentence.is_asked(verb) and not told


def _unopened(verb: Hit, sentence: Sentence, _message: Sentence) -> bool:
    """Not to open a dispute, but to wait."""
    start, end = sentence.ahead(verb, 6), sentence.behind(verb)
    denied = verb.concept == "no_file" or sentence.is_negated(verb)
    unable = sentence.has("unable we", start, verb.end)
    return denied and not unable and sentence.has("dispute", start, end)


def _solution(verb: Hit, sentence: Sentence, message: Sentence) -> bool:
    """Accepting a solution closes the case for good (F5)."""
    start, end = sentence.ahead(verb, 8), sentence.behind(verb, 8)
    offered = sentence.has("offer", start, end) or sentence.has_amount(start, end)
    free = message.has("optional") or sentence.has("when", start, verb.start)
    plain = message.has("zero") or sentence.has("press", 0, verb.start)
    wanted = plain or (offered and not free)
    return wanted and not message.leaves_choice and _is_asked(verb, sentence)


def _other_reason(verb: Hit, sentence: Sentence, message: Sentence) -> bool:
    """Another reason, or a smaller amount, can cost the right to a refund."""
    changed = verb.concept == "change" and sentence.has("reason")
    personal = message.has("reason dispute") and sentence.has("personal")
    return (changed or personal) and _is_asked(verb, sentence)


def _confirm_first(verb: Hit, sentence: Sentence, _message: Sentence) -> bool:
    """Confirming receipt ends the claim to a parcel that has not arrived."""
    end = max(sentence.behind(verb, 5, 10), verb.end + _NEAR)
    received = sentence.has("receipt", verb.start - _NEAR, end)
    question = sentence.has("whether", verb.end, sentence.behind(verb, 3, 6))
    waits = sentence.has("until", 0, verb.start)
    return received and not question and not waits and _is_asked(verb, sentence)


def _outside(way: Hit, sentence: Sentence, _message: Sentence) -> bool:
    """F16: the site does not enforce payments made elsewhere."""
    mailed = way.concept == "contact" and _MAIL.search(sentence.text)
    paid = way.concept == "outside" and sentence.has("contact")
    return not sentence.has("checkout") and bool(way.concept == "messenger" or paid or mailed)


def _rating(_stars: Hit, sentence: Sentence, message: Sentence) -> bool:
    """A good rating as the price of a refund."""
    priced = sentence.has("refund gift") and not sentence.has("arrived site")
    return priced and message.has("dispute")


def _appeal(hit: Hit, sentence: Sentence, message: Sentence) -> bool:
    """A threat to the buyer, or harm that the dispute does to the seller."""
    near = max(sentence.clause(hit)[0], sentence.ahead(hit, 2, 3))
    about = hit.concept == "threat" or message.has("dispute")
    return about and not sentence.has("no", near, hit.start)


def _false_rule(hit: Hit, sentence: Sentence, message: Sentence) -> bool:
    """A refund is never impossible because a dispute is open: accepting the dispute pays (F12)."""
    if not message.has("dispute") or not sentence.has("when"):
        return False
    if hit.concept == "loss":
        filed = sentence.has("file", 0, hit.start)
        return filed and not sentence.has("cancel close site")
    denied = hit.concept == "unable" or sentence.is_negated(hit)
    return denied and sentence.has("refund resend") and sentence.has("open file")


# The kind of each demand, the words that may make it, and whether one of them does.
_DEMANDS = (
    ("cancel", "cancel close", _cancel),
    ("cancel", "gone done", _requested),
    ("no dispute", "file no_file", _unopened),
    ("solution", "accept", _solution),
    ("other reason", "change press", _other_reason),
    ("confirm first", "confirm press", _confirm_first),
    ("outside", "messenger outside contact", _outside),
    ("rating", "stars", _rating),
    ("appeal", "threat harm", _appeal),
    ("false rule", "unable refund resend loss", _false_rule),
)
