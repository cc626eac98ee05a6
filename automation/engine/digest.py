"""The digest of a plan: what a person consents to, as twelve characters to repeat."""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping


_DIGEST: Final = re.compile(r"[0-9a-f]{12}")


def is_digest(text: str) -> bool:
    """Whether a text has the form of a digest."""
    return _DIGEST.fullmatch(text) is not None


def digest_of(content: Mapping[str, object]) -> str:
    """Twelve hex digits of SHA-256 over JSON data, whatever the order of its keys.

    Leave out what may differ between two equal plans, such as the time of their making.
    """
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()[:12]
