"""The lines of a file of orders, as CSV or JSONL; what they say is not looked at."""

from __future__ import annotations

import codecs
import csv
import io
import json
import re
from typing import TYPE_CHECKING, Final

from msgspec import Struct, field

from automation.aliexpress.batch.columns import (
    by_known_names,
    control_in,
    known,
    typed,
    unknown_column,
    without_control,
)
from automation.aliexpress.batch.problems import (
    SHOWN,
    BadLineError,
    BadRowsError,
    Problem,
    quoted,
)
from automation.text import clean_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

MOST_BYTES: Final = 20_000_000
_JSON_ENDS: Final = frozenset({".jsonl", ".ndjson"})
_SEPARATORS: Final = ",;\t"
_MOST_DIGITS: Final = 30
_NO_OBJECT: Final = "not a JSON object"
_BROKEN_CHARACTER: Final = re.compile("[\ud800-\udfff]")


class Line(Struct, frozen=True):
    """What a line says.

    Args:
        number: where it stands, from 1.
        told: its values, under the names that the reader knows.
        names: what the file calls them.
        is_whole: false if something of it cannot be used, and is told already. The rest is here,
            so that all its mistakes can be named.
    """

    number: int
    told: dict[str, object]
    names: dict[str, str] = field(default_factory=dict)
    is_whole: bool = True

    def called(self, *path: str) -> str:
        """What the file calls the value at this path."""
        whole = ".".join(part for part in path if not part.isdigit())
        first, _, rest = whole.partition(".")
        return self.names.get(whole) or ".".join(filter(None, (self.names.get(first, first), rest)))


def lines_of(path: Path, problems: list[Problem]) -> Iterator[Line]:
    """The lines that say something, in their order; what is wrong with them is added to the problems.

    Raises:
        BadRowsError: the file cannot be read at all.
    """
    text = _text_of(path)
    is_json = path.suffix.casefold() in _JSON_ENDS or text.lstrip().startswith("{")
    return (_json_lines if is_json else _csv_lines)(text, problems)


def _text_of(path: Path) -> str:
    name = clean_text(str(path), SHOWN)
    try:
        with path.open("rb") as stream:
            raw = stream.read(MOST_BYTES + 1)
    except OSError as error:
        raise BadRowsError(
            f"cannot read {name}: {error.strerror or 'unknown cause'}", "check the path"
        ) from error
    if len(raw) > MOST_BYTES:
        raise BadRowsError(f"{name} is larger than {MOST_BYTES // 1_000_000} MB", "split the file")
    wide = raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        return raw.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError:
        raise BadRowsError(
            f"{name} is not UTF-8 text", "save it as UTF-8; Excel calls that 'CSV UTF-8'"
        ) from None


def _json_lines(text: str, problems: list[Problem]) -> Iterator[Line]:
    for line, row in enumerate(text.split("\n"), start=1):
        if not row.strip():
            continue
        try:
            yield from _json_line(line, _object_in(row), problems)
        except (ValueError, RecursionError) as error:
            problems.append(_no_line(line, error))


def _json_line(number: int, found: dict[str, object], problems: list[Problem]) -> Iterator[Line]:
    names = _spelled(found)
    try:
        yield Line(number, by_known_names(number, found), names)
    except BadLineError as bad:
        problems += bad.problems
        if bad.rest is not None:
            yield Line(number, bad.rest, names, is_whole=False)


def _spelled(given: Iterable[str]) -> dict[str, str]:
    """The names of a file by those that the reader knows."""
    return {name: clean_text(each, SHOWN) for each in given if (name := known(each))}


def _no_line(line: int, error: ValueError | RecursionError) -> Problem:
    hint = "write one JSON object on each line"
    if isinstance(error, json.JSONDecodeError):
        why = f"not valid JSON: {error.msg.removesuffix(' at')} at column {error.colno}"
        return Problem(line, why, hint)
    if isinstance(error, RecursionError):
        return Problem(line, "nested too deeply")
    return Problem(line, clean_text(str(error), SHOWN), hint if str(error) == _NO_OBJECT else "")


def _whole_number(digits: str) -> int:
    """A number of JSON; longer ones mean nothing here, and Python reads none of any length.

    Raises:
        ValueError: it has more digits than an order number.
    """
    if len(digits) > _MOST_DIGITS:
        raise ValueError("a number has too many digits")
    return int(digits)


