"""Calls of a known read, and what the guard makes of them."""

from __future__ import annotations

from automation.engine.guard import SiteOrigins
from automation.engine.guard.requests.classify import RequestFacts
from tests.engine.guard.requests.envelopes import SENDINGS
from tests.engine.guard.rig.judging import classify

SITE = "http://127.0.0.1:8123"
ORIGINS = SiteOrigins.only(SITE)
RENDER = f"{SITE}/h5/mtop.aliexpress.buyer.reverse.reverseOrderLineRenderForBuyer/1.0/"
LIST = f"{SITE}/h5/mtop.aliexpress.trade.buyer.order.list/1.0/"


def judged(value: object, url: str = RENDER, sending: str = "form") -> str:
    """The kind of a call of a known read."""
    address, method, kind, body = SENDINGS[sending](url, value)
    found = classify(RequestFacts(address, method, kind, body), ORIGINS)
    return "read" if found.allow else found.kind
