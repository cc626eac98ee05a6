"""The text of a page in blocks: rows, sentences, paragraphs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.pages.runs import INLINE
from automation.pages.snapshot import Snapshot, ancestors, innermost, text_of, unique
from automation.pages.texts import deadlines_in

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

    from automation.site import Hooks, WordPack

BLOCK_LIMIT = 2000
_ROW_LIMIT = 300


def blocks_outside(snapshot: Snapshot, css: str) -> list[str]:
    """Texts of the innermost blocks that lie in none of the elements that ``css`` names."""
    return [text_of(node)[:BLOCK_LIMIT] for node in _nodes_outside(snapshot, css)]


def _nodes_outside(snapshot: Snapshot, css: str) -> list[LexborNode]:
    body = snapshot.tree.body
    if body is None:
        return []
    skip = {node.mem_id for node in snapshot.select(css)}
    blocks = [node for node in unique(body.css("*")) if node.tag not in INLINE]
    return [
        node
        for node in innermost(blocks)
        if node.mem_id not in skip
        and not any(a.mem_id in skip for a in ancestors(node))
        and text_of(node)
    ]


def deadline_on(snapshot: Snapshot, hooks: Hooks, words: WordPack) -> str | None:
    """The protection deadline of a page, ``None`` unless exactly one moment can be meant.

    A label and its date may stand in two blocks of one row, so rows are tried where
    no block has both.
    """
    css = ", ".join((hooks.css("furniture"), hooks.css("order_line"), hooks.css("modal")))
    nodes = _nodes_outside(snapshot, css)
    found = deadlines_in([text_of(node) for node in nodes], words)
    if not found:
        rows = unique([node.parent for node in nodes if node.parent is not None])
        found = deadlines_in([t for row in rows if len(t := text_of(row)) <= _ROW_LIMIT], words)
    return found.pop() if len(found) == 1 else None
