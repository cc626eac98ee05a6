"""The one place that prints: it cleans text, adds colours and survives a lost reader.

All page text passes through here on its way to a terminal. Colours are marks with a
secret of this process, so that no text from outside can set one.
"""

from __future__ import annotations

import contextlib
import errno
import io
import os
import re
import shutil
import sys
import threading
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TextIO

import click

from automation.text import clean_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rich.console import RenderableType
    from rich.table import Table

# Coloured letters are read on a light screen or on a dark one, never on both: yellow and green
# vanish on white. So colours fill the ground behind letters whose colour is given too.
GOOD, CAREFUL, BAD, NOTE = (
    "black on green",
    "black on yellow",
    "black on bright_red",
    "black on cyan",
)
_FILLS: Final = {GOOD: "30;42", CAREFUL: "30;43", BAD: "30;101", NOTE: "30;46"}
_CODES: Final = {"bold": "1", "dim": "2", "red": "31"} | _FILLS
_SECRET: Final = os.urandom(8).hex()
_MARK: Final = re.compile(rf"\ufdd0{_SECRET}([a-z_ ,]*)\ufdd1")
_MARKS: Final = re.compile(rf"(\ufdd0{_SECRET}[a-z_ ,]*\ufdd1)")
_SPACE: Final = f"\ufdd0{_SECRET}space\ufdd1"
# A command that a sentence quotes is one word, so that it can be copied from any screen.
_COMMAND: Final = r"'dispute-guard(?: (?:'[^']*'|[^ ']+))*'"
# One with quotes of its own has none around it: it ends behind the last of them, and its options.
_BARE: Final = r"dispute-guard(?:(?: [^ ']+)* --[a-z-]+ '[^']*')+(?: --[a-z-]+(?: [^ '-][^ ']*)?)*"
_WORD: Final = re.compile(rf" *(?:{_BARE}[^ ]*|[^ ']*(?:{_COMMAND}[^ ]*|[^ ]+))(?: +$)?")
# Our own punctuation, for streams limited to ASCII or Latin letters.
_PLAIN: Final = str.maketrans({"–": "-", "…": "...", "─": "-", "’": "'"})
_WIDTH_OF_A_PIPE: Final = 140


@dataclass
class _Lost:
    """Whether stdout failed; a reader that went away has read what it wanted."""

    unwritten: bool = False


_LOST = _Lost()


@dataclass
class Changing:
    """The last line on stderr, if it is one that changes, such as a countdown.

    Args:
        asks: the last line has no end: a question, whose answer is typed behind it.
    """

    shown: str = ""
    asks: bool = False


_CHANGING = Changing()
# Held by whoever writes: the line that changes is redrawn by a thread of its own.
_WRITING = threading.RLock()
_WRITING_SECONDS: Final = 1.0
_ERASE: Final = "\r\x1b[2K"


def prepare_streams() -> None:
    """Make streams escape letters that they cannot encode, instead of failing."""
    _LOST.unwritten = False
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def answer_was_lost() -> bool:
    """True if stdout could not be written, as on a full disk."""
    return _LOST.unwritten


def style(text: str, *looks: str) -> str:
    """The text with looks such as ``"bold"`` or ``"black on green"``, if the terminal shows them."""
    # Many terminals turn bold black into grey.
    filled = tuple(look for look in looks if look in _FILLS)
    return f"{_mark(filled or looks)}{text}{_mark(())}"


def whole(text: object) -> str:
    """A path or a command that is never broken at its spaces, wherever it is printed."""
    return str(text).replace(" ", _SPACE)


def _mark(looks: tuple[str, ...]) -> str:
    return f"\ufdd0{_SECRET}{','.join(looks)}\ufdd1"


