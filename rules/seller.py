"""What the seller asked for and promised (F12, F13, F16)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rules.facts import Reason
from rules.replacement import Proof, proof_of
from rules.statuses import MoneyReceived
from rules.wording import one_line

if TYPE_CHECKING:
    from rules.facts import Facts
    from rules.messages import Message

_NO_PROMISE = frozenset({"", "none", "no", "nothing"})
_KINDS = {
    "extend": ("extend", "extension", "prolong"),
    "resend": ("resend", "reship", "replac", "send again", "missing"),
    "gift": ("gift", "coupon", "bonus", "discount", "compensat"),
    "wait": ("wait", "arrive", "patien"),
    "refund": ("refund", "paypal", "money", "pay", "transfer", "bank"),
}
_OUTSIDE_CODES = ("paypal", "bank", "outside", "off_platform", "off-platform")
_LONGEST_QUOTE = 120
_MOST_WAYS = 3
# How names are written that a lexicon has in small letters.
_SPELLED = {
    "paypal": "PayPal", "wechat": "WeChat", "we chat": "WeChat", "whatsapp": "WhatsApp",
    "whats app": "WhatsApp", "moneygram": "MoneyGram", "usdt": "USDT", "iban": "IBAN",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class SellerReading:
    """What the seller wants.

    Args:
        asks: they want the cancel, according to the buyer or to their own messages.
        unkept: promises that they have not kept.
        pressing: their messages that press the buyer to cancel.
        unattributed: texts of unknown authors that would be pressure from the seller.
        outside: sentences from either group that offer money outside the site.
        messages: all of their own messages, as they were read.
    """

    asks: bool
    unkept: tuple[str, ...]
    pressing: tuple[Message, ...]
    unattributed: tuple[Message, ...]
    outside: tuple[str, ...]
    messages: tuple[Message, ...] = ()

    @property
    def quoted(self) -> str:
        """One pressing sentence, whatever order the messages come in, to append to another sentence."""
        first = deciding(self.pressing)
        return f" They wrote: {quoted(first)}." if first else ""

    @property
    def ways(self) -> tuple[str, ...]:
        """The ways outside the site that the offers name, such as ``PayPal``."""
        return tuple(dict.fromkeys(way for offer in self.outside for way in _ways_in(offer)))

    @property
    def outside_named(self) -> str:
        """What is offered outside the site, to follow a promise; empty if nothing is."""
        if not self.outside:
            return ""
        return " of money outside AliExpress" + (f" ({', '.join(self.ways)})" if self.ways else "")

    @property
    def shown(self) -> dict[str, object]:
        """The seller's pressing messages, each with the words that decided."""
        return shown("seller_message", self.pressing)


def read_seller(facts: Facts) -> SellerReading:
    """Combine messages and the buyer's own words; the worse one decides."""
    own = _read(facts.all_messages)
    strays = _read(tuple(t for t in facts.unattributed_messages if t not in facts.all_messages))
    pressing = tuple(m for m in own if m.is_pressure)
    promises = {kind for message in pressing for kind in message.promises}
    stated = (facts.seller_promise or "").strip().casefold()
    if stated not in _NO_PROMISE:
        promises.add(_kind_of(stated))
    return SellerReading(
        asks=facts.seller_asked_to_cancel is True or bool(pressing),
        unkept=tuple(sorted(p for p in promises if not _is_kept(p, facts))),
        pressing=pressing,
        unattributed=tuple(m for m in strays if m.is_pressure),
        outside=_outside(stated, (*own, *strays)),
        messages=own,
    )


def _outside(stated: str, messages: tuple[Message, ...]) -> tuple[str, ...]:
    """Every offer of money outside the site (F16), quoted."""
    named = {stated} if any(word in stated for word in _OUTSIDE_CODES) else set()
    return tuple(sorted({m.outside for m in messages if m.outside} | named))


def _ways_in(offer: str) -> tuple[str, ...]:
    """Payment services, transfers and messengers named in a sentence; none within another."""
    from rules.messages.fold import fold  # noqa: PLC0415  loads the word lists of all languages
    from rules.messages.lexicon import hits_in  # noqa: PLC0415

    folded = fold(offer)
    hits = [hit for hit in hits_in(folded) if hit.concept in {"outside", "messenger"}]
    longest = sorted(hits, key=lambda hit: (hit.start, -hit.end))
    ends = [max((h.end for h in longest[:n]), default=0) for n in range(len(longest))]
    names = (
        folded[hit.start : hit.end]
        for hit, end in zip(longest, ends, strict=True)
        if hit.start >= end
    )
    known = dict.fromkeys(names)
    return tuple(_SPELLED.get(name) or _as_written(name, offer) for name in known)[:_MOST_WAYS]


def _as_written(folded: str, text: str) -> str:
    """A name as the text spells it, with its capitals and accents."""
    from rules.messages.fold import fold  # noqa: PLC0415
    from rules.messages.lexicon import WORD  # noqa: PLC0415

    spans = [match.span() for match in WORD.finditer(text)]
    size = len(WORD.findall(folded))
    runs = (text[a[0] : b[1]] for a, b in zip(spans, spans[size - 1 :], strict=False))
    return one_line(next((run for run in runs if fold(run) == folded), folded))


def deciding(messages: tuple[Message, ...]) -> str:
    """One sentence of these messages, of one that asks for the cancel if any does; empty without any."""
    ordered = sorted((m.kind != "cancel", m.sentence) for m in messages)
    return next((sentence for _, sentence in ordered), "")


def quoted(sentence: str) -> str:
    """A sentence in quotation marks, cut to a short line."""
    return f'"{one_line(sentence, _LONGEST_QUOTE)}"'


def shown(name: str, messages: tuple[Message, ...]) -> dict[str, object]:
    """The deciding sentence and words of each message, under numbered names."""
    ordered = sorted(messages, key=lambda message: message.text)
    return {
        f"{name}_{number}": f"{one_line(m.sentence, _LONGEST_QUOTE)} [{', '.join(m.words)}]"
        for number, m in enumerate(ordered, start=1)
    }


def _read(texts: tuple[str, ...]) -> tuple[Message, ...]:
    if not texts:
        return ()
    from rules.messages import read_message  # noqa: PLC0415  loads the word lists of all languages

    return tuple(map(read_message, dict.fromkeys(texts)))


def _kind_of(promise: str) -> str:
    kinds = (kind for kind, words in _KINDS.items() if any(word in promise for word in words))
    return next(kinds, "something else")


def _is_kept(promise: str, facts: Facts) -> bool:
    """F14: true if it was done, not just announced."""
    if promise == "refund":
        return facts.money_received is MoneyReceived.FULL_CLEARED
    if promise == "extend":
        return facts.protection_extended is True
    if promise == "resend":
        arrived = facts.checked_in_hand and facts.buyer_reason is Reason.REPLACEMENT_ARRIVED
        return arrived or proof_of(facts.replacement_tracking) is Proof.PROVEN
    return promise == "wait" and facts.checked_in_hand
