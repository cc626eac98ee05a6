"""What the site's answer to the one request means."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final

from automation.aliexpress.cancel.reply_parts import Part, parts_of
from automation.aliexpress.site.addresses import is_captcha, is_sign_in
from automation.aliexpress.site.answer_words import answer_words, unescaped
from automation.aliexpress.walk.responses import RET
from automation.engine.outcome import MAY_BE_UNDER_WAY, Reply
from automation.text import clean_text

if TYPE_CHECKING:
    from automation.aliexpress.walk.responses import Json
    from automation.engine.guard import PermitAnswer

_OK: Final = range(200, 400)
_REJECTED: Final = range(400, 500)
_LONGEST_WORDS: Final = 160
_STALE_TOKEN: Final = "FAIL_SYS_TOKEN"  # noqa: S105  a code of the gateway
# Of the gateway's own codes only these say that it refused the call before it passed it on.
_REFUSED_UNREAD: Final = ("FAIL_SYS_ILLEGAL_ACCESS", "FAIL_SYS_API_NOT_FOUND")
_GATEWAYS_OWN: Final = "FAIL_SYS_"
_ADDRESS: Final = re.compile(r"(?:https?:/)?/[\w./?=&%+-]+")
_DIGITS: Final = re.compile(r"\d{5,}")

# What each kind of answer says about a dispute, as text.
_IN_WORDS: Final = {
    Reply.SUCCESS: "the site answered that the request succeeded",
    Reply.FAILURE: "the site answered that the request failed",
    Reply.TOKEN: "the site refused the request because its token had expired",
    Reply.REJECTED: "the site rejected the request",
    Reply.PLAIN: "the site answered with a page that says neither yes nor no",
    Reply.MIXED: "the site's answer says both yes and no",
    Reply.SECOND: "the site answered the first request, but the page wanted to send a second one, "
    "which was held back",
    Reply.UNCLEAR: "the site's answer was lost or says neither yes nor no",
}


def in_words(reply: Reply) -> str:
    """The site's answer as text."""
    return _IN_WORDS[reply]


def read_reply(answer: PermitAnswer | None, *, second_held_back: bool = False) -> Reply:
    """Read an answer; a lost one, a server error, a captcha and anything odd are unclear.

    A 5xx may come after the change was made, so it proves nothing. A captcha or sign-in
    instead of the answer is ``unknown`` (settled questions), since the request may be
    carried out once a human has passed it.

    Args:
        second_held_back: the page wanted to send another request after this one, so a yes
            may be the answer to a question before the cancel.
    """
    found = _read(answer)
    if second_held_back and found in {Reply.SUCCESS, Reply.PLAIN, Reply.MIXED}:
        return Reply.SECOND
    return found


def _read(answer: PermitAnswer | None) -> Reply:
    if answer is None or answer.error or answer.status is None:
        return Reply.UNCLEAR
    if answer.status in _REJECTED:
        words = answer_words()
        unclear = (
            answer.status in MAY_BE_UNDER_WAY
            or _wants_a_human(answer.body)
            or words.under_way.found_in(answer.body)
            or words.acted.found_in(answer.body)
            or words.no_verdict.found_in(answer.body)
            or not _is_refusal(answer.body)
        )
        return Reply.UNCLEAR if unclear else Reply.REJECTED
    if answer.status not in _OK:
        return Reply.UNCLEAR
    return _read_body(answer.body)


def _read_body(body: str) -> Reply:
    text = _unwrapped(body)
    if not text.startswith("{"):
        return Reply.UNCLEAR if _wants_a_human(body) else Reply.PLAIN
    try:
        data: Json = json.loads(text)
    except (ValueError, RecursionError):
        return Reply.UNCLEAR
    return _verdict(tuple(parts_of(data)), body)


def _verdict(told: tuple[Part, ...], body: str) -> Reply:
    if any(part.key == RET and part.yes is None for part in told):
        return Reply.UNCLEAR  # the gateway answered, but with no code that is known to be a no
    said = {part.yes for part in told if part.yes is not None}
    if len(said) != 1:
        return Reply.MIXED if said else Reply.PLAIN
    words = answer_words()
    if any(words.under_way.found_in(part.text) for part in told) or _wants_a_human(body):
        return Reply.UNCLEAR
    if said == {True}:
        return Reply.UNCLEAR if any(map(_spoils_a_yes, told)) else Reply.SUCCESS
    return _kind_of_no(told)


def _is_refusal(body: str) -> bool:
    """True if an answer with a client error's status gives no other reason than a refusal."""
    text = _unwrapped(body)
    if not text.startswith("{"):
        return True
    return _read_body(body) in {Reply.FAILURE, Reply.TOKEN, Reply.PLAIN}


def _spoils_a_yes(part: Part) -> bool:
    """True if a message denies it, or a field asks for a further step."""
    return part.further or (part.yes is None and answer_words().denial.found_in(part.text))


def _kind_of_no(told: tuple[Part, ...]) -> Reply:
    codes = [part.text.partition("::")[0].strip().upper() for part in told if part.key == RET]
    if any(code.startswith(_STALE_TOKEN) for code in codes):
        return Reply.TOKEN
    words = answer_words()
    if any(words.gateway_trouble.found_in(code) or _is_no_refusal(code) for code in codes):
        return Reply.UNCLEAR
    said = " ".join(part.text for part in told)
    doubtful = words.no_verdict.found_in(said) or words.acted.found_in(said)
    return Reply.UNCLEAR if doubtful else Reply.FAILURE


def _is_no_refusal(code: str) -> bool:
    """True for a code of the gateway's own that may come after it passed the call on."""
    return code.startswith(_GATEWAYS_OWN) and not code.startswith(_REFUSED_UNREAD)


def reply_in_its_words(answer: PermitAnswer | None) -> str:
    """The answer's codes and messages for people, without long numbers."""
    text = _unwrapped(answer.body) if answer is not None else ""
    if not text.startswith("{"):
        return ""
    try:
        told = tuple(parts_of(json.loads(text)))
    except (ValueError, RecursionError):
        return ""
    parts = [part.text if part.key == RET else f"{part.key}: {part.text}" for part in told]
    return clean_text(_DIGITS.sub("#", "; ".join(dict.fromkeys(parts))), _LONGEST_WORDS)


def _wants_a_human(body: str) -> bool:
    """True if the answer contains the address of a captcha or a sign-in."""
    # Undoing escapes may cut an address: "&section" begins like one of HTML.
    texts = (body.replace("\\/", "/"), unescaped(body))
    addresses = (each for text in texts for each in _ADDRESS.findall(text))
    return any(is_captcha(address) or is_sign_in(address) for address in addresses)


def _unwrapped(body: str) -> str:
    """The JSON inside a JSONP call, or the body itself."""
    text = body.strip().rstrip(";")
    start, end = text.find("("), text.rfind(")")
    return text[start + 1 : end] if 0 < start < end and text[:1] not in "{[<" else text
