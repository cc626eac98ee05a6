"""Demands other than the cancel itself: accept nothing, change the reason, confirm, go outside."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rules.messages.consequences import advises_keeping
from rules.messages.lexicon import has, pattern, tongues_of
from rules.messages.negation import is_negated
from rules.messages.stories import (
    appeal,
    assurance,
    gone_state,
    not_going_on,
    order_completed,
    threat,
)
from rules.messages.warning import warns_of_sellers

if TYPE_CHECKING:
    from collections.abc import Iterator

_NOTHING = re.compile(
    r"(?<![\d.,])(?:us ?)?[$€£]? ?0+(?:[.,]0+[1-9]?)?(?![\d.,]*\d) ?(?:usd|eur|us|[$€£%])?"
)
_WE = re.compile(r"\b(?:we|i|have(?! to)|has(?! to)|already)\s+(?:\w+\s+)?$")
_MAY = re.compile(r"\b(?:can|may|could|how to|possible to)\s+(?:also |still )?$")
_SITE = re.compile(
    r"(?<!than )(?<!outside )(?<!outside of )(?<!without )aliexpress|алиэкспресс|through the platform|original payment"
)
_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.\w{2,}")
_LABEL_WORDS, _LABEL_SIGNS = 3, 24
_UNTIL_CONFIRMED = re.compile(r"\b(?:until|only after|only when|never|once) (?:you )?confirm")
_EVEN = re.compile(
    r"\b(?:even (?:if|when|though)|aunque|incluso si|mesmo (?:que|se)|meme si|anche se|auch wenn|"
    r"даже если|навіть якщо|nawet jesli|ook als|\w+ bile)\b"
)
_CROSSES = frozenset("❌🚫⛔✖")
_CHECKOUT = re.compile(
    r"\b(?:checkout|payment (?:methods?|page)|order with|when ordering|at the till|follow us|sticker)\b"
)
_CHANGE_TO = re.compile(r"\b(?:change|switch|set|modify) (?:it |that |this )?(?:to|into)\b")
_INSTEAD = re.compile(
    r"\b(?:option|choose|pick|select)\b.{0,60}\b(?:in place of|instead of|rather than)\b"
)
_KEEP_OPEN = re.compile(
    r"(?:\bnot|\bdont|\bnever|\bstop)\s+(?:keep\w*|leav\w+|let)\b.{0,30}\bopen\b"
)
_OUTSIDE_NAMES = re.compile(r"\bpaypal\b")
_MESSENGERS = re.compile(
    r"(?<!\w)(?:whatsapp|whats app|wechat|we chat|telegram|viber|ватсап|вотсап|вайбер|微信|"
    r"카카오톡|카톡|واتساب|واتس|וואטסאפ|ווטסאפ|zalo)"
)


def demands_in(sentence: str, message: str) -> Iterator[tuple[str, str]]:
    """Kind and words of each demand that one sentence makes."""
    if warns_of_sellers(sentence, message):
        return
    checks = (
        _empty_solution, _other_reason, _confirm_first, _outside, _false_rule, _only_after, threat, appeal,
        _crossed_out, not_going_on, gone_state, assurance, order_completed,
    )  # fmt: skip
    for check in checks:
        words = check(sentence, message)
        if words:
            yield check.__name__.strip("_"), words


def _empty_solution(sentence: str, message: str) -> str:
    """Accepting a solution that pays nothing closes the case for good (F5)."""
    choices = pattern("reject").finditer(message)
    if any(not is_negated(message, *choice.span()) for choice in choices):
        return ""
    for match in pattern("accept").finditer(sentence):
        asked = not is_negated(sentence, *match.span()) and not _WE.search(
            sentence[: match.start()]
        )
        pressed = has("press", sentence[: match.start()])
        empty = _NOTHING.search(message) or has("zero", message) or has("formality", message)
        if asked and (pressed or empty):
            return match[0]
    return _nothing_chosen(sentence, message)


def _nothing_chosen(sentence: str, message: str) -> str:
    """Choosing that one needs no refund says it without a word of accepting."""
    pressed, zero = pattern("press").search(sentence), pattern("zero").search(sentence)
    if pressed is None or zero is None or not has("dispute", message):
        return ""
    offered = _WE.search(sentence[: pressed.start()]) or is_negated(sentence, *pressed.span())
    return "" if offered else zero[0]


def _is_label(message: str) -> bool:
    """The bare words of a button or heading."""
    few = len(message.split()) <= _LABEL_WORDS and len(message) <= _LABEL_SIGNS
    return few and message.isascii() and not has("want", message)


def _other_reason(sentence: str, message: str) -> str:
    """Another reason, or a smaller amount, can take the right to a refund away."""
    changed = _CHANGE_TO.search(sentence) and has("reason", message)
    named = has("reason", sentence) or changed or _INSTEAD.search(sentence)
    if not named or _is_label(message):
        return ""
    verbs = pattern("change").finditer(sentence)
    asked = (
        m[0]
        for m in verbs
        if not is_negated(sentence, *m.span())
        and not _WE.search(sentence[: m.start()])
        and not _MAY.search(sentence[: m.start()])
    )
    return next(asked, "")


def _confirm_first(sentence: str, message: str) -> str:
    """Confirming a receipt ends the wait for a parcel that is not there."""
    if _is_label(message) or (_UNTIL_CONFIRMED.search(sentence) and not has("unable", sentence)):
        return ""
    for match in pattern("confirm").finditer(sentence):
        around = sentence[max(0, match.start() - 40) : match.end() + 45]
        behind = sentence[match.end() :].split()[:3]
        question = has("whether", " ".join(behind), tongues_of(match[0]))
        asks = not question and not _WE.search(sentence[: match.start()])
        if asks and has("receipt", around) and not is_negated(sentence, *match.span()):
            return match[0]
    return _received_pressed(_EVEN.sub(" ", sentence)) or _confirm_pressed(sentence, message)


def _received_pressed(sentence: str) -> str:
    """The button of the receipt is named without a word of confirming."""
    for match in pattern("press").finditer(sentence):
        behind = " ".join(sentence[match.end() :].split()[:5])
        if tongues_of(match[0]) == ("turkish",):
            behind = sentence[: match.start()]
        offered = _WE.search(sentence[: match.start()]) or has("when", behind, tongues_of(match[0]))
        if has("receipt", behind) and not offered and not is_negated(sentence, *match.span()):
            return match[0]
    return ""


def _confirm_pressed(sentence: str, message: str) -> str:
    """The button named by its word of confirming, so that something comes."""
    promised = has("refund", message) or has("resend", message) or has("gift", message)
    if not (promised and has("order", message)):
        return ""
    for match in pattern("press").finditer(sentence):
        behind = " ".join(sentence[match.end() :].split()[:3])
        offered = _WE.search(sentence[: match.start()]) or is_negated(sentence, *match.span())
        if has("confirm", behind) and not offered:
            return match[0]
    return ""


def _outside(sentence: str, _message: str) -> str:
    """F16: the site enforces nothing outside itself."""
    mail = _MAIL.search(sentence)
    if mail and has("contact", sentence):
        return mail[0]
    for match in pattern("outside").finditer(sentence):
        if _CHECKOUT.search(sentence) or is_negated(sentence, *match.span()):
            continue
        reached = _MESSENGERS.match(match[0]) or has("contact", sentence)
        if reached and (_MESSENGERS.match(match[0]) or not _SITE.search(sentence)):
            return match[0]
    return ""


def offers_outside(sentence: str) -> bool:
    """Money or a deal outside the site, whatever else the message says (F16)."""
    if _outside(sentence, sentence):
        return True
    named = has("outside", sentence) and has("refund", _OUTSIDE_NAMES.sub(" ", sentence))
    return named and not _CHECKOUT.search(sentence)


def _false_rule(sentence: str, message: str) -> str:
    """A refund is never impossible because a dispute is open: accepting it pays (F12)."""
    kept_open = _KEEP_OPEN.search(sentence)
    if kept_open:
        return kept_open[0]
    concepts = ("when", "open", "unable")
    withheld = has("refund", sentence) or has("resend", sentence)
    if advises_keeping(sentence):
        return ""
    if withheld and has("dispute", message) and all(has(concept, sentence) for concept in concepts):
        found = pattern("unable").search(sentence)
        return found[0] if found else ""
    return ""


def _only_after(sentence: str, _message: str) -> str:
    """No cancel, no refund: the denied verb asks all the same."""
    for match in pattern("without").finditer(sentence):
        tongues = tongues_of(match[0])
        near = " ".join(sentence[match.end() :].split()[:4])
        found = pattern("cancel").search(near) or pattern("done").search(near)
        if found is None or has("order", near):
            continue
        rest = sentence[match.end() :].partition(found[0])[2]
        withheld = has("refund", rest) or has("resend", rest)
        denied = has("without", rest, tongues) or has("no", rest) or has("unable", rest)
        if withheld and denied:
            return f"{match[0]} {found[0]}"
    return ""


def _crossed_out(sentence: str, _message: str) -> str:
    """A dispute with a sign of prohibition beside it."""
    for match in pattern("dispute").finditer(sentence):
        before, behind = sentence[: match.start()].rstrip(), sentence[match.end() :].lstrip()
        if before[-1:] in _CROSSES or behind[:1] in _CROSSES:
            return match[0]
    return ""
