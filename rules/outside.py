"""What pydantic checks for the rules: plain dataclasses, where their values come from outside.

A judgement on words that are typed already needs no pydantic, whose import takes longer than
all the rest of it. So it is imported by the first check, and what it has to know of a field
stands beside the field, in its metadata.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from _typeshed import DataclassInstance
    from pydantic import ConfigDict, GetCoreSchemaHandler, GetJsonSchemaHandler, TypeAdapter
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import CoreSchema

Checked = TypeVar("Checked", bound="DataclassInstance")

OWN_FIELDS: Final[ConfigDict] = {"extra": "forbid"}
"""For a dataclass's ``__pydantic_config__``: it has no field but its own."""
STRICT: Final[ConfigDict] = {
    "extra": "forbid",
    "strict": True,
    "revalidate_instances": "always",  # one that was put together in code is checked like new ones
}
"""The same, and no text counts as a number."""


def _as_it_is(value: object) -> object:
    return value


@dataclass(frozen=True, kw_only=True)
class Outside:
    """What is done with a value of an annotated field before and after its type is checked.

    Both may raise ``ValueError``.

    Args:
        nullable: ``before`` takes ``null`` too, so the schema allows it.
    """

    before: Callable[[object], object] = _as_it_is
    after: Callable[[object], object] = _as_it_is
    nullable: bool = False

    def __get_pydantic_core_schema__(
        self, kind: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """The check as pydantic asks for it."""
        from pydantic_core import core_schema  # noqa: PLC0415  only pydantic comes here

        typed = core_schema.no_info_after_validator_function(self.after, handler(kind))
        return core_schema.no_info_before_validator_function(self.before, typed)

    def __get_pydantic_json_schema__(
        self, core: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """What its JSON schema says."""
        schema = handler(core)
        return {"anyOf": [schema, {"type": "null"}]} if self.nullable else schema


@cache
def adapter(kind: type[Checked]) -> TypeAdapter[Checked]:
    """Pydantic's own reading of a dataclass: checks values, dumps them, and writes their schema."""
    from pydantic import TypeAdapter  # noqa: PLC0415  see above

    return TypeAdapter(kind)


def checked(kind: type[Checked], value: object) -> Checked:
    """A value as this dataclass.

    Raises:
        pydantic.ValidationError: it is none.
    """
    found: Checked = adapter(kind).validate_python(value)
    return found


def revised(before: Checked, **changes: object) -> Checked:
    """The same value with these fields changed, checked like a new one.

    Raises:
        pydantic.ValidationError: a field cannot have its value.
    """
    return checked(type(before), replace(before, **changes))
