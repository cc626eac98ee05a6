"""The digest of a plan: what a person consents to, as twelve characters to repeat."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


def digest_of(content: Mapping[str, object]) -> str:
    """Twelve hex digits of SHA-256 over JSON data, whatever the order of its keys.

    Leave out what may differ between two equal plans, such as the time of their making.
    """
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()[:12]
