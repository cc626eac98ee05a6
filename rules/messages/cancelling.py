"""Finds the wish that a dispute be given up, in one sentence of a message."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rules.messages.consequences import (
    AMOUNT,
    advises_keeping,
    has_paid_promise,
    has_promise,
    is_sites_doing,
    means_loss,
)
from rules.messages.explaining import explains
from rules.messages.lexicon import has, pattern, tongues_of
from rules.messages.negation import is_negated
from rules.messages.quoting import is_reported
from rules.messages.warning import warns_of_sellers

if TYPE_CHECKING:
    from collections.abc import Iterator

_NEAR, _LEAVE = 60, 30
_BEHIND_WORDS, _BEHIND_SIGNS = 6, 14
_STUB = 3
_BY_SITE = re.compile(r"\b(?:aliexpress|алиэкспресс|the platform|the system)(?: \w{1,6})? $")
_PASSIVE = re.compile(r"被.{0,4}$|\b(?:dispute|claim|case|request)s? (?:will|shall) $")
# Slavic and Germanic pronouns may stand a word or two ahead, Romance ones right ahead.
_PRONOUN_AHEAD = re.compile(
    r"\b(?:(?:его|ее|иого|ии|go|ja|ihn|diesen|hem|het)(?: \w+){0,2}|la|lo|le|l|a|o|esta|essa) $"
)
# What stands behind it is no object of the verb before it.
_NEXT_CLAUSE = re.compile(
    r"[,;:，、()]|\b(?:and|then|so|or|but|und|dann|oder|et|puis|alors|ou|y|luego|entonces|e|depois|"
    r"poi|en|dan|i|a potem|и|тогда|потом|то|і|тоді|ve)\b"
)
_EQUALS = re.compile(r"\W{0,3}(?:=|→|⇒|-+>)")
_OWN = re.compile(r"\b(?:we|i|us|to)\W+(?:\w+\W+)?$")
_YOU = re.compile(r"\b(?:you|u) (?:have |has )?$")
_BY_ITSELF = re.compile(r" sich\b")
# The object stands ahead of its verb.
_VERB_FINAL = frozenset({"turkish", "japanese", "korean", "hindi"})
_PLAIN_IT = frozenset({"it", "this", "lo", "la", "le", "ihn", "es", "eso", "esto", "isso"})
_PLAIN_CLOSE = frozenset(
    {"close", "end", "drop", "cierre", "cierra", "feche", "fecha", "chiuda", "chiudi", "fermez"}
)


def wishes_in(sentence: str, earlier: str, message: str) -> Iterator[str]:
    """The words of each wish; ``earlier`` is the message up to this sentence."""
    if explains(sentence, message) or warns_of_sellers(sentence, message):
        return
    about_dispute = has("dispute", sentence)
    for match in pattern("cancel").finditer(sentence):
        if _is_unasked(sentence, match, message) or _is_report(sentence, match):
            continue
        if _is_foreign_stub(match, f"{earlier} {sentence}"):
            continue
        if about_dispute or not _other_thing(sentence, match):
            yield _with_object(sentence, match)
    for match in pattern("close").finditer(sentence):
        if _is_unasked(sentence, match, message) or _is_report(sentence, match):
            continue
        if _closes_dispute(sentence, match, earlier) or _closes_it_unnamed(
            sentence, match, message
        ):
            yield _with_object(sentence, match)
    yield from _split_verbs(sentence, earlier, message)
    yield from _requests(sentence, earlier, message)


def _split_verbs(sentence: str, earlier: str, message: str) -> Iterator[str]:
    """Take the case down: the dispute, or a pronoun for it, stands inside the verb."""
    for match in pattern("split").finditer(sentence):
        inside = " ".join(match[0].split()[1:-1])
        own = _OWN.search(sentence[: match.start()])
        known = has("dispute", f"{earlier} {sentence}") or (_has_price(message) and not own)
        meant = has("dispute", inside) or (known and has("it", inside, tongues_of(match[0])))
        if meant and not is_negated(sentence, *match.span()):
            yield match[0]


def _is_report(sentence: str, match: re.Match[str]) -> bool:
    """It tells what was done: a participle, a noun, or what the site itself did."""
    if _is_participle(sentence, match):
        return True
    before, behind = sentence[: match.start()], sentence[match.end() :]
    passive = _PASSIVE.search(before) or _BY_ITSELF.match(behind)
    return bool(passive or _BY_SITE.search(before))


def _is_participle(sentence: str, match: re.Match[str]) -> bool:
    """A participle; without its accents it can be a verb of another language, told by the dispute."""
    done = pattern("done").finditer(sentence)
    found = next((d for d in done if d.start() <= match.start() < d.end()), None)
    if found is None:
        return False
    tongues = tongues_of(match[0])
    verbs = tuple(t for t in tongues if not pattern("done", t).fullmatch(found[0]))
    reports = tuple(t for t in tongues if t not in verbs)
    return not (verbs and has("dispute", sentence, verbs) and not has("dispute", sentence, reports))


def _is_foreign_stub(match: re.Match[str], text: str) -> bool:
    """A verb of two or three letters means it only beside a dispute in its own language.

    Without its accents many such a word is a common one elsewhere.
    """
    word = match[0]
    return len(word) <= _STUB and word.isascii() and not has("dispute", text, tongues_of(word))


def _requests(sentence: str, earlier: str, message: str) -> Iterator[str]:
    """Participles ask where a wish or a condition with a promise stands beside them."""
    named = has("dispute", sentence) or has("dispute", earlier)
    for match in pattern("done").finditer(sentence):
        if _is_unasked(sentence, match, message) or _other_thing(sentence, match):
            continue
        if advises_keeping(sentence):
            continue
        if is_sites_doing(sentence, match):
            continue
        asked = has("want", sentence, tongues_of(match[0]))
        priced = _is_priced(sentence, match, message)
        meant = has_promise(message) and (
            _points_at_it(sentence, match) or _YOU.search(sentence[: match.start()])
        )
        if (named or meant) and (asked or priced):
            yield _with_object(sentence, match)


def _is_priced(sentence: str, match: re.Match[str], message: str) -> bool:
    """Something comes once the dispute is closed, or only then."""
    if has("terms", sentence) and (has_promise(message) or has_paid_promise(sentence)):
        return True
    if _EQUALS.match(sentence[match.end() :]):
        return has_promise(sentence)
    return has_paid_promise(sentence) and has("when", sentence, tongues_of(match[0]))


def _is_unasked(sentence: str, match: re.Match[str], message: str) -> bool:
    """Denied, told of somebody else, warned of, or left to the buyer for later."""
    return (
        is_negated(sentence, *match.span())
        or is_reported(sentence, match.start(), message)
        or means_loss(sentence, match)
        or _is_later_leave(sentence, match, message)
    )


def _is_later_leave(sentence: str, match: re.Match[str], message: str) -> bool:
    """You can close it later, in a message that advises to leave it open."""
    before = sentence[max(0, match.start() - _LEAVE) : match.start()]
    return has("may", before) and advises_keeping(message)


def _other_thing(sentence: str, match: re.Match[str]) -> bool:
    """An order, shop or box stands nearer than any dispute."""
    before = sentence[max(0, match.start() - 25) : match.start()]
    if _is_verb_final(match):
        return has("order", before) and not has("dispute", before)
    if has("dispute", _behind(sentence, match.end())):
        return False
    return has("order", _object_behind(sentence, match)) or has("order", before)


def _closes_dispute(sentence: str, match: re.Match[str], earlier: str) -> bool:
    """A weak verb counts with the dispute as its object, by name or by a pronoun."""
    if _is_foreign_stub(match, f"{earlier} {sentence}"):
        return False
    nearby = sentence[max(0, match.start() - _NEAR) : match.start()]
    if _is_verb_final(match) and has("dispute", nearby):
        return _last(nearby, "dispute") > _last(nearby, "order")
    ahead = _behind(sentence, match.end())
    if has("dispute", ahead):
        first = pattern("dispute").search(ahead)
        other = pattern("order").search(ahead)
        return not (first and other and other.start() < first.start())
    known = f"{earlier} {sentence}" if _points_at_it(sentence, match) else f"{earlier} {nearby}"
    if has("order", _object_behind(sentence, match)) or not has("dispute", known):
        return False
    before = _NEXT_CLAUSE.split(sentence[: match.start()])[-1]
    alone = _says_nothing(_object_behind(sentence, match)) and _says_nothing(before)
    return alone or _points_at_it(sentence, match) or has("dispute", nearby)


def _says_nothing(text: str) -> bool:
    """Only polite words and pronouns: the verb beside it is the whole sentence."""
    bare = pattern("it").sub(" ", pattern("want").sub(" ", text))
    return not re.sub(r"[\W_]", "", bare)


def _points_at_it(sentence: str, match: re.Match[str]) -> bool:
    """A pronoun is the verb's object: behind it, hyphened or grown onto it."""
    ahead = _behind(sentence, match.end())
    pronoun = (
        has("it", " ".join(ahead.split()[:2])) or "-" in sentence[match.end() : match.end() + 1]
    )
    if _PRONOUN_AHEAD.search(sentence[: match.start()]):
        return True
    return pronoun or re.search(r"(?:l[aeo]s?|\bit( go)?)$", match[0]) is not None


