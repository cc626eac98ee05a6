"""Words of a page that are not its text, and buttons with two names."""

from __future__ import annotations

from automation.aliexpress.site import SiteMap

SITE = SiteMap.load()
WARNING = "Your buyer protection may end."
