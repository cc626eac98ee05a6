"""What a payload orders, pair by pair: which words count, and where they stand."""

from __future__ import annotations

from typing import Any

import pytest

from automation.aliexpress.site.traffic import site_traffic
from automation.engine.guard.requests.meaning import Meaning
from automation.engine.guard.requests.payload import Pair, Payload
from automation.engine.guard.requests.payload_reader import read_payload
from tests.engine.guard.requests.envelopes import text

TRAFFIC = site_traffic()
LIST = "mtop.aliexpress.trade.buyer.order.list"
BLOB = "8f3a9b2c7d1e4f60a9{}7c21d0e9f4b8"


def meaning(value: object) -> Meaning:
    """What a JSON body orders."""
    address = "http://127.0.0.1:8123/h5/x/1.0/"
    return Meaning(
        read_payload(address, text(value).encode(), "application/json", TRAFFIC), TRAFFIC
    )


def of_pairs(*pairs: Pair, **payload: Any) -> Meaning:  # noqa: ANN401  fields of a payload
    """What these pairs order."""
    return Meaning(Payload(pairs=list(pairs), **payload), TRAFFIC)


def pair(*keys: str, value: str = "x7", **more: Any) -> Pair:  # noqa: ANN401  fields of a pair
    """A value below its keys."""
    return Pair(keys, value, **more)


def page(operator: str, **blocks: object) -> dict[str, Any]:
    """A page of blocks with the operator that sends it along."""
    drawn = {name: {"tag": "x", "fields": fields} for name, fields in blocks.items()}
    return {"data": drawn, "operator": operator}


def test_two_blocks_are_a_page_and_one_is_an_order() -> None:
    """GIVEN a reading operator THEN the buttons of a page order nothing; one object is no page."""
    accept, plain = {"buttonCode": "ACCEPT"}, {"text": "x"}
    assert meaning(page("nextPage", accept_btn=accept, list_body=plain)).write() == ""
    assert meaning(page("nextPage", accept_btn=accept)).write() != ""


@pytest.mark.parametrize(
    ("name", "held"), [("list_body", ""), ("banner_3", "operator"), ("list_press", "operator")]
)
def test_the_name_of_a_block_reads_by_its_words(name: str, held: str) -> None:
    """GIVEN an operator that is the name of a block THEN it says something that reads, and no command."""
    names = {0: frozenset({name}), 1: frozenset({"other"})}
    found = of_pairs(pair("operator", value=name), blocks=names, outer_blocks=2)
    assert found.unknown() == held


@pytest.mark.parametrize(
    ("value", "reads"),
    [
        ("changePage", True),
        ("switchTab", True),
        ("queryOrderList", True),
        ("change", False),  # what is changed?
        ("switchCurrent", False),  # nothing of paging
        ("changePageStop", False),
        ("stop", False),
        ("17", False),
    ],
)
def test_a_verb_of_change_reads_only_beside_paging(value: str, *, reads: bool) -> None:
    """GIVEN a command whose value turns something THEN it reads only if that is a page or a tab."""
    assert (meaning({"action": value}).unknown() == "") is reads


@pytest.mark.parametrize(
    ("keys", "commands"),
    [
        (("operation",), True),
        (("operation", "what"), True),  # means nothing here: the key around it decides
        (("operation", "query"), False),
        (("operation", "detail"), False),
        (("operation", "pageIndex"), False),
        (("do",), True),
        (("doIt",), False),
        (("toStatus",), True),
        (("status",), False),
        (("update", "a", "b"), True),
        (("operation", "reason"), False),
    ],
)
def test_which_keys_name_a_command(keys: tuple[str, ...], *, commands: bool) -> None:
    """GIVEN keys, outermost first THEN the innermost that means something decides."""
    assert of_pairs().commands(pair(*keys)) is commands


@pytest.mark.parametrize(
    ("keys", "value", "commands"),
    [
        (("b", "action"), "true", True),
        (("b", "submit"), "now", True),
        (("b", "submit"), "true", False),  # how the block works
        (("b", "events", "action"), "x", False),
    ],
)
def test_how_a_block_works_is_no_command(keys: tuple[str, ...], value: str, *, commands: bool) -> None:  # fmt: skip
    """GIVEN a pair of a block THEN its handlers and whether it submits are no commands."""
    assert of_pairs().commands(pair(*keys, value=value, blocks=(0,))) is commands


@pytest.mark.parametrize(
    ("keys", "decides"),
    [
        (("buttonCode",), True),
        (("button", "data"), True),
        (("button", "dataOwner"), False),  # something of the button
        (("accept_btn",), False),  # the name of a thing
        (("accept_btn", "data"), False),
        (("reason", "code"), False),
        (("reason", "list", "code"), True),
        (("canAction",), False),
        (("errorCode",), False),
    ],
)
def test_which_keys_decide_what_a_call_does(keys: tuple[str, ...], *, decides: bool) -> None:
    """GIVEN keys, outermost first THEN only those of an operator decide."""
    assert of_pairs().decides(pair(*keys, value="CANCEL")) is decides


