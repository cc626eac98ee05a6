"""The shape of one language's words, and how they become patterns.

An entry is a word or phrase as people write it. ``*`` at its end stands for any
ending, ``*`` at its start for any prefix, `` … `` for up to four words between the
parts of a split verb. Tables are folded like the messages (no case, no accents), so
they may be written properly.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields

from rules.messages.folding import fold

# Scripts without spaces between words: a word's edge cannot be asked for.
_UNSPACED = re.compile("[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_THAI = re.compile("[\u0e01-\u0e2e]")
# A vowel written ahead makes another syllable: "open" would read as "close".
_NOT_IN_SYLLABLE = "(?<![\u0e40-\u0e44])"
# "Please" is also the second sign of "application".
_NOT_IN_WORD = {"请": "(?<!申)", "請": "(?<!申)"}
_NEVER = r"(?!)"
_GAP = r"(?:[\s,]+\w+){0,4}[\s,]+"


@dataclass(frozen=True, kw_only=True)
class Words:
    """Words of one language, comma-separated.

    Args:
        cancel: verbs that by themselves mean taking a claim back.
        close: verbs that mean it only together with a dispute.
        split: verbs whose two parts stand around the dispute.
        done: participles and nouns of both, which report as often as they ask.
        dispute: what is cancelled.
        order: other things that can be cancelled or closed.
        it: pronouns that can stand for the dispute.
        without: "no cancel, no refund" says the same as asking for it.
        no: what negates a verb behind it; ``no_behind`` one before it.
        turns: words that end a negation's reach.
        when: words that open a condition.
        arrived: receipt or satisfaction of the buyer.
        optional: words that leave the choice to him.
        want: words that turn a report into a request.
        refund, resend, gift, extend: promises.
        change, reason: asking for another dispute reason.
        confirm, receipt: asking to confirm a receipt; ``whether`` makes it a question.
        press, accept, zero, formality, reject: asking to accept an empty solution.
        outside: ways around the site; ``contact`` words to go there.
        unable, open: a refund said to be impossible while the dispute is open.
        threat: threats against the buyer.
        harm: what the seller says the dispute does to him.
        vendor, asks, beware: a seller who asks, as a third person tells it, and advice
            against him.
        gone: a dispute said to be absent, its negation included.
        terms: words that make something the condition of a promise.
        follows: what shall come then, without being called a refund or a resend.
        goon: going on with the dispute; ``loss`` what the buyer is told to lose by that.
        otherwise: words that turn a warning about.
        rethink: asking to think about it again.
        instead: other ways said to be better than a dispute.
        needless: a dispute said to be of no use.
        reopen, soothe: that it can be opened again, and that there is nothing to fear.
        reporter, disowned: who wrote such a demand, and that the writer does not stand by it.
        may, keep: leave to close it later, and the advice to leave it open.
        complete: an order that shall be ended.
        plight: what moves pity.
    """

    cancel: str = ""
    close: str = ""
    split: str = ""
    done: str = ""
    dispute: str = ""
    order: str = ""
    it: str = ""
    without: str = ""
    no: str = ""
    no_behind: str = ""
    turns: str = ""
    when: str = ""
    arrived: str = ""
    optional: str = ""
    want: str = ""
    refund: str = ""
    resend: str = ""
    gift: str = ""
    extend: str = ""
    change: str = ""
    reason: str = ""
    confirm: str = ""
    receipt: str = ""
    whether: str = ""
    press: str = ""
    accept: str = ""
    zero: str = ""
    formality: str = ""
    reject: str = ""
    outside: str = ""
    contact: str = ""
    unable: str = ""
    open: str = ""
    threat: str = ""
    harm: str = ""
    vendor: str = ""
    asks: str = ""
    beware: str = ""
    gone: str = ""
    terms: str = ""
    follows: str = ""
    goon: str = ""
    loss: str = ""
    otherwise: str = ""
    rethink: str = ""
    instead: str = ""
    needless: str = ""
    reopen: str = ""
    soothe: str = ""
    reporter: str = ""
    disowned: str = ""
    may: str = ""
    keep: str = ""
    complete: str = ""
    plight: str = ""


CONCEPTS = tuple(field.name for field in fields(Words))


def joined(one: Words, other: Words) -> Words:
    """Two tables of the same language as one."""
    both = {
        concept: f"{getattr(one, concept)}, {getattr(other, concept)}".strip(", ")
        for concept in CONCEPTS
    }
    return Words(**both)


def pattern_of(entries: list[str]) -> re.Pattern[str]:
    """One pattern for all entries, longest first.

    The word's edge is asked for once, ahead of all entries: asking it in each of some
    hundred branches at every letter made a page of prose take seconds.
    """
    folded = {fold(entry) for entry in entries if entry.strip()}
    ordered = sorted(folded, key=lambda entry: (-len(entry), entry))
    words = "|".join(_part(entry) for entry in ordered if not _UNSPACED.search(entry))
    signs = "|".join(_signs(entry) for entry in ordered if _UNSPACED.search(entry))
    parts = [rf"(?<!\w)(?:{words})" if words else "", signs]
    return re.compile("|".join(part for part in parts if part) or _NEVER)


def _signs(entry: str) -> str:
    before = _NOT_IN_SYLLABLE if _THAI.match(entry) else _NOT_IN_WORD.get(entry, "")
    return before + re.escape(entry)


def _part(entry: str) -> str:
    if "..." in entry:  # folding spells the ellipsis out
        return _GAP.join(_part(piece.strip()) for piece in entry.split("..."))
    core = re.escape(entry.strip("*").strip()).replace(r"\ ", r"\s+").replace(r"\*", r"\w*")
    before = r"\w*" if entry.startswith("*") else ""
    after = r"\w*" if entry.endswith("*") else r"(?!\w)"
    return before + core + after
