"""Parts that the JSON contracts of several commands have in common.

Text that comes from a page is made safe when a value is built.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from automation.errors import ErrorCode
from automation.text import clean_text

_LONGEST = 600


def _cleaned(text: str) -> str:
    return clean_text(text, _LONGEST)


Text = Annotated[str, AfterValidator(_cleaned)]
"""One safe line of at most 600 characters."""
ExitNumber = Annotated[int, Field(ge=0, le=255)]


class Part(BaseModel):
    """A frozen piece of an answer, with no field that is not declared."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Told(Part):
    """An answer that is printed as it is."""

    def as_json(self) -> dict[str, object]:
        """The document."""
        return self.model_dump(mode="json")


class ErrorAnswer(Part):
    """Why the run ended, what to do next, and where the evidence lies."""

    code: ErrorCode
    message: str
    hint: str
    evidence: str


class RequestAnswer(Part):
    """Equal requests that the guard judged, and how many there were."""

    request: str
    host: str
    method: str
    kind: str
    reason: str
    count: int


class HeldBackAnswer(Part):
    """A request that was held back because it could not be told to be harmless.

    A ``negotiable`` one can only read: ``--allow-read NAME`` lets it through.
    """

    name: str
    page: str
    why: str
    method: str
    keys: tuple[str, ...]
    negotiable: bool


class GuardAnswer(Part):
    """The guard's account of a run; ``sent_by`` says who sent the permitted request."""

    allowed: tuple[RequestAnswer, ...] = ()
    refused: tuple[RequestAnswer, ...] = ()
    held_back: tuple[HeldBackAnswer, ...] = ()
    sent_by: Literal["", "browser", "playwright"] = ""
    summary: str = ""
