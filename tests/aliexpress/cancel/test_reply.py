"""What the site's answer to the one request means."""

from __future__ import annotations

import json

import pytest

from automation.aliexpress.cancel.reply import in_words, read_reply, reply_in_its_words
from automation.engine.guard import PermitAnswer
from automation.engine.outcome import Reply


def gateway(ret: str | list[str], data: object = None) -> str:
    """An answer as the gateway writes it."""
    return json.dumps({"api": "a", "ret": [ret] if isinstance(ret, str) else ret, "data": data})


OK = "SUCCESS::ok"


@pytest.mark.parametrize(
    ("status", "body", "expected"),
    [
        (200, gateway(OK, {"success": True}), Reply.SUCCESS),
        (200, gateway(OK), Reply.SUCCESS),
        (200, f"mtopjsonp1({gateway(OK)});", Reply.SUCCESS),
        (200, '{"success": true, "code": 200, "errorCode": null}', Reply.SUCCESS),
        (200, gateway(OK, {"resultCode": "SUCCESS", "errorMessage": ""}), Reply.SUCCESS),
        (200, gateway(OK, {"tree": [{"a": {"b": {"code": "btn_view"}}}]}), Reply.SUCCESS),
        (200, gateway("FAIL_BIZ_NOT_ALLOWED::no", {"success": False}), Reply.FAILURE),
        (200, gateway("FAIL_BIZ_NOT_ALLOWED::the service is busy"), Reply.FAILURE),
        (200, '{"success": false}', Reply.FAILURE),
        (200, '{"data": {"module": {"success": "false"}}}', Reply.FAILURE),
        (200, '{"code": 500, "message": "no"}', Reply.FAILURE),
        (200, "<!doctype html><h1>Sorry</h1>", Reply.PLAIN),
        (200, "", Reply.PLAIN),
        (303, "", Reply.PLAIN),
        (200, '{"ret": 3, "data": []}', Reply.PLAIN),
        (200, gateway("200"), Reply.UNCLEAR),
        (200, gateway("OK"), Reply.UNCLEAR),
        (200, gateway("成功", {"success": False}), Reply.UNCLEAR),
        (400, gateway("OK::done"), Reply.UNCLEAR),
        (200, gateway([OK, "200"]), Reply.UNCLEAR),
        (200, gateway("200", {"success": True}), Reply.UNCLEAR),
        (200, gateway("success::ok"), Reply.SUCCESS),
        (400, "", Reply.REJECTED),
        (403, "<h1>no</h1>", Reply.REJECTED),
        (400, r'{"message": "\u4e0d"}', Reply.REJECTED),
        (200, '{"ret": ["SUCC', Reply.UNCLEAR),
        (500, gateway("FAIL_BIZ::no"), Reply.UNCLEAR),
        (503, "", Reply.UNCLEAR),
        (None, "", Reply.UNCLEAR),
    ],
)
def test_what_an_answer_says(status: int | None, body: str, expected: Reply) -> None:
    """Only a clear yes or no counts."""
    assert read_reply(PermitAnswer(status, body)) is expected


@pytest.mark.parametrize(
    "data",
    [
        {"success": False},
        {"result": {"success": "false"}},
        {"bizSuccess": False},
        {"isSuccess": "false"},
        {"resultCode": "FAIL_BIZ_STATE"},
        {"resultCode": 1},
        {"errorCode": "REVERSE_NOT_FOUND"},
        {"error_code": "17"},
        {"errCode": 3001},
        {"code": 500},
        {"code": "FAIL"},
        {"errorMessage": "The dispute cannot be cancelled"},
        {"errorMsg": "no"},
        {"module": [{"list": [{"success": False}]}]},
        {"module": '{"success": false}'},
        {"failed": True},
    ],
)
def test_a_yes_with_a_no_inside_is_no_yes(data: object) -> None:
    """GIVEN SUCCESS around a failure, anywhere and in any form THEN mixed, with its words."""
    answer = PermitAnswer(200, gateway(OK, data))

    assert read_reply(answer) is Reply.MIXED
    assert reply_in_its_words(answer).startswith("SUCCESS::ok; ")


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ({"result": "fail", "status": "FAILED", "message": "It was not cancelled"}, Reply.MIXED),
        ({"result": "no"}, Reply.MIXED),
        ({"resultStatus": "REJECTED"}, Reply.MIXED),
        ({"message": "Your request was not cancelled"}, Reply.UNCLEAR),
        ({"msg": "It is 'not' cancelled"}, Reply.UNCLEAR),
        ({"msg": "cancel 'failed'"}, Reply.UNCLEAR),
        ({"toast": "Das hat nicht geklappt: failed"}, Reply.UNCLEAR),
        ({"needConfirm": True, "nextStep": "confirm"}, Reply.UNCLEAR),
        ({"requireVerify": "true"}, Reply.UNCLEAR),
        ({"nextAction": "sendCode"}, Reply.UNCLEAR),
        ({"needConfirm": False, "nextStep": None, "status": "FINISHED"}, Reply.SUCCESS),
        ({"result": "success", "message": "Your dispute was cancelled"}, Reply.SUCCESS),
        ({"result": "success", "message": "Thank you"}, Reply.SUCCESS),
    ],
)
def test_a_yes_that_denies_itself_or_asks_for_more_is_no_yes(data: object, expected: Reply) -> None:
    """GIVEN SUCCESS around a no in words, or around a further step THEN it proves nothing."""
    assert read_reply(PermitAnswer(200, gateway(OK, data))) is expected


