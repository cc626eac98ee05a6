"""Tell a bare yes or no from the words that a question asks for.

Most questions take a yes or a no, so buyers type one where a message is to be pasted. Taken as the
seller's words, it would stand in for a message that no rule has read.
"""

from __future__ import annotations

import re
from enum import Enum
from typing import Final

_WORD: Final = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*")
_LONGEST_CHOICE: Final = 2


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_YES: Final = _words(
    """
    y ye yes yea yeah yep yup yess sure ok okay true correct right exactly indeed oui si sí sim ja da да evet
    tak ano igen はい 是 是的 有 对 نعم כן 네
    """
)
_NO: Final = _words(
    """
    n no nope nah none nothing null nil na not never nobody non nada nein nichts keine kein nee niets nie
    niente nessuno nenhum nenhuma não nao rien aucun нет ничего hayır yok nem semmi
    didn't didnt don't dont doesn't doesnt hasn't hasnt haven't havent isn't wasn't won't idk unknown
    without empty いいえ なし 否 不 不是 没 没有 无 لا לא 아니요 없음
    """
)
# Words beside them that say nothing which a rule could judge: "no, they did not write anything".
# None of them promises, asks or reports, so no message that matters consists of them alone.
_BESIDE: Final = _words(
    """
    a i he she it they we the to so far yet at all any anything anyone else and or but only just
    do did does has have had was is there here know think remember
    seller sellers message messages number tracking word words thing things
    write writes wrote written say said says answered replied
    outside dispute page site in on by via chat whatsapp wechat telegram email mail facebook
    """
)


class BareAnswer(Enum):
    """What was typed in place of words."""

    YES = "yes"
    NO = "no"


def bare_answer(text: str) -> BareAnswer | None:
    """What a text answers if it is no more than a yes or a no; ``None`` if it has words of its own.

    A text without a letter or a digit, such as a dash, is a no. One or two digits look like the
    number of a choice and count as a yes, as words do that say who wrote but not what.
    """
    words = [word.casefold().replace("\u2019", "'") for word in _WORD.findall(text)]
    if not words:
        return BareAnswer.NO
    if len(words) == 1 and words[0].isdecimal() and len(words[0]) <= _LONGEST_CHOICE:
        return BareAnswer.YES
    if not all(word in _YES | _NO | _BESIDE for word in words):
        return None
    if not _NO.isdisjoint(words) or words == ["n", "a"]:
        return BareAnswer.NO
    return BareAnswer.YES
