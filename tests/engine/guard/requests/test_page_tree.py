"""A page of blocks that is sent along: its buttons are data, unless one of them was used."""

from __future__ import annotations

from typing import Any

import pytest

from automation.aliexpress.site.traffic import site_traffic
from automation.engine.guard.requests.page_tree import JsonObject, PageTree
from tests.engine.guard.requests.envelopes import ENVELOPES, SENDINGS, base64_of, packed, text
from tests.engine.guard.requests.known_reads.calls import LIST, judged

UNREADABLE = base64_of(bytes(7 * i * i % 251 for i in range(180)))
TREE = PageTree(site_traffic())


def tree(**more: object) -> dict[str, Any]:
    """A page of blocks as it is sent back: its buttons are data here."""
    blocks = {
        "list_body": {"tag": "list", "fields": {"pageIndex": 2, "mergePayLimit": 20}},
        "accept_btn": {"tag": "button", "fields": {"text": "Accept", "buttonCode": "ACCEPT"}},
        "button_7": {
            "tag": "button",
            "fields": {"text": "Cancel Request", "code": "cancel_reverse", "event": "CANCEL"},
            "events": {"click": [{"type": "request", "api": "mtop.aliexpress.x.cancelIt"}]},
        },
        "terms": {"tag": "text", "fields": {"agreementUrl": "https://x/agree", "accepted": True}},
    }
    shape = {"root": ["list_body", "accept_btn"], "list_body": ["button_7"]}
    return {"data": blocks, "hierarchy": {"structure": shape}, **more}


@pytest.mark.parametrize("envelope", ["json in json", "gzip", "base64"])
def test_paging_with_a_tree_of_buttons_passes(envelope: str) -> None:
    """The operator reads; the buttons are only sent along."""
    wrap = ENVELOPES[envelope]
    for operator in ({"operationType": "query"}, {"operator": "list_body"}, {"action": "nextPage"}):
        assert judged(wrap(tree(**operator)), LIST) == "read", operator


def paging(operator: str) -> dict[str, Any]:
    """More orders: the whole list goes back with the cards shown so far, its state packed."""
    card = {
        "tag": "order",
        "fields": {"buttons": [{"type": "CONFIRM_GOODS", "text": "Confirm received"}]},
        "events": {"click": [{"type": "openUrl", "fields": {"url": "https://x/confirm"}}]},
    }
    body = {"tag": "body", "submit": True, "fields": {"pageIndex": 2, "mergePayLimit": 20}}
    page = {
        "data": {"list_body_1": body, "order_1": card, "order_2": card},
        "linkage": {"common": {"compress": True, "queryParams": f"^^$$276e|{packed({'a': 1})}"}},
        "hierarchy": {"root": "root_1", "structure": {"root_1": ["list_body_1", "order_1"]}},
        "operator": operator,
    }
    return {"params": text(page), "shipToCountry": "US", "_currency": "USD"}


def test_paging_as_component_libraries_send_it() -> None:
    """The list's own block reads as an operator; an order's block is not known to."""
    for sending in SENDINGS:
        assert judged(paging("list_body_1"), LIST, sending) == "read", sending
        assert judged(paging("order_1"), LIST, sending) == "write", sending
        assert judged(paging(""), LIST, sending) == "write", sending


@pytest.mark.parametrize(
    "more",
    [
        {},  # nothing says it only reads
        {"operationType": "adjust"},
        {"operationType": "CANCEL"},
        {"operator": "button_7"},
        {"operator": "accept_btn"},
        {"operationType": "query", "buttonCode": "CANCEL"},
        {"operationType": "query", "operator": "button_7"},
        {"operationType": "query", "event": {"tag": "x", "type": "CANCEL"}},
    ],
    ids=text,
)
def test_a_used_button_of_a_tree_is_an_order(more: dict[str, Any]) -> None:
    """A block that the operator names counts; without a reading operator every button does."""
    assert judged({"params": packed(tree(**more)), "compress": True}) == "write"


def test_a_block_that_cannot_be_read_counts_if_it_is_used() -> None:
    """A packed part of a page sent along counts for nothing, unless the operator names it."""
    value = tree(operationType="query")
    value["data"]["list_body"]["fields"]["params"] = UNREADABLE
    assert judged(value, LIST) == "read"
    for operator in ({"operator": "list_body"}, {"operationType": "adjust"}):
        used = {**value, "operationType": "", **operator}
        assert judged(used, LIST) == "write"


def test_a_pressed_button_of_a_tree_is_an_order() -> None:
    """A block itself may say that it was used."""
    value = tree(operationType="query")
    value["data"]["button_7"]["fields"]["isClicked"] = True
    assert judged(value) == "write"


BUTTONS = [
    {"text": "Cancel Request", "type": "CANCEL", "buttonCode": "cancel_reverse"},
    {"text": "Modify", "type": "MODIFY"},
]


@pytest.mark.parametrize(
    "value",
    [
        {"buttonList": BUTTONS},
        {"data": {"bottom": {"fields": {"buttonList": BUTTONS}}}},
        {"data": {"bottom": {"tag": "bar", "fields": {"buttons": BUTTONS}}}},
        {"operationType": "query", "page": {"btnList": BUTTONS}},
    ],
    ids=text,
)
def test_a_list_of_offered_buttons_orders_nothing(value: dict[str, Any]) -> None:
    """What a page shows is data, in the first read too; an operator beside it is an order."""
    for envelope in ("plain", "gzip"):
        wrap = ENVELOPES[envelope]
        assert judged(wrap(value)) == "read", envelope
        for order in ({"buttonCode": "CANCEL"}, {"type": "CANCEL"}, {"event": "CANCEL"}):
            assert judged(wrap({**value, **order})) == "write", (envelope, order)


