"""What the site's answer to the one request means."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from automation.guard import PermitAnswer

_OK = range(200, 400)
_REFUSED = range(400, 500)


class Answer(StrEnum):
    """The site's word; only fresh pages decide what became of the dispute."""

    SUCCESS = "success"
    FAILURE = "failure"
    PLAIN = "plain"  # answered without an error and without a verdict, as a form's page does
    UNCLEAR = "unclear"


def read_answer(answer: PermitAnswer | None) -> Answer:
    """Read an answer; a lost one, a server error and anything odd are unclear.

    A 5xx may come after the change was made, so it says nothing.
    """
    if answer is None or answer.error or answer.status is None:
        return Answer.UNCLEAR
    if answer.status in _REFUSED:
        return Answer.FAILURE
    if answer.status not in _OK:
        return Answer.UNCLEAR
    return _read_body(answer.body)


def _read_body(body: str) -> Answer:
    text = _unwrapped(body)
    if not text.startswith("{"):
        return Answer.PLAIN
    try:
        data: Any = json.loads(text)
    except (ValueError, RecursionError):
        return Answer.UNCLEAR
    words = _verdicts(data)
    if not words:
        return Answer.PLAIN
    if words == {True}:
        return Answer.SUCCESS
    return Answer.FAILURE if words == {False} else Answer.UNCLEAR


def _unwrapped(body: str) -> str:
    """The JSON inside of a JSONP call, or the body itself."""
    text = body.strip().rstrip(";")
    start, end = text.find("("), text.rfind(")")
    return text[start + 1 : end] if 0 < start < end and text[:1] not in "{[" else text


def _verdicts(data: dict[str, Any]) -> set[bool]:
    """Every yes or no that the gateway's usual fields give."""
    words: set[bool] = set()
    ret = data.get("ret")
    for part in ret if isinstance(ret, list) else [ret]:
        if isinstance(part, str) and part:
            words.add(part.upper().startswith("SUCCESS"))
    inner = data.get("data")
    for place in (data, inner if isinstance(inner, dict) else {}):
        for key in ("success", "isSuccess", "result", "ok"):
            if isinstance(place.get(key), bool):
                words.add(place[key])
    return words
