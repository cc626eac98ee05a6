"""Which strings of an answer may quote the site or a seller, so that an agent takes them as data.

All of them, apart from those named here: a new field counts as a quotation until somebody knows
better.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

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
    named = schema.get("$defs")
    definitions = named if isinstance(named, dict) else {}
    free = {f"#/$defs/{name}" for name, each in definitions.items() if not _CLOSED & each.keys()}
    return _Marking(frozenset(free)).of(schema)


_CLOSED: Final = {"properties", "enum", "const"}


class _Marking(Struct, frozen=True):
    """Marks the fields of one schema.

    Args:
        free: the definitions that hold any value; those with fields have marks of their own.
    """

    free: frozenset[str]

    def of(self, schema: Mapping[str, object]) -> dict[str, object]:
        return {
            key: self._fields(value) if key == "properties" else self._inside(value)
            for key, value in schema.items()
        }

    def _inside(self, node: object) -> object:
        if isinstance(node, list):
            return [self._inside(each) for each in node]
        return self.of(node) if isinstance(node, dict) else node

    def _fields(self, fields: object) -> object:
        if not isinstance(fields, dict):
            return fields
        return {name: self._field(name, field) for name, field in fields.items()}

    def _field(self, name: str, field: object) -> object:
        inside = self._inside(field)
        if name in OWN or not isinstance(inside, dict) or not self._may_quote(inside):
            return inside
        return {**inside, MARK: True}

    def _may_quote(self, field: object) -> bool:
        """Whether a field holds free text, itself or in a list or an open object."""
        if not isinstance(field, dict) or {"enum", "const"} & field.keys():
            return False
        if "$ref" in field:
            return field["$ref"] in self.free
        if field.get("type") == "string":
            return "format" not in field
        more = field.get("additionalProperties")
        parts = [*field.get("anyOf", ()), field.get("items"), more]
        return more is True or any(map(self._may_quote, parts))
