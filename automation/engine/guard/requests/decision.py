"""What is decided about one request."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["page", "asset", "read", "telemetry", "write", "foreign", "unknown", "human"]


@dataclass(frozen=True)
class Decision:
    """The verdict on one request, and its kind.

    ``negotiable`` is set for an unknown call that can only read: a person may allow it.
    """

    kind: Kind
    allow: bool
    reason: str
    api: str = ""
    negotiable: bool = False
