"""What the site's answer to the one request means."""

from __future__ import annotations

import json
import re
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from automation.site.addresses import is_captcha, is_sign_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from automation.guard import PermitAnswer

_OK: Final = range(200, 400)
_REJECTED: Final = range(400, 500)
# A request that took too long, met another one or was hung up on may still be carried out.
_REJECTED_OR_NOT: Final = frozenset({408, 409, 425, 499})
_DEEPEST: Final = 4
# The gateway did not get an answer itself, or wants a human first: neither says that it failed.
_NO_VERDICT: Final = re.compile(
    r"TIMEOUT|TIMED|FAULT|EXCEPTION|INTERNAL|SYSTEM_ERROR|UNKNOWN|USER_VALIDATE|RGV587|PUNISH"
    r"|CAPTCHA|SESSION|LOGIN|NEED_SIGN",
    re.IGNORECASE,
)
_KEYS: Final = ("success", "isSuccess", "result", "ok")
_WORDS: Final = {"true": True, "false": False}


class Answer(StrEnum):
    """The site's word; only fresh pages decide what became of the dispute."""

    SUCCESS = "success"
    FAILURE = "failure"  # the site's application says that it did not do it
    REJECTED = "rejected"  # an HTTP error of the 4xx kind: it was turned away, by whomever
    PLAIN = "plain"  # answered without an error and without a verdict, as a form's page does
    UNCLEAR = "unclear"

    @property
    def words(self) -> str:
        """The same for the buyer."""
        return _IN_WORDS[self]

    @property
    def says_no(self) -> bool:
        """The site answered that it failed (settled questions)."""
        return self in {Answer.FAILURE, Answer.REJECTED}


_IN_WORDS: Final = {
    Answer.SUCCESS: "the site answered that it did it",
    Answer.FAILURE: "the site answered that it did not do it",
    Answer.REJECTED: "the request was turned away",
    Answer.PLAIN: "the site answered with a page that says neither yes nor no",
    Answer.UNCLEAR: "the site's answer was lost or says neither yes nor no",
}


def read_answer(answer: PermitAnswer | None) -> Answer:
    """Read an answer; a lost one, a server error, a captcha and anything odd are unclear.

    A 5xx may come after the change was made, so it says nothing; a captcha or sign-in
    in place of the answer is ``unknown`` (settled questions), since the request may be
    carried out once a human has passed it.
    """
    if answer is None or answer.error or answer.status is None:
        return Answer.UNCLEAR
    if answer.status in _REJECTED:
        unclear = answer.status in _REJECTED_OR_NOT or _wants_a_human(answer.body)
        return Answer.UNCLEAR if unclear else Answer.REJECTED
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
    words = set(_verdicts(data))
    if not words:
        return Answer.PLAIN
    if words == {True}:
        return Answer.SUCCESS
    no = words == {False} and not _wants_a_human(body) and not _no_verdict(data)
    return Answer.FAILURE if no else Answer.UNCLEAR


def _wants_a_human(body: str) -> bool:
    """A captcha or a sign-in stands in the answer, by the gateway's code or by an address."""
    addresses = re.findall(r"(?:https?:/)?/[\w./?=&%+-]+", body.replace("\\/", "/"))
    return any(is_captcha(address) or is_sign_in(address) for address in addresses)


def _no_verdict(data: dict[str, Any]) -> bool:
    return any(_NO_VERDICT.search(code) for code in _codes(data))


def _codes(data: dict[str, Any]) -> Iterator[str]:
    """The gateway's own return codes, before their words."""
    ret = data.get("ret")
    for part in ret if isinstance(ret, list) else [ret]:
        if isinstance(part, str) and part:
            yield part.partition("::")[0]


def _unwrapped(body: str) -> str:
    """The JSON inside of a JSONP call, or the body itself."""
    text = body.strip().rstrip(";")
    start, end = text.find("("), text.rfind(")")
    return text[start + 1 : end] if 0 < start < end and text[:1] not in "{[<" else text


def _verdicts(data: dict[str, Any]) -> Iterator[bool]:
    """Every yes or no that the gateway's usual fields give, also inside of its data."""
    for code in _codes(data):
        yield code.upper().startswith("SUCCESS")
    yield from _yes_or_no(data, _DEEPEST)


def _yes_or_no(value: Any, depth: int) -> Iterator[bool]:  # noqa: ANN401  any JSON value
    if not isinstance(value, dict) or depth == 0:
        return
    for key, each in value.items():
        if key in _KEYS and isinstance(each, bool):
            yield each
        elif key in _KEYS and isinstance(each, str) and each.casefold() in _WORDS:
            yield _WORDS[each.casefold()]
        else:
            yield from _yes_or_no(each, depth - 1)
