from __future__ import annotations

from typing import Any

import pytest

from automation.flow.hearing import Heard, Names, names_in

DISPUTE, LINE, OTHER, HOLDER = "1100482913300042", "8194370215570042", "11100482920610042", "77001"
RENDER = "https://acs.aliexpress.com/h5/mtop.aliexpress.buyer.reverse.render/1.0/"


@pytest.mark.parametrize(
    ("asked", "answer", "known", "expected"),
    [
        (
            "",
            {"data": {"reverseOrderLineId": DISPUTE, "tradeOrderLineId": LINE}},
            {DISPUTE},
            Names(frozenset({LINE})),
        ),
        (
            "",
            {"data": {"reverseOrderLineId": int(DISPUTE), "reverseOrderId": HOLDER}},
            {DISPUTE},
            Names(broader=frozenset({HOLDER})),
        ),
        (
            f'data={{"reverseOrderLineId":"{DISPUTE}"}}',
            {"head": {"reverseOrderLineId": DISPUTE}, "line": {"tradeOrderLineId": LINE}},
            {DISPUTE},
            Names(frozenset({LINE})),
        ),
        (
            f'data={{"issueId":"{OTHER}"}}',
            {"data": {"reverseOrderLineId": DISPUTE, "tradeOrderLineId": LINE}},
            {OTHER},
            Names(frozenset({DISPUTE, LINE})),
        ),
        (  # a line that had two disputes: neither may be guessed
            "",
            [
                {"reverseOrderLineId": DISPUTE, "tradeOrderLineId": LINE},
                {"reverseOrderLineId": OTHER, "tradeOrderLineId": LINE},
            ],
            {LINE},
            Names(),
        ),
        (  # a list of all disputes was not asked for this one
            "",
            {"list": [{"reverseOrderLineId": OTHER, "tradeOrderLineId": LINE}]},
            {DISPUTE},
            Names(),
        ),
        ("", "no object", {DISPUTE}, Names()),
        ("", None, {DISPUTE}, Names()),
    ],
)
def test_only_what_is_said_of_this_dispute_names_it(
    asked: str,
    answer: Any,  # noqa: ANN401  any JSON value
    known: set[str],
    expected: Names,
) -> None:
    """GIVEN an answer of the site THEN further names of this dispute alone, none where in doubt."""
    assert names_in([Heard(RENDER + asked, answer)], known) == expected
