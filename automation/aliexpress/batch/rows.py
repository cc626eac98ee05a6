"""Read the file of ``cancel --from``: one order a line, as CSV or JSONL.

Every line is checked before anything starts, and all that is wrong is told at once. Columns have
the names of the options of ``cancel`` or of the facts of ``advise --facts``.
"""

from __future__ import annotations

import codecs
import csv
import io
import json
import re
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

from pydantic import BaseModel, ConfigDict

from automation.aliexpress.advice.facts_file import facts_from_bytes
from automation.aliexpress.plan.order_number import pasted_order
from automation.engine.digest import digest_of
from automation.errors import ErrorCode, ExitCode, ToolError
from automation.text import clean_text
from rules import Facts, Reason, ReplacementTracking, all_rules
from rules.moments import read_moment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime
    from pathlib import Path

MOST_BYTES: Final = 20_000_000
_MOMENTS: Final = {"protection_ends": "protection_deadline", "delivered": "delivered_at"}
_A_DATE: Final = "expected a date such as 2026-12-24"
_SHOWN: Final = 60
_JSON_ENDS: Final = frozenset({".jsonl", ".ndjson"})
_SEPARATORS: Final = ",;\t"
_YES: Final = frozenset({"yes", "y", "true", "1"})
_NO: Final = frozenset({"no", "n", "false", "0"})
_ROUNDED: Final = re.compile(r"\d[.,]?\d*E\+?\d+", re.IGNORECASE)
# Excel's way to keep a long number as text: ="8190000000000001"
_AS_TEXT: Final = re.compile(r'="(.*)"|\'(.*)')
# The names of the options beside those of the facts.
_ALIASES: Final = {
    "order_id": "order",
    "because": "reason",
    "buyer_reason": "reason",
    "accept_risks": "accept_risk",
    "received": "item_received",
    "checked": "item_verified",
    "replacement": "replacement_tracking.number",
    "replacement_number": "replacement_tracking.number",
    "replacement_checked": "replacement_tracking.checked_by_buyer",
    "money": "money_received",
    "seller_says": "seller_messages",
    **_MOMENTS,
}
_OWN: Final = ("order", "reason", "item", "accept_risk")
_FACTS: Final = frozenset(Facts.model_fields) - {"now", "buyer_reason"}
_NESTED: Final = tuple(f"replacement_tracking.{name}" for name in ReplacementTracking.model_fields)
_KNOWN: Final = (*_OWN, *sorted(_FACTS), *_NESTED)
_CHOICES: Final = frozenset({"money_received", "dispute_status", "order_status", "account_role"})


