"""The values of a request: which it says itself, which of a page it sends along, and which are addresses."""

from __future__ import annotations

import pytest

from automation.aliexpress.site.traffic import site_traffic
from automation.engine.guard.requests.payload import Pair, Payload
from automation.engine.guard.requests.payload_reader import read_payload


def pairs(*keys: str) -> set[tuple[str, ...]]:
    """Paths of keys, written with dots."""
    return {tuple(each.split(".")) for each in keys}


def test_the_key_of_a_pair_is_the_innermost() -> None:
    """GIVEN keys THEN the last; a bare text has none."""
    assert (Pair(("a", "b"), "c").key, Pair((), "c").key) == ("b", "")


def test_every_key_on_the_way_counts() -> None:
    """GIVEN nested values THEN the keys of each level, and of holders too."""
    payload = Payload(pairs=[Pair(("a", "b"), "1"), Pair(("a",), "", holder=True), Pair((), "x")])

    assert payload.keys == {"a", "b"}


def test_what_is_sent_along_is_not_what_the_request_says() -> None:
    """GIVEN pairs in blocks and outside THEN only the latter are the request's own."""
    own, along = Pair(("a",), "1"), Pair(("b",), "2", blocks=(0,))
    payload = Payload(pairs=[own, along], blocks={0: frozenset({"x"})}, outer_blocks=1)

    assert payload.outside == (own,)


@pytest.mark.parametrize(
    ("value", "is_address"),
    [
        ("https://x.example/a?id=1", True),
        ("HTTP://x.example", True),
        ("//x.example/a", True),
        (" /a?id=1", True),
        ("x.example/a", False),
        ("a https://x.example", False),
        ("ftp:/x", False),
        ("", False),
    ],
)
def test_an_address_and_its_parts_are_told_from_the_rest(value: str, *, is_address: bool) -> None:
    """GIVEN an address to return to THEN it and what is inside it are left out; its neighbour stays."""
    payload = Payload(
        pairs=[Pair(("a",), value), Pair(("a", "id"), "1"), Pair(("ab", "id"), "2"), Pair((), "3")]
    )
    left = {pair.keys for pair in payload.beside_addresses}

    assert left == pairs("ab.id") | {()} | (set() if is_address else pairs("a", "a.id"))


def test_addresses_are_told_from_what_the_request_says() -> None:
    """GIVEN a query as it is read THEN the addresses in it and their parts are left out; the rest stays."""
    query = "back=https://x.example/%3Fid=1&path=/a?b=2&id=3"
    payload = read_payload(f"https://y.example/?{query}", None, "", site_traffic())

    assert {pair.keys for pair in payload.beside_addresses} == {("id",)}
    assert payload.keys >= {"back", "path", "id", "b"}


def test_an_empty_payload_says_nothing_and_is_readable() -> None:
    """GIVEN nothing THEN no keys and no pairs, and each payload has lists of its own."""
    one, other = Payload(), Payload()
    one.pairs.append(Pair(("a",), "1"))

    assert (other.keys, other.outside, other.beside_addresses, other.unreadable) == (
        frozenset(), (), (), "",
    )  # fmt: skip
