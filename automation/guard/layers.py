"""The layers that stand between page and network; each covers what others miss."""

from __future__ import annotations

from enum import Enum
from typing import Final


class Layer(Enum):
    """One layer of the guard; tests switch single ones off."""

    ROUTE = "route"
    """``context.route``: judges the first address of every request, holds the permit."""
    BROWSER_FETCH = "browser_fetch"
    """CDP Fetch on the browser itself: redirect hops, popups, beacons and
    keepalive requests of closed pages, shared and service workers."""
    SERVICE_WORKERS = "service_workers"
    """Service workers are not registered, and those of the past are bypassed."""
    WEB_SOCKETS = "web_sockets"
    """``route_web_socket``: no socket of a page reaches a server."""
    STUBS = "stubs"
    """An init script takes away what no route sees, sockets in workers above all."""
    OFFLINE = "offline"
    """The context is offline before it closes."""


ALL_LAYERS: Final = frozenset(Layer)
