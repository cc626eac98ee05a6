"""Read the fact file of ``advise --facts``: one JSON object with the names of ``rules.Facts``.

Unknown names and impossible values are errors, so a typo never counts as "unknown".
A line of the decided cases works as it is: fields that only describe a case are skipped.
"""

from __future__ import annotations

import json
import math
import re
import sys
from dataclasses import fields
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, BinaryIO, Literal, NoReturn

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError, field_validator

from automation.errors import ErrorCode, ExitCode, ToolError
from automation.slips import first_slip
from automation.text import clean_text
from rules import Facts, Reason, ReplacementTracking
from rules.moments import read_moment

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

MOST_BYTES = 1_000_000
_MOST_COUNT = 1_000_000
_MOMENTS = ("protection_deadline", "delivered_at", "order_placed")
_DATE_AND_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:")
_FIRST_YEAR, _LAST_YEAR = 2000, 9000
_TRACKING_IS_AN_OBJECT = {
    "model_type": 'input should be an object, such as {"number": "LP00987654321CN"}'
}
_CASE_NOTES = frozenset(
    {
        "id", "group", "expected", "acceptable", "why", "reopen_deadline_utc", "window_state",
        "rules_in_plain_words",
    }
)  # fmt: skip


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class _Tracking(_Strict):
    number: str | None = None
    checked_by_buyer: bool | None = None
    carrier_events: int | None = Field(None, ge=0, le=_MOST_COUNT)
    last_event: str | None = None


class _FactFile(_Strict):
    now: AwareDatetime | None = Field(None, strict=False)
    order_status: str | None = None
    order_frozen: bool | None = None
    dispute_status: str | None = None
    buyer_reason: Reason | None = Field(None, strict=False)
    item_received: bool | None = None
    item_verified: bool | None = None
    protection_deadline: str | None = None
    delivered_at: str | None = None
    order_placed: str | None = None
    edits_used: int | None = Field(None, ge=-_MOST_COUNT, le=_MOST_COUNT)
    seller_asked_to_cancel: bool | None = None
    seller_promise: str | None = None
    seller_message: str | None = None
    seller_messages: list[str] | None = None
    unattributed_messages: list[str] | None = None
    replacement_tracking: _Tracking | None = None
    protection_extended: bool | None = None
    money_received: Literal["none", "announced_only", "partial", "full_cleared"] | None = None
    account_role: str | None = None
    open_disputes_in_order: int | None = Field(None, ge=0, le=_MOST_COUNT)
    target_specified: bool | None = None
    visible_buttons: list[str] | None = None

    @field_validator("now", mode="before")
    @classmethod
    def _only_text(cls, value: object) -> object:
        """Refuse bare digits, which would count as seconds since 1970."""
        if value is not None and not (isinstance(value, str) and _DATE_AND_TIME.match(value)):
            raise ValueError("expected a date and time such as 2026-06-10T12:00:00Z")
        return value

    @field_validator("now")
    @classmethod
    def _of_this_age(cls, value: datetime | None) -> datetime | None:
        if value is not None and not _FIRST_YEAR <= value.year <= _LAST_YEAR:
            raise ValueError(f"the year must be between {_FIRST_YEAR} and {_LAST_YEAR}")
        return value


def read_facts_file(path: Path, now: datetime) -> Facts:
    """Read one fact file; ``-`` is standard input.

    Args:
        path: a file with one JSON object of at most 1,000,000 bytes.
        now: the time of the decision, with a time zone; used if the file has none.

    Raises:
        ToolError: ``bad_facts`` (exit 2), with the problem in one line.
    """
    return facts_from_bytes(_bytes_of(path), now)


def facts_from_bytes(raw: bytes, now: datetime) -> Facts:
    """The facts of one JSON document; errors as in ``read_facts_file``."""
    stated = {k: v for k, v in _object_in(raw).items() if k not in _CASE_NOTES}
    known = [field.name for field in fields(Facts)]
    for name in stated:
        if name not in known:
            _unknown_name(name, known)
    try:
        model = _FactFile.model_validate(stated)
    except ValidationError as error:
        _impossible(error)
    return _facts_of(model, now)


