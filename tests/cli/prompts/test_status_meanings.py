"""A buyer who names a status reads what it means, in every case."""

from __future__ import annotations

from automation.aliexpress.site import SiteMap
from automation.cli.prompts.status_meanings import STATUS_MEANINGS
from rules import DisputeStatus


def test_every_status_that_can_be_chosen_has_its_own_meaning() -> None:
    """GIVEN each status that a buyer is offered THEN a sentence, and no two statuses share one."""
    assert set(SiteMap.load().statuses) <= STATUS_MEANINGS.keys()
    assert len(set(STATUS_MEANINGS.values())) == len(STATUS_MEANINGS)


def test_what_is_open_is_called_so() -> None:
    """GIVEN a meaning THEN it says "open" of those that can still be cancelled, and of no other."""
    called_open = {name for name, text in STATUS_MEANINGS.items() if text.startswith("open")}

    assert called_open == {each.value for each in DisputeStatus if each.is_cancellable}
