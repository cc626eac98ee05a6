"""Softer demands: a dispute that had better be gone, appeals, threats, false assurance."""

from __future__ import annotations

import re

from rules.messages.consequences import (
    advises_keeping,
    denies,
    has_paid_promise,
    has_promise,
    losses_in,
)
from rules.messages.lexicon import has, pattern, tongues_of
from rules.messages.negation import is_negated

_ALSO = re.compile(
    r"\b(?:also|even|or|and|too|auch|oder|meme|aussi|incluso|tambien|o|mesmo|tambem|ou|anche|"
    r"и|или|даже|nawet|lub|ook|of|також|навіть)\W*(?:without|with)?\W*$"
)
_OWN_DOING = re.compile(
    r"\b(?:we|i|wir|ich|nous|je|мы|я|noi|io|wij|ik|my|nosotros|nos|eu|ми|seller|aliexpress)\b"
    r"(?:\W+\w+){0,2}\W*$"
)
_OFFERED = re.compile(
    r"\b(?:offer|proposal|solution|amount|suggestion|angebot|vorschlag|propuesta|oferta|proposta|"
    r"proposition|offre|предложени\w*|решени\w*|propozycj\w*|voorstel|пропозиці\w*|teklif\w*)"
)
_LIE = re.compile(
    r"\b(?:that you (?:lie|cheat)|you (?:are )?(?:lying|cheating|a (?:liar|cheater)))\b"
)
_OPEN_ONE = re.compile(
    r"\b(?:please open|open one|you can open|yet|откройте|abra|abran?|ouvrez|apra|eroffnen sie|"
    r"offnen sie|відкриите|prosze otworzyc|otworz)\b"
)
_SETTLE = re.compile(
    r"\b(?:solve|settle|arrange|faster|quicker|easier|losen|klaren|regeln|schneller|einfacher|"
    r"решим|договоримся|обоидемся|обіидемося|быстрее|проще|вирішимо|швидше|zalatwi\w*|rozwiaz\w*|szybciej|resol\w+|"
    r"soluciona\w*|arregla\w*|rapid\w+|facil|regl\w+|plus (?:vite|simple)|risolv\w+|"
    r"piu (?:veloce|facile)|oplossen|regelen|sneller)\b|更快|解决"
)
_BY_SYSTEM = re.compile(
    r"automatic|\bby the system\b|\b(?:has|have|had|was|were) (?:been )?completed\b"
)
_AT_START = 6
_ORDER_NEAR = 45


def appeal(sentence: str, message: str) -> str:
    """What the dispute does to the seller is no reason to give it up (F12)."""
    if not has("dispute", message):
        return ""
    found = pattern("harm").search(sentence)
    if found and not is_negated(sentence, *found.span()):
        return found[0]
    for concept in ("instead", "needless"):
        found = pattern(concept).search(sentence)
        if found and not _asks_to_end(sentence, found):
            return found[0]
    found = pattern("rethink").search(sentence)
    return found[0] if found and not _OFFERED.search(sentence) else ""


def _asks_to_end(sentence: str, found: re.Match[str]) -> bool:
    """No need for the dispute to be closed: what is needless is the end."""
    near = " ".join(sentence[found.end() :].split()[:4])
    return any(has(concept, near) for concept in ("cancel", "close", "done"))


def threat(sentence: str, message: str) -> str:
    """Something bad for the buyer, by itself or if he goes on."""
    found = pattern("threat").search(sentence) or _LIE.search(sentence)
    if found and not is_negated(sentence, *found.span()):
        return found[0]
    return _going_on_costs(sentence, message)


def _going_on_costs(sentence: str, message: str) -> str:
    """Who goes on gets nothing: without a dispute he would get no more."""
    if not has("dispute", message):
        return ""
    for further in pattern("goon").finditer(sentence):
        if is_negated(sentence, *further.span()) or _OWN_DOING.search(sentence[: further.start()]):
            continue
        if has("keep", sentence) and not has("when", sentence):
            continue
        behind = sentence[further.end() :]
        lost = _costs(behind)
        if lost:
            return f"{further[0]} … {lost}"
    return ""


def _costs(behind: str) -> str:
    for lost in losses_in(behind):
        if not has("otherwise", behind[: lost.start()]):
            return lost[0]
    return ""


def not_going_on(sentence: str, message: str) -> str:
    """Do not go on with the dispute, or with "this": the denied verb asks for its end."""
    for further in pattern("goon").finditer(sentence):
        around = sentence[max(0, further.start() - 40) : further.end() + 40]
        denied = is_negated(sentence, *further.span()) or _is_own_denial(sentence, further)
        behind = " ".join(sentence[further.end() :].split()[:2])
        pleads = has("want", message) or has("plight", message)
        meant = has("dispute", around) or (has("it", behind) and pleads)
        if denied and meant and not _OWN_DOING.search(sentence[: further.start()]):
            return further[0]
    return ""


def _is_own_denial(sentence: str, further: re.Match[str]) -> bool:
    """Stop going on."""
    return re.search(r"\bstop\W+$", sentence[: further.start()]) is not None


def gone_state(sentence: str, message: str) -> str:
    """A promise that waits for the dispute's absence is a price, however softly told."""
    if not has("dispute", sentence) or _OPEN_ONE.search(sentence):
        return ""
    promised = has_paid_promise(sentence)
    for gone in pattern("gone").finditer(sentence):
        if _ALSO.search(sentence[: gone.start()]) or _costs(sentence[gone.end() :]):
            continue
        asked = has("terms", sentence) or has("want", sentence)
        if asked and (promised or has_promise(message)):
            return gone[0]
        behind = sentence[gone.end() :]
        if _settles(sentence) and (promised or has_promise(message)):
            return gone[0]
        priced = has("when", sentence) or (gone.start() <= _AT_START and not denies(behind))
        if priced and promised and not has("unable", behind):
            return gone[0]
    return ""


def _settles(sentence: str) -> bool:
    return _SETTLE.search(sentence) is not None


def assurance(sentence: str, message: str) -> str:
    """Nothing to fear, it can be opened again: nobody can promise that (F6)."""
    found = pattern("reopen").search(sentence)
    if found is None or not has("soothe", message):
        return ""
    unnamed = not has("dispute", message)
    if unnamed and (not has("close", sentence) or has("order", message)):
        return ""
    if _costs(sentence) or has("unable", sentence) or advises_keeping(message):
        return ""
    ends = has("cancel", message) or has("close", message) or has("needless", message)
    return found[0] if ends else ""


def order_completed(sentence: str, message: str) -> str:
    """An order that shall be ended so that something comes."""
    if _BY_SYSTEM.search(sentence) or not (has_promise(message) or has("dispute", message)):
        return ""
    for ended in pattern("complete").finditer(sentence):
        around = sentence[max(0, ended.start() - _ORDER_NEAR) : ended.end() + _ORDER_NEAR]
        asked = has("want", sentence, tongues_of(ended[0])) or has("terms", sentence)
        set_so = re.search(r"\b(?:set|mark|put|make|let)\b", around) is not None
        if has("order", around) and (asked or set_so) and not is_negated(sentence, *ended.span()):
            return ended[0]
    return ""