class Row(BaseModel):
    """One order of the file.

    Args:
        line: where it stands, from 1.
        item: number of the dispute from 1, or the id of its line or dispute.
        accepted: rules whose risk the buyer accepts for this order.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    line: int
    order: str
    item: str | None = None
    accepted: tuple[str, ...] = ()
    said: Facts

    @property
    def content(self) -> dict[str, object]:
        """What the row says, without where it stands and when it was read."""
        said = self.said.model_dump(mode="json", exclude={"now"}, exclude_none=True)
        return {
            "order": self.order,
            "item": self.item,
            "accepted": sorted(self.accepted),
            "said": said,
        }


@dataclass(frozen=True)
class Problem:
    """What is wrong with a line, and how to mend it."""

    line: int
    what: str
    hint: str = ""


class BadRowsError(ToolError):
    """The file cannot be used (exit 2); nothing was started.

    Args:
        problems: what is wrong, line by line; none if it cannot be read at all.
    """

    def __init__(self, message: str, hint: str, problems: tuple[Problem, ...] = ()) -> None:
        super().__init__(message, code=ErrorCode.BAD_BATCH, exit_code=ExitCode.USAGE, hint=hint)
        self.problems = problems


def read_rows(path: Path, now: datetime) -> tuple[Row, ...]:
    """Read and check the whole file.

    Raises:
        BadRowsError: it cannot be read, is empty, or has bad lines; all of them are named.
    """
    name, text = clean_text(path.name, _SHOWN), _text_of(path)
    is_json = path.suffix.casefold() in _JSON_ENDS or text.lstrip().startswith("{")
    problems: list[Problem] = []
    rows: list[Row] = []
    for line, given in _json_lines(text, problems) if is_json else _csv_lines(text, problems):
        try:
            rows.append(_row(line, given, now))
        except _BadLineError as bad:
            problems += bad.problems
    problems += _twice(rows)
    if problems:
        raise _bad(name, sorted(problems, key=lambda each: each.line))
    if not rows:
        raise BadRowsError(f"{name} has no orders", "write one order on each line, with a reason")
    return tuple(rows)


def digest_of_rows(rows: Iterable[Row]) -> str:
    """Twelve hex digits over what the rows say, in their order."""
    return digest_of({"rows": [row.content for row in rows]})


class _BadLineError(Exception):
    """What is wrong with one line."""

    def __init__(self, *problems: Problem) -> None:
        self.problems = problems


def _bad(name: str, problems: list[Problem]) -> BadRowsError:
    lines = len({each.line for each in problems})
    told = "; ".join(f"line {each.line}: {each.what}" for each in problems)
    hints = list(dict.fromkeys(each.hint for each in problems if each.hint))
    return BadRowsError(
        f"{name} has {lines} bad line{'' if lines == 1 else 's'}: {told}",
        hints[0] if len(hints) == 1 else "correct these lines; nothing was started",
        tuple(problems),
    )


# The file as text


def _text_of(path: Path) -> str:
    name = clean_text(str(path), _SHOWN)
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


# JSONL


def _json_lines(text: str, problems: list[Problem]) -> Iterator[tuple[int, dict[str, object]]]:
    for line, row in enumerate(text.split("\n"), start=1):
        if not row.strip():
            continue
        try:
            yield line, _names(line, _object_in(row))
        except (ValueError, RecursionError) as error:
            problems.append(
                Problem(line, _why_no_json(error), "write one JSON object on each line")
            )
        except _BadLineError as bad:
            problems += bad.problems


def _why_no_json(error: ValueError | RecursionError) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"not valid JSON: {error.msg} at column {error.colno}"
    return clean_text(str(error) or "nested too deeply", _SHOWN)


def _object_in(line: str) -> dict[str, object]:
    """The object of a line; its ``facts`` may stand in an object of their own.

    Raises:
        ValueError: it is no JSON object, or has a name twice.
    """

    def without_twins(pairs: list[tuple[str, object]]) -> dict[str, object]:
        names = [name for name, _ in pairs]
        twins = sorted({name for name in names if names.count(name) > 1})
        if twins:
            raise ValueError(f"{clean_text(twins[0], _SHOWN)} stands there twice")
        return dict(pairs)

    found = json.loads(line, object_pairs_hook=without_twins)
    if not isinstance(found, dict):
        raise ValueError("not a JSON object")  # noqa: TRY004  as everything else that is no such line
    facts = found.pop("facts", None)
    return found | facts if isinstance(facts, dict) else found


# CSV


def _csv_lines(text: str, problems: list[Problem]) -> Iterator[tuple[int, dict[str, object]]]:
    """The lines below the header, as typed values; empty cells say nothing."""
    lines = io.StringIO(_without_sep(text), newline="")
    # Strict: a quote that is never closed would swallow the lines behind it.
    table = csv.reader(lines, delimiter=_separator(text), strict=True)
    header: list[str] | None = None
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
            wrong = _wrong_header(start, header)
            if wrong:
                problems += wrong
                return
            continue
        try:
            yield start, _of_cells(start, header, cells)
        except _BadLineError as bad:
            problems += bad.problems


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
    names = [_known(name) for name in header]
    wrong = [_unknown(line, given) for given, name in zip(header, names, strict=True) if not name]
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
        raise _BadLineError(
            Problem(line, f"{len(cells)} cells under {len(header)} columns",
                    "put a cell that contains the separator in quotes")
        )  # fmt: skip
    problems: list[Problem] = []
    given: dict[str, object] = {}
    for name, cell in zip(header, cells, strict=False):
        text = cell.strip()
        if not text:
            continue
        known = _known(name) or name
        try:
            given[known] = _typed(known, text)
        except ValueError as error:
            problems.append(Problem(line, f"{name} is {_quoted(text)}: {error}"))
    if problems:
        raise _BadLineError(*problems)
    return given


def _typed(name: str, text: str) -> object:
    """The value of a cell.

    Raises:
        ValueError: it cannot be one of this column's.
    """
    if name in _OWN:
        return text
    kind = str(_annotation(name))
    if "bool" in kind:
        if text.casefold() not in _YES | _NO:
            raise ValueError("expected yes or no")
        return text.casefold() in _YES
    if "int" in kind and "str" not in kind:
        if not (text.isascii() and text.isdecimal()):
            raise ValueError("expected a whole number")
        return int(text)
    if "tuple" in kind:
        return [text]
    return text


def _annotation(name: str) -> object:
    part = name.partition(".")[2]
    fields = ReplacementTracking.model_fields if part else Facts.model_fields
    return fields[part or name].annotation


# A line


def _known(given: str) -> str | None:
    """The name of a column, by any of its spellings."""
    name = re.sub(r"[\s-]+", "_", given.strip().casefold())
    name = _ALIASES.get(name, name)
    return name if name in _KNOWN else None


def _unknown(line: int, given: str) -> Problem:
    name = given.casefold().replace("-", "_").replace(" ", "_")
    near = get_close_matches(name, [*_KNOWN, *_ALIASES], n=1)
    shown = _quoted(given) if given else "without a name"
    if name == "now":
        return Problem(line, "'now' cannot be given", "leave it out: the run's own clock counts")
    return Problem(
        line,
        f"unknown column {shown}" + (f", did you mean '{near[0]}'?" if near else ""),
        "" if near else f"known: {', '.join(_KNOWN)}",
    )


def _names(line: int, found: Mapping[str, object]) -> dict[str, object]:
    """The same under the names that the reader knows; ``null`` says nothing."""
    problems = [_unknown(line, name) for name in found if not _known(name)]
    if problems:
        raise _BadLineError(*problems)
    return {str(_known(name)): value for name, value in found.items() if value is not None}


def _row(line: int, given: dict[str, object], now: datetime) -> Row:
    problems: list[Problem] = []
    order = _order(line, given.pop("order", None), problems)
    reason = _reason(line, given.pop("reason", None), problems)
    item = given.pop("item", None)
    accepted = _accepted(line, given.pop("accept_risk", None), problems)
    said = _said(line, given, reason, now, problems)
    if problems or said is None:
        raise _BadLineError(*problems)
    return Row(
        line=line,
        order=order,
        item=None if item is None else _plain(item),
        accepted=accepted,
        said=said,
    )


def _plain(value: object) -> str:
    """A number or text as Excel and JSON write it, as text."""
    text = str(value).strip()
    kept = _AS_TEXT.fullmatch(text)
    return next(filter(None, kept.groups()), "") if kept else text


def _order(line: int, given: object, problems: list[Problem]) -> str:
    text = "" if given is None else _plain(given)
    number = None if isinstance(given, float) else pasted_order(text)
    if number:
        return number
    if not text:
        problems.append(Problem(line, "no order number", "name an order on each line"))
    elif isinstance(given, float) or _ROUNDED.fullmatch(text):
        problems.append(
            Problem(line, f"{_quoted(text)} is a rounded order number",
                    "format the column as text before you type the numbers")
        )  # fmt: skip
    else:
        problems.append(
            Problem(line, f"{_quoted(text)} is not an order number (15 to 19 digits)",
                    "copy the number after 'Order ID' from My Orders")
        )  # fmt: skip
    return ""


def _reason(line: int, given: object, problems: list[Problem]) -> Reason | None:
    text = "" if given is None else str(given).strip()
    name = text.casefold().replace("-", "_").replace(" ", "_")
    if name in set(Reason):
        return Reason(name)
    near = get_close_matches(name, [str(each) for each in Reason], n=1)
    what = f"unknown reason {_quoted(text)}" if text else "no reason"
    what += f", did you mean '{near[0].replace('_', '-')}'?" if near else ""
    problems.append(Problem(line, what, "see --because in 'dispute-guard cancel --help'"))
    return None


def _accepted(line: int, given: object, problems: list[Problem]) -> tuple[str, ...]:
    """The rules of ``accept_risk``: a list, or words with spaces, commas or semicolons between."""
    words = (
        [str(each) for each in given]
        if isinstance(given, list)
        else re.split(r"[\s,;]+", str(given or ""))
    )
    known = {rule.id: rule.overridable for rule in all_rules()}
    for word in filter(None, words):
        if word not in known:
            near = get_close_matches(word, known, n=1)
            meant = f", did you mean '{near[0]}'?" if near else ""
            problems.append(Problem(line, f"no such rule {_quoted(word)}{meant}"))
        elif not known[word]:
            problems.append(
                Problem(line, f"{word} cannot be overridden",
                        f"run 'dispute-guard rules {word}' to see why")
            )  # fmt: skip
    return tuple(dict.fromkeys(filter(None, words)))


def _said(
    line: int,
    given: dict[str, object],
    reason: Reason | None,
    now: datetime,
    problems: list[Problem],
) -> Facts | None:
    """What the buyer says, checked as a fact file is."""
    facts = {name: value for name, value in given.items() if "." not in name}
    nested = {name.partition(".")[2]: value for name, value in given.items() if "." in name}
    if nested:
        replacement = facts.get("replacement_tracking")
        facts["replacement_tracking"] = (
            replacement | nested if isinstance(replacement, dict) else nested
        )
    for name in _CHOICES & facts.keys():
        facts[name] = str(facts[name]).strip().replace("-", "_")
    if isinstance(facts.get("seller_messages"), str):
        facts["seller_messages"] = [facts["seller_messages"]]
    document = facts | {"buyer_reason": reason}
    try:
        found = facts_from_bytes(json.dumps(document, default=str).encode(), now, is_line=True)
    except ToolError as error:
        problems.append(Problem(line, error.message, error.hint))
        return None
    unread = [
        (given, text)
        for given, name in _MOMENTS.items()
        if (text := getattr(found, name)) and read_moment(text) is None
    ]
    problems += [Problem(line, f"{given} is {_quoted(text)}: {_A_DATE}") for given, text in unread]
    return None if unread else found


def _twice(rows: list[Row]) -> list[Problem]:
    """Lines about an order that an earlier line is about already, unless each names its item."""
    first: dict[str, list[Row]] = {}
    problems = []
    for row in rows:
        for before in first.get(row.order, ()):
            if row.item == before.item or None in (row.item, before.item):
                same = f"order {row.order} stands in line {before.line} already"
                hint = "keep one of them, or name another item in each"
                problems.append(Problem(row.line, same, hint))
                break
        first.setdefault(row.order, []).append(row)
    return problems


def _quoted(text: str) -> str:
    return f"'{clean_text(text, _SHOWN)}'"
