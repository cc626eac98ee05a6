"""Read id-like numbers and the label before each: "Order ID: …", "Payment ID: …".

Only whole labels count: "Refund order ID" and "Order line ID" are not "Order ID".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from automation.aliexpress.pages.snapshot import LONG_NUMBER, ancestors
from automation.aliexpress.pages.text.runs import INLINE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from selectolax.lexbor import LexborNode

    from automation.aliexpress.site.words import WordList

# Longer than any label, so a cut sentence never looks like one.
_LONGEST_LABEL = 400
_MARKS = " \t\n#№:：-–—=.|()[]"


class IdRow(NamedTuple):
    """A number of 15 to 19 digits, and the words before it, if any."""

    label: str
    number: str

    def is_called(self, labels: WordList) -> bool:
        """True if the whole label is one of these."""
        return self.label.strip(_MARKS) in labels


def id_rows(nodes: Iterable[LexborNode]) -> list[IdRow]:
    """The numbers in the elements, in page order."""
    return [row for node in nodes for row in _rows(node)]


def _rows(root: LexborNode) -> Iterator[IdRow]:
    """A label ends at its number, or is in the cell before it."""
    before, block = "", None
    for text, around in _texts(root):
        if around != block and _says_something(text):
            # A cell with words begins a new row; one with only a number belongs to the words before.
            number = LONG_NUMBER.search(text)
            if number is None or _says_something(text[: number.start()]):
                before = ""
        block, start = around, 0
        for match in LONG_NUMBER.finditer(text):
            label = f"{before} {text[start : match.start()]}"[-_LONGEST_LABEL:]
            yield IdRow(" ".join(label.split()), match.group())
            before, start = "", match.end()
        before = f"{before} {text[start:]}".strip()[-_LONGEST_LABEL:]


def _texts(root: LexborNode) -> Iterator[tuple[str, int]]:
    """Each text in an element, with its block."""
    for node in root.traverse(include_text=True):
        text = (node.text_content or "") if node.is_text_node else ""
        if text.strip():
            block = next((a for a in ancestors(node) if a.tag not in INLINE), root)
            yield text, block.mem_id


def _says_something(text: str) -> bool:
    return any(ch.isalpha() for ch in text)
