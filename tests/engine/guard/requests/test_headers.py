"""Which headers are the page's own, and which make another request of it."""

from __future__ import annotations

import pytest

from automation.aliexpress.site.traffic import site_traffic
from automation.engine.guard.requests.headers import (
    is_pages_own,
    pages_own_headers,
    why_rerouted,
)


@pytest.mark.parametrize(
    ("name", "value", "own"),
    [
        ("X-Action", "accept", True),
        ("Content-Type", "text/plain", True),
        ("Accept", "application/json", True),
        ("Accept", "*/*", False),
        ("COOKIE", "a=b", False),
        ("Sec-Fetch-Mode", "cors", False),
        ("secret", "x", True),
        ("Proxy-Authorization", "x", False),
        ("Referer", "/", False),
        ("DPR", "2", False),
        ("Authorization", "x", True),
    ],
)
def test_whose_a_header_is(name: str, value: str, *, own: bool) -> None:
    """GIVEN a header THEN the browser's own are known by name, in any case; all others are the page's."""
    assert is_pages_own(name, value) is own


def test_what_only_describes_the_body_says_nothing() -> None:
    """GIVEN the page's headers THEN folded names, without those that describe the body."""
    sent = {"X-Lang": "en", "Content-Type": "a/b", "accept": "a/b", "User-Agent": "x"}

    assert pages_own_headers(sent) == {"x-lang": "en"}


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("x-http-method-override", "a header overrides the method"),
        ("x-http-method", "a header overrides the method"),
        ("x-method-override", "a header overrides the method"),
        ("x-original-url", "a header gives another address"),
        ("x-rewrite-url", "a header gives another address"),
        ("x-lang", ""),
        ("x-csrf", ""),
    ],
)
def test_a_header_may_make_another_request_of_it(name: str, why: str) -> None:
    """GIVEN a page's header THEN one for another method or address is named as that."""
    assert why_rerouted({"x-any": "1", name: "x"}, site_traffic()) == why
