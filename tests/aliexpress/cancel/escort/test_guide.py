"""What a guide takes for the buyer's dispute, and whom it believes about its status."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from automation.aliexpress.cancel.escort.guide import Guide
from automation.aliexpress.pages import read_dispute
from automation.aliexpress.pages.snapshot import Snapshot
from automation.aliexpress.request import Escort
from automation.aliexpress.site import SiteMap
from automation.aliexpress.walk.response_names import Heard
from automation.errors import ErrorCode, ToolError
from tests.own_loop import in_own_loop

if TYPE_CHECKING:
    from collections.abc import Iterator

SITE = SiteMap.load()
ORDER, OTHER = "8194370215560042", "8194370215590042"
ID, LINE = "1100482913300042", "8194370215570042"
DETAILS = f"http://127.0.0.1:1/p/order/detail.html?orderId={ORDER}"
ADDRESS = f"http://127.0.0.1:1/p/reverse-pages/detail.html?reverseOrderLineId={ID}"
CALL = "http://127.0.0.1:2/h5/mtop.ae.matter.boardView/1.0/"


def guide(*, questions: object = None, said: str | None = None) -> Guide:
    """A guide on a page that no test looks at."""

    @contextlib.contextmanager
    def waiting() -> Iterator[None]:
        yield

    walk: Any = SimpleNamespace(site=SITE, progress=SimpleNamespace(waiting_for_human=waiting))
    return Guide(walk, ORDER, None, replace(Escort(), questions=questions), said)  # type: ignore[arg-type]


def heard(**named: str) -> tuple[Heard, ...]:
    """One read of the page: it asks for the dispute, and the answer names more."""
    body = f"data=%7B%22reverseOrderLineId%22%3A%22{ID}%22%7D".encode()
    return (Heard(CALL, body, {"data": {"reverseOrderLineId": ID, **named}}),)


@pytest.mark.parametrize(
    ("calls", "came_from", "wrong"),
    [
        (heard(tradeOrderId=ORDER), "", ""),
        (heard(), DETAILS, ""),
        ((), DETAILS, ""),
        (heard(), "", "nothing on it names this order"),
        (heard(tradeOrderId=OTHER), DETAILS, OTHER),
        (heard(tradeOrderId=OTHER), "", OTHER),
        ((), DETAILS.replace(ORDER, OTHER), "nothing on it names this order"),
    ],
)
def test_whose_dispute_it_is_comes_from_the_page(
    calls: tuple[Heard, ...], came_from: str, wrong: str
) -> None:
    """GIVEN a page that the buyer opened THEN its order is named, by it or by the way, and no other."""
    page = read_dispute(Snapshot(ADDRESS, "<p>x</p>", "sv"), SITE.hooks, SITE.pack("sv"))

    with pytest.raises(ToolError) if wrong else contextlib.nullcontext() as stopped:
        guide()._check_whose(page, came_from, calls)  # noqa: SLF001

    if wrong:
        assert stopped is not None
        assert stopped.value.code is ErrorCode.WRONG_DISPUTE
        assert wrong in stopped.value.message


@pytest.mark.parametrize(
    ("said", "status"),
    [("waiting_seller", "waiting_seller"), (None, ""), ("unknown", ""), ("none", "")],
)
def test_without_a_terminal_only_the_command_line_names_a_status(
    said: str | None, status: str
) -> None:
    """GIVEN nobody to ask THEN a known status that the call named counts, and nothing else."""
    assert in_own_loop(guide(said=said)._meaning_of("Butiken tittar")) == status  # noqa: SLF001
