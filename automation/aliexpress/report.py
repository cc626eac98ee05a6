"""The old names of a run and its values; on their way out."""

from __future__ import annotations

from automation.aliexpress.found import Confirmed, End, Judged, Kept, Replied
from automation.aliexpress.running import Run

Report = Run

__all__ = ["Confirmed", "End", "Judged", "Kept", "Replied", "Report"]
