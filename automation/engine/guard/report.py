"""What the guard let through and refused, without personal data."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from msgspec import Struct

from automation.engine.guard.origins import AddressError, origin_of
from automation.engine.guard.requests.encodings import is_blob

if TYPE_CHECKING:
    from collections.abc import Iterable

    from automation.engine.guard.reply import Client
    from automation.engine.guard.requests.classify import RequestFacts
    from automation.engine.guard.requests.decision import Decision

_DIGITS: Final = re.compile(r"\d{5,}")
_CONTROL: Final = re.compile(r"[^\x20-\x7e]")
_LONGEST: Final = 120
_NAME: Final = re.compile(r"[A-Za-z_][\w.\[\]-]{0,39}", re.ASCII)
_MOST_KEYS: Final = 24


class RequestRecord(Struct, frozen=True):
    """One request in the report, without query, body values and long numbers.

    Args:
        main_frame: it would have replaced the page.
        new_window: that page is a window that a page opened, and not one of the tool's.
        layer: the layer that judged it.
        permitted: it was sent under the permit.
        page: path of the page that made it.
        keys: the names of its keys, only if it was held back.
        under_permit: it was held back while there was a permit, used or not.
        after_sent: a further write about the target, held back after one was sent.
        repeats: it is ``after_sent`` and says the same as the sent one.
        loopback: its origin, only if that is on this machine.
        negotiable: an unknown call that can only read: a person may allow it by its name.
        asks: a held-back call of the site whose answer the page may have wanted to show.
        nameable: the permit would fit it if site data named its API.
        teachable: it would be a known read if site data named its API; it carries ids of the
            target of this run, so no mere consent lets it through.
    """

    what: str
    host: str
    method: str
    kind: str
    reason: str
    resource_type: str = ""
    main_frame: bool = False
    new_window: bool = False
    layer: str = ""
    permitted: bool = False
    page: str = ""
    keys: tuple[str, ...] = ()
    under_permit: bool = False
    after_sent: bool = False
    repeats: bool = False
    loopback: str = ""
    negotiable: bool = False
    asks: bool = False
    nameable: bool = False
    teachable: bool = False

    @property
    def is_held_back(self) -> bool:
        """A call or page of the site that is not known to be a read."""
        return not self.permitted and self.kind in {"unknown", "write"}

    @property
    def in_words(self) -> str:
        """For a person: what was held back, and where."""
        keys = f" ({', '.join(self.keys)})" if self.keys else ""
        where = f" on {self.page}" if self.page else ""
        return f"{self.method} {self.what}{keys}{where}"


class GuardReport(Struct, frozen=True):
    """Every judged request, in the order of judging, and who sent the permitted one."""

    allowed: tuple[RequestRecord, ...]
    refused: tuple[RequestRecord, ...]
    sent_by: Client = ""

    @property
    def held_at_permit(self) -> tuple[RequestRecord, ...]:
        """Requests held back while there was a permit: the awaited one may be among them."""
        return tuple(r for r in self.refused if r.is_held_back and r.under_permit)

    @property
    def negotiable(self) -> tuple[str, ...]:
        """Names of held-back calls that a person may allow, in the order of coming."""
        return tuple(dict.fromkeys(r.what for r in self.refused if r.negotiable))

    @property
    def held_after_sent(self) -> tuple[RequestRecord, ...]:
        """Further writes about the target, held back after one was sent."""
        return tuple(r for r in self.refused if r.after_sent)

    def summary(self) -> str:
        """One line for a human."""
        posts = sum(r.kind == "read" and r.method == "POST" for r in self.allowed)
        writes = sum(r.permitted for r in self.allowed)
        how = " (by Playwright's own client)" if self.sent_by == "playwright" else ""
        telemetry = sum(r.kind == "telemetry" for r in self.refused)
        refused = sum(r.kind not in {"telemetry", "asset"} for r in self.refused)
        parts = [
            _counted(posts, "read by POST", "reads by POST") + " let through" if posts else "",
            _counted(writes, "write", "writes") + f" let through{how}",
            f"{telemetry} telemetry dropped" if telemetry else "",
            _counted(refused, "request", "requests") + " refused",
        ]
        return ", ".join(filter(None, parts))

    def as_json(self) -> dict[str, object]:
        """The ``guard`` object of the JSON answers, with equal requests counted."""
        return {
            "allowed": _grouped(self.allowed),
            "refused": _grouped(self.refused),
            "held_back": _held_back(self.refused),
            "sent_by": self.sent_by,
            "summary": self.summary(),
        }


def record_of(
    request: RequestFacts, decision: Decision, *, layer: str, permitted: bool = False
) -> RequestRecord:
    """The record of a judged request, with everything private left out."""
    path, host = _path_and_host(request.url)
    return RequestRecord(
        # The gateway's captcha page is below the path of the API that requested it: for a
        # page the path shows that, the API's name would not.
        what=redacted((decision.api if request.resource_type != "document" else "") or path or "/"),
        host=redacted(host),
        method=request.method[:10],
        kind=decision.kind,
        reason=redacted(decision.reason),
        resource_type=request.resource_type,
        main_frame=request.frame_is_main and request.resource_type == "document",
        new_window=request.new_window,
        layer=layer,
        permitted=permitted,
        page=redacted(_path_and_host(request.page)[0]),
        loopback=_loopback(request.url),
        negotiable=decision.negotiable,
    )


def _loopback(url: str) -> str:
    try:
        origin = origin_of(url)
    except AddressError:
        return ""
    return str(origin) if origin.host in {"127.0.0.1", "localhost"} else ""


def key_names(keys: Iterable[str]) -> tuple[str, ...]:
    """The key names that may be shown: plain names, no numbers, tokens or texts."""
    names = {key for key in keys if _NAME.fullmatch(key) and not is_blob(key)}
    return tuple(sorted(name for name in names if not _DIGITS.search(name))[:_MOST_KEYS])


def _path_and_host(url: str) -> tuple[str, str]:
    try:
        parts = urlsplit(url)
    except ValueError:
        return "(unreadable address)", ""
    return parts.path, parts.hostname or ""


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


def _held_back(records: tuple[RequestRecord, ...]) -> list[dict[str, object]]:
    held = dict.fromkeys(
        (r.what, r.page, r.reason, r.method, r.keys, r.negotiable)
        for r in records
        if r.is_held_back
    )
    return [
        {
            "name": what,
            "page": page,
            "why": why,
            "method": method,
            "keys": list(keys),
            "negotiable": negotiable,
        }
        for what, page, why, method, keys, negotiable in held
    ]


def _counted(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
