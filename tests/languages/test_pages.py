"""Every language's order, dispute and dialog, rendered by the browser and read back."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest

from automation.aliexpress.pages import Snapshot, read_dispute, read_order
from automation.aliexpress.pages.dialog import read_dialogs
from automation.aliexpress.site import SiteMap
from fixtures import load_scenario
from fixtures.pages.wording import languages, page_words
from tests.languages.browsing import Pages, walk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser

SITE = SiteMap.load()
ENDS = "2026-12-24 23:59"
MOMENT = "2026-12-25T07:59:00+00:00"
# In a browser the suite has one language of each script and direction, 'make further' all of them; their
# words alone are read in test_words_of_a_page.py.
_IN_SUITE = ("ar", "de", "ja", "ru", "th")
EACH_LANGUAGE = pytest.mark.parametrize(
    "lang",
    [
        pytest.param(lang, marks=() if lang in _IN_SUITE else pytest.mark.further)
        for lang in sorted(SITE.packs)
    ],
)


@pytest.fixture(scope="module")
def pages(browser: Browser) -> Iterator[Callable[[str], Pages]]:
    """The pages of an account in a language; each language is walked once in a worker."""
    page = browser.new_page()
    yield cache(lambda lang: walk(page, lang, protection_ends=ENDS))
    page.close()


def test_the_mimic_speaks_every_language_and_one_more() -> None:
    """The tests below cover every pack."""
    assert set(languages()) == {*SITE.packs, "sv"}


@EACH_LANGUAGE
def test_a_dispute_is_read_in_its_language(pages: Callable[[str], Pages], lang: str) -> None:
    """GIVEN the pages in any language THEN link, status, deadline, edits, amount and control."""
    words = SITE.pack(pages(lang).order.lang)
    order = read_order(pages(lang).order, SITE.hooks, words)
    dispute = read_dispute(pages(lang).dispute, SITE.hooks, words)

    # Thai writes the year 2569 without its era.
    assert (order.deadline, dispute.deadline) == ((None,) * 2 if lang == "th" else (MOMENT,) * 2)
    assert [entry.kind for entry in order.entries] == ["link"]
    assert words.order_state(order.status) == "awaiting_delivery"
    assert (dispute.status, dispute.edits_used) == ("waiting_seller", 1)
    assert len(dispute.cancel_labels) == 1
    assert "23" in dispute.amount
    assert "80" in dispute.amount
    assert bool(dispute.unverified)


@EACH_LANGUAGE
def test_its_dialog_is_about_the_cancel_in_its_language(
    pages: Callable[[str], Pages], lang: str
) -> None:
    """GIVEN the dialog in any language THEN it is about this cancel, with one confirm."""
    (dialog,) = read_dialogs(pages(lang).dialog, SITE.hooks, SITE.pack(lang))

    assert (dialog.about_cancel, dialog.never) == (True, ())
    assert dialog.confirm
    assert SITE.pack(lang).may_act_on(dialog.confirm) == (lang in {"en", "pt", "fr", "it"})


def test_a_language_without_words_is_not_read(pages: Callable[[str], Pages]) -> None:
    """GIVEN Swedish THEN structure leads to the dispute, but the words have no meaning."""
    words = SITE.pack("sv")
    dispute = read_dispute(pages("sv").dispute, SITE.hooks, words)
    (dialog,) = read_dialogs(pages("sv").dialog, SITE.hooks, words)

    assert len(read_order(pages("sv").order, SITE.hooks, words).entries) == 1
    assert (dispute.status, dispute.cancel_labels, dispute.deadline) == ("unknown", (), None)
    assert not dialog.is_safe


@pytest.mark.parametrize("lang", sorted({*SITE.packs} - {"en"}))
def test_dangerous_words_are_known_in_every_language(lang: str) -> None:
    """GIVEN the site's other dialogs in that language THEN none can be confirmed."""
    words = page_words(load_scenario("quick", language=lang))
    for about in ("confirm_received", "cancel_order", "accept"):
        html = (
            f'<div class="comet-v2-modal"><div class="comet-v2-confirm-title">{words[about + "_title"]}</div>'
            f'<div class="comet-v2-confirm-content">{words[about + "_text"]}</div>'
            f"<button>{words['confirm']}</button></div>"
        )
        (dialog,) = read_dialogs(Snapshot("", html, lang), SITE.hooks, SITE.pack(lang))
        assert dialog.never, (about, dialog)
        assert not dialog.is_safe
