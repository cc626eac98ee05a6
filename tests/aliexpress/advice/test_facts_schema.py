"""The schema of a facts file says what the reader of the file accepts."""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import UTC, datetime

import pytest

from automation.aliexpress.advice.facts_file import facts_from_bytes, schema
from automation.errors import ToolError
from rules import Facts
from tests.facts_page import PLACE, page

NOW = datetime(2026, 11, 26, tzinfo=UTC)


def test_the_page_in_the_docs_is_made_from_the_schema() -> None:
    """The page is the one that ``make facts`` writes."""
    assert PLACE.read_text("utf-8") == page()


def test_every_fact_is_described() -> None:
    """GIVEN the schema THEN it has each fact, with a text, and nothing for programmers."""
    properties = schema()["properties"]

    assert list(properties) == [each.name for each in fields(Facts)]
    assert [name for name, each in properties.items() if not each.get("description")] == []
    assert "``" not in json.dumps(schema())


def test_choices_of_the_schema_are_accepted_and_no_other_reason_is() -> None:
    """GIVEN each reason of the schema THEN it is read; and one that it does not have is not."""
    for reason in schema()["$defs"]["Reason"]["enum"]:
        facts = facts_from_bytes(json.dumps({"buyer_reason": reason}).encode(), NOW)
        assert facts.buyer_reason == reason
    with pytest.raises(ToolError):
        facts_from_bytes(b'{"buyer_reason": "boredom"}', NOW)


def test_null_is_allowed_for_each_fact_that_the_reader_takes_it_for() -> None:
    """GIVEN null for a fact THEN the reader takes it, and the schema allows it."""
    for name, said in schema()["properties"].items():
        facts_from_bytes(json.dumps({name: None}).encode(), NOW)
        assert {"type": "null"} in said.get("anyOf", ()), name
