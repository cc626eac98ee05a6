"""What the site's answer to the one request means."""

from __future__ import annotations

import json
import re
from collections import deque
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from automation.aliexpress.site.addresses import is_captcha, is_sign_in
from automation.engine.outcome import MAY_BE_UNDER_WAY, Reply
from automation.text import clean_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from automation.aliexpress.walk.responses import Json
    from automation.engine.guard import PermitAnswer

_OK: Final = range(200, 400)
_REJECTED: Final = range(400, 500)
_DEEPEST: Final = 6
_SHALLOW: Final = 3
_MOST_FIELDS: Final = 5000
_LONGEST_WORDS: Final = 160
_STALE_TOKEN: Final = "FAIL_SYS_TOKEN"  # noqa: S105  a code of the gateway
# Of the gateway's own codes only these say that it refused the call before it passed it on.
_REFUSED_UNREAD: Final = ("FAIL_SYS_ILLEGAL_ACCESS", "FAIL_SYS_API_NOT_FOUND")
_GATEWAYS_OWN: Final = "FAIL_SYS_"
# The gateway got no answer itself, or wants a human first: neither means that it failed.
_NO_VERDICT: Final = re.compile(
    r"TIME_?OUT|TIMED|FAULT|EXCEPTION|INTERNAL|SYS(?:TEM)?_(?:ERROR|BUSY)|UNKNOWN|USER_VALIDATE"
    r"|RGV587|PUNISH|CAPTCHA|SESSION|LOGIN|NEED_SIGN|BUSY|UNAVAILABLE|NETWORK|RPC|ABORT|RESET"
    r"|NO_RESPONSE|CONNECTION|CHANGED|GATEWAY",
    re.IGNORECASE,
)
# Words that a page shows in a captcha's or a sign-in's place, and services that failed.
_NO_VERDICT_WORDS: Final = re.compile(
    r"captcha|punish|slide to|not a robot|unusual traffic|sign[ -]?in|log[ -]?in|session"
    r"|time[ -]?out|timed out|gateway|系统繁忙|系统异常|网络异常|网络错误|验证码|滑块",
    re.IGNORECASE,
)
# "Already sent", "being processed", "too often": it may be under way or done.
_UNDER_WAY: Final = re.compile(
    r"repeat|duplicat|resubmit|already|process(?:ing\b|ed\b)|in[ _]progress|pending|concurren"
    r"|idempot|locked|queue|throttl|limit|frequen|too[ _]many|try[ _]again|retry"
    r"|submitted|conflict|please[ _]wait|under[ _]way|async|in[ _]process"
    r"|en curso|wird bearbeitet|in lavorazione"
    r"|冲突|衝突|请等待|重复|重複|处理中|處理中|正在处理|频繁|已提交|已取消|稍后|稍後|进行中"
    r"|すでに|既に|処理中|重複|이미|처리 ?중|중복|уже|обрабат|повтор|вже"
    r"|\bya (?:se|ha|fue|est)|en proceso|procesando|duplicad|\bj[áa]\b|em processamento"
    r"|d[ée]j[àa]|en cours|bereits|in bearbeitung|\bgi[àa]\b|in corso|in elaborazione"
    r"|\breeds\b|in behandeling|zaten|işlen|\bjuż\b|przetwarza|đã |đang xử lý|sudah|sedang diproses"
    r"|بالفعل|قيد المعالجة|כבר|בטיפול|แล้ว|กำลังดำเนินการ",
    re.IGNORECASE,
)
# A no that says that it happened all the same.
_ACTED: Final = re.compile(
    r"(?:been|was|were|is|are) (?:\w+ly )?(?:cancel|withdrawn|closed)|操作成功|取消成功|annull"
    r"|annul[ée]e?\b|cancelad|storniert|отмен|iptal ed|취소되|キャンセルされ",
    re.IGNORECASE,
)
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
# A message that denies what was asked, in an answer that says yes.
_DENIES: Final = re.compile(
    r"\bnot\b|n't\b|cannot|\bfail|unable|unsuccess|denied|reject|refus|error|失败|失敗|错误|不能|无法",
    re.IGNORECASE,
)
_FINE: Final = frozenset({"", "0", "200", "ok", "null", "none", "true", "false"})
_OFF: Final = frozenset({"", "0", "none", "null", "false"})
_WORDS: Final = {"true": True, "false": False}
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
        unclear = (
            answer.status in MAY_BE_UNDER_WAY
            or _wants_a_human(answer.body)
            or _UNDER_WAY.search(answer.body)
            or _ACTED.search(answer.body)
            or _NO_VERDICT_WORDS.search(answer.body)
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
    told = tuple(_told(data))
    said = {part.yes for part in told if part.yes is not None}
    if len(said) != 1:
        return Reply.MIXED if said else Reply.PLAIN
    if any(_UNDER_WAY.search(part.text) for part in told) or _wants_a_human(body):
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


def _spoils_a_yes(part: _Part) -> bool:
    """True if a message denies it, or a field asks for a further step."""
    return part.further or (part.yes is None and _DENIES.search(part.text) is not None)


def _kind_of_no(told: tuple[_Part, ...]) -> Reply:
    codes = [part.text.partition("::")[0] for part in told if part.key == "ret"]
    if any(code.startswith(_STALE_TOKEN) for code in codes):
        return Reply.TOKEN
    if any(_NO_VERDICT.search(code) or _is_no_refusal(code) for code in codes):
        return Reply.UNCLEAR
    said = " ".join(part.text for part in told)
    doubtful = _NO_VERDICT_WORDS.search(said) or _ACTED.search(said)
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
        told = tuple(_told(json.loads(text)))
    except (ValueError, RecursionError):
        return ""
    parts = [part.text if part.key == "ret" else f"{part.key}: {part.text}" for part in told]
    return clean_text(_DIGITS.sub("#", "; ".join(dict.fromkeys(parts))), _LONGEST_WORDS)


def _wants_a_human(body: str) -> bool:
    """True if the answer contains the address of a captcha or a sign-in."""
    addresses = re.findall(r"(?:https?:/)?/[\w./?=&%+-]+", body.replace("\\/", "/"))
    return any(is_captcha(address) or is_sign_in(address) for address in addresses)


def _unwrapped(body: str) -> str:
    """The JSON inside a JSONP call, or the body itself."""
    text = body.strip().rstrip(";")
    start, end = text.find("("), text.rfind(")")
    return text[start + 1 : end] if 0 < start < end and text[:1] not in "{[<" else text


class _Part(Struct, frozen=True):
    """One telling field; ``yes`` is ``None`` if it only has text.

    Args:
        further: it asks for one more step.
    """

    key: str
    text: str
    yes: bool | None = None
    further: bool = False


def _told(data: Json) -> Iterator[_Part]:
    """Every yes, no and message of an answer, the gateway's own codes first."""
    ret = data.get("ret") if isinstance(data, dict) else None
    for text in ret if isinstance(ret, list) else [ret]:
        if isinstance(text, str) and text:
            code = text.partition("::")[0].upper()
            yield _Part("ret", text, yes=code.startswith("SUCCESS"))
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


def _part(depth: int, key: str, value: Json) -> _Part | None:
    name = key.replace("_", "").replace("-", "").casefold()
    text = str(value) if isinstance(value, (str, int, float)) else ""
    yes = _verdict(name, text, _as_bool(value), shallow=depth <= _SHALLOW)
    if yes is not None:
        return _Part(key, text if name in _IN_OWN_WORDS else text.lower(), yes)
    if depth > _SHALLOW or not text:
        return None
    if _FURTHER.fullmatch(name) and text.casefold() not in _OFF:
        return _Part(key, text.lower(), further=True)
    return _Part(key, text) if name in _MESSAGES - _ERROR_WORDS else None


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
