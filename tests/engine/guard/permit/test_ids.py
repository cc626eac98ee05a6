"""The ids that the permitted request may carry: which of them must be the target's own."""

from __future__ import annotations

from typing import Any

import pytest

from automation.aliexpress.site.traffic import site_traffic
from automation.engine.guard import PermitScope, Traffic
from automation.engine.guard.permit import carries_own_id, content_of, why_unfit
from automation.engine.guard.requests.classify import classify
from automation.engine.target import Target
from tests.engine.guard.permit.a_permit import (
    CANCEL,
    LINE,
    ORDER,
    ORIGINS,
    SCOPE,
    SITE,
    TRADE,
    facts,
    fits,
)
from tests.engine.guard.requests.envelopes import text

NOBODY = "7190001112229999"  # an id that no read has explained
TRAFFIC = site_traffic()


def why(value: dict[str, Any]) -> str:
    """Why a cancel with these values does not fit."""
    request = facts(body=text(value))
    return why_unfit(request, classify(request, ORIGINS, TRAFFIC), SCOPE, TRAFFIC)


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ({"disputeId": NOBODY}, "its 'disputeId' is another id"),
        ({"dispute": {"id": NOBODY}}, "its 'id' is another id"),
        ({"disputes": {"0": NOBODY}}, "its '0' is another id"),  # a number is no name
        ({"disputes": [NOBODY]}, "its 'disputes' is another id"),  # cancelled along with it
        ({"refundCases": [NOBODY]}, "its 'refundCases' is another id"),
        ({"orderLine": {"id": NOBODY}}, "its 'id' is another id"),
        ({"orderLine": {"productId": NOBODY}}, ""),  # of a product
        ({"dispute": {"note7": NOBODY}}, ""),  # the innermost key that means something decides
        ({"dispute": {"id": ORDER}}, ""),
        ({"list": [{"rid": NOBODY}]}, "its 'rid' is an id that nothing explains"),
        ({"others": [NOBODY]}, "its 'others' is an id that nothing explains"),  # cancelled too
        ({"others": [[int(NOBODY)]]}, "its 'others' is an id that nothing explains"),
        ({"others": [LINE]}, ""),
        ({"others": [{"rid": NOBODY}]}, ""),  # names and values, such as a trace
        ({"rid": NOBODY}, ""),  # beside an own one
    ],
)
def test_beside_the_own_id(value: dict[str, Any], told: str) -> None:
    """GIVEN a cancel that names the dispute THEN another id under a key of orders or in a list is held."""
    assert why({"reverseOrderLineId": LINE, **value}) == told


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (f"rid={NOBODY}", ""),
        (f"rid={NOBODY}&rid={LINE}", "its 'rid' is an id that nothing explains"),
    ],
)
def test_a_key_that_comes_again_is_a_list(more: str, told: str) -> None:
    """GIVEN a form with a key twice THEN an id that nothing explains is not let through with it."""
    request = facts(body=f"reverseOrderLineId={LINE}&{more}")
    assert why_unfit(request, classify(request, ORIGINS, TRAFFIC), SCOPE, TRAFFIC) == told


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ({"x": LINE}, ""),
        ({"x": TRADE}, ""),
        ({"x": LINE, "rid": NOBODY}, "its 'rid' is an id that nothing explains"),
        ({"x": LINE, "productId": NOBODY}, ""),
        ({"x": LINE, "product": {"id": NOBODY}}, ""),
        (
            {"x": LINE, "product": {"a": {"rid": NOBODY}}},
            "its 'rid' is an id that nothing explains",
        ),
        ({"x": LINE, "rid": NOBODY[:14]}, ""),  # too short for an id
        ({"x": ORDER}, "it does not carry an id of the target"),  # has other disputes too
        ({"x": f"{LINE}0"}, "its 'x' is an id that nothing explains"),
        ({"x": f"{LINE} and more"}, ""),
    ],
)
def test_an_own_id_under_a_key_that_says_nothing(value: dict[str, Any], told: str) -> None:
    """GIVEN the own id under any key THEN it counts, but explains no id beside it."""
    assert why(value) == told


@pytest.mark.parametrize(
    ("url", "body", "carries"),
    [
        (CANCEL, f"a=1&b={LINE}&c=2", True),
        (CANCEL, f"a=1&b={TRADE}", True),
        (f"{CANCEL}{LINE}/x", "a=1", True),
        (CANCEL, f"a={ORDER}", False),
        (CANCEL, f"a={LINE}0", False),
        (CANCEL, "", False),
    ],
)
def test_a_request_names_the_target_anywhere(url: str, body: str, *, carries: bool) -> None:
    """GIVEN one of the target's own ids THEN one place is enough; the order's own is not."""
    assert carries_own_id(facts(url, body), SCOPE, TRAFFIC) is carries


