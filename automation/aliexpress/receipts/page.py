"""Render a receipt as one HTML page that loads only the pictures beside it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from jinja2 import Environment, FunctionLoader, StrictUndefined, Template
from markupsafe import Markup

from automation.aliexpress.receipts import words
from automation.text import clean_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from automation.aliexpress.receipts.model import Receipt

_CAPTION = 120


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture beside the page: its file name and caption."""

    file: str
    step: str


def render(receipt: Receipt, pictures: Sequence[Picture], calendar: str) -> str:
    """Return the page's HTML.

    Args:
        receipt: what happened.
        pictures: files in the page's folder.
        calendar: name of the calendar file in that folder; empty if there is none.
    """
    return _template().render(
        receipt=receipt,
        pictures=[Picture(shown.file, clean_text(shown.step, _CAPTION)) for shown in pictures],
        calendar=calendar,
        css=Markup(_read("receipt.css")),  # noqa: S704  a file of this package
        words=words,
    )


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
    return resources.files("automation.aliexpress.receipts").joinpath(name).read_text("utf-8")
