"""Read the facts file of ``advise --facts``: one JSON object with the names of ``rules.Facts``.

A file whose name ends in ``.jsonl`` has one such object a line.

Unknown names and impossible values are errors, so a typo never counts as "unknown".
A line of the decided cases works as it is: fields that only describe a case are skipped.
"""

from __future__ import annotations

import codecs
import json
import math
import re
import sys
from dataclasses import fields
from difflib import get_close_matches
from typing import TYPE_CHECKING, BinaryIO, NoReturn

from msgspec import Struct
from pydantic import ValidationError

from automation.errors import ErrorCode, ExitCode, ToolError
from automation.slips import why_in_words
from automation.text import clean_text, system_words
from rules import Facts, MoneyReceived, Reason, ReplacementTracking
from rules.moments import read_moment
from rules.outside import adapter
from rules.statuses import AccountRole, DisputeStatus, OrderStatus

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import ErrorDetails

MOST_BYTES = 1_000_000
_LONGEST_PATH = 1000
MOST_BYTES_OF_LINES = 20 * MOST_BYTES
_MOMENTS = ("protection_deadline", "delivered_at", "order_placed")
_CHOICES = {
    "buyer_reason": Reason,
    "money_received": MoneyReceived,
    "order_status": OrderStatus,
    "dispute_status": DisputeStatus,
    "account_role": AccountRole,
}
# Other words are read too, as a page can show them.
_OR_TEXT = frozenset({"order_status", "dispute_status", "account_role"})
_UNKNOWN = "unexpected_keyword_argument"
NOT_A_CHOICE = "not one of the choices"
_PLAIN = {
    "dataclass_type": 'input should be an object, such as {"number": "LP00987654321CN"}',
    "enum": NOT_A_CHOICE,
}
_OF_A_STATE = "input should be text"
_CASE_NOTES = frozenset(
    {
        "id", "group", "expected", "acceptable", "why", "reopen_deadline_utc", "window_state",
        "rules_in_plain_words",
    }
)  # fmt: skip


class Slip(Struct, frozen=True):
    """A fact that cannot be used.

    Args:
        path: the names that lead to it, the innermost last.
        given: its value.
        why: what is wrong with the value; empty if the name is unknown.
        where: in which line of the file it stands, as text.
        known: the names or values that can stand there, if they are a list.
        near: the one that was probably meant.
    """

    path: tuple[str, ...]
    given: object
    why: str
    where: str
    known: tuple[str, ...] = ()
    near: str = ""

    @property
    def what(self) -> str:
        """What is wrong, in the words of a facts file."""
        name = clean_text(".".join(self.path), 60)
        if not self.why:
            return f'the facts file has an unknown field "{name}"'
        value = clean_text(json.dumps(self.given, ensure_ascii=False, default=str), 60)
        return f'the fact "{name}" is {value}: {self.why}'

    @property
    def hint(self) -> str:
        """How to mend it."""
        if self.near:
            return f'did you mean "{self.near}"?'
        return f"known: {', '.join(self.known)}" if self.known else "use null for unknown"


class BadFactsError(ToolError):
    """Facts that cannot be used (exit 2).

    Args:
        slips: all of them; the message has the first.
        also: how many more there are, in words.
    """

    def __init__(self, slips: tuple[Slip, ...], also: str) -> None:
        first = slips[0]
        super().__init__(
            f"{first.what}{also}{first.where}",
            code=ErrorCode.BAD_FACTS,
            exit_code=ExitCode.USAGE,
            hint=first.hint,
        )
        self.slips = slips


def schema() -> JsonSchemaValue:
    """The JSON schema of a facts file, in the 2020-12 draft."""
    return {"title": "Facts about one dispute", **_described(adapter(Facts).json_schema())}


def _described(schema: JsonSchemaValue) -> JsonSchemaValue:
    """The schema without what is for programmers: docstrings of classes, and their names."""
    texts = {key: value for key, value in schema.items() if key not in {"title", "description"}}
    parts = schema.get("$defs", {})
    if parts:
        texts["$defs"] = {name: _described(part) for name, part in parts.items()}
    return texts


def read_facts_file(path: Path, now: datetime) -> Facts:
    """Read one facts file; ``-`` is standard input.

    Args:
        path: a file with one JSON object of at most 1,000,000 bytes.
        now: the time of the decision, with a time zone; used if the file has none.

    Raises:
        ToolError: ``bad_facts`` (exit 2), with the problem in one line.
    """
    return facts_from_bytes(_bytes_of(path), now)