@pytest.mark.parametrize(
    "ret",
    [
        "FAIL_SYS_USER_VALIDATE",
        "RGV587_ERROR::SM",
        "FAIL_SYS_SERVICE_TIMEOUT::timeout",
        "FAIL_SYS_NO_RESPONSE::no response from backend",
        "FAIL_SYS_ANYTHING_ELSE::no",
        "fail_sys_anything_else::no",
        "CONNECTION_RESET",
        "FAIL_BIZ_SYS_BUSY",
        "SERVICE_UNAVAILABLE",
        "NETWORK_ERROR",
        "RPC_ERROR",
        "FAIL_BIZ_ABORTED",
        "FAIL_BIZ_STATUS_CHANGED",
        "FAIL_BIZ_X::the dispute has been cancelled",
        "FAIL_BIZ_X::系统繁忙",
        "FAIL_BIZ_X::网络异常",
        "FAIL_BIZ_X::操作成功",
        "FAIL_BIZ_X::The request is successfully withdrawn",
        "FAIL_BIZ_X::solicitud en curso",
        "FAIL_BIZ_X::wird bearbeitet",
        "FAIL_BIZ_X::è stata annullata",
        "FAIL_BIZ_X::état 'annulé'",
        "FAIL_BIZ_X::İptal edildi",
        "FAIL_BIZ_X::İşleniyor",
        "FAIL_BIZ_X::state='processed'",
    ],
)
def test_no_word_of_a_service_is_a_no_of_the_shop(ret: str) -> None:
    """GIVEN a code or words that may come after the shop acted THEN unclear at any status."""
    for status in (200, 400, 403, 404, 420):
        assert read_reply(PermitAnswer(status, gateway(ret))) is Reply.UNCLEAR, status


@pytest.mark.parametrize(
    ("ret", "expected"), [("FAIL_BIZ_NOT_ALLOWED::no", Reply.REJECTED), (OK, Reply.UNCLEAR)]
)
def test_a_client_error_is_a_no_only_with_a_no_inside(ret: str, expected: Reply) -> None:
    """Positive control: a plain refusal stays one; a yes with such a status does not."""
    assert read_reply(PermitAnswer(403, gateway(ret))) is expected


@pytest.mark.parametrize(
    "body",
    [
        r'{"message": "\u5df2\u53d6\u6d88"}',
        r'{"data": "{\"message\": \"\\u5df2\\u53d6\\u6d88\"}"}',
        r'{"message": "it has been\ncancelled"}',
        r"<script>var text = '\u5DF2\u53D6\u6D88'",
        "<p>&#24050;&#21462;&#28040;",
        "<p>D&eacute;j&agrave; fait",
    ],
)
def test_an_escape_hides_no_word(body: str) -> None:
    """GIVEN "already cancelled" or "already done" in escapes, with a client error THEN unclear."""
    assert read_reply(PermitAnswer(400, body)) is Reply.UNCLEAR


@pytest.mark.parametrize(
    "data",
    [
        '"message": "D&eacute;j&agrave; fait"',
        r'"url": "https:\u002F\u002Fh.example\u002F_____tmd_____\u002Fpunish?x5secdata=1"',
        '"url": "/x?a=1&section=2&action=captcha&x5secdata=1"',
    ],
)
def test_an_escape_in_a_no_hides_nothing(data: str) -> None:
    """GIVEN a no with "already done", or with a captcha's address THEN unclear all the same."""
    assert read_reply(PermitAnswer(200, f'{{"success": false, {data}}}')) is Reply.UNCLEAR
    assert read_reply(PermitAnswer(200, '{"success": false, "message": "no"}')) is Reply.FAILURE


@pytest.mark.parametrize(
    "page", ["<h1>Please slide to verify</h1>", "<p>Your session has ended</p>", "Gateway Timeout"]
)
def test_a_page_in_the_answers_place_is_no_no(page: str) -> None:
    """GIVEN a captcha or sign-in page without an address, with a client error THEN unclear."""
    assert read_reply(PermitAnswer(403, page)) is Reply.UNCLEAR


