"""Whose ids the reads of a page name, and whose data it shows."""

from __future__ import annotations

import json
from urllib.parse import quote

import pytest

from automation.aliexpress.site import DisputeIds
from automation.aliexpress.site.traffic import site_traffic
from automation.aliexpress.walk.response_names import (
    Ids,
    Known,
    Names,
    another_in,
    asks_for_another,
    ids_asked,
    names_another,
    names_in,
)
from automation.aliexpress.walk.responses import Heard, Json
from tests.engine.guard.requests.envelopes import ENVELOPES, SENDINGS

ORDER, LINE, DISPUTE, HOLDER = (
    "8194370215563345",
    "8194370215573345",
    "1100482913313345",
    "1100482913213345",
)
ORDER_B, LINE_B, DISPUTE_B, HOLDER_B = (
    "8194370215663345",
    "8194370215673345",
    "1100482913413345",
    "1100482913393345",
)
ISSUE = "400123456"
RENDER = "https://acs.aliexpress.com/h5/mtop.aliexpress.buyer.reverse.render/1.0/"
KNOWN = Known(ORDER, DISPUTE)
BY_LINE = Known(ORDER, None, LINE)
A = {"reverseOrderLineId": DISPUTE, "tradeOrderLineId": LINE}
B = {"reverseOrderLineId": DISPUTE_B, "tradeOrderLineId": LINE_B}
ASKED_A = {"reverseOrderLineId": DISPUTE}
NOTHING: dict[str, str] = {}


TRAFFIC = site_traffic()


def heard(asked: dict[str, str], answer: Json) -> Heard:
    """A read that asks for these ids, and its answer."""
    return Heard(f"{RENDER}?data={quote(json.dumps(asked))}", None, answer)


def names(known: Known, asked: dict[str, str], answer: Json) -> Names:
    """The ids that one exchange adds."""
    return names_in([heard(asked, answer)], known, TRAFFIC)


@pytest.mark.parametrize(
    ("known", "asked", "answer", "expected"),
    [
        (KNOWN, NOTHING, {"data": A}, Names(frozenset({LINE}))),
        (
            KNOWN,
            NOTHING,
            {"data": {"reverseOrderLineId": int(DISPUTE), "reverseOrderId": HOLDER}},
            Names(broader=frozenset({HOLDER})),
        ),
        (
            KNOWN,
            ASKED_A,
            {"head": {"reverseOrderLineId": DISPUTE}, "line": {"tradeOrderLineId": LINE}},
            Names(frozenset({LINE})),
        ),
        # Only the page's own request has the ids, its answer none (site facts, section 9).
        (
            BY_LINE,
            A | {"reverseOrderId": HOLDER, "tradeOrderId": ORDER},
            {"status": "fine"},
            Names(frozenset({DISPUTE}), frozenset({HOLDER})),
        ),
        (KNOWN, A, None, Names(frozenset({LINE}))),
        (Known(ORDER, None, None, ISSUE), {"issueId": ISSUE}, {"data": A}, Names(frozenset(A.values()))),
        (
            KNOWN,
            NOTHING,
            {"history": [{"reverseOrderLineId": DISPUTE_B, "tradeOrderLineId": LINE}], "now": A},
            Names(frozenset({LINE})),
        ),
    ],
)  # fmt: skip
def test_names_of_this_dispute(
    known: Known,
    asked: dict[str, str],
    answer: Json,
    expected: Names,
) -> None:
    """GIVEN a request or an answer about this dispute alone THEN it adds its ids."""
    assert names(known, asked, answer) == expected


@pytest.mark.parametrize(
    ("known", "asked", "answer"),
    [
        # Asked for A, and the answer speaks of B: the fault that cancelled another order's dispute.
        (KNOWN, ASKED_A, {"data": B}),
        (KNOWN, ASKED_A, {"data": {"reverseOrderLineId": DISPUTE_B}, "line": {"orderLineId": LINE_B}}),
        (KNOWN, ASKED_A, {"data": {"tradeOrderLineId": LINE_B, "tradeOrderId": ORDER_B}}),
        (KNOWN, ASKED_A, {"a": A | {"tradeOrderId": ORDER_B}}),
        (KNOWN, ASKED_A, {"a": B, "b": {"reverseOrderId": HOLDER_B}}),
        (KNOWN, ASKED_A, {"a": {"reverseOrderId": HOLDER}, "b": {"reverseOrderId": HOLDER_B}}),
        (Known(ORDER, DISPUTE, LINE), NOTHING, {"x": {"reverseOrderLineId": DISPUTE, "orderLineId": LINE_B}}),
        (Known(ORDER, DISPUTE, LINE), B | {"reverseOrderId": HOLDER_B}, {"data": B}),
        (KNOWN, B, {"data": B}),
        (KNOWN, A | {"tradeOrderId": ORDER_B}, None),
        # Older disputes of the same line.
        (BY_LINE, NOTHING, [A, A | {"reverseOrderLineId": DISPUTE_B}]),
        (BY_LINE, {"tradeOrderLineId": LINE}, {"history": [A | {"reverseOrderId": HOLDER}]}),
        (BY_LINE, {"tradeOrderLineId": LINE}, {"lastDispute": A}),
        (BY_LINE, NOTHING, {"data": A | {"reverseStatus": "canceled_issue"}}),
        (KNOWN, ASKED_A, {"otherLine": B, "relatedOrders": [B]}),
        # A list of all disputes was not asked for this one.
        (KNOWN, NOTHING, {"list": [B]}),
        (KNOWN, NOTHING, {"reverseOrderLineId": f"x{DISPUTE}", "tradeOrderLineId": LINE}),
        (BY_LINE, NOTHING, {"reverseOrderLineId": ORDER, "tradeOrderLineId": LINE}),
        (KNOWN, NOTHING, "no object"),
        (KNOWN, NOTHING, None),
    ],
)  # fmt: skip
def test_doubt_gives_no_names(
    known: Known,
    asked: dict[str, str],
    answer: Json,
) -> None:
    """GIVEN a contradicting id, an older dispute or another one THEN no ids."""
    assert names(known, asked, answer) == Names()


