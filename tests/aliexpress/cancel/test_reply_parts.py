"""What of an answer's fields tells something."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from automation.aliexpress.cancel.reply_parts import Part, parts_of
from automation.aliexpress.walk.responses import RET

if TYPE_CHECKING:
    from automation.aliexpress.walk.responses import Json


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ({"ret": ["SUCCESS::ok"]}, [Part(RET, "SUCCESS::ok", yes=True)]),
        ({"ret": "FAIL_BIZ::no"}, [Part(RET, "FAIL_BIZ::no", yes=False)]),
        ({"ret": ["success::ok", "200"]}, [Part(RET, "success::ok", yes=True), Part(RET, "200")]),
        ({"data": {"isSuccess": "false"}}, [Part("isSuccess", "false", yes=False)]),
        ({"data": '{"success": true}'}, [Part("success", "true", yes=True)]),
        ({"items": [{"error_code": "E7"}]}, [Part("error_code", "E7", yes=False)]),
        ({"errorCode": 0, "errorMessage": "", "failed": False}, []),
        ({"status": "FAILED"}, [Part("status", "failed", yes=False)]),
        ({"status": "waiting"}, [Part("status", "waiting")]),
        ({"needConfirm": True}, [Part("needConfirm", "true", further=True)]),
        ({"needConfirm": "0"}, []),
        ({"orderId": "819437021"}, []),
    ],
)
def test_the_telling_fields(data: Json, expected: list[Part]) -> None:
    """Yes, no, codes, messages and further steps, also in JSON inside a string."""
    assert list(parts_of(data)) == expected


def test_what_lies_deep_is_no_verdict() -> None:
    """A code deep in a tree of blocks belongs to a block; a plain ``success`` counts there too."""
    deep: Json = {"a": {"b": {"c": {"code": "btn_view", "success": False}}}}
    assert list(parts_of(deep)) == [Part("success", "false", yes=False)]


def test_the_gateways_own_code_comes_first_and_an_endless_answer_ends() -> None:
    """Fields are read breadth first, and only so many of them."""
    wide: Json = {"list": [{"message": "m"} for _ in range(9000)], "ret": ["FAIL::x"]}
    found = list(parts_of(wide))
    assert found[0] == Part(RET, "FAIL::x", yes=False)
    assert len(found) < 6000
