"""The guard: lets reads pass and refuses writes; the commit gets a one-use permit."""

from automation.guard.dialogs import DialogLike
from automation.guard.guard import Guard
from automation.guard.layers import ALL_LAYERS, Layer
from automation.guard.origins import SiteOrigins
from automation.guard.permit import Permit, PermitAnswer, PermitScope
from automation.guard.report import GuardReport, RequestRecord
from automation.guard.traffic import Traffic

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
