"""Which strings of an answer may quote the site or a seller, so that an agent takes them as data.

All of them, apart from those named here: a new field counts as a quotation until somebody knows
better.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

MARK: Final = "x-untrusted"

# Written by this tool alone: ids of its own, digits, moments, paths, words of a closed list.
OWN: Final = frozenset(
    {
        "attempt", "code", "command", "created", "digest", "dispute_id", "expires", "fingerprint",
        "language", "line_id", "order", "order_id", "outcome", "protection_deadline", "receipt",
        "refile_by", "reverse_line_id", "rule", "rules_version", "sent", "sent_by",
        "severity", "site", "source", "status", "step", "stopped_at", "trade_line_id", "verdict",
        "verify_command", "window",
    }
)  # fmt: skip


def marked(schema: Mapping[str, object]) -> dict[str, object]:
    """The schema of an answer with a mark on every field that may hold text of a page."""
    return {
        key: _fields(value) if key == "properties" else _inside(value)
        for key, value in schema.items()
    }


def _inside(node: object) -> object:
    if isinstance(node, list):
        return [_inside(each) for each in node]
    return marked(node) if isinstance(node, dict) else node


def _fields(fields: object) -> object:
    if not isinstance(fields, dict):
        return fields
    return {name: _field(name, field) for name, field in fields.items()}


def _field(name: str, field: object) -> object:
    inside = _inside(field)
    if name in OWN or not isinstance(inside, dict) or not _may_quote(inside):
        return inside
    return {**inside, MARK: True}


def _may_quote(field: object) -> bool:
    """Whether a field holds free text, itself or in a list or an open object."""
    if not isinstance(field, dict) or {"enum", "const", "$ref"} & field.keys():
        return False
    if field.get("type") == "string":
        return "format" not in field
    more = field.get("additionalProperties")
    return more is True or any(map(_may_quote, [*field.get("anyOf", ()), field.get("items"), more]))
