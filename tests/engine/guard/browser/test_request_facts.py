"""What a paused request tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from automation.engine.devtools import RequestPaused
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