def test_the_reverse_order_of_an_only_line_names_it() -> None:
    """GIVEN an order of one line THEN its reverse order can hold no other dispute."""
    found = names(KNOWN, A | {"reverseOrderId": HOLDER}, None)
    assert found.broader == {HOLDER}
    assert found.of_an_only_line() == Names(frozenset({LINE, HOLDER}))


def test_two_exchanges_that_differ_are_doubt() -> None:
    """GIVEN two answers with two disputes for one line THEN neither is taken."""
    first: Json = {**A}
    second: Json = {**A, "reverseOrderLineId": DISPUTE_B}
    both = [heard({}, {"data": first}), heard({}, {"data": second})]
    assert names_in(both, BY_LINE, TRAFFIC) == Names()


@pytest.mark.parametrize("envelope", ENVELOPES)
def test_requests_are_heard_in_every_envelope(envelope: str) -> None:
    """GIVEN a read that names the dispute THEN its ids are known however it is wrapped."""
    asked = A | {"reverseOrderId": HOLDER}
    known = Names(frozenset({DISPUTE}), frozenset({HOLDER}))
    for name, sending in SENDINGS.items():
        url, _, _, body = sending(RENDER, ENVELOPES[envelope](asked))
        assert names_in([Heard(url, body)], BY_LINE, TRAFFIC) == known, name


def test_a_page_sent_along_names_nothing() -> None:
    """GIVEN the ids of another dispute in the blocks of a request THEN they are not asked for."""
    blocks = {"one": {"tag": "row", "fields": B}, "two": {"tag": "row", "fields": {"text": "x"}}}
    body = f"data={quote(json.dumps(A | {'data': blocks}))}".encode()
    assert ids_asked(Heard(RENDER, body), TRAFFIC) == Ids.of(A.items())


IDS = DisputeIds(DISPUTE, LINE)


@pytest.mark.parametrize(
    ("answer", "another"),
    [
        ({"data": {"reverseOrderLineId": DISPUTE}}, ""),
        ({"data": {"reverseOrderLineId": int(DISPUTE)}}, ""),
        ({"data": {"status": "Cancelled"}}, ""),  # an answer may carry no ids at all
        ({"data": {"reverseOrderId": DISPUTE_B}}, ""),  # broader, and its own number
        (
            {
                "data": {
                    "reverseOrderLineId": DISPUTE,
                    "otherLine": {"reverseOrderLineId": DISPUTE_B},
                }
            },
            "",
        ),
        ({"data": [{"reverseOrderLineId": DISPUTE_B}, {"reverseOrderLineId": DISPUTE}]}, ""),
        ({"data": {"reverseOrderLineId": DISPUTE_B}}, DISPUTE_B),
        ({"data": {"reverse_order_line_id": DISPUTE_B}}, DISPUTE_B),
        (
            {
                "data": {
                    "reverseOrderLineId": DISPUTE_B,
                    "otherLine": {"reverseOrderLineId": DISPUTE},
                }
            },
            DISPUTE_B,
        ),
        ({"data": {"reverseOrderLineId": DISPUTE_B, "tradeOrderLineId": LINE}}, DISPUTE_B),
        ({"data": {"tradeOrderLineId": LINE_B}}, LINE_B),
        ({"data": {"tradeOrderId": ORDER_B}}, ORDER_B),
        ([], ""),
        (None, ""),
    ],
)
def test_an_answer_is_about_what_its_outermost_object_names(answer: Json, another: str) -> None:
    """GIVEN an answer to the page's read THEN another dispute's id, or nothing for our own."""
    assert names_another(answer, IDS, ORDER) == another


def test_an_id_that_is_not_known_cannot_be_compared() -> None:
    """GIVEN a page whose address names only the line THEN the dispute's own id is no contradiction."""
    answer: Json = {"data": {"reverseOrderLineId": DISPUTE_B, "tradeOrderLineId": LINE}}

    assert names_another(answer, DisputeIds(None, LINE), ORDER) == ""


@pytest.mark.parametrize(
    ("asked", "another"),
    [
        (f'https://h/h5/a/1.0/?data={{"reverseOrderLineId":"{DISPUTE}"}}', False),
        (f'https://h/h5/a/1.0/ data={{"tradeOrderLineId":"{LINE}"}}', False),
        ("https://h/h5/a/1.0/ data=H4sIAAAA", False),  # the request cannot be read
        (f'https://h/h5/a/1.0/ data={{"reverseOrderLineId":"{DISPUTE_B}"}}', True),
        (f"https://h/h5/a/1.0/?tradeOrderLineId={LINE_B}", True),
    ],
)
def test_a_preview_of_another_dispute_says_nothing_about_this_page(
    asked: str, another: bool
) -> None:
    """GIVEN a read for a sibling dispute THEN its answer does not count against the page."""
    assert asks_for_another(asked, IDS) is another


def test_only_the_pages_own_reads_say_whose_data_it_shows() -> None:
    """GIVEN a preview of another dispute THEN nothing; the same answer to our read is a contradiction."""
    other: Json = {"data": {**B}}

    assert another_in([heard(B, other)], IDS, ORDER) == ""
    assert DISPUTE_B in another_in([heard(A, other)], IDS, ORDER)
    assert DISPUTE_B in another_in(
        [Heard(RENDER, quote(json.dumps(A)).encode(), other)], IDS, ORDER
    )