@pytest.mark.parametrize(
    ("value", "found"),
    [
        (BLOB.format("_close_"), "close"),
        (BLOB.format("CLOSE"), "close"),
        (BLOB.format("_pay_"), ""),  # short words come by chance
        (BLOB.format("_"), ""),
    ],
)
def test_a_token_counts_by_its_longer_words(value: str, found: str) -> None:
    """GIVEN an operator whose value is a token THEN a word of five letters and more counts."""
    assert of_pairs().order_of(pair("buttonCode", value=value)) == found


@pytest.mark.parametrize(
    ("key", "never"),
    [
        ("agreeTerms", False),
        ("readAndAcceptTheTerms", False),
        ("buyerAgreeRules", False),
        ("cancelAcceptance", False),  # a state, not an act
        ("accept", True),  # nothing to read
        ("acceptSolution", True),
        ("agreeTermsOfOffer", True),
        ("payTerms", True),  # not said by somebody who has read them
    ],
)
def test_only_papers_may_be_accepted(key: str, *, never: bool) -> None:
    """GIVEN a flag with a never-word THEN it orders that, unless it only says that papers were read."""
    assert (meaning({key: True}).never() != "") is never


@pytest.mark.parametrize(
    ("key", "value", "never"),
    [
        ("x", "accept", True),
        ("buttonCode", "accept", True),
        ("x", "agreement", False),  # states something
        ("x", "please do accept it", False),  # a sentence
        ("x", BLOB.format("_accept_"), False),
        ("label", "agree", False),
        ("color", "agree", False),
        ("panel", "agree", False),
        ("tip", "agree", False),
        ("x", "agree_button", False),
        ("spm", "accept", False),
        ("reasonCode", "agree", False),
    ],
)
def test_a_never_word_in_a_place_for_a_command(key: str, value: str, *, never: bool) -> None:
    """GIVEN a never-word as a value THEN it counts alone, and not in a label, token or state."""
    assert (of_pairs(pair(key, value=value)).never() != "") is never


@pytest.mark.parametrize(
    ("key", "value", "found"),
    [
        ("operationType", "CANCEL", "cancel"),
        ("operationType", "cancelPageRequest", "cancel"),
        ("operationType", "queryCancel", ""),  # only looks
        ("operationType", "cancelDetail", ""),
        ("operationType", "cancelPrecheck", ""),
        ("operationType", BLOB.format("_cancel_"), ""),
        ("note", "cancel", ""),  # no operator
        ("cancelReverse", "1", "cancel"),
        ("canCancel", "1", ""),
    ],
)
def test_where_the_permitted_word_counts(key: str, value: str, found: str) -> None:
    """GIVEN the permitted word THEN only as an order, and not where it is looked at or tried."""
    assert of_pairs(pair(key, value=value)).orders_permitted() == found


def test_an_offered_button_orders_nothing_permitted() -> None:
    """GIVEN one of several buttons that a page shows THEN its code is no order."""
    assert of_pairs(pair("buttonCode", value="CANCEL", offered=True)).orders_permitted() == ""


@pytest.mark.parametrize(
    ("key", "value", "stray"),
    [
        ("was", "CANCEL", True),
        ("was", "cancel_url_now", True),
        ("was", "please_cancel", False),  # begins with no order
        ("was", "cancel_url", False),  # a thing of cancelling
        ("was", "cancel it now", False),
        ("was", BLOB.format("_cancel_"), False),
        ("panel", "close", False),
        ("dialog", "close", False),
        ("preview", "close", False),  # a trial
        ("scm", "cancel", False),
        ("label", "cancel", False),
    ],
)
def test_a_bare_order_under_a_key_of_which_nothing_is_known(
    key: str, value: str, *, stray: bool
) -> None:
    """GIVEN an order as a value THEN it is held back, unless the key says what the value is."""
    assert (of_pairs(pair(key, value=value)).unknown() != "") is stray


def test_an_unknown_order_is_named_by_its_innermost_key() -> None:
    """GIVEN keys THEN the innermost; the outermost if that one has no name."""
    assert meaning({"operation": {"what": "x7"}}).unknown() == "what"
    assert of_pairs(pair("operation", "", value="x7")).unknown() == "operation"


def test_a_pressed_block_is_used_and_not_the_one_around_it() -> None:
    """GIVEN blocks in each other WHEN the inner one says that it was pressed THEN its orders count alone."""
    pressed = pair("outer", "inner", "isClicked", value="true", blocks=(0, 1))
    own = pair("outer", "inner", "title", blocks=(0, 1))
    around = pair("outer", "buttonCode", value="ACCEPT", blocks=(0,))
    found = of_pairs(
        pressed, own, around, blocks={0: frozenset({"outer"}), 1: frozenset({"inner"})}
    )
    assert found.spoken == (pressed, own)


@pytest.mark.parametrize(
    ("api", "found"), [(LIST, ""), ("mtop.aliexpress.x.look", "mtop.aliexpress.x.look")]
)
def test_a_used_block_may_name_a_known_read_only(api: str, found: str) -> None:
    """GIVEN the call that a used block makes THEN one that is no known read is an order."""
    own = pair("tab_1", "address", value=api, blocks=(0,))
    operator = pair("operator", value="tab_1")
    names = {0: frozenset({"tab_1"}), 1: frozenset({"tab_2"})}
    assert of_pairs(operator, own, blocks=names, outer_blocks=2).write() == found
