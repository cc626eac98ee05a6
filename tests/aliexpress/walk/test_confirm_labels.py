"""Words that a person must confirm before they are acted on."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

from automation.aliexpress.running import Run
from automation.aliexpress.site import SiteMap
from automation.aliexpress.walk.confirm_labels import be_sure
from tests.own_loop import in_own_loop

if TYPE_CHECKING:
    from automation.aliexpress.site import Doubt
    from automation.aliexpress.walk.tab import Tab


def test_the_question_about_words_stops_the_clock() -> None:
    """GIVEN unverified words WHEN a human is asked about them THEN no clock runs."""
    run, seen = Run("cancel"), []

    async def confirm(_doubt: Doubt) -> bool:
        seen.append(run.human_is_asked)
        return True

    site = SiteMap.load()
    tab = SimpleNamespace(words=site.pack, confirm_words=confirm, progress=run, site=site)
    words = {"labels.cancel_request": ("Antrag zurückziehen",)}

    assert in_own_loop(be_sure(cast("Tab", tab), "de", "the control", words))
    assert seen == [True]
    assert not run.human_is_asked