def has_lines(path: Path) -> bool:
    """True for a file with one JSON object a line, by its name."""
    return path.suffix.casefold() == ".jsonl"


def read_facts_lines(path: Path, now: datetime) -> dict[int, Facts]:
    """Read a file of one fact object a line, by the number of the line; empty lines are skipped.

    Raises:
        ToolError: ``bad_facts`` (exit 2), with file, line and problem in one line.
    """
    lines = _bytes_of(path, MOST_BYTES_OF_LINES).split(b"\n")
    facts = {
        number: _facts_of_line(line, now, f"{clean_text(path.name, 60)}, line {number}")
        for number, line in enumerate(lines, start=1)
        if line.removeprefix(codecs.BOM_UTF8).strip()
    }
    if not facts:
        _bad(f"{clean_text(path.name, 60)} is empty", "write one JSON object on each line")
    return facts


def _facts_of_line(line: bytes, now: datetime, where: str) -> Facts:
    try:
        return facts_from_bytes(line, now, is_line=True)
    except ToolError as error:
        error.message = f"{where}: {error.message}"
        raise


def facts_from_bytes(raw: bytes, now: datetime, *, is_line: bool = False) -> Facts:
    """The facts of one JSON document; errors as in ``read_facts_file``.

    Args:
        is_line: it is a line of a longer file, so numbers of its own lines would mislead.
    """
    stated = {k: v for k, v in _object_in(raw, is_line=is_line).items() if k not in _CASE_NOTES}
    try:
        facts: Facts = adapter(Facts).validate_json(json.dumps(stated))
    except ValidationError as error:
        _refuse(error, "" if is_line else raw.decode("utf-8-sig"))
    moments = {name: as_iso(getattr(facts, name)) for name in _MOMENTS}
    return facts.updated(now=facts.now or now, **moments)


def as_iso(text: str | None) -> str | None:
    """A date as the site writes it, in ISO 8601; unreadable text stays as it is and is shown."""
    if text is None or read_moment(text):
        return text
    from automation.aliexpress.pages.text.dates import typed_moment  # noqa: PLC0415  rarely needed, slow to load
    from automation.aliexpress.site import SiteMap  # noqa: PLC0415

    return typed_moment(text, SiteMap.load().packs.values()) or text


def _bytes_of(path: Path, most: int = MOST_BYTES) -> bytes:
    try:
        if str(path) == "-":
            return _limited(sys.stdin.buffer, most)
        with path.open("rb") as stream:
            return _limited(stream, most)
    except OSError as error:
        _bad(
            f"cannot read the facts file {clean_text(str(path), _LONGEST_PATH)}: {system_words(error)}",
            "check the path",
        )


def _limited(stream: BinaryIO, most: int) -> bytes:
    """Read at most one byte more than the limit."""
    raw = stream.read(most + 1)
    if len(raw) > most:
        fewer = "give the facts of one dispute only" if most == MOST_BYTES else "split the file"
        _bad(f"the facts file is larger than {most // MOST_BYTES} MB", fewer)
    return raw


def _object_in(raw: bytes, *, is_line: bool) -> dict[str, object]:
    try:
        text = raw.decode("utf-8-sig")
        shown = "" if is_line else text
        document = json.loads(
            text,
            object_pairs_hook=lambda p: _without_twins(p, shown),
            parse_constant=_no_constant,
            parse_float=_number,
        )
        _check_numbers_and_text(document)
    except UnicodeDecodeError:
        _bad("the facts file is not UTF-8 text", "save it as UTF-8")
    except json.JSONDecodeError as error:
        line = "" if is_line else f"line {error.lineno}, "
        where = f"{line}column {error.colno}"
        words = f"{error.msg[:1].lower()}{error.msg[1:]}".removesuffix(" at")
        _bad(f"the facts file is not valid JSON: {words} at {where}", "correct that line")
    except RecursionError:
        _nested_too_deeply()
    except ValueError as error:
        _bad(f"cannot read the facts file: {clean_text(str(error))}", "check the numbers in it")
    if not isinstance(document, dict):
        _bad("the facts file is not a JSON object", 'write {"dispute_status": "mediating", …}')
    return document


