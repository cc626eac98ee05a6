"""Read the file in which a user corrects or adds to what is known of the site.

It is TOML: the words of one language at the top level (``lang`` and its lists), those of
several below ``[words.LANG]``, selectors below ``[hooks]``, and calls and pages below
``[traffic]``. Whatever it has wrong is one line that names the place and the nearest name.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

from selectolax.lexbor import LexborHTMLParser, SelectolaxError

from automation.errors import ErrorCode, ExitCode, ToolError
from automation.text import clean_text, system_words

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from pathlib import Path

    Table = Mapping[str, object]
    _Check = Callable[[str], str]

TRAFFIC: Final = (
    "reads", "pages", "human_pages", "permitted_apis", "allowed_reads", "telemetry_words",
    "opaque_keys",
)  # fmt: skip
_MOST: Final = 256 * 1024
_PARTS: Final = ("hooks", "traffic", "words")
_LONGEST: Final = 60
HINT: Final = 'write TOML: lang = "en", then lists below [labels] or [dispute_status]'


@dataclass(frozen=True)
class UserFile:
    """The checked parts of a user's file; each pack still has to fit the schema of words."""

    path: Path
    packs: tuple[Table, ...] = ()
    hooks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    traffic: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    text: str = ""

    def refuse(self, problem: str, hint: str = HINT, *, at: str = "") -> ToolError:
        """The error for something wrong in this file.

        Args:
            problem: what is wrong.
            hint: what to write instead.
            at: the name whose line is shown.
        """
        line = _line_of(self.text, at)
        where = f"{self.path}, line {line}" if line else str(self.path)
        return ToolError(
            f"invalid site data {where}: {problem}",
            code=ErrorCode.BAD_WORDS_FILE,
            exit_code=ExitCode.USAGE,
            hint=hint,
        )


def check_user_file(path: Path, text: str, hooks: Collection[str]) -> UserFile:
    """Check the text of a file.

    Args:
        path: the user's file, for messages.
        text: its content.
        hooks: the names that a selector can have.

    Raises:
        ToolError: it is no TOML, or has an unknown part (exit 2).
    """
    empty = UserFile(path, text=text)
    try:
        told = tomllib.loads(text)
    except ValueError as error:
        raise empty.refuse(str(error).splitlines()[0]) from error
    words = _table(empty, told, "words")
    named = [{"lang": lang, **_table(empty, words, lang)} for lang in words]
    top = {key: value for key, value in told.items() if key not in _PARTS}
    return UserFile(
        path,
        packs=tuple([top] if top else []) + tuple(named),
        hooks=_lists(empty, _table(empty, told, "hooks"), hooks, "hooks", _selector),
        traffic=_lists(empty, _table(empty, told, "traffic"), TRAFFIC, "traffic", _name),
        text=text,
    )


def nearest(name: str, known: Collection[str]) -> str:
    """What to add to an error about an unknown name: the nearest one that there is."""
    close = get_close_matches(name, known, 1)
    return f"; did you mean {close[0]}?" if close else ""


def read_text(path: Path) -> str:
    """The text of a user's file.

    Raises:
        ToolError: it is missing, too large or not UTF-8 (exit 2).
    """
    nothing = UserFile(path)
    try:
        with path.open("rb") as file:
            raw = file.read(_MOST + 1)
    except OSError as error:
        raise nothing.refuse(system_words(error)) from error
    if len(raw) > _MOST:
        raise nothing.refuse("it is larger than 256 KiB")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise nothing.refuse("it is not UTF-8 text") from error


def _table(file: UserFile, told: Table, name: str) -> Table:
    found = told.get(name, {})
    if not isinstance(found, dict):
        raise file.refuse(f"{name} is not a table", at=name)
    return found


def _lists(
    file: UserFile, told: Table, known: Collection[str], part: str, check: _Check
) -> dict[str, tuple[str, ...]]:
    """The lists of one part, with every name and entry checked."""
    for name, value in told.items():
        shown = clean_text(name, _LONGEST)
        if name not in known:
            problem = f"[{part}] has an unknown name, {shown}{nearest(name, known)}"
            raise file.refuse(problem, f"use one of {', '.join(sorted(known))}", at=name)
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            raise file.refuse(f"{part}.{shown} is not a list of texts", at=name)
        for each in value:
            if problem := check(each):
                said = clean_text(each, _LONGEST)
                raise file.refuse(f"{part}.{shown} has {said!r}, {problem}", at=name)
    return {name: tuple(value) for name, value in told.items() if isinstance(value, list)}


def _selector(text: str) -> str:
    """What is wrong with a CSS selector; an empty text if nothing is."""
    try:
        LexborHTMLParser("<p>").css(text)
    except SelectolaxError:
        return "which is no CSS selector"
    return ""


def _name(text: str) -> str:
    return "" if text.strip() else "which is empty"


def _line_of(text: str, name: str) -> int:
    """The line on which a name first stands as a key or table; 0 if there is none."""
    if not name:
        return 0
    key = re.compile(rf"\s*(?:\[.*\b)?[\"']?{re.escape(name)}[\"']?\s*(?:=|\]|\.)")
    lines = enumerate(text.splitlines(), 1)
    return next((number for number, line in lines if key.match(line)), 0)
