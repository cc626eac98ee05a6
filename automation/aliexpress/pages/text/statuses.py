"""Read a status line, with or without a countdown or date after its words.

Known words count as a whole (settled questions). Only a time span or a moment may follow
them: "Waiting for your response (3 d 04:12 left)". In a listed status ``…`` stands for a
few words that vary from page to page.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from automation.aliexpress.pages.text.calendar_words import calendar_words
from automation.aliexpress.site.words import TRAILING, WordList, fold, phrase_pattern, spaced
from rules import DisputeStatus

if TYPE_CHECKING:
    from automation.aliexpress.site import WordPack

_GAP: Final = "…"
_SHARE: Final = re.compile(r"(?<!\d)\d{1,2}\s*(?:of|/)\s*\d{1,2}(?![\d/])")
_LONGEST_GAP: Final = 80
_LONGEST_LINE: Final = 400
_OPENING: Final = " :：-–—(,|·•"
# Final statuses: a countdown to one does not make it so.
_OVER: Final = frozenset(
    (DisputeStatus.CANCELLED, DisputeStatus.CLOSED, DisputeStatus.REFUND_COMPLETE)
)
_SIDE_BY_SIDE: Final = re.compile(r"(?<=\d)(?=[^\W\d_])|(?<=[^\W\d_])(?=\d)")
_ZONES: Final = ("pst", "pdt", "pt", "utc", "gmt", "z", "t", "pacific", "pacific time")
# Words inside dates: "13 de agosto", "5월 21일", "23:59 Uhr".
_IN_DATES: Final = (
    "de", "del", "di", "of", "the", "st", "nd", "rd", "th", "er", "uhr", "kl", "г", "р", "ב",
    "năm", "tháng", "ngày", "年", "月", "日", "時", "分", "秒", "년", "월", "일", "시", "분", "초", "พ ศ",
)  # fmt: skip
_SHORT_UNITS: Final = ("w", "d", "h", "hr", "hrs", "m", "min", "mins", "s", "sec", "secs")


class Status(NamedTuple):
    """A status line.

    Args:
        name: the status, ``unknown`` unless its words have one meaning.
        words: the status words, without a time after them.
    """

    name: DisputeStatus
    words: str


def read_status(line: str, words: WordPack) -> Status:
    """Read a status line by the words of its language."""
    text = " ".join(line.split())
    exact = words.status(text) if text else DisputeStatus.UNKNOWN
    if exact != DisputeStatus.UNKNOWN or not text or len(text) > _LONGEST_LINE:
        return Status(exact, text)
    found = {
        (name, end)
        for name, listed in words.dispute_status.items()
        for known in listed
        if (end := _length_of(known, text, words, over=name in _OVER))
    }
    names = {name for name, _ in found}
    if len(names) != 1:
        return Status(DisputeStatus.UNKNOWN, _without_time(text, words))
    longest = max(end for _, end in found)
    return Status(DisputeStatus(names.pop()), text[:longest].rstrip(_OPENING))


def _without_time(text: str, words: WordPack) -> str:
    """Unknown words as a words file would need them: without the time after them."""
    for stop in re.finditer(r"(?<=[^\W\d_])\W+", text):
        if _is_time(text[stop.start() :], words, over=False):
            return text[: stop.start()].rstrip(_OPENING)
    return text


def _length_of(known: str, text: str, words: WordPack, *, over: bool) -> int:
    """The length of the known words if only a span or moment follows them; else 0."""
    match = _pattern(known).match(text)
    if match is None or any(WordList(words.denials).found_in(gap) for gap in match.groups()):
        return 0
    rest = text[match.end() :]
    if not rest.strip(TRAILING):
        return match.end()
    return match.end() if _is_time(rest, words, over=over) else 0


@cache
def _pattern(known: str) -> re.Pattern[str]:
    """A pattern for the known words at the start of a line, in any spacing and case."""
    parts = [part.strip() for part in known.rstrip(TRAILING).split(_GAP)]
    gap = f"(.{{0,{_LONGEST_GAP}}}?)"
    return re.compile(gap.join(map(_spelled, parts)) + r"(?![^\W_])", re.IGNORECASE)


def _spelled(part: str) -> str:
    quote = "['’‘ʼ`]"
    words = (re.sub(quote, "'", re.escape(word)).replace("'", quote) for word in part.split())
    return r"\s+".join(words)


def _is_time(rest: str, words: WordPack, *, over: bool) -> bool:
    """True if a text is only a span or moment.

    Args:
        over: the moment must be past: "cancelled in 3 days" is not cancelled.
    """
    asking = (*words.remaining, *words.until, *words.countdown)
    connectors = words.at if over else (*words.at, *asking)
    plain = spaced(_SIDE_BY_SIDE.sub(" ", fold(rest)))
    left = _time_words(words.lang, words.locales, connectors).sub(" ", plain)
    if over and _SHARE.search(fold(rest)):
        return False  # "1 of 2" is a part, not a moment
    return any(ch.isdigit() for ch in plain) and not any(ch.isalpha() for ch in left)


@cache
def _time_words(
    lang: str, locales: tuple[str, ...], connectors: tuple[str, ...]
) -> re.Pattern[str]:
    calendar = calendar_words(lang, locales)
    halves = (part for half in calendar.halves for part in (half, " ".join(half)))
    names = (*calendar.months, *calendar.weekdays, *halves, *calendar.spans)
    return re.compile(phrase_pattern((*names, *connectors, *_ZONES, *_IN_DATES, *_SHORT_UNITS)))
