"""Cookies for the permitted request, and those of its answer for the session."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from automation.engine.guard.transport.session_cookies import Changes, without_partitions
from tests.own_loop import in_own_loop

TOP = "https://shop.example"
TOKEN = {
    "name": "_m_h5_tk", "value": "old", "domain": ".shop.example", "path": "/", "expires": -1,
    "httpOnly": True, "secure": True, "sameSite": "None",
}  # fmt: skip
NAMED = {"name": "_m_h5_tk", "domain": ".shop.example", "path": "/"}


def cookie(**more: object) -> Any:  # noqa: ANN401  Playwright's
    """The token's cookie, changed so."""
    return TOKEN | more


def test_what_an_answer_left_alone_is_not_written_again() -> None:
    """GIVEN the same cookies THEN no change, in any order."""
    one, other = cookie(), cookie(name="x")

    assert Changes.between([one, other], [other, one]) == Changes()


def test_what_an_answer_changed_is_set_and_what_it_took_away_is_deleted() -> None:
    """GIVEN a new value, a new cookie and one that is gone THEN each in the browser's own words."""
    gone, fresh = cookie(name="gone"), cookie(name="fresh", expires=9.5)
    found = Changes.between([cookie(), gone], [cookie(value="new"), fresh])

    value = {key: TOKEN[key] for key in TOKEN if key != "expires"}
    assert found.set == (value | {"value": "new"}, value | {"name": "fresh", "expires": 9.5})
    assert found.deleted == (NAMED | {"name": "gone"},)


def test_the_same_name_in_another_partition_is_another_cookie() -> None:
    """GIVEN a partitioned cookie beside a plain one THEN each is changed under its own key."""
    mine = cookie(partitionKey=TOP, _crHasCrossSiteAncestor=True)
    found = Changes.between([cookie()], [cookie(), mine])
    key = {"partitionKey": {"topLevelSite": TOP, "hasCrossSiteAncestor": True}}

    assert [each["partitionKey"] for each in found.set] == [key["partitionKey"]]
    assert Changes.between([mine], []).deleted == (NAMED | key,)


@pytest.mark.parametrize("pages", [0, 1])
def test_changes_are_made_through_a_page(pages: int) -> None:
    """GIVEN a context THEN one command for each change; without a page, or a change, none."""
    sent: list[tuple[str, object]] = []

    class Session:
        async def send(self, command: str, given: object) -> None:
            sent.append((command, given))

        async def detach(self) -> None:
            sent.append(("detached", None))

    async def new_cdp_session(_page: object) -> Session:
        return Session()

    context: Any = SimpleNamespace(pages=[object()] * pages, new_cdp_session=new_cdp_session)
    in_own_loop(Changes().apply(context))
    assert sent == []

    in_own_loop(Changes(({"a": 1},), ({"b": 2},)).apply(context))

    made = [
        ("Network.setCookie", {"a": 1}),
        ("Network.deleteCookies", {"b": 2}),
        ("detached", None),
    ]
    assert sent == made * pages


@pytest.mark.parametrize(
    ("partition", "site", "goes"),
    [
        (None, "https://www.shop.example/p", True),
        ("https://shop.example", "https://www.shop.example/p", True),
        ("https://shop.example", "https://shop.example/p", True),
        ("https://shop.example", "http://shop.example/p", False),
        ("https://shop.example", "https://othershop.example/p", False),
        ("https://other.example", "https://www.shop.example/p", False),
    ],
)
def test_only_cookies_of_the_same_partition_go_along(
    partition: str | None, site: str, *, goes: bool
) -> None:
    """GIVEN cookies of partitions THEN those of the site go as plain ones, and others stay."""
    more = (
        {} if partition is None else {"partitionKey": partition, "_crHasCrossSiteAncestor": False}
    )

    assert without_partitions([cookie(**more)], site) == ([TOKEN] if goes else [])
