"""What is decided about one request."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

Kind = Literal["page", "asset", "read", "telemetry", "write", "foreign", "unknown", "human"]


class Decision(Struct, frozen=True):
    """The verdict on one request, and its kind.

    ``negotiable`` is set for an unknown call that can only read: a person may allow it.
    """

    kind: Kind
    allow: bool
    reason: str
    api: str = ""
    negotiable: bool = False
