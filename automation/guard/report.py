"""What the guard let through and what it refused, without personal data."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from automation.guard.classify import Decision, RequestFacts

_DIGITS: Final = re.compile(r"\d{5,}")
_CONTROL: Final = re.compile(r"[^\x20-\x7e]")
_LONGEST: Final = 120


@dataclass(frozen=True)
class RequestRecord:
    """One request as the report keeps it: no query, no body, no long numbers.

    ``layer`` is the layer that judged it, ``main_frame`` whether it would have
    replaced the page itself.
    """

    what: str
    host: str
    method: str
    kind: str
    reason: str
    resource_type: str = ""
    main_frame: bool = False
    layer: str = ""
    permitted: bool = False


@dataclass(frozen=True)
class GuardReport:
    """Every judged request, in the order of judging."""

    allowed: tuple[RequestRecord, ...]
    refused: tuple[RequestRecord, ...]

    def summary(self) -> str:
        """One line for a human."""
        posts = sum(r.kind == "read" and r.method == "POST" for r in self.allowed)
        writes = sum(r.permitted for r in self.allowed)
        telemetry = sum(r.kind == "telemetry" for r in self.refused)
        refused = sum(r.kind not in {"telemetry", "asset"} for r in self.refused)
        parts = [
            _counted(posts, "read by POST", "reads by POST") + " let through" if posts else "",
            _counted(writes, "write", "writes") + " let through",
            f"{telemetry} telemetry dropped" if telemetry else "",
            _counted(refused, "request", "requests") + " refused",
        ]
        return ", ".join(filter(None, parts))

    def as_json(self) -> dict[str, object]:
        """The ``guard`` object of the command line's answers, equal requests counted."""
        return {
            "allowed": _grouped(self.allowed),
            "refused": _grouped(self.refused),
            "summary": self.summary(),
        }


def record_of(
    request: RequestFacts, decision: Decision, *, layer: str, permitted: bool = False
) -> RequestRecord:
    """The record of a judged request, with everything private left out."""
    try:
        parts = urlsplit(request.url)
        host, path = parts.hostname or "", parts.path
    except ValueError:
        host, path = "", "(unreadable address)"
    return RequestRecord(
        # The gateway's slider lies below the path of the API that asked for it: a page's
        # path tells that, the name of the API would not.
        what=redacted((decision.api if request.resource_type != "document" else "") or path or "/"),
        host=redacted(host),
        method=request.method[:10],
        kind=decision.kind,
        reason=redacted(decision.reason),
        resource_type=request.resource_type,
        main_frame=request.frame_is_main and request.resource_type == "document",
        layer=layer,
        permitted=permitted,
    )


def redacted(text: str) -> str:
    """``text`` cut short, in plain ASCII, with long numbers as ``#``."""
    return _DIGITS.sub("#", _CONTROL.sub("?", text))[:_LONGEST]


def _grouped(records: tuple[RequestRecord, ...]) -> list[dict[str, object]]:
    counts = Counter(
        (r.what if r.kind != "asset" else "(files)", r.host, r.method, r.kind, r.reason)
        for r in records
    )
    return [
        {
            "request": what,
            "host": host,
            "method": method,
            "kind": kind,
            "reason": reason,
            "count": count,
        }
        for (what, host, method, kind, reason), count in counts.items()
    ]


def _counted(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
