"""Stop a click on a dialog that says something else by the time the click arrives.

A page may change its dialog, or show a notice beside it, between the press of the mouse button
and the click that follows. No one has read that, so the click is stopped in the page itself,
before the page's own handlers, and the words of that moment are read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from playwright.async_api import Error

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Self

    from playwright.async_api import JSHandle, Page

    from automation.aliexpress.site import Hooks

# The digits of a countdown may change.
_WATCH: Final = """
({ css, read }) => {
  const shown = (el) => el.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  const words = () => [...document.querySelectorAll(css)]
    .filter((el) => shown(el) && !el.parentElement?.closest(css))
    .map((el) => el.innerText).join("\\n");
  const folded = (text) => text.replace(/\\d+/g, "0").replace(/\\s+/g, " ").trim();
  const known = new Set([words(), ...read].map(folded));
  const state = { stopped: null };
  const look = (event) => {
    if (!event.isTrusted) return;
    const now = words();
    if (known.has(folded(now))) return;
    state.stopped = now;
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  addEventListener("click", look, { capture: true });
  state.end = () => removeEventListener("click", look, { capture: true });
  return state;
}
"""


class LastWords:
    """What dialogs and notices say when a click arrives, if that differs from what was read."""

    def __init__(self, state: JSHandle) -> None:
        self._state = state

    @classmethod
    async def watch(cls, page: Page, hooks: Hooks, read: Iterable[str] = ()) -> Self:
        """Stop every click from here on at which the page says anything else than now.

        Args:
            page: the page with the dialog.
            hooks: what a dialog and a notice look like.
            read: further texts of such a moment that were read before.
        """
        css = f"{hooks.css('modal')}, {hooks.css('notices')}"
        return cls(await page.evaluate_handle(_WATCH, {"css": css, "read": [*read]}))

    async def stopped(self) -> str | None:
        """End the watch; the words at which a click was stopped, ``None`` if none was."""
        try:
            found = await self._state.evaluate("(state) => (state.end(), state.stopped)")
        except Error:
            return None  # the page went on by itself
        return None if found is None else str(found)
