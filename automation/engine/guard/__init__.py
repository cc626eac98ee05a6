"""The guard: lets reads pass and refuses writes; the commit gets a one-use permit."""

from automation.engine.guard.browser.dialogs import DialogLike
from automation.engine.guard.guard import Guard
from automation.engine.guard.layers import ALL_LAYERS, Layer
from automation.engine.guard.origins import SiteOrigins
from automation.engine.guard.permit import Permit, PermitAnswer, PermitScope
from automation.engine.guard.report import GuardReport, RequestRecord
from automation.engine.guard.traffic import Traffic

__all__ = [
    "ALL_LAYERS",
    "DialogLike",
    "Guard",
    "GuardReport",
    "Layer",
    "Permit",
    "PermitAnswer",
    "PermitScope",
    "RequestRecord",
    "SiteOrigins",
    "Traffic",
]