def _closes_it_unnamed(sentence: str, match: re.Match[str], message: str) -> bool:
    """To close it and be paid, or out of pity, means the dispute, though nobody names it."""
    behind = sentence[match.end() :].split()[:1]
    bare = not behind or behind[0].strip(",;:") in _PLAIN_IT
    plain = bare and match[0] in _PLAIN_CLOSE and not has("order", sentence)
    return plain and _has_price(message)


def _has_price(message: str) -> bool:
    """Money, goods or pity are set against something."""
    return has_promise(message) or has("plight", message) or AMOUNT.search(message) is not None


def _is_verb_final(match: re.Match[str]) -> bool:
    return _VERB_FINAL.issuperset(tongues_of(match[0]))


def _last(text: str, concept: str) -> int:
    return max((m.start() for m in pattern(concept).finditer(text)), default=-1)


def _behind(sentence: str, end: int) -> str:
    rest = sentence[end : end + 90]
    words = rest.split()
    if len(words) > 1 or rest.isascii():
        return " ".join(words[:_BEHIND_WORDS])
    return rest[:_BEHIND_SIGNS]


def _object_behind(sentence: str, match: re.Match[str]) -> str:
    """The near words behind a verb, up to the next clause."""
    return _NEXT_CLAUSE.split(_behind(sentence, match.end()))[0]


def _with_object(sentence: str, match: re.Match[str]) -> str:
    found = pattern("dispute").search(sentence)
    return match[0] if found is None else f"{match[0]} … {found[0]}"
