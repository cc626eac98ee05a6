"""Whether the browser, or an extension of it, has translated a page.

Then its words are another program's, not the site's. Translators replace the words in the page
itself, and leave marks: Chrome's on the document and in nested ``font`` elements, Edge's on each
element, an extension's on the elements that it adds.
"""

from __future__ import annotations

from typing import Final

MARKS: Final = (
    "html.translated-ltr, html.translated-rtl, "
    "font[style*='vertical-align: inherit'] > font[style*='vertical-align: inherit'], "
    "[_msttexthash], [_mstmutation], .immersive-translate-target-wrapper"
)
"""Selectors of these marks."""
