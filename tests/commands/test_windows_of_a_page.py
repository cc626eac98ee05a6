"""Windows that the site's pages open by themselves, such as advertisements."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.conftest import disputed_order

if TYPE_CHECKING:
    from fixtures.pytest_plugin import Mimic
    from tests.conftest import Tool

ADVERT = "https://ads.example/coupon"


def test_a_window_that_nobody_asked_for_is_closed_and_named(mimic: Mimic, tool: Tool) -> None:
    """GIVEN pages that open advertisements THEN the run goes on, names them, and cancels.

    ``tests/twins`` is the control: an entry that leads to another host still stops the run.
    """
    site = mimic("quick", windows=[ADVERT, "/item.html"])
    order = disputed_order(site)

    dry = tool.dry_run(order, site)

    assert dry.code == 0, dry.out
    notes = " ".join(step["note"] for step in dry.json["steps"])
    assert "closed a window of the page (ads.example/coupon" in notes
    assert "ads.example" not in {entry.host for entry in site.ledger.entries}
    assert site.ledger.writes() == ()