def echo(
    text: str = "",
    *,
    err: bool = False,
    nl: bool = True,
    hang: int = 0,
    wrap: bool = True,
    width: int = 0,
) -> None:
    """Print text from any source on stdout or stderr. Stream errors never raise.

    A word is never broken, nor a quoted command or what is ``whole``: what is longer than a line
    stands on one of its own.

    Args:
        hang: indent of the lines that continue a long one; 0 is two more than its own.
        wrap: break long lines at words; false for what a program reads.
        width: the columns of a line; 0 are those of a terminal, and a pipe has none.
    """
    stream = sys.stderr if err else sys.stdout
    if stream is None:  # closed by the caller
        return
    safe, columns = _cleaned(text), (width or _columns(stream)) if wrap else 0
    if columns:
        safe = "\n".join(_wrapped(line, columns, hang) for line in safe.split("\n"))
    shown = _coloured(safe, on=colours_on(stream))
    with _alone():
        _end_rewriting()
        _write(shown + "\n" if nl else shown, stream, err=err)
        _CHANGING.asks = not nl


def can_rewrite() -> bool:
    """True if stderr is a terminal that can change a line."""
    return sys.stderr is not None and sys.stderr.isatty() and os.environ.get("TERM") != "dumb"


def rewrite(text: str, *, ring: bool = False) -> None:
    """Show a line on stderr in place of the one that this showed before.

    Args:
        ring: the terminal's bell too.
    """
    if not can_rewrite():
        return
    with _alone():
        _draw(text, chr(7) if ring else "")


def redraw(words: Callable[[], str]) -> None:
    """The same from another thread: never behind a question, and only if the words are new.

    Args:
        words: asked while no other thread writes.
    """
    if not can_rewrite():
        return
    with _alone():
        text = "" if _CHANGING.asks else words()
        if text != _CHANGING.shown:
            _draw(text)


def _draw(text: str, bell: str = "") -> None:
    columns = _columns(sys.stderr) or _WIDTH_OF_A_PIPE
    line = _coloured(_cut(_cleaned(text), columns - 1), on=colours_on(sys.stderr))
    _write(_ERASE + line + bell, sys.stderr, err=True)
    _CHANGING.shown = text


def _end_rewriting() -> None:
    if _CHANGING.shown:
        _CHANGING.shown = ""
        _write(_ERASE, sys.stderr, err=True)


def end_question() -> None:
    """Begin a new line if the last one is a question that will not be answered any more."""
    if _CHANGING.asks:
        echo(err=True)


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    """Wait until no other thread writes; a lock that an interrupt left behind is ignored."""
    got = _WRITING.acquire(timeout=_WRITING_SECONDS)
    try:
        yield
    finally:
        if got:
            _WRITING.release()


def _cut(text: str, columns: int) -> str:
    """As much of a line as fits; marks take no room, and none is cut."""
    kept, left = "", columns
    for at, piece in enumerate(_MARKS.split(text)):
        if at % 2:
            kept += piece
            continue
        for char in piece:
            if (left := left - _width(char)) >= 0:
                kept += char
    return kept


def show(renderable: RenderableType, *, width: int, err: bool = False) -> None:
    """Print a rich object on stdout or stderr, with its text cleaned."""
    from rich.console import Console
    from rich.segment import Segment, Segments

    stream = sys.stderr if err else sys.stdout
    if stream is None:
        return
    colours = colours_on(stream)
    paper = _Paper(stream)
    console = Console(
        file=paper,
        width=width,
        color_system="standard" if colours else None,
        force_terminal=colours,
        highlight=False,
    )
    segments = [
        Segment(clean_lines(part.text), part.style)
        for part in console.render(renderable)
        if not part.control
    ]
    console.print(Segments(segments), end="")
    lines = [line.rstrip(" ") for line in paper.getvalue().split("\n")]
    with _alone():
        _end_rewriting()
        _write("\n".join(lines), stream, err=err)


class _Paper(io.StringIO):
    """Where rich draws: it writes in its own way, which knows nothing of a full disk."""

    def __init__(self, stream: TextIO) -> None:
        super().__init__()
        self._stream = stream

    @property
    def encoding(self) -> str:  # type: ignore[override]  # the C class has it read-only too
        """The stream's, which decides on the lines of tables."""
        return self._stream.encoding


