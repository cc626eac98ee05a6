"""Readable pydantic errors, for files that a person wrote."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pydantic import ValidationError
    from pydantic_core import ErrorDetails

_PLAIN: Final = {
    "missing": "required field is missing",
    "extra_forbidden": "unknown field",
    "timezone_aware": "missing time zone, such as Z or +02:00",
    "list_type": "input should be a list",
    "tuple_type": "input should be a list of texts",
    "dict_type": "input should be a table of lists",
    "string_type": "input should be text",
    "bool_type": "input should be true, false or null",
    "int_type": "input should be a whole number",
}


def first_slip(error: ValidationError, more: dict[str, str] | None = None) -> tuple[str, str, str]:
    """The first problem of a checked file.

    Args:
        more: further messages, by pydantic's error type.

    Returns:
        The field (names joined by dots), the problem, and ``" (and 2 more)"`` or nothing.
    """
    first = error.errors(include_url=False, include_context=False)[0]
    where = ".".join(str(part) for part in first["loc"])
    others = error.error_count() - 1
    return where, why_in_words(first, more or {}), f" (and {others} more)" if others else ""


def why_in_words(slip: ErrorDetails, more: dict[str, str]) -> str:
    """What is wrong with one value; ``more`` has further messages, by pydantic's error type."""
    words = {**_PLAIN, **more}.get(slip["type"], slip["msg"].removeprefix("Value error, "))
    return words[:1].lower() + words[1:] or "input is not valid"