@pytest.mark.parametrize(
    "entries",
    [
        BUTTONS[:1],  # the only one may be the pressed one
        [{"type": "CANCEL"}, {"type": "MODIFY"}],  # nothing that a buyer reads
        [{**BUTTONS[0], "clicked": True}, BUTTONS[1]],
        [{**BUTTONS[0], "acceptSolution": 1}, BUTTONS[1]],
        [*BUTTONS, "CANCEL"],
        [{"name": "buttonCode", "value": "CANCEL"}, {"name": "page", "value": "1"}],
    ],
    ids=text,
)
def test_what_may_be_the_pressed_button_is_an_order(entries: list[Any]) -> None:
    """Where an offer and an order look alike, it is refused."""
    assert judged({"buttonList": entries}) == "write"
    assert judged({"button": [*BUTTONS]}) == "write"


def test_one_button_is_no_page() -> None:
    """A single object beside a neutral operator is not a tree that is sent along."""
    assert judged({"operationType": "query", "data": {"b": {"buttonCode": "CANCEL"}}}) == "write"
    one = {"operationType": "query", "data": {"cancel_btn": {"text": "x", "code": "CANCEL"}}}
    assert judged(one) == "write"


def an_object(value: object) -> Any:  # noqa: ANN401  JSON
    """JSON as the reader of payloads has it: objects with all their keys."""
    if isinstance(value, dict):
        return JsonObject((key, an_object(each)) for key, each in value.items())
    return [an_object(each) for each in value] if isinstance(value, list) else value


BLOCK, LABEL = {"tag": "x", "fields": {}}, {"label": "x"}


@pytest.mark.parametrize(
    ("keys", "children", "blocks"),
    [
        (("data", "components"), {"a": LABEL}, {"a"}),  # a word of trees
        (("data",), {"a": LABEL, "b": LABEL}, {"a", "b"}),  # a wide word, and several
        (("data",), {"a": LABEL, "b": LABEL, "c": {"x": 1}}, {"a", "b"}),  # nothing to be seen
        (("data",), {"a": LABEL}, set()),  # one alone is no page
        (("extra",), {"a": LABEL, "b": LABEL}, set()),  # nothing says so
        (("extra",), {"a": BLOCK, "b": BLOCK}, {"a", "b"}),  # each is a whole block
        (("extra",), {"a": BLOCK, "b": LABEL}, set()),
        (("extra",), {"cancel_btn": LABEL, "b": {"x": 1}}, {"cancel_btn"}),  # a thing's name
        (("extra",), {"button": LABEL}, set()),  # may be an order
        (("data",), {"operator": LABEL, "b": LABEL, "c": LABEL}, {"b", "c"}),
        (("data",), {"a": "x", "b": 1}, set()),
    ],
)
def test_which_objects_are_blocks_of_a_page(
    keys: tuple[str, ...], children: dict[str, Any], blocks: set[str]
) -> None:
    """GIVEN objects beside each other THEN they are a page if its key says so, or all look like its parts."""
    assert TREE.blocks_among(keys, an_object(children)) == blocks


@pytest.mark.parametrize(
    ("keys", "names", "blocks"),
    [
        ((), ("", ""), {""}),
        ((), ("", "", ""), {""}),
        ((), ("",), set()),
        ((), ("", "b"), set()),
        (("extra",), ("", ""), set()),
    ],
)
def test_a_bare_list_of_blocks_is_a_page(
    keys: tuple[str, ...], names: tuple[str, ...], blocks: set[str]
) -> None:
    """GIVEN the parts of a page without a key THEN several are one; a single part is none."""
    children = [(name, an_object(LABEL)) for name in names]

    assert TREE.blocks_among(keys, children) == blocks


OFFER = {"text": "Cancel", "type": "CANCEL"}


@pytest.mark.parametrize(
    ("key", "entries", "offers"),
    [
        ("buttonList", [OFFER, OFFER], True),
        ("buttons", [OFFER, OFFER], True),
        ("button", [OFFER, OFFER], False),  # not said to be several
        ("list", [OFFER, OFFER], False),  # not said to be buttons
        ("buttons", [OFFER], False),
        ("buttons", [OFFER, {"type": "CANCEL"}], False),
        ("buttons", [OFFER, {**OFFER, "text": "  "}], False),
        ("buttons", [OFFER, {**OFFER, "text": 7}], False),
        ("buttons", [OFFER, {**OFFER, "clicked": "yes"}], False),
        ("buttons", [OFFER, {**OFFER, "clicked": "false"}], True),
        ("buttons", [OFFER, {**OFFER, "name": "x", "value": "y"}], False),
        ("buttons", [OFFER, {**OFFER, "name": "x"}], True),
        ("buttons", [OFFER, {**OFFER, "pressedText": "Cancelled"}], True),
        ("buttons", [OFFER, "CANCEL"], False),
    ],
)
def test_what_is_offered_is_not_pressed(key: str, entries: list[Any], *, offers: bool) -> None:
    """GIVEN a list of buttons THEN offers only if several, each with words for the buyer and none used."""
    assert TREE.offers(("x", key), an_object(entries)) is offers
    assert not TREE.offers((), an_object(entries))


def test_an_object_keeps_its_repeated_keys() -> None:
    """GIVEN a key twice THEN both texts are there, in any case of letters; lists are no texts."""
    value = JsonObject([("Name", "a"), ("name", 2), ("name", ["x"]), ("other", "b")])

    assert value.texts(frozenset({"name"})) == ["a", "2"]
    assert value.has(frozenset({"name"}))
    assert not value.has(frozenset({"names"}))
