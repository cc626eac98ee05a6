"""Render a receipt as one HTML page that loads only the pictures beside it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from jinja2 import Environment, FunctionLoader, StrictUndefined, Template
from markupsafe import Markup

from automation.text import clean_text, when_local, when_utc

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from automation.engine.receipts.model import Face, GuardedRequest, Receipt

_CAPTION = 120
# Symbols, so that an outcome does not depend on colour alone.
_MARKS = {"done": "\N{CHECK MARK}", "not_done": "\N{EN DASH}", "unknown": "?"}


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture beside the page: its file name and caption."""

    file: str
    step: str


def render(receipt: Receipt, face: Face, pictures: Sequence[Picture], calendar: str) -> str:
    """Return the page's HTML.

    Args:
        receipt: what happened.
        face: the site's words for it.
        pictures: files in the page's folder.
        calendar: name of the calendar file in that folder; empty if there is none.
    """
    return _template().render(
        receipt=receipt,
        face=face,
        pictures=[Picture(shown.file, clean_text(shown.step, _CAPTION)) for shown in pictures],
        calendar=calendar,
        css=Markup(_read("receipt.css")),  # noqa: S704  a file of this package
        mark=_MARKS[receipt.outcome],
        local=when_local,
        utc=when_utc,
        counted=counted,
    )


def counted(requests: Iterable[GuardedRequest]) -> list[tuple[GuardedRequest, int]]:
    """Equal requests once, with their count, in order of first appearance."""
    return list(Counter(requests).items())


@cache
def _template() -> Template:
    environment = Environment(
        loader=FunctionLoader(_read),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("receipt.html")


def _read(name: str) -> str:
    return resources.files("automation.engine.receipts").joinpath(name).read_text("utf-8")
