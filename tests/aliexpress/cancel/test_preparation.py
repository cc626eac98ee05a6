"""What comes before the consent: the page that is judged is the one that will be clicked."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from automation.aliexpress.cancel import preparation
from automation.aliexpress.cancel.dossier import Agreed
from automation.aliexpress.cancel.escort.taught import Taught
from automation.aliexpress.cancel.preparation import read
from automation.aliexpress.pages import DisputeEntry, DisputePage, OrderCard, OrderLine, OrderPage
from automation.aliexpress.site import DisputeIds
from automation.aliexpress.site.additions import Additions
from automation.aliexpress.walk.order.reading import Found, Reading
from automation.errors import ErrorCode, ToolError
from rules import DisputeStatus
from tests.own_loop import in_own_loop

if TYPE_CHECKING:
    from collections.abc import Callable

ORDER = "8194370215560042"
PAGE = DisputePage(
    "http://127.0.0.1:1/dispute", DisputeIds("1100482913300042", "8194370215570042"), (ORDER,), (),
    "Waiting", DisputeStatus.WAITING_SELLER, ("Cancel Request",), ("Cancel Request",), None, 0,
    "US $4.00", (),
)  # fmt: skip
OVER = replace(PAGE, status=DisputeStatus.FINAL_DECISION, status_words="Final decision")
OTHER = replace(OVER, ids=DisputeIds("1100482913300077", "8194370215570077"))


def reading() -> Reading:
    """An order with two disputes, the first of them chosen."""
    found = tuple(
        Found(DisputeEntry("link", "", line=n), n + 1, page) for n, page in enumerate((PAGE, OTHER))
    )
    lines = (OrderLine("Mug"), OrderLine("Jug"))
    order = OrderPage("", (ORDER,), "", lines, tuple(each.entry for each in found), None)
    return Reading(OrderCard(ORDER), order, found, found[0])


@pytest.fixture
def case(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """A cancel whose tab shows an address, and a page when it loads the dispute again."""

    async def found(*_: object) -> Reading:
        return reading()

    monkeypatch.setattr(preparation, "read_disputes", found)

    def made(at: str, again: DisputePage) -> Any:  # noqa: ANN401  a case
        loads: list[str] = []

        async def reload_dispute(address: str) -> DisputePage:
            loads.append(address)
            return again

        walk = SimpleNamespace(
            page=SimpleNamespace(url=at), reload_dispute=reload_dispute, loads=loads
        )
        request = SimpleNamespace(escort=None, order_id=ORDER, item=None)
        return SimpleNamespace(request=request, walk=walk, agreed=Agreed())

    return made


def test_a_page_that_has_to_be_loaded_again_is_what_is_judged(case: Callable[..., Any]) -> None:
    """GIVEN a tab that was led on to another dispute THEN the chosen one counts as it is loaded again."""
    given = case(at="http://127.0.0.1:1/other", again=OVER)

    seen = in_own_loop(read(given))

    assert given.walk.loads == [PAGE.address]
    assert seen.chosen == OVER
    assert seen.disputes == (OVER, OTHER)


def test_a_page_that_is_still_open_is_not_loaded_again(case: Callable[..., Any]) -> None:
    """Control: GIVEN the dispute's own page in the tab THEN what was read counts."""
    given = case(at=PAGE.address, again=OVER)

    assert (in_own_loop(read(given)).chosen, given.walk.loads) == (PAGE, [])


def test_another_dispute_at_that_address_ends_the_run(case: Callable[..., Any]) -> None:
    """GIVEN another dispute where the chosen one was THEN an error, and nothing to judge."""
    with pytest.raises(ToolError) as caught:
        in_own_loop(read(case(at="http://127.0.0.1:1/other", again=OTHER)))

    assert caught.value.code is ErrorCode.WRONG_DISPUTE


def test_what_a_buyer_taught_outlives_a_hand_over() -> None:
    """GIVEN words that were named before it, known afterwards THEN it is still said who named them."""
    words = Additions(words={"en": {"labels.confirm": ("Yes, withdraw",)}})
    before = Taught(words).naming("Under review", DisputeStatus.MEDIATING)

    assert before.then(Taught()).in_words == before.in_words != ()
    assert before.then(before) == before
