"""What the pages of a saved session store: its session storage, and what they renewed in a run.

Playwright's storage state leaves out session storage, and a run takes no new state at its end.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final, cast

from playwright.async_api import Error

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from playwright.async_api import Browser, BrowserContext, Page, StorageState

    from automation.engine.context import ContextOptions
    from automation.engine.session.state import SavedSession

Stored = dict[str, dict[str, str]]
"""Values by origin and key."""

_READ: Final = """(kind) => {
  try { return [location.origin, Object.fromEntries(Object.entries(window[kind]))]; }
  catch { return ["null", {}]; }
}"""
# Before the page's own scripts. A tab keeps its storage, so only an empty one is filled.
_RESTORE: Final = """((kept) => {
  if (window !== window.top) return;
  try {
    const mine = Object.hasOwn(kept, location.origin) ? kept[location.origin] : {};
    if (sessionStorage.length) return;
    for (const [key, value] of Object.entries(mine)) sessionStorage.setItem(key, value);
  } catch { /* a page without an origin has no storage */ }
})(%s);"""


def restore_script(kept: object) -> str:
    """An init script that gives each origin its own values; empty if there are none."""
    stored = _checked(kept)
    return _RESTORE % json.dumps(stored) if stored else ""


async def context_with(
    browser: Browser, kept: SavedSession | None, settings: ContextOptions
) -> BrowserContext:
    """A context of its own with a saved session; its data is gone when it closes."""
    if kept is None:
        return await browser.new_context(**settings)
    # A file of Playwright's own making, so it has the form.
    state = cast("StorageState", {name: kept.get(name, []) for name in ("cookies", "origins")})
    context = await browser.new_context(storage_state=state, **settings)
    if script := restore_script(kept.get("session_storage")):
        await context.add_init_script(script)
    return context


async def read_session_storage(pages: Iterable[Page], belongs: Callable[[str], bool]) -> Stored:
    """What the open pages have in their session storage.

    Args:
        belongs: whether an address is the site's; other pages are none of our business.
    """
    return await _read(pages, belongs, "sessionStorage")


async def read_local_storage(pages: Iterable[Page], belongs: Callable[[str], bool]) -> Stored:
    """What the origins of the open pages have in their local storage; as above."""
    return await _read(pages, belongs, "localStorage")


async def _read(pages: Iterable[Page], belongs: Callable[[str], bool], kind: str) -> Stored:
    found: Stored = {}
    for page in pages:
        if not belongs(page.url):
            continue
        try:
            origin, values = await page.evaluate(_READ, kind)
        except Error:
            continue  # it is closing or on its way to another page
        found |= _checked({origin: {**found.get(origin, {}), **values}})
    return found


def merged(kept: object, fresh: Stored) -> Stored:
    """Stored values with those of the origins that were open in this run."""
    return {**_checked(kept), **fresh}


def merged_origins(kept: object, fresh: Stored) -> list[dict[str, object]]:
    """The origins of Playwright's storage state, with the local storage that was open in this run."""
    listed = [each for each in kept if isinstance(each, dict)] if isinstance(kept, list) else []
    known = {str(each.get("origin")): each for each in listed}
    for origin, values in fresh.items():
        items = [{"name": name, "value": value} for name, value in values.items()]
        known[origin] = {**known.get(origin, {"origin": origin}), "localStorage": items}
    return list(known.values())


def _checked(kept: object) -> Stored:
    """Only what has the right form: the file is data, and goes into a script."""
    if not isinstance(kept, dict):
        return {}
    return {
        str(origin): _texts(values)
        for origin, values in kept.items()
        if isinstance(values, dict) and _texts(values) and str(origin).startswith("http")
    }


def _texts(values: Mapping[object, object]) -> dict[str, str]:
    return {str(key): value for key, value in values.items() if isinstance(value, str)}
