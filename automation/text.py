"""Make text from a page safe to print, store and show.

Page text is hostile input: it may carry terminal escapes that rewrite what the
buyer has read, bidirectional overrides that reverse an amount, invisible
letters, or a hundred accents on one letter. The result is one line.
Printing through rich still needs ``rich.text.Text`` or ``rich.markup.escape``:
square brackets are ordinary text here.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import tzinfo

ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
NO_REASON = "the browser gave no reason"

# English in every locale.
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = (
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
)  # fmt: skip

# One with its weekday is shown in local time already.
_IN_UTC = re.compile(
    rf"{''.join(f'(?<!{day} )' for day in _DAYS)}"
    rf"\b([1-9]|[12]\d|3[01]) ({'|'.join(_MONTHS)}) (20\d\d), ([01]\d|2[0-3]):([0-5]\d) UTC"
)

# No living script puts more on one letter; more would hide other lines.
_MOST_MARKS = 6

# A string (title, link, device control) counts only with its end, or an unclosed one
# would swallow the rest. Its body has no control characters, so the search stays
# linear on any input.
_BODY = r"[^\x00-\x1f\x7f-\x9f]*"
_TERMINAL_SEQUENCE = re.compile(
    rf"(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f]){_BODY}(?:\x07|\x1b\\|\x9c)"
    r"|(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"
    r"|\x1b[ -/]+[0-~]"
    r"|\x1b[0-~]"
)

# Letters by category, but invisible: fillers and the blank braille cell.
_BLANK_LETTERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
_EMOJI_LOOK = "\ufe0f"


def pasted(command: str) -> str:
    """A command in a sentence: between quotes, unless it has quotes of its own.

    Quotes around quotes end at the wrong one, and the shell reads another command.
    """
    return command if "'" in command or '"' in command else f"'{command}'"


def clean_text(text: str, limit: int = 200) -> str:
    """One safe line of at most ``limit`` visible characters.

    Removes terminal sequences, control characters, bidirectional controls,
    zero-width and other invisible characters; folds white space; cuts between
    characters, never between a letter and its accent, and marks the cut.

    Args:
        text: any text.
        limit: most characters as a reader counts them, including the mark.

    Raises:
        ValueError: ``limit`` is below 1.
    """
    if limit < 1:
        raise ValueError("the limit must be at least 1")
    if text.isascii() and text.isprintable():
        line = " ".join(text.split())
        return line if len(line) <= limit else line[: limit - 1].rstrip() + ELLIPSIS
    plain = _TERMINAL_SEQUENCE.sub("", text)
    line = " ".join("".join(map(_shown, plain)).split())
    kept = list(islice(_characters(line), limit + 1))
    if len(kept) <= limit:
        return "".join(kept)
    return "".join(kept[: limit - 1]).rstrip() + ELLIPSIS


def clean_lines(text: str) -> str:
    """As ``clean_text``, for text of any length; line ends and tabs stay."""
    if text.isascii() and text.replace("\n", "").replace("\t", "").isprintable():
        return text
    lines = _TERMINAL_SEQUENCE.sub("", text).split("\n")
    return "\n".join("".join(_characters("".join(map(_shown_or_tab, line)))) for line in lines)


def first_line(text: str) -> str:
    """The first line, which is empty if the text is."""
    return next(iter(text.splitlines()), "")


def browser_reason(message: str) -> str:
    """The first line of a browser's error; some errors come without words."""
    return first_line(message).strip() or NO_REASON


def _shown_or_tab(char: str) -> str:
    return char if char == "\t" else _shown(char)


def system_words(error: OSError) -> str:
    """What the system says of an error, written as our own errors are: "no such file or directory"."""
    words = error.strerror or "unknown reason"
    return words[:1].lower() + words[1:]


def when_text(at: datetime) -> str:
    """A moment for people: ``Tue 15 Dec 2026, 19:39 (your time), 18:39 UTC``.

    Seconds are dropped, so a deadline never reads later than it is. The day of UTC is named
    where it is another one. Where the reader's clock shows UTC, it is told once.
    """
    utc, local = at.astimezone(UTC), at.astimezone()
    if not local.utcoffset():
        return f"{when_utc(at)} (your time)"
    same_day = utc.date() == local.date()
    beside = f"{utc:%H:%M} UTC" if same_day else f"{when_short(at, UTC)} UTC"
    return f"{when_local(at)}, {beside}"


def when_local(at: datetime) -> str:
    """A moment in local time, where UTC stands beside it anyway."""
    return f"{when_short(at)} (your time)"


def local_times(text: str) -> str:
    """A text for people: its times in UTC, such as ``15 Dec 2026, 18:39 UTC``, as ``when_text``."""
    return _IN_UTC.sub(_localised, text)


def _localised(stamp: re.Match[str]) -> str:
    day, month, year, hour, minute = stamp.groups()
    numbers = (int(year), _MONTHS.index(month) + 1, int(day), int(hour), int(minute))
    try:
        return when_text(datetime(*numbers, tzinfo=UTC))
    except ValueError:  # a seller's own 31 Feb
        return stamp[0]


def when_short(at: datetime, zone: tzinfo | None = None) -> str:
    """A moment in ``zone`` or local time, without a name of the zone: the caller says it."""
    local = at.astimezone(zone)
    day = f"{_DAYS[local.weekday()]} {local.day} {_MONTHS[local.month - 1]} {local.year}"
    return f"{day}, {local:%H:%M}"


def minutes_left(seconds: float) -> str:
    """A countdown in minutes and whole seconds, such as ``2:05``."""
    return f"{int(seconds) // 60}:{int(seconds) % 60:02}"


def when_utc(at: datetime) -> str:
    """A moment in UTC, such as ``Tue 15 Dec 2026, 18:39 UTC``."""
    return f"{when_short(at, UTC)} UTC"


def _shown(char: str) -> str:
    """What is kept of one character: itself, a space, or nothing."""
    if char.isascii() and char.isprintable():
        return char
    category = unicodedata.category(char)
    if category[0] == "Z" or char in "\t\n\r\v\f\x85":
        return " "
    if category == "Cs":
        return REPLACEMENT  # a lone surrogate cannot be written as UTF-8
    hidden = category in {"Cc", "Cf"} or char in _BLANK_LETTERS or _is_selector(char)
    return "" if hidden else char


def _is_selector(char: str) -> bool:
    """Variation selectors are invisible and can carry a message; emoji need one."""
    if char == _EMOJI_LOOK:
        return False
    return "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef"


def _characters(line: str) -> Iterator[str]:
    """Characters as a reader counts them: a letter with its accents is one."""
    current = ""
    marks = 0
    for char in line:
        if current and _joins(current, char):
            marks += 1
            if marks <= _MOST_MARKS:
                current += char
            continue
        if not current and unicodedata.category(char)[0] == "M":
            continue  # it would land on whatever is printed before this text
        if current:
            yield current
        current, marks = char, 0
    if current:
        yield current


def _joins(current: str, char: str) -> bool:
    """Whether ``char`` belongs to the character before it."""
    if unicodedata.category(char)[0] == "M" or "\U0001f3fb" <= char <= "\U0001f3ff":
        return True
    if len(current) == 1 and _is_flag_half(current):
        return _is_flag_half(char)
    # Hangul written as single jamo: vowels and finals follow their consonant.
    return "\u1100" <= current[0] <= "\u115f" and "\u1160" <= char <= "\u11ff"


def _is_flag_half(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"