def test_two_requests_are_compared_without_clock_and_signature() -> None:
    """GIVEN the same cancel a moment later THEN it says the same; with another value it does not."""
    first, again, other = (
        content_of(facts(body=f"id={LINE}&t={clock}&sign={clock}x&step={step}"), TRAFFIC)
        for clock, step in ((17, "a"), (18, "a"), (17, "b"))
    )
    assert first == again
    assert first != other


@pytest.mark.parametrize(
    "value",
    [
        {"targetId": NOBODY, "pageUrl": f"https://x.example/?reverseOrderLineId={LINE}"},
        {"id": NOBODY, "referer": f"https://x.example/{LINE}"},
        {"bizId": NOBODY, "spm": LINE},
        {"rid": NOBODY, "pvid": LINE},
        {"spm": LINE},
        {"reverseOrderLineId": LINE, "list": [{"id": NOBODY}]},
    ],
    ids=text,
)
def test_an_id_that_nothing_explains_does_not_fit(value: dict[str, Any]) -> None:
    """GIVEN the own id only in an address or a trace, or one of several THEN it is about another one."""
    assert not fits(facts(body=f"data={text(value)}"))


# Another site, whose ids are short or have letters: how an id is built is learned from the target's own.
DESK = Traffic.of_site(
    {"hosts": {}, "pages": ["/ticket"], "reads": [], "api_path": "/rpc/",
     "permitted_words": ["void"], "id_words": ["ticket"]}
)  # fmt: skip


@pytest.mark.parametrize(("own", "another"), [("880042", "880043"), ("TK-88AB", "TK-89AC")])
@pytest.mark.parametrize(
    ("key", "alone", "told"),
    [
        ("tickets", False, "its 'tickets' is an id that nothing explains"),
        ("things", False, "its 'things' is an id that nothing explains"),
        ("ticketNo2", True, "its 'ticketNo2' is another id"),
        ("note", True, ""),
    ],
)
def test_another_site_has_ids_of_its_own(
    own: str, another: str, key: str, told: str, *, alone: bool
) -> None:
    """GIVEN a target of another site THEN what is built like its id must be its id too, where a batch may stand."""
    scope = PermitScope(Target(ids={"ticket": own}, words="a ticket"))

    def why_not(value: object) -> str:
        body = text({"ticketNo": own, key: value})
        request = facts(f"{SITE}/rpc/ticket.void", body)
        return why_unfit(request, classify(request, ORIGINS, DESK), scope, DESK)

    assert why_not(another if alone else [own, another]) == told
    assert why_not(own if alone else [own]) == ""  # control
    assert why_not(12 if alone else [12, 7, "new"]) == ""


@pytest.mark.parametrize(
    ("own", "another"),
    [("880042", "880043"), ("TK-88AB", "TK-89AC"), ("TK.88/AB", "TK.88/AC"), ("88É42", "88É43")],
)
@pytest.mark.parametrize("around", ["{}", "t_{}", "{}-old", "void:{}", "{}_1"])
def test_an_id_may_stand_inside_a_value_or_path(own: str, another: str, around: str) -> None:
    """GIVEN something joined to an id by anything but a letter or digit THEN it is found as the own one is."""
    scope = PermitScope(Target(ids={"ticket": own}, words="a ticket"))

    def why_not(found: str, path: str = "") -> str:
        body = text({"ticketNo": own, "ticketNo2": around.format(found)})
        request = facts(f"{SITE}/rpc/ticket.void{path}", body)
        return why_unfit(request, classify(request, ORIGINS, DESK), scope, DESK)

    assert why_not(own) == ""  # control
    assert why_not(another) == "its 'ticketNo2' is another id"
    assert why_not(own, f"?ticketNo={around.format(own)}") == ""
    assert why_not(own, f"?ticketNo={around.format(another)}") == "its 'ticketNo' is another id"


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("2026-11-27", ""),
        ("2026-11-27T18:39:00Z", ""),
        ("2026/1/7 18:39", ""),
        ("2026.11.27", ""),
        ("2026", "its 'ticketTime' is another id"),  # alone it may be a ticket
        ("8843-11-27", "its 'ticketTime' is another id"),  # no year
        ("2026-11/27", "its 'ticketTime' is another id"),  # no date
        ("2026-11-27 2027", "its 'ticketTime' is another id"),
        ("8843", "its 'ticketTime' is another id"),
    ],
)
def test_the_year_of_a_date_is_no_id(value: str, told: str) -> None:
    """GIVEN an own id of four digits THEN a date under a key of tickets is none, and any other number is."""
    scope = PermitScope(Target(ids={"ticket": "8842"}, words="a ticket"))
    body = text({"ticketNo": "8842", "ticketTime": value})
    request = facts(f"{SITE}/rpc/ticket.void", body)

    assert why_unfit(request, classify(request, ORIGINS, DESK), scope, DESK) == told
