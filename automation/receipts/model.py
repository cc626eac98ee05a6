"""What a receipt says.

Every text is made safe on the way in, since most of it was read from pages, and
addresses lose their query, where sites put tokens. So the JSON, the HTML and the
calendar file all start from the same harmless words.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field

from automation.text import clean_text

_LINE = 300
_PARAGRAPH = 1500
_LONGEST_ID = 64

_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"


def _line(text: str) -> str:
    return clean_text(text, _LINE)


def _paragraph(text: str) -> str:
    return clean_text(text, _PARAGRAPH)


def _name(text: str) -> str:
    return clean_text(text, _LONGEST_ID)


def _address(text: str) -> str:
    """An address without user, query and fragment; other words stay as they are."""
    safe = _line(text)
    if "://" not in safe:
        return safe.partition("?")[0].partition("#")[0]
    try:
        parts = urlsplit(safe)
    except ValueError:
        return safe.partition("?")[0].partition("#")[0]
    host = parts.netloc.rpartition("@")[2]
    return f"{parts.scheme}://{host}{parts.path}"


def _listed(value: object) -> object:
    """A single text where a list is expected is a list of one."""
    return (value,) if isinstance(value, str) else value


Line = Annotated[str, AfterValidator(_line)]
Paragraph = Annotated[str, AfterValidator(_paragraph)]
Name = Annotated[str, AfterValidator(_name)]
Address = Annotated[str, AfterValidator(_address)]
Lines = Annotated[tuple[Line, ...], BeforeValidator(_listed)]
Warned = Annotated[tuple[Paragraph, ...], BeforeValidator(_listed)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", from_attributes=True)


class ReceiptFinding(_Part):
    """One finding of the rules, as it was shown before the consent.

    Made from the rules' own finding too: what a receipt does not show is left out.
    """

    model_config = ConfigDict(extra="ignore")

    rule: Name
    severity: Name
    meaning: Paragraph
    instead: Paragraph = ""
    source: Lines = ()


class GuardedRequest(_Part):
    """A request that the guard let through or stopped, and why."""

    method: Name
    target: Address
    why: Line = ""


class GuardSummary(_Part):
    """The guard's account of a run: few allowed writes, everything it refused."""

    summary: Line = ""
    allowed: tuple[GuardedRequest, ...] = ()
    refused: tuple[GuardedRequest, ...] = ()


class Step(_Part):
    """One step of the way, the page it was on and the seconds that it took."""

    name: Line
    page: Address = ""
    seconds: Annotated[float, Field(ge=0)]


class SiteAnswer(_Part):
    """What the site answered to the one permitted request."""

    status: int
    ret: Name = ""


class Receipt(_Part):
    """One attempt from its target to what fresh pages showed.

    ``amount`` is the text of the page, currency included. ``refile_by`` is the last
    moment at which a new dispute could be filed, at the latest and no promise
    (RULES.md, F6, F7, F18); None means that no page and no word of the buyer told it.
    Every moment has its zone.
    """

    attempt: Annotated[int, Field(ge=1)]
    created: AwareDatetime
    order_id: Name
    dispute_id: Name | None = None
    line_id: Name | None = None
    item: Line = ""
    amount: Name = ""
    status_before: Line = ""
    outcome: Literal["done", "not_done", "unknown"]
    reason: Paragraph = ""
    verdict: Literal["allow", "warn", "block"] | None = None
    findings: tuple[ReceiptFinding, ...] = ()
    accepted_risks: Lines = ()
    accepted_warnings: Warned = ()
    plan_digest: Name | None = None
    consent: Line = ""
    guard: GuardSummary = GuardSummary()
    steps: tuple[Step, ...] = ()
    answer: SiteAnswer | None = None
    verified_by: Lines = ()
    refile_by: AwareDatetime | None = None


@dataclass(frozen=True, slots=True)
class StepPicture:
    """A picture of one step, as the browser gave it.

    Args:
        step: what it shows; a caption, never part of a file name.
        image: the bytes of a PNG or JPEG.

    Raises:
        ValueError: the bytes are neither.
    """

    step: str
    image: bytes

    def __post_init__(self) -> None:
        if not self.image.startswith((_PNG, _JPEG)):
            raise ValueError("a picture of a step is a PNG or a JPEG")

    @property
    def suffix(self) -> str:
        """The end of a file name for it."""
        return ".png" if self.image.startswith(_PNG) else ".jpg"
