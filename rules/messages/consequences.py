"""What a message says would follow from a closed dispute: a loss, a promise, or the site's ruling."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from rules.messages.lexicon import has, pattern, tongues_of

if TYPE_CHECKING:
    from collections.abc import Iterator

PROMISES = ("refund", "resend", "gift", "extend")
# Conditions under which a dispute is still open.
_NOT_YET = re.compile(
    r"^(?:until|unless|till|before|while|why|why not|as long as|during|hasta que|ate que|mientras|"
    r"enquanto|a menos|bis|bevor|solange|jusqu|tant que|a moins|finche|mentre|tot|totdat|tenzij|"
    r"zolang|пока|прежде|почему|поки|чому|dopoki|zanim|dlaczego|除非|为什么)$"
)
_ONLY_THEN = re.compile(
    r"\b(?:only|except|solo|so|erst|nur|seulement|que|solo|pas|только|лише|tylko|alleen)\W*$"
)
_SITE_NAME = re.compile(
    r"(?<!\bon )(?<!\bin )(?<!\bat )(?<!\bauf )(?<!\bbei )(?<!\ben )(?<!\bsur )(?<!\bsu )(?<!\bна )"
    r"(?<!\bop )(?<!\bw )(?<!\bв )(?<!\bfrom )(?<!\bno )(?<!\bna )(?<!\bof )"
    r"(?:aliexpress|алиэкспресс|速卖通|\bthe platform|\bplatform(?= (?:has|closes|decides|ends))|"
    r"платформ\w*|площадк\w*|平台)"
)
_DENIES = re.compile(
    r"\b(?:not|dont|doesnt|wont|never|no|ne|n|nicht|nie|non|nao|niet|не|keine?n?|без|without|ohne|"
    r"sans|sin|sem|senza|bez|zonder)\b|不|别"
)
_UNPAID = re.compile(
    r"\b(?:without|no|sin|sans|ohne|sem|senza|без|bez|zonder)\s+(?:(?:a|any|un|uno|le|el|o) )?\w+"
)
AMOUNT = re.compile(
    r"[$€£]\s?\d|\d\s?(?:[$€£元₽]|usd|us|eur|euros?|dollars?|dolares|dolar\w*|dollari|bucks|"
    r"рубл\w*|руб|грн|гривень|zl|zlotych|lira|tl)(?!\w)"
)
_NOTHING = re.compile(r"\W*(?:nothing|nada|rien|nulla|niente|nichts|niets|nic|ничего|нічого)\b")
_SITES_CLAUSE = re.compile(r"[,;:()]")
_IN_FAVOUR = re.compile(
    r"\b(?:in your favou?r|you (?:win|won)|a su favor|a seu favor|en votre faveur|"
    r"a suo favore|zu ihren gunsten|in uw voordeel|в вашу пользу|на вашу користь)\b"
)
_BY_BUYER = re.compile(
    r"\b(?:(?:by|from) you|yourself|(?:from|on) your (?:side|end)|von ihnen|por usted|por voce|par vous|"
    r"de votre (?:part|cote)|da lei|da parte sua|przez pan[ai]|вами|door u)\b"
)
_LOOK_BACK, _LOOK_RIGHT_BACK, _LOOK_AHEAD, _RIGHT_BEHIND = 60, 20, 110, 24


def has_paid_promise(text: str) -> bool:
    """A promise other than one denied by its own word: closed without a refund."""
    paid = has_promise(_UNPAID.sub(" ", text)) or has("follows", text)
    return paid or AMOUNT.search(text) is not None


def denies(text: str) -> bool:
    """Whether any word of denying is in it."""
    return _DENIES.search(text) is not None


def has_promise(text: str) -> bool:
    """Whether a refund, another item, a gift or more time is spoken of."""
    return any(has(promise, text) for promise in PROMISES)


@lru_cache(maxsize=64)
def advises_keeping(text: str) -> bool:
    """The dispute shall stay open, and this is neither denied nor a condition."""
    for kept in pattern("keep").finditer(text):
        ahead = text[max(0, kept.start() - _LOOK_RIGHT_BACK) : kept.start()]
        if has("when", ahead) or _DENIES.search(ahead):
            continue
        if _is_about_dispute(kept[0], " ".join(text[kept.end() :].split()[:4])):
            return True
    return False


def _is_about_dispute(kept: str, behind: str) -> bool:
    """What shall be left alone is the dispute, by name or by a pronoun, and not the order."""
    if has("dispute", kept) or has("dispute", behind):
        return True
    if has("cancel", kept) or has("close", kept):
        return not behind or has("it", behind.split(maxsplit=1)[0])
    return not has("order", behind)


def is_sites_doing(sentence: str, match: re.Match[str]) -> bool:
    """The site itself ends the dispute, or has ruled for the buyer."""
    if _BY_BUYER.search(sentence):
        return False
    if _IN_FAVOUR.search(sentence):
        return True
    before = _SITES_CLAUSE.split(sentence[: match.start()])[-1]
    behind = _SITES_CLAUSE.split(sentence[match.end() :])[0][:_LOOK_BACK]
    return bool(_SITE_NAME.search(before) or _SITE_NAME.search(behind))


def means_loss(sentence: str, match: re.Match[str]) -> bool:
    """If it is cancelled, no refund can be made: a reason to keep it, and no demand."""
    before, behind = sentence[: match.start()], sentence[match.end() :]
    condition = _condition(before, match)
    if condition is None and not _condition_behind(behind, match):
        return False
    if _lost_in(behind[:_LOOK_AHEAD]):
        offered = before[: condition.start()] if condition else ""
        return denies(offered) or not has_paid_promise(offered)
    ahead = before[: condition.start()] if condition else ""
    return bool(ahead) and has("unable", ahead) and not _ONLY_THEN.search(ahead)


def _condition(before: str, match: re.Match[str]) -> re.Match[str] | None:
    """The condition of which the verb is part, if it is not one of staying open."""
    for tongue in tongues_of(match[0]):
        near = before[-_LOOK_BACK:]
        offset = len(before) - len(near)
        found = [
            c
            for c in pattern("when", tongue).finditer(before, offset)
            if not _SITES_CLAUSE.search(before[c.end() :])
        ]
        if found and not _NOT_YET.match(found[-1][0]):
            between = before[found[-1].end() :]
            denied = has("no", between + match[0], (tongue,)) or _DENIES.search(between)
            if not denied and not has("without", between, (tongue,)):
                return found[-1]
    return None


def _condition_behind(behind: str, match: re.Match[str]) -> bool:
    """Some languages put the condition behind its verb."""
    tongues = {"turkish", "chinese", "japanese", "korean"}.intersection(tongues_of(match[0]))
    return any(has("when", behind[:_RIGHT_BEHIND], (tongue,)) for tongue in tongues)


def _lost_in(behind: str) -> bool:
    if has("harm", behind):
        return False
    for lost in losses_in(behind):
        between = behind[: lost.start()]
        if any(has(word, between) for word in ("otherwise", "want", "gift", "extend")):
            return False
        if not (has("refund", between) or has("resend", between)):
            return True
    return False


def losses_in(text: str) -> Iterator[re.Match[str]]:
    """What cannot be done any more or is lost, where that is not itself denied."""
    for concept in ("unable", "loss"):
        for lost in pattern(concept).finditer(text):
            near = " ".join(text[: lost.start()].split()[-3:])
            denied = _DENIES.search(near) or _NOTHING.match(text[lost.end() :])
            if not denied:
                yield lost
