"""Words that a person must confirm before they are acted on."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest

from automation.aliexpress.running import Run
from automation.aliexpress.site import SiteMap
from automation.aliexpress.walk.confirm_labels import UnverifiedLabelsError, be_sure
from automation.errors import ExitCode, ToolError
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


KNOWN, NEW, OTHER = "Anfrage stornieren", "Antrag abbrechen", "Antrag stornieren"
YES, NO = True, False


def sure(answer: bool | None, *labels: str) -> tuple[bool, list[dict[str, tuple[str, ...]]], SimpleNamespace]:  # fmt: skip
    """Whether the buyer was asked, what about, and the tab afterwards; without a terminal, none answers."""
    asked: list[dict[str, tuple[str, ...]]] = []

    async def confirm(doubt: Doubt) -> bool:
        asked.append(dict(doubt.words))
        return bool(answer)

    site = SiteMap.load().taught("de", {"labels.cancel_request": (KNOWN,)})
    tab = SimpleNamespace(
        site=site, words=site.pack, progress=Run("cancel"),
        confirm_words=None if answer is None else confirm,
    )  # fmt: skip
    was = in_own_loop(
        be_sure(cast("Tab", tab), "de", "the control", {"labels.cancel_request": labels})
    )
    return was, asked, tab


def test_known_words_are_not_asked_about() -> None:
    """GIVEN words of a person THEN no question, also without a terminal; new ones beside them are."""
    assert sure(None, KNOWN)[:2] == (False, [])
    assert sure(YES, KNOWN, NEW)[:2] == (True, [{"labels.cancel_request": (NEW,)}])


def test_a_yes_counts_for_the_rest_of_the_run_and_only_for_these_words() -> None:
    """GIVEN a yes THEN these words may be acted on, and no others."""
    _, _, tab = sure(YES, NEW)

    assert tab.site.pack("de").may_act_on(NEW)
    assert not tab.site.pack("de").may_act_on(OTHER)


def test_without_an_answer_nothing_is_clicked() -> None:
    """GIVEN a no THEN the buyer declined (exit 6); GIVEN no terminal THEN exit 5 with the lines that teach it."""
    with pytest.raises(ToolError) as declined:
        sure(NO, NEW)
    with pytest.raises(UnverifiedLabelsError) as unknown:
        sure(None, NEW)

    assert declined.value.exit_code is ExitCode.DECLINED
    assert unknown.value.exit_code is ExitCode.PAGE_NOT_RECOGNISED
    assert f'labels.cancel_request = ["{NEW}"]' in (unknown.value.hint or "")
