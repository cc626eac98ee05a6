"""Selectors for what a human clicked: names that stay, never a position or a hash."""

from __future__ import annotations

import pytest

from automation.aliexpress.pages.redaction.selectors import selectors_of


@pytest.mark.parametrize(
    ("attributes", "selectors"),
    [
        ({"data-pl": "order_item", "class": "box"}, ["[data-pl='order_item']", ".box"]),
        ({"class": "reminder--statusStr--3xKq9 wide"}, ["[class*='reminder--statusStr--']", ".wide"]),
        ({"class": "order-item order-item-active"}, [".order-item"]),
        ({"role": "dialog", "id": "ask"}, ["[role='dialog']", "#ask"]),
        ({"role": "button", "class": "css-1q2w3e"}, []),
        ({"id": "order8194370215560042"}, []),
        ({"class": "x'],*[y='", "data-pl": "a'b"}, []),
        ({"class": "is-open"}, []),
        ({}, []),
    ],
)  # fmt: skip
def test_what_lasts_comes_first_and_the_rest_not_at_all(
    attributes: dict[str, str], selectors: list[str]
) -> None:
    """GIVEN the attributes of an element THEN its lasting selectors in order."""
    assert selectors_of(attributes) == selectors
