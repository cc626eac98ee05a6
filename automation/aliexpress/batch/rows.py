"""Read the file of ``cancel --from``: one order a line, as CSV or JSONL.

Every line is checked before anything starts, and all problems are reported together. Columns have
the names of the options of ``cancel`` or of the facts of ``advise --facts``.
"""

from __future__ import annotations

import json
import re
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

from msgspec import Struct
from pydantic import BaseModel, ConfigDict

from automation.aliexpress.advice.facts_file import (
    NOT_A_CHOICE,
    BadFactsError,
    as_iso,
    facts_from_bytes,
)
from automation.aliexpress.batch.columns import MOMENTS, OWN, as_written
from automation.aliexpress.batch.lines import lines_of
from automation.aliexpress.batch.problems import (
    SHOWN,
    BadRowsError,
    Problem,
    bad_rows,
    quoted,
)
from automation.aliexpress.plan.order_number import pasted_order
from automation.engine.digest import digest_of
from automation.errors import ToolError
from automation.text import clean_text
from rules import Facts, Reason, all_rules
from rules.moments import read_moment
from rules.outside import adapter

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from pathlib import Path

    from automation.aliexpress.advice.facts_file import Slip
    from automation.aliexpress.batch.lines import Line

_A_DATE: Final = "expected a date such as 2026-12-24"
_OR_NOTHING: Final = "leave it out if you do not know"
_PLAINER: Final = {
    "input should be": "expected",
    "greater than or equal to": "at least",
    "less than or equal to": "at most",
}
_ROUNDED: Final = re.compile(r"\d[.,]?\d*E\+?\d+", re.IGNORECASE)
# Excel's way to keep a long number as text: ="8190000000000001"
_AS_TEXT: Final = re.compile(r'="(.*)"|\'(.*)')
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
        said = adapter(Facts).dump_python(
            self.said, mode="json", exclude={"now"}, exclude_none=True
        )
        return {
            "order": self.order,
            "item": self.item,
            "accepted": sorted(self.accepted),
            "said": said,
        }


def read_rows(path: Path, now: datetime) -> tuple[Row, ...]:
    """Read and check the whole file.

    Raises:
        BadRowsError: it cannot be read, is empty, or has bad lines; all of them are named.
    """
    name = clean_text(path.name, SHOWN)
    problems: list[Problem] = []
    rows: list[Row] = []
    named: list[_Named] = []
    for line in lines_of(path, problems):
        wrong: list[Problem] = []
        about = _named(line, wrong)
        row = _row(about, line, now, wrong)
        named.append(about)
        rows += [row] if row and line.is_whole else []
        problems += wrong
    problems += _twice(named)
    if problems:
        raise bad_rows(name, sorted(problems, key=lambda each: each.line))
    if not rows:
        raise BadRowsError(f"{name} has no orders", "write one order on each line, with a reason")
    return tuple(rows)


def digest_of_rows(rows: Iterable[Row]) -> str:
    """Twelve hex digits over what the rows say, in their order."""
    return digest_of({"rows": [row.content for row in rows]})


class _Named(Struct, frozen=True):
    """What a line is about; the order is empty where it has no good number."""

    line: int
    order: str
    item: str | None


def _named(line: Line, problems: list[Problem]) -> _Named:
    order = _order(line.number, line.told.get("order"), problems)
    item = line.told.get("item")
    if isinstance(item, (list, dict, bool)):
        what = f"item is {as_written(item)}: expected a number or an id"
        problems.append(Problem(line.number, what))
    return _Named(line.number, order, _plain(item) or None if item is not None else None)


def _row(about: _Named, line: Line, now: datetime, problems: list[Problem]) -> Row | None:
    """The row of a line; ``None`` if anything is wrong with it, which is added to the problems."""
    number = line.number
    reason = _reason(number, line.told.get("reason"), problems)
    accepted = _accepted(number, line.told.get("accept_risk"), problems)
    said = _said(line, reason, now, problems)
    if problems or said is None:
        return None
    return Row(line=number, order=about.order, item=about.item, accepted=accepted, said=said)


def _plain(value: object) -> str:
    """A number or text as Excel and JSON write it, as text."""
    text = str(value).strip()
    kept = _AS_TEXT.fullmatch(text)
    return next(filter(None, kept.groups()), "") if kept else text


def _order(line: int, given: object, problems: list[Problem]) -> str:
    if isinstance(given, (list, dict, bool)):
        problems.append(Problem(line, f"order is {as_written(given)}: expected one number"))
        return ""
    text = "" if given is None else _plain(given)
    number = None if isinstance(given, float) else pasted_order(text)
    if number:
        return number
    if not text:
        problems.append(Problem(line, "no order number", "name an order on each line"))
    elif isinstance(given, float) or _ROUNDED.fullmatch(text):
        problems.append(
            Problem(line, f"{quoted(text)} is a rounded order number",
                    "format the column as text before you type the numbers")
        )  # fmt: skip
    else:
        problems.append(
            Problem(line, f"{quoted(text)} is not an order number (15 to 19 digits)",
                    "copy the number after 'Order ID' from My Orders")
        )  # fmt: skip
    return ""


