"""The marks of translators; ``tests/aliexpress/pages/test_snapshot.py`` has what is read of such a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from automation.engine.session.translation import MARKS

if TYPE_CHECKING:
    from playwright.sync_api import Page

FONT = '<font style="vertical-align: inherit;">{}</font>'


@pytest.mark.parametrize(
    ("markup", "marked"),
    [
        ("<html class='x translated-ltr'><p>a", True),
        ("<html class=translated-rtl><p>a", True),
        (f"<p>{FONT.format(FONT.format('a'))}", True),
        ("<p _msttexthash=7 _msthash=1>a", True),
        ("<p _mstmutation=1>a", True),
        ("<p>a<b class='notranslate immersive-translate-target-wrapper'>b</b>", True),
        ("<html lang=de><p>a", False),
        ("<html class='translated ltr'><p>a", False),
        ("<body class=translated-ltr><p>a", False),
        (f"<p>{FONT.format('a')}", False),
        ("<p><font color=red><font color=blue>a</font></font>", False),
        ("<p class=notranslate translate=no>a", False),
    ],
)
def test_each_translator_leaves_its_mark(page: Page, markup: str, *, marked: bool) -> None:
    """GIVEN a page that a translator went over, or one that only looks alike THEN only the first is marked."""
    page.set_content(f"<!doctype html>{markup}")

    assert page.evaluate("marks => document.querySelector(marks) !== null", MARKS) is marked