def _object_in(line: str) -> dict[str, object]:
    """The object of a line; its ``facts`` may stand in an object of their own.

    Raises:
        ValueError: it or its facts are no JSON object, or it has a name twice or a broken character.
    """

    def without_twins(pairs: list[tuple[str, object]]) -> dict[str, object]:
        names = [name for name, _ in pairs]
        twins = sorted({name for name in names if names.count(name) > 1})
        if twins:
            raise ValueError(f"{clean_text(twins[0], SHOWN)} is given twice")
        return dict(pairs)

    found = json.loads(line, object_pairs_hook=without_twins, parse_int=_whole_number)
    if not isinstance(found, dict):
        raise ValueError(_NO_OBJECT)  # noqa: TRY004  as everything else that is no such line
    if _BROKEN_CHARACTER.search(json.dumps(found, ensure_ascii=False)):
        raise ValueError("a broken character (a lone surrogate such as \\ud800)")
    facts = found.pop("facts", None)
    if facts is None:
        return found
    if not isinstance(facts, dict):  # what the buyer says must not get lost
        raise ValueError("'facts' is not a JSON object")  # noqa: TRY004  as above
    if both := sorted(found.keys() & facts.keys()):
        raise ValueError(f"{clean_text(both[0], SHOWN)} is given twice")
    return found | facts


def _csv_lines(text: str, problems: list[Problem]) -> Iterator[Line]:
    """The lines below the header, as typed values; empty cells say nothing."""
    lines = io.StringIO(_without_sep(text), newline="")
    # Strict: a quote that is never closed would swallow the lines behind it.
    table = csv.reader(lines, delimiter=_separator(text), strict=True)
    header: list[str] | None = None
    names: dict[str, str] = {}
    before = 1 if _has_sep(text) else 0
    end = before
    while True:
        start = end + 1
        try:
            cells = next(table, None)
        except csv.Error as error:
            problems.append(Problem(start, f"not CSV: {error}", "save it again as CSV"))
            return
        if cells is None:
            return
        end = before + table.line_num
        if not any(cell.strip() for cell in cells):
            continue
        if header is None:
            header = [cell.strip() for cell in cells]
            names = _spelled(header)
            wrong = _wrong_header(start, header)
            if wrong:
                problems += wrong
                return
            continue
        try:
            yield Line(start, _of_cells(start, header, cells), names)
        except BadLineError as bad:
            problems += bad.problems
            if bad.rest is not None:
                yield Line(start, bad.rest, names, is_whole=False)


def _has_sep(text: str) -> bool:
    """Excel's own first line, which says what separates the cells."""
    return text[:4].casefold() == "sep="


def _without_sep(text: str) -> str:
    return text.partition("\n")[2] if _has_sep(text) else text


def _separator(text: str) -> str:
    """What separates the cells of the header; Excel writes semicolons where commas are decimal."""
    if _has_sep(text):
        named = text[4:5]
        return named if named in _SEPARATORS and named else ","
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(_SEPARATORS, key=first.count)


def _wrong_header(line: int, header: list[str]) -> list[Problem]:
    for number, given in enumerate(header, start=1):
        if hidden := control_in(line, f"the name of column {number}", given):
            return [hidden]
    names = [known(name) for name in header]
    wrong = [
        unknown_column(line, given) for given, name in zip(header, names, strict=True) if not name
    ]
    wrong += [
        Problem(line, f"no column '{name}'", f"name the columns in the first line: {_SAMPLE}")
        for name in ("order", "reason")
        if name not in names
    ]
    twins = sorted({name for name in names if name and names.count(name) > 1})
    return wrong + [Problem(line, f"two columns '{name}'", "keep one of them") for name in twins]


_SAMPLE: Final = "order,reason,item,received,checked"


def _of_cells(line: int, header: list[str], cells: list[str]) -> dict[str, object]:
    if any(cell.strip() for cell in cells[len(header) :]):
        raise BadLineError(
            Problem(line, f"{len(cells)} cells under {len(header)} columns",
                    "put a cell that contains the separator in quotes")
        )  # fmt: skip
    problems: list[Problem] = []
    given: dict[str, object] = {}
    for name, cell in zip(header, cells, strict=False):
        text = cell.strip()
        if hidden := control_in(line, name, cell):
            problems.append(hidden)
            text = without_control(text)
        if not text:
            continue
        column = known(name) or name
        try:
            given[column] = typed(column, text)
        except ValueError as error:
            problems.append(Problem(line, f"{name} is {quoted(text)}: {error}"))
    if problems:
        raise BadLineError(*problems, rest=given)
    return given