def _facts_of(model: _FactFile, now: datetime) -> Facts:
    values: dict[str, Any] = {name: getattr(model, name) for name in _FactFile.model_fields}
    tracking = model.replacement_tracking
    buttons = model.visible_buttons
    values["now"] = model.now or now
    for name in _MOMENTS:
        values[name] = _as_iso(values[name])
    values["replacement_tracking"] = (
        ReplacementTracking(**tracking.model_dump()) if tracking else None
    )
    values["seller_messages"] = tuple(model.seller_messages or ())
    values["unattributed_messages"] = tuple(model.unattributed_messages or ())
    values["visible_buttons"] = None if buttons is None else tuple(buttons)
    return Facts(**values)


def _as_iso(text: str | None) -> str | None:
    """A date as the site writes it, in ISO 8601; unreadable text stays as it is and is shown."""
    if text is None or read_moment(text):
        return text
    from automation.aliexpress.pages.dates import typed_moment  # noqa: PLC0415  rarely needed, slow to load
    from automation.aliexpress.site import SiteMap  # noqa: PLC0415

    return typed_moment(text, SiteMap.load().packs.values()) or text


def _bytes_of(path: Path) -> bytes:
    try:
        if str(path) == "-":
            return _limited(sys.stdin.buffer)
        with path.open("rb") as stream:
            return _limited(stream)
    except OSError as error:
        cause = error.strerror or "unknown cause"
        _bad(f"cannot read the fact file {clean_text(str(path))}: {cause}", "check the path")


def _limited(stream: BinaryIO) -> bytes:
    """Read at most one byte more than the limit."""
    raw = stream.read(MOST_BYTES + 1)
    if len(raw) > MOST_BYTES:
        _bad("the fact file is larger than 1 MB", "give the facts of one dispute only")
    return raw


def _object_in(raw: bytes) -> dict[str, Any]:
    try:
        document = json.loads(
            raw.decode("utf-8-sig"), object_pairs_hook=_without_twins, parse_constant=_no_constant
        )
        _check_numbers_and_text(document)
    except UnicodeDecodeError:
        _bad("the fact file is not UTF-8 text", "save it as UTF-8")
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        _bad(f"the fact file is not valid JSON: {error.msg} at {where}", "correct that line")
    except RecursionError:
        _bad("the fact file is nested too deeply", "put all facts side by side in one object")
    except ValueError as error:
        _bad(f"cannot read the fact file: {clean_text(str(error))}", "check the numbers in it")
    if not isinstance(document, dict):
        _bad("the fact file is not a JSON object", 'write {"dispute_status": "mediating", …}')
    return document


def _without_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Refuse repeated names: JSON keeps the last one silently, which could hide a wrong fact."""
    result: dict[str, Any] = {}
    for name, value in pairs:
        if name in result:
            _bad(f'the fact file has "{clean_text(name, 60)}" twice', "keep one of them")
        result[name] = value
    return result


def _no_constant(name: str) -> NoReturn:
    _bad(f"the fact file contains {name}, which is not valid JSON", "use null for unknown")


def _check_numbers_and_text(value: object) -> None:
    """Refuse infinite numbers and lone surrogates, which JSON can spell."""
    if isinstance(value, float) and not math.isfinite(value):
        _bad("the fact file contains a number that is too large", "check the numbers in it")
    if isinstance(value, str) and any("\ud800" <= c <= "\udfff" for c in value):
        _bad("the fact file contains half a character (a lone surrogate)", "save it as UTF-8")
    children = value.items() if isinstance(value, dict) else ()
    for name, child in children:
        _check_numbers_and_text(name)
        _check_numbers_and_text(child)
    for child in value if isinstance(value, list) else ():
        _check_numbers_and_text(child)


def _unknown_name(name: str, known: list[str]) -> NoReturn:
    near = get_close_matches(name, known, n=1)
    hint = f'did you mean "{near[0]}"?' if near else "known: " + ", ".join(known)
    _bad(f'the fact file has an unknown field "{clean_text(name, 60)}"', hint)


def _impossible(error: ValidationError) -> NoReturn:
    """Raise the first problem in one line, with the field's name and its value, cut short."""
    where, why, also = first_slip(error, _TRACKING_IS_AN_OBJECT)
    given = error.errors(include_url=False, include_context=False)[0]["input"]
    value = clean_text(json.dumps(given, ensure_ascii=False, default=str), 60)
    _bad(f'the fact "{clean_text(where, 60)}" is {value}: {why}{also}', "use null for unknown")


def _bad(message: str, hint: str) -> NoReturn:
    raise ToolError(message, code=ErrorCode.BAD_FACTS, exit_code=ExitCode.USAGE, hint=hint)
