"""Write the page of the facts file from its JSON schema: ``make facts``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from automation.aliexpress.advice.facts_file import schema

if TYPE_CHECKING:
    from collections.abc import Iterator

PLACE: Final = Path(__file__).parents[1] / "docs" / "facts.md"
_HEAD: Final = """\
# The facts file

`dispute-guard advise --facts FILE` judges what a JSON file says, without a browser. A file that ends in
`.jsonl` has one such object a line, and each line gets its own verdict.

```json
{"dispute_status": "waiting_seller", "buyer_reason": "package_arrived", "item_received": true,
 "item_verified": true, "protection_deadline": "2026-12-24T18:00:00Z"}
```

Every fact can be left out or `null`: then it is unknown, which never counts as good. An unknown name or a
value of another kind is an error, so a typing error never counts as unknown. A count of edits that no dispute
can have, such as -1, is judged: the rule `inconsistent-input` blocks it.

```sh
dispute-guard advise --facts case.json
dispute-guard advise --facts-schema
```

The second command prints the JSON schema, from which this table is made:

| fact | value | what it says |
|---|---|---|
"""


def page() -> str:
    """The page, as it should be."""
    document = schema()
    rows = _rows(document["properties"], document["$defs"])
    return _HEAD + "".join(f"| {' | '.join(row)} |\n" for row in rows)


def _rows(
    properties: dict[str, Any], parts: dict[str, Any], above: str = ""
) -> Iterator[tuple[str, str, str]]:
    for name, field in properties.items():
        kinds = [each for each in field.get("anyOf", [field]) if each.get("type") != "null"]
        named = [parts[each["$ref"].rsplit("/", 1)[1]] for each in kinds if "$ref" in each]
        values = [_value(each) for each in kinds if "$ref" not in each]
        choices = [f"`{word}`" for part in named for word in part.get("enum", ())]
        yield (
            f"`{above}{name}`",
            ", ".join((*choices, *values)) or "an object:",
            field["description"],
        )
        for part in named:
            yield from _rows(part.get("properties", {}), parts, f"{name}.")


def _value(kind: dict[str, Any]) -> str:
    if kind.get("format") == "date-time":
        return "date and time"
    words = {"boolean": "true or false", "integer": "a number", "array": "a list of texts"}
    return words.get(kind["type"], "a text")


if __name__ == "__main__":
    PLACE.write_text(page(), encoding="utf-8")
