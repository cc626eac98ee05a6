"""Render a receipt as one HTML page that needs no other file and loads nothing."""

from __future__ import annotations

import base64
from collections import Counter
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Final

from markupsafe import Markup
from msgspec import Struct

from automation.text import when_local, when_text, when_utc

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from jinja2 import Template

    from automation.engine.receipts.model import Face, GuardedRequest, GuardSummary, Receipt

# Symbols, so that an outcome does not depend on colour alone.
_MARKS: Final = {"done": "\N{CHECK MARK}", "not_done": "\N{EN DASH}", "unknown": "?"}
# What the guard takes a request for, and how a person calls it; files are only counted.
_LET_THROUGH: Final = {
    "change": "Changes let through",
    "": "Reads and pages let through",
    "asset": "Files of the pages let through",
}
_REFUSED: Final = {
    "": "Requests refused",
    "telemetry": "Telemetry dropped",
    "asset": "Files refused",
}


class Embedded(Struct, frozen=True):
    """A file that is part of the page."""

    name: str
    kind: str
    data: bytes
    caption: str = ""

    @property
    def address(self) -> str:
        """Its content as an address."""
        return f"data:{self.kind};base64,{base64.b64encode(self.data).decode('ascii')}"


class Group(Struct, frozen=True):
    """Requests of one kind, each with its count, and the sum of these counts."""

    title: str
    requests: tuple[tuple[GuardedRequest, int], ...]
    total: int
    is_change: bool
    is_listed: bool


def render(
    receipt: Receipt, face: Face, pictures: Sequence[Embedded], calendar: Embedded | None
) -> str:
    """Return the page's HTML.

    Args:
        receipt: what happened.
        face: the site's words for it.
        pictures: with their captions, in their order.
        calendar: the calendar file, if there is one.
    """
    return load_template().render(
        receipt=receipt,
        face=face,
        pictures=pictures,
        calendar=calendar,
        groups=list(groups(receipt.guard)),
        allowable=list(
            dict.fromkeys(call.name for call in receipt.guard.held_back if call.negotiable)
        ),
        css=Markup(_read("receipt.css")),  # noqa: S704  a file of this package
        mark=_MARKS[receipt.outcome],
        when=when_text,
        local=when_local,
        utc=when_utc,
    )


def groups(guard: GuardSummary) -> Iterator[Group]:
    """The judged requests by kind; every total is the sum of its list."""
    for titles, requests in ((_LET_THROUGH, guard.allowed), (_REFUSED, guard.refused)):
        for kind, title in titles.items():
            mine = [each for each in requests if _kind(each, titles) == kind]
            found = counted(mine)
            always = kind in {"change", ""}
            if found or always:
                total = sum(count for _, count in found)
                yield Group(title, tuple(found), total, kind == "change", kind != "asset")


def _kind(request: GuardedRequest, titles: dict[str, str]) -> str:
    return request.kind if request.kind in titles else ""


def counted(requests: Iterable[GuardedRequest]) -> list[tuple[GuardedRequest, int]]:
    """Equal requests once, with their count, in order of first appearance."""
    counts: Counter[GuardedRequest] = Counter()
    for each in requests:
        counts[each.model_copy(update={"times": 1})] += each.times
    return list(counts.items())


@cache
def load_template() -> Template:
    """Load the page's template; calling this early, in the background, saves the time later."""
    from jinja2 import Environment, FunctionLoader, StrictUndefined  # noqa: PLC0415  as it says

    from automation.engine.receipts.kept_template import KeptTemplate  # noqa: PLC0415  loads Jinja

    environment = Environment(
        loader=FunctionLoader(_read),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=KeptTemplate(Path(__file__).with_name("receipt")),
    )
    return environment.get_template("receipt.html")


def _read(name: str) -> str:
    return resources.files("automation.engine.receipts").joinpath(name).read_text("utf-8")
