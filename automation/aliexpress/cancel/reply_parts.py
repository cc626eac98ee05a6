"""The telling parts of a service's answer: its codes, yes or no, and messages."""

from __future__ import annotations

import json
import re
from collections import deque
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from automation.aliexpress.walk.responses import RET, gateway_texts, served_by

if TYPE_CHECKING:
    from collections.abc import Iterator

    from automation.aliexpress.walk.responses import Json

_DEEPEST: Final = 6
_SHALLOW: Final = 3
_MOST_FIELDS: Final = 5000
_YES_OR_NO: Final = frozenset({"ok", "result", "succeed", "succeeded"})
_FAILED: Final = frozenset({"fail", "failed", "isfail", "isfailed", "haserror", "iserror"})
_ERROR_CODES: Final = frozenset(
    {"errorcode", "errcode", "errorno", "errno", "resultcode", "bizcode", "bizerrorcode"}
    | {"retcode", "returncode", "subcode", "msgcode", "failcode", "failedcode"}
)
_PLAIN_CODES: Final = frozenset({"code", "statuscode", "httpstatus"})
_ERROR_WORDS: Final = frozenset(
    {"errormessage", "errormsg", "errmsg", "errmessage", "errorinfo", "errordesc", "error"}
    | {"failmsg", "failmessage", "failreason", "bizerrormsg", "bizerrormessage"}
)
_IN_OWN_WORDS: Final = _ERROR_CODES | _PLAIN_CODES | _ERROR_WORDS
_MESSAGES: Final = _ERROR_WORDS | {"message", "msg", "resultmsg", "resultmessage", "msginfo"} | {
    "submsg", "tip", "tips", "toast", "desc", "reason", "status", "state",
}  # fmt: skip
# Fields whose value is a verdict in words, and those that ask for a further step.
_VERDICTS: Final = frozenset({"status", "state", "resultstatus", "resultstate", "outcome"})
_NO_WORDS: Final = frozenset(
    {"fail", "failed", "failure", "error", "no", "n", "denied", "refused", "rejected", "invalid"}
    | {"forbidden", "unsuccessful", "abort", "aborted"}
)
_YES_WORDS: Final = frozenset({"success", "succeed", "succeeded", "ok", "yes", "y", "done"})
_FURTHER: Final = re.compile(
    r"(?:need|require|must|to)(?:d|s|to|be|user)*(?:confirm|verif|auth|check|validat|sign)\w*"
    r"|\w*confirm(?:needed|required)|next(?:step|action|operation|url)",
    re.IGNORECASE,
)
_FINE: Final = frozenset({"", "0", "200", "ok", "null", "none", "true", "false"})
_OFF: Final = frozenset({"", "0", "none", "null", "false"})
_WORDS: Final = {"true": True, "false": False}


class Part(Struct, frozen=True):
    """One telling field; ``yes`` is ``None`` if it only has text.

    Args:
        further: it asks for one more step.
    """

    key: str
    text: str
    yes: bool | None = None
    further: bool = False


def parts_of(data: Json) -> Iterator[Part]:
    """Every yes, no and message of an answer, the gateway's own codes first."""
    for text in gateway_texts(data):
        yield Part(RET, text, yes=served_by(text))
    for depth, key, value in _fields(data):
        part = _part(depth, key, value)
        if part is not None:
            yield part


def _fields(data: Json) -> Iterator[tuple[int, str, Json]]:
    """Every field with its depth, counted from 1, also in lists and in JSON inside a string."""
    pending: deque[tuple[int, Json]] = deque([(1, data)])
    seen = 0
    while pending and seen < _MOST_FIELDS:
        depth, value = pending.popleft()
        if isinstance(value, list):
            pending.extend((depth, each) for each in value)
        elif isinstance(value, dict):
            for key, each in value.items():
                seen += 1
                yield depth, key, each
                inner = _opened(each)
                if depth < _DEEPEST and isinstance(inner, (dict, list)):
                    pending.append((depth + 1, inner))


def _opened(value: Json) -> Json:
    if not isinstance(value, str) or value[:1] not in {"{", "["}:
        return value
    try:
        inner: Json = json.loads(value)
    except (ValueError, RecursionError):
        return value
    return inner


def _part(depth: int, key: str, value: Json) -> Part | None:
    name = key.replace("_", "").replace("-", "").casefold()
    text = str(value) if isinstance(value, (str, int, float)) else ""
    yes = _verdict(name, text, _as_bool(value), shallow=depth <= _SHALLOW)
    if yes is not None:
        return Part(key, text if name in _IN_OWN_WORDS else text.lower(), yes)
    if depth > _SHALLOW or not text:
        return None
    if _FURTHER.fullmatch(name) and text.casefold() not in _OFF:
        return Part(key, text.lower(), further=True)
    return Part(key, text) if name in _MESSAGES - _ERROR_WORDS else None


def _verdict(name: str, text: str, told: bool | None, *, shallow: bool) -> bool | None:
    """What a field says about the success of the call; ``None`` if nothing."""
    if name.endswith("success") or name in _YES_OR_NO:
        return _in_a_word(text) if told is None else told
    if name in _FAILED:
        return False if told else None
    if name in _ERROR_CODES or (name in _PLAIN_CODES and shallow):
        return False if _is_error_code(text) else None
    if name in _ERROR_WORDS:
        return False if _is_said(text) else None
    return False if name in _VERDICTS and shallow and _in_a_word(text) is False else None


def _as_bool(value: Json) -> bool | None:
    if isinstance(value, bool):
        return value
    return _WORDS.get(value.casefold()) if isinstance(value, str) else None


def _in_a_word(text: str) -> bool | None:
    """A verdict that is a single word; ``None`` for any other text."""
    word = text.strip().casefold()
    return False if word in _NO_WORDS else True if word in _YES_WORDS else None


def _is_error_code(text: str) -> bool:
    return _is_said(text) and not text.upper().startswith(("SUCCESS", "OK"))


def _is_said(text: str) -> bool:
    return text.strip().casefold() not in _FINE | {"success"}