def _reason(line: int, given: object, problems: list[Problem]) -> Reason | None:
    if given is not None and not isinstance(given, str):
        problems.append(
            Problem(line, f"reason is {as_written(given)}: expected one word",
                    "see --because in 'dispute-guard cancel --help'")
        )  # fmt: skip
        return None
    text = (given or "").strip()
    name = text.casefold().replace("-", "_").replace(" ", "_")
    if name in set(Reason):
        return Reason(name)
    near = get_close_matches(name, [str(each) for each in Reason], n=1)
    what = f"unknown reason {quoted(text)}" if text else "no reason"
    what += f", did you mean '{near[0].replace('_', '-')}'?" if near else ""
    problems.append(Problem(line, what, "see --because in 'dispute-guard cancel --help'"))
    return None


def _accepted(line: int, given: object, problems: list[Problem]) -> tuple[str, ...]:
    """The rules of ``accept_risk``: a list, or words with spaces, commas or semicolons between."""
    words = re.split(r"[\s,;]+", given) if isinstance(given, str) else given or []
    if not isinstance(words, list) or not all(isinstance(each, str) for each in words):
        what = f"accept_risk is {as_written(given)}: expected the names of rules"
        problems.append(Problem(line, what, "run 'dispute-guard rules' for their names"))
        return ()
    known = {rule.id: rule.overridable for rule in all_rules()}
    for word in filter(None, words):
        if word not in known:
            near = get_close_matches(word, known, n=1)
            meant = f", did you mean '{near[0]}'?" if near else ""
            problems.append(Problem(line, f"no such rule {quoted(word)}{meant}"))
        elif not known[word]:
            problems.append(
                Problem(line, f"{word} cannot be overridden",
                        f"run 'dispute-guard rules {word}' to see why")
            )  # fmt: skip
    return tuple(dict.fromkeys(filter(None, words)))


def _said(
    line: Line, reason: Reason | None, now: datetime, problems: list[Problem]
) -> Facts | None:
    """What the buyer says, checked as a facts file is."""
    given = {name: value for name, value in line.told.items() if name not in OWN}
    facts = {name: value for name, value in given.items() if "." not in name}
    nested = {name.partition(".")[2]: value for name, value in given.items() if "." in name}
    if nested:
        whole = facts.get("replacement_tracking", {})
        if not isinstance(whole, dict) or whole.keys() & nested.keys():
            twice = f"{line.called('replacement_tracking')} is given twice, in two ways"
            problems.append(Problem(line.number, twice, "keep one of them"))
            return None
        facts["replacement_tracking"] = whole | nested
    for name in _CHOICES & facts.keys():
        if isinstance(word := facts[name], str):
            facts[name] = word.strip().replace("-", "_")
    if isinstance(facts.get("seller_messages"), str):
        facts["seller_messages"] = [facts["seller_messages"]]
    problems += [
        Problem(line.number, f"{line.called(fact)} is {quoted(text)}: {_A_DATE}")
        for fact in MOMENTS.values()
        if (text := _no_date(facts.get(fact)))
    ]
    document = facts | {"buyer_reason": reason}
    try:
        return facts_from_bytes(json.dumps(document, default=str).encode(), now, is_line=True)
    except BadFactsError as bad:
        problems += [_wrong_fact(line, each) for each in bad.slips]
    except ToolError as error:
        told = error.message.replace("the facts file", "the line")
        problems.append(Problem(line.number, told, error.hint))
    return None


def _wrong_fact(line: Line, slip: Slip) -> Problem:
    """A slip in the facts of a line, in the words of its file."""
    column = clean_text(line.called(*slip.path), SHOWN)
    if not slip.why:
        return Problem(line.number, f"unknown column '{column}'", slip.hint)
    what = f"{column} is {as_written(line.told.get('.'.join(slip.path), slip.given))}"
    if slip.near:
        return Problem(line.number, f"{what}, did you mean '{slip.near}'?")
    return Problem(line.number, f"{what}: {_expected(slip)}", _OR_NOTHING)


def _expected(slip: Slip) -> str:
    """What can stand in place of a value, in the words of the other columns."""
    if slip.why == NOT_A_CHOICE and slip.known:
        return f"expected {', '.join(slip.known[:-1])} or {slip.known[-1]}"
    words = slip.why
    for word, plainer in _PLAINER.items():
        words = words.replace(word, plainer)
    return words


def _no_date(given: object) -> str:
    """A text in place of a date, where it is none; empty for a date, and for what is no text."""
    text = as_iso(given) if isinstance(given, str) else None
    return text if text and read_moment(text) is None else ""


def _twice(rows: list[_Named]) -> list[Problem]:
    """Lines about an order that an earlier line is about already, unless each names its item."""
    first: dict[str, list[_Named]] = {}
    problems = []
    for row in (each for each in rows if each.order):
        for before in first.get(row.order, ()):
            if row.item == before.item or None in (row.item, before.item):
                same = f"order {row.order} is already in line {before.line}"
                hint = "keep one of them, or name another item in each"
                problems.append(Problem(row.line, same, hint))
                break
        first.setdefault(row.order, []).append(row)
    return problems