def _without_twins(pairs: list[tuple[str, object]], text: str) -> dict[str, object]:
    """Refuse repeated names: JSON keeps the last one silently, which could hide a wrong fact."""
    result: dict[str, object] = {}
    for name, value in pairs:
        if name in result:
            lines = " and ".join(map(str, _lines_of(name, text)[:2]))
            where = f" (lines {lines})" if lines else ""
            _bad(f'the facts file has "{clean_text(name, 60)}" twice{where}', "keep one of them")
        result[name] = value
    return result


def _number(text: str) -> float:
    """A number; a whole one such as 1.0 is an integer, as JSON schemas have it."""
    number = float(text)
    return int(number) if number.is_integer() else number


def _no_constant(name: str) -> NoReturn:
    _bad(f"the facts file contains {name}, which is not valid JSON", "use null for unknown")


def _check_numbers_and_text(value: object) -> None:
    """Refuse infinite numbers and lone surrogates, which JSON can spell."""
    if isinstance(value, float) and not math.isfinite(value):
        _bad("the facts file contains a number that is too large", "check the numbers in it")
    if isinstance(value, str) and any("\ud800" <= c <= "\udfff" for c in value):
        _bad("the facts file contains half a character (a lone surrogate)", "save it as UTF-8")
    children = value.items() if isinstance(value, dict) else ()
    for name, child in children:
        _check_numbers_and_text(name)
        _check_numbers_and_text(child)
    for child in value if isinstance(value, list) else ():
        _check_numbers_and_text(child)


def _refuse(error: ValidationError, text: str) -> NoReturn:
    """Raise every problem; in the one line the first: which line, which field, and the nearest known word.

    Unknown names come first: their values mean nothing.
    """
    found: dict[tuple[str, ...], ErrorDetails] = {}
    for each in error.errors(include_url=False, include_context=False):
        # The JSON is valid; only its depth is too much for this parser.
        if each["type"] == "json_invalid":
            _nested_too_deeply()
        found.setdefault(_path(each), each)
    ordered = sorted(found.values(), key=lambda each: each["type"] != _UNKNOWN)
    slips = tuple(_slip(each, text) for each in ordered)
    hidden = 0 if ordered[0]["type"] == _UNKNOWN else len(slips) - 1
    raise BadFactsError(slips, f" (and {hidden} more)" if hidden else "")


def _slip(given: ErrorDetails, text: str) -> Slip:
    path, value = _path(given), given["input"]
    where = _line(path, text)
    if given["type"] == _UNKNOWN:
        names = _names_in(path)
        return Slip(path, value, "", where, names, _nearest(path[-1], names))
    choices = _CHOICES.get(path[0], ()) if given["type"] == "enum" else ()
    known = tuple(map(str, choices))
    why = _OF_A_STATE if path[0] in _OR_TEXT else why_in_words(given, _PLAIN)
    return Slip(path, value, why, where, known, _nearest(str(value), known))


def _path(slip: ErrorDetails) -> tuple[str, ...]:
    """The names of the file that lead to a slip; pydantic adds those of the types that it tried."""
    path = tuple(str(part) for part in slip["loc"])
    return path[:1] if path[0] in _OR_TEXT else path


def _names_in(path: tuple[str, ...]) -> tuple[str, ...]:
    """The names that could stand where the last one of the path stands."""
    return tuple(each.name for each in fields(ReplacementTracking if len(path) > 1 else Facts))


def _nearest(given: str, known: tuple[str, ...]) -> str:
    """The known word that looks most like this one; empty if none does."""
    near = get_close_matches(given.casefold().replace("-", "_"), known, n=1)
    return near[0] if near else ""


def _line(path: tuple[str, ...], text: str) -> str:
    """Where the innermost name of the path stands, as text; empty if it is spelled with escapes."""
    names = [part for part in path if not part.isdigit()]
    lines = _lines_of(names[-1], text) if names else []
    return f" (line {lines[0]})" if lines else ""


def _lines_of(name: str, text: str) -> list[int]:
    key = re.compile(re.escape(json.dumps(name, ensure_ascii=False)) + r"\s*:")
    return [text.count("\n", 0, match.start()) + 1 for match in key.finditer(text)]


def _nested_too_deeply() -> NoReturn:
    _bad("the facts file is nested too deeply", "put all facts side by side in one object")


def _bad(message: str, hint: str) -> NoReturn:
    raise ToolError(message, code=ErrorCode.BAD_FACTS, exit_code=ExitCode.USAGE, hint=hint)
