"""What one request changes: opaque ids by role, and the words a person knows it by."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Final

from pydantic import AfterValidator, BaseModel, ConfigDict, PlainSerializer, StringConstraints

from automation.text import clean_text

_LONGEST: Final = 300


def _line(text: str) -> str:
    """One safe, short line: ids and words may come from a page."""
    line = clean_text(text, _LONGEST)
    if not line:
        raise ValueError("nothing to read in it")
    return line


Line = Annotated[str, StringConstraints(min_length=1), AfterValidator(_line)]


def _some(ids: Mapping[str, str]) -> Mapping[str, str]:
    if not ids:
        raise ValueError("a target needs an id")
    return MappingProxyType(dict(ids))


Ids = Annotated[Mapping[Line, Line], AfterValidator(_some), PlainSerializer(dict)]


class Target(BaseModel):
    """One thing on a site, for instance one address of one account.

    Args:
        ids: what the site calls it, by role, from the whole to the part. The engine compares
            ids of the same role and attaches no other meaning to a role. All targets of a
            site use the same roles in the same order.
        words: what a person calls it.
        exact: it names the one thing that a request changes, not only what contains it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    ids: Ids
    words: Line
    exact: bool = True

    @property
    def last_id(self) -> str:
        """The id of the part, which tells it from all else in its whole."""
        return list(self.ids.values())[-1]

    def __str__(self) -> str:
        return self.words

    def may_be(self, other: Target) -> bool:
        """True if both may name the same thing: the last role that both know decides.

        An id that only one of them knows tells nothing, so the whole decides then.
        """
        both = [role for role in self.ids if role in other.ids]
        return bool(both) and self.ids[both[-1]] == other.ids[both[-1]]
