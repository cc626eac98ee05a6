"""The layers between page and network; each covers what others miss."""

from __future__ import annotations

from enum import Enum
from typing import Final


class Layer(Enum):
    """One layer of the guard; tests switch single ones off."""

    ROUTE = "route"
    """``context.route``: judges the first address of every request, and has the permit."""
    BROWSER_FETCH = "browser_fetch"
    """CDP Fetch on the browser itself: redirect hops, popups, beacons and
    keepalive requests of closed pages, shared and service workers."""
    SERVICE_WORKERS = "service_workers"
    """Blocks new service workers and bypasses those registered earlier."""
    WEB_SOCKETS = "web_sockets"
    """``route_web_socket``: stops the sockets of pages."""
    STUBS = "stubs"
    """An init script removes what no route sees, mainly sockets in workers."""
    OFFLINE = "offline"
    """Takes the context offline before it closes."""


ALL_LAYERS: Final = frozenset(Layer)
