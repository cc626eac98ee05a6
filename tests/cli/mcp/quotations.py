"""Where an answer quotes given words, and whether its schema marks that place as data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from automation.cli.mcp.page_text import MARK

if TYPE_CHECKING:
    from collections.abc import Iterator

Schema = dict[str, Any]


@dataclass(frozen=True)
class Quotation:
    """A place in a document, and whether it or something around it is marked."""

    path: str
    is_marked: bool


def quotations(words: str, document: object, schema: Schema) -> list[Quotation]:
    """Every string of a document that has these words in it."""
    return list(_Search(words, schema).of(document, schema, "", marked=False))


@dataclass(frozen=True)
class _Search:
    words: str
    root: Schema

    def of(self, value: object, schema: Schema, path: str, *, marked: bool) -> Iterator[Quotation]:
        branches = self._branches(schema)
        marked = marked or any(MARK in each for each in branches)
        if isinstance(value, str) and self.words in value:
            yield Quotation(path, marked)
        elif isinstance(value, dict):
            for name, part in value.items():
                known = (each.get("properties", {}).get(name) for each in branches)
                field: Schema = next((each for each in known if each), {})
                yield from self.of(part, field, f"{path}/{name}", marked=marked)
        elif isinstance(value, list):
            items: Schema = next((each["items"] for each in branches if "items" in each), {})
            for part in value:
                yield from self.of(part, items, f"{path}/*", marked=marked)

    def _branches(self, schema: Schema) -> list[Schema]:
        """A schema with what it refers to, and its alternatives."""
        if "$ref" in schema:
            named = self.root["$defs"][schema["$ref"].rsplit("/", 1)[1]]
            return [schema, *self._branches(named)]
        inside = [each for one in schema.get("anyOf", ()) for each in self._branches(one)]
        return [schema, *inside]