def test_two_codes_that_differ_are_mixed() -> None:
    """GIVEN a yes and a no of the gateway THEN mixed."""
    assert read_reply(PermitAnswer(200, gateway([OK, "FAIL_BIZ::no"]))) is Reply.MIXED


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (200, gateway("FAIL_BIZ_REPEAT_SUBMIT::please wait")),
        (200, gateway("FAIL_BIZ::Duplicate request")),
        (200, gateway("FAIL_BIZ::You have already cancelled this request")),
        (200, gateway("FAIL_BIZ::the request is being processed")),
        (200, gateway("FAIL_BIZ::请勿重复提交")),
        (200, gateway("FAIL_BIZ::Ihre Anfrage wird bereits bearbeitet")),
        (200, gateway("FAIL_BIZ::Su solicitud ya fue enviada")),
        (200, gateway("FAIL_BIZ::Your request has been submitted")),
        (200, gateway("FAIL_BIZ_OPERATION_CONFLICT::x")),
        (200, gateway("FAIL_BIZ::Please wait")),
        (200, gateway("FAIL_SYS_TRAFFIC_LIMIT::later")),
        (200, gateway("FAIL_SYS_FLOWLIMIT::later")),
        (200, gateway(OK, {"message": "Your request is being processed"})),
        (200, gateway(OK, {"status": "PROCESSING"})),
        (409, ""),
        (423, ""),
        (425, ""),
        (429, ""),
        (403, gateway("FAIL_BIZ_REPEAT_SUBMIT::x")),
    ],
)
def test_what_may_be_under_way_is_neither_yes_nor_no(status: int, body: str) -> None:
    """GIVEN "sent already", "being processed" or "too often" THEN unclear: it may be done soon."""
    assert read_reply(PermitAnswer(status, body)) is Reply.UNCLEAR


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (200, gateway("FAIL_SYS_SERVICE_TIMEOUT::later")),
        (200, gateway("FAIL_SYS_SERVICE_FAULT::oops")),
        (200, gateway("FAIL_SYS_SESSION_EXPIRED::sign in")),
        (200, gateway("FAIL_SYS_USER_VALIDATE::slide")),
        (200, gateway("RGV587_ERROR::SM::busy")),
        (200, gateway("FAIL_X::y", {"url": "https://h.example/_____tmd_____/punish?x5secdata=1"})),
        (200, '<script src="/x/_____tmd_____/punish?x5secdata=1">'),
        (401, ""),
        (403, '<script src="/x/_____tmd_____/punish?x5secdata=1">'),
        (408, ""),
        (499, ""),
    ],
)
def test_a_human_or_a_time_out_in_between_is_no_no(status: int, body: str) -> None:
    """GIVEN a captcha, a sign-in or a gateway that gave up THEN unclear."""
    assert read_reply(PermitAnswer(status, body)) is Reply.UNCLEAR


@pytest.mark.parametrize("code", ["EMPTY", "EXOIRED", "EXPIRED", "ILLEGAL"])
def test_a_stale_token_was_refused_unread(code: str) -> None:
    """GIVEN a token refusal THEN a refusal of its own kind (settled question)."""
    small = f"fail_sys_token_{code.lower()}::token"
    assert read_reply(PermitAnswer(200, gateway(small))) is Reply.TOKEN
    assert read_reply(PermitAnswer(200, gateway(f"FAIL_SYS_TOKEN_{code}::token"))) is Reply.TOKEN


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (gateway(OK), Reply.SECOND),
        ("", Reply.SECOND),
        (gateway("FAIL_BIZ_NOT_ALLOWED::no"), Reply.FAILURE),
        (gateway("FAIL_SYS_TOKEN_EMPTY::t"), Reply.TOKEN),
    ],
)
def test_a_yes_to_the_first_of_two_requests_is_no_yes(body: str, expected: Reply) -> None:
    """GIVEN a second request that was held back THEN a success may be about a mere precheck."""
    answer = PermitAnswer(200, body)

    assert read_reply(answer, second_held_back=True) is expected
    assert "held back" in in_words(Reply.SECOND)


def test_a_lost_answer_is_unclear_whatever_came_with_it() -> None:
    """GIVEN an error beside a body, or nothing at all THEN unclear."""
    assert read_reply(PermitAnswer(200, gateway(OK), "reset")) is Reply.UNCLEAR
    assert read_reply(None) is Reply.UNCLEAR


def test_the_answers_words_are_clean_and_short() -> None:
    """GIVEN terminal controls, ids and a long text in an answer THEN a short line without them."""
    said = "\x1b[2J no, 8194370215560042 is " + "x" * 999
    words = reply_in_its_words(PermitAnswer(200, gateway("FAIL_BIZ::" + said)))

    assert words.startswith("FAIL_BIZ:: no, # is x")
    assert "\x1b" not in words
    assert len(words) <= 160


@pytest.mark.parametrize(
    "body", ["{" * 900, "[" * 900, '{"a":' * 5000, "f(" + "[" * 99 + ")", "}{"]
)
def test_any_text_can_be_read(body: str) -> None:
    """GIVEN nonsense THEN no exception, and neither success nor failure."""
    assert read_reply(PermitAnswer(200, body)) in {Reply.PLAIN, Reply.UNCLEAR}
    assert reply_in_its_words(PermitAnswer(200, body)) == ""
