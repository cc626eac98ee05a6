from __future__ import annotations

from typing import Any

import pytest

from automation.aliexpress.answer import Answer
from automation.aliexpress.list_answer import ListAnswer
from automation.cli.mcp.page_text import MARK, OWN, marked
from automation.cli.mcp.tools import TOOLS


def fields_of(schema: object) -> dict[str, list[dict[str, Any]]]:
    """Every field of a schema by its name, wherever it stands."""
    found: dict[str, list[dict[str, Any]]] = {}
    nodes = [schema]
    while nodes:
        node = nodes.pop()
        if isinstance(node, list):
            nodes.extend(node)
        elif isinstance(node, dict):
            for name, field in node.get("properties", {}).items():
                found.setdefault(name, []).append(field)
            nodes.extend(node.values())
    return found


def test_what_is_said_to_be_the_tools_own_exists() -> None:
    """GIVEN the names of fields that quote no one THEN each is a field of an answer."""
    known = fields_of(Answer.model_json_schema()) | fields_of(ListAnswer.model_json_schema())

    assert known.keys() >= OWN


@pytest.mark.parametrize(
    "name",
    ["item", "amount", "status_words", "offers", "words", "message", "reason", "notes", "facts",
     "answer_words", "note", "why", "seen", "buyer_says", "unverified", "changes"],
)  # fmt: skip
def test_a_field_with_words_of_a_page_is_marked(name: str) -> None:
    """GIVEN the answer of a tool THEN a client can tell words of the site and its sellers."""
    schemas = [each.tool.output_schema for each in TOOLS.values()]
    found = fields_of(schemas)[name]

    assert all(MARK in field or "$ref" in str(field) for field in found)
    assert any(MARK in field for field in found)


def test_a_new_field_counts_as_a_quotation() -> None:
    """GIVEN a new field of text THEN it is marked; closed lists and moments are not."""
    schema = {
        "properties": {
            "text": {"type": "string"},
            "maybe": {"anyOf": [{"type": "string"}, {"type": "null"}]},
            "several": {"type": "array", "items": {"type": "string"}},
            "open": {"type": "object", "additionalProperties": True},
            "count": {"type": "integer"},
            "at": {"type": "string", "format": "date-time"},
            "kind": {"type": "string", "enum": ["a"]},
            "digest": {"type": "string"},
            "anything": {"type": "object", "additionalProperties": {"$ref": "#/$defs/Any"}},
            "part": {"$ref": "#/$defs/Part"},
        },
        "$defs": {"Any": {}, "Part": {"properties": {"inner": {"type": "string"}}}},
    }

    found = fields_of(marked(schema))

    assert {name for name, [field] in found.items() if MARK in field} == {
        "text",
        "maybe",
        "several",
        "anything",
        "inner",
        "open",
    }
