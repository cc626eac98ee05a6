"""What a receipt keeps of an address or a text that a page wrote."""

from __future__ import annotations

import pytest

from automation.engine.receipts.model import HeldCall, ReceiptFinding


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("https://shop.example/p/list?order=1#top", "https://shop.example/p/list"),
        ("https://me:secret@shop.example:8443/p", "https://shop.example:8443/p"),
        ("/p/list?order=1", "/p/list"),
        ("mtop.shop.look", "mtop.shop.look"),
        ("https://[broken/p?order=1", "https://[broken/p"),
        ("x://[broken#order", "x://[broken"),
        ("https://shop.example/a\nb", "https://shop.example/a b"),
    ],
)
def test_an_address_has_no_name_key_or_query(written: str, kept: str) -> None:
    """GIVEN an address, even a broken one THEN what may be personal or secret in it is not kept."""
    assert HeldCall(name="x", page=written).page == kept


def test_one_source_is_a_list_of_one() -> None:
    """GIVEN a single text where a list is kept THEN it is not taken apart by letters."""
    finding = ReceiptFinding.model_validate(
        {"rule": "x", "severity": "warn", "meaning": "m", "source": "F5"}
    )
    assert finding.source == ("F5",)
