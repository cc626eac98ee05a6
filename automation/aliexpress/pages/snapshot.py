"""Snapshots: the visible part of a page as clean HTML, with helpers for all readers."""

from __future__ import annotations

import json
import re
from functools import cached_property
from importlib import resources
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace
from selectolax.lexbor import LexborHTMLParser, LexborNode

from automation.aliexpress.pages.text.runs import join_runs
from automation.engine.session.translation import MARKS
from automation.errors import ErrorCode, ExitCode, ToolError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.async_api import Page

TEXT_LIMIT = 4000
# Any element that looks pressable; snapshot.js marks it.
PRESSABLE = "[data-dg-press]"
LONG_NUMBER = re.compile(r"(?<![0-9])[0-9]{15,19}(?![0-9])")
"""A number that could be an id of an order, line or dispute."""
_SCRIPT = resources.files("automation.aliexpress.pages").joinpath("snapshot.js").read_text("utf-8")


class Snapshot(Struct, frozen=True, dict=True):
    """What a person could see on a page at one moment.

    Args:
        address: the page's address at that moment.
        lang: the document's language, empty if it has none.
        html: visible elements with structural attributes only.
        count: how many elements matched the scope on the whole page.
    """

    address: str
    html: str
    lang: str = ""
    title: str = ""
    count: int = 0

    @cached_property
    def tree(self) -> LexborHTMLParser:
        """The parsed page; text with one element per character is joined into words."""
        return _parsed(self.html)

    def select(self, css: str) -> list[LexborNode]:
        """Matching elements, in page order, each once."""
        return unique(self.tree.css(css))

    def texts(self, css: str) -> list[str]:
        """Texts of the matching elements, without nested matches."""
        return [text_of(node) for node in outermost(self.select(css)) if text_of(node)]

    def without(self, css: str) -> Snapshot:
        """The same page without the matching elements."""
        tree = _parsed(self.html)
        for node in outermost(unique(tree.css(css))):
            node.decompose()
        return replace(self, html=(tree.body.inner_html or "") if tree.body else "")

    @property
    def text(self) -> str:
        """All visible words."""
        body = self.tree.body
        return text_of(body) if body else ""


def _parsed(html: str) -> LexborHTMLParser:
    tree = LexborHTMLParser(f"<!doctype html><body>{html}")
    join_runs(tree, html)
    return tree


async def take_snapshot(
    page: Page, *, scope: str = "", start: int = 0, own_words: bool = True
) -> Snapshot:
    """Read the visible page, or the elements that match ``scope``, from number ``start`` on.

    Args:
        own_words: the words have to be the site's own.

    Raises:
        ToolError: the browser has translated the page (exit 5).
    """
    asked = {"scope": scope, "from": start, "textLimit": TEXT_LIMIT, "translation": MARKS}
    data = json.loads(await page.evaluate(_SCRIPT, asked))
    if data["translated"] and own_words:
        raise _translated(data["address"])
    return Snapshot(
        address=data["address"],
        html=data["html"],
        lang=data["lang"],
        title=data["title"],
        count=data["count"],
    )


def _translated(address: str) -> ToolError:
    return ToolError(
        "the browser has translated this page, so its words are not the site's own",
        code=ErrorCode.PAGE_TRANSLATED,
        exit_code=ExitCode.PAGE_NOT_RECOGNISED,
        hint="turn off translation for this site in the browser, then run the command again",
        evidence=address.partition("?")[0],
    )


def text_of(node: LexborNode) -> str:
    """An element's visible words with single spaces."""
    return " ".join(node.text(deep=True, separator=" ").split())


def unique(nodes: list[LexborNode]) -> list[LexborNode]:
    """Each element once, in page order: selector lists may return one twice."""
    seen: dict[int, LexborNode] = {}
    for node in nodes:
        seen.setdefault(node.mem_id, node)
    return list(seen.values())


def ancestors(node: LexborNode) -> Iterator[LexborNode]:
    """The elements around one, innermost first."""
    parent = node.parent
    while parent is not None:
        yield parent
        parent = parent.parent


def outermost(nodes: list[LexborNode]) -> list[LexborNode]:
    """Those of the elements that are in no other of them."""
    ids = {node.mem_id for node in nodes}
    return [node for node in nodes if not any(a.mem_id in ids for a in ancestors(node))]


def innermost(nodes: list[LexborNode]) -> list[LexborNode]:
    """Those of the elements that contain no other of them."""
    holders = {a.mem_id for node in nodes for a in ancestors(node)}
    return [node for node in nodes if node.mem_id not in holders]


def long_numbers(text: str) -> list[str]:
    """Numbers that could be ids (15 to 19 digits), in order, each once."""
    return list(dict.fromkeys(LONG_NUMBER.findall(text)))


def label_of(node: LexborNode) -> str:
    """The label of a button or link: its text, value or accessible name."""
    attributes = node.attributes
    return text_of(node) or attributes.get("value") or attributes.get("aria-label") or ""


def squeezed(text: str) -> str:
    """A text without white space and case, for comparisons."""
    return "".join(text.split()).casefold()


def can_be_pressed(node: LexborNode) -> bool:
    """False if the control or an element around it is marked as disabled."""
    return is_enabled(node) and all(is_enabled(around) for around in ancestors(node))


def is_enabled(node: LexborNode) -> bool:
    """False if the control is marked as disabled."""
    attributes = node.attributes
    classes = (attributes.get("class") or "").split()
    return (
        "disabled" not in attributes
        and attributes.get("aria-disabled") != "true"
        and not any(name.endswith("disabled") for name in classes)
    )