def plain_table() -> Table:
    """A table with a line under its head, and no other."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    return Table(box=SIMPLE_HEAD, padding=(0, 1), pad_edge=False)


def colours_on(stream: TextIO) -> bool:
    """True if the terminal shows colours and the user wants them (no-color.org)."""
    wanted = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return wanted and stream.isatty()


def screen_width(*, of_a_pipe: int = _WIDTH_OF_A_PIPE) -> int:
    """Columns of the terminal, or of ``COLUMNS``."""
    return shutil.get_terminal_size((of_a_pipe, 24)).columns


def is_terminal() -> bool:
    """True if a person can be asked: both stdin and stderr are terminals."""
    sides = (sys.stdin, sys.stderr)
    return all(side is not None and side.isatty() for side in sides)


def _columns(stream: TextIO) -> int:
    """Width of a terminal, by ``COLUMNS`` or itself; 0 if unknown, and for pipes and files."""
    if not stream.isatty():
        return 0
    with contextlib.suppress(ValueError):
        if (given := int(os.environ.get("COLUMNS", ""))) > 0:
            return given
    with contextlib.suppress(OSError, ValueError):
        return os.get_terminal_size(stream.fileno()).columns
    return 0


def _cleaned(text: str) -> str:
    """The text without what could command a terminal; our marks stay."""
    return "".join(
        piece if at % 2 else clean_lines(piece) for at, piece in enumerate(_MARKS.split(text))
    )


def _coloured(text: str, *, on: bool) -> str:
    """Cleaned text, with our marks as escape codes or removed."""

    def code(mark: re.Match[str]) -> str:
        if mark[0] == _SPACE:
            return " "
        looks = "".join(f"\x1b[{_CODES[look]}m" for look in mark[1].split(",") if look)
        return (looks or "\x1b[0m") if on else ""

    return _MARK.sub(code, text)


def _wrapped(line: str, columns: int, hang: int) -> str:
    """A line broken at spaces; the columns of a program's line (tabs) are left alone."""
    if "\t" in line or _cells(line) <= columns:
        return line
    lead = line[: len(line) - len(line.lstrip(" "))]
    indent = " " * min(hang or len(lead) + 2, columns // 2)
    lines = [lead]
    for piece in _pieces(line[len(lead) :], columns - len(indent)):
        if lines[-1].strip() and _cells(lines[-1] + piece.rstrip(" ")) > columns:
            lines[-1] = lines[-1].rstrip(" ")
            lines.append(indent + piece.lstrip(" "))
        else:
            lines[-1] += piece
    return "\n".join(lines)


def _pieces(text: str, room: int) -> Iterator[str]:
    """The words of a text; a title in a script without blanks is broken at any letter."""
    for word in _WORD.findall(text):
        is_title = not _MARK.search(word) and "/" not in word
        if is_title and len(word) < _cells(word) > room:
            yield from word
        else:
            yield word


def _cells(text: str) -> int:
    """Columns that a text takes; letters of East Asia take two, accents and marks none."""
    return sum(map(_width, _coloured(text, on=False)))


def _width(char: str) -> int:
    if unicodedata.category(char)[0] == "M":
        return 0
    return 2 if unicodedata.east_asian_width(char) in {"W", "F"} else 1


def _write(text: str, stream: TextIO, *, err: bool) -> None:
    with _reader_may_leave(stream, err=err):
        # Click knows how to colour an old Windows console.
        click.echo(_as_the_stream_can(text, stream), file=stream, nl=False, color=True)


def _as_the_stream_can(text: str, stream: TextIO) -> str:
    try:
        text.encode(stream.encoding or "utf-8", "surrogateescape")
    except (UnicodeEncodeError, LookupError):
        return text.translate(_PLAIN)
    return text


@contextlib.contextmanager
def _reader_may_leave(stream: TextIO, *, err: bool) -> Iterator[None]:
    """Ignore a reader that went away (``| head``) or a full disk while the body writes.

    Otherwise a cancel that was done would exit as one that failed.
    """
    try:
        yield
    except OSError as error:
        _lead_nowhere(stream)
        # Windows has no broken pipes: a lost reader is an invalid argument there.
        left = isinstance(error, BrokenPipeError) or (
            os.name == "nt" and error.errno == errno.EINVAL
        )
        if not err and not left:
            _LOST.unwritten = True
            reason = error.strerror or "unknown reason"
            echo(f"dispute-guard: could not write the answer: {reason.lower()}", err=True)


def _lead_nowhere(stream: TextIO) -> None:
    """Send the rest of the buffer to the null device: the interpreter flushes it at exit."""
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
