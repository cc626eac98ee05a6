"""What a paused request tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from automation.engine.devtools import AskedRequest, RequestPaused
from automation.engine.guard.browser.request_facts import facts_of_paused

EVENT: RequestPaused = {
    "requestId": "interception-job-1.0",
    "request": {
        "url": "http://127.0.0.1:2/h5/mtop.x/1.0/",
        "method": "GET",
        "headers": {"Referer": "http://127.0.0.1:1/"},
    },
}
PAGE = "http://127.0.0.1:1/p/order/index.html"


@pytest.mark.parametrize(("page", "told"), [(PAGE, PAGE), ("", "http://127.0.0.1:1/")])
def test_a_call_to_another_origin_is_known_by_its_page(page: str, told: str) -> None:
    """GIVEN a referrer that is an origin alone THEN the page that is known counts, else that."""
    assert facts_of_paused(EVENT, main_frame=False, page=page).page == told


@pytest.mark.parametrize(
    ("asked", "body", "hidden"),
    [
        ({"postDataEntries": [{"bytes": "YT0="}, {"bytes": "MQ=="}]}, b"a=1", False),
        ({"postData": "a=é"}, "a=é".encode(), False),
        ({"postData": ""}, b"", False),
        ({}, None, False),
        ({"hasPostData": True}, None, True),
        ({"postDataEntries": [{}]}, None, True),  # a file
        ({"postDataEntries": [{"bytes": "?"}]}, None, True),
        ({"postDataEntries": [{"bytes": "é"}]}, None, True),
        ({"postData": "a=\ud800"}, None, True),
    ],
    ids=ascii,
)
def test_a_body_that_cannot_be_read_counts_as_hidden(
    asked: AskedRequest, body: bytes | None, *, hidden: bool
) -> None:
    """GIVEN a file, or text that is no bytes THEN the body is unreadable, and no error ends the judge."""
    event = EVENT | {"request": EVENT["request"] | asked}
    facts = facts_of_paused(event, main_frame=False)

    assert (facts.body, facts.body_unreadable) == (body, hidden)
