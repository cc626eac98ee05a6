"""Options of a browser context, as Playwright names them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypedDict

if TYPE_CHECKING:
    from playwright.async_api import ViewportSize


class ContextOptions(TypedDict, total=False):
    """What the guard needs of a context, and what a device adds."""

    service_workers: Literal["allow", "block"]
    accept_downloads: bool
    no_viewport: bool
    user_agent: str
    viewport: ViewportSize
    screen: ViewportSize
    device_scale_factor: float
    is_mobile: bool
    has_touch: bool
