"""The content of a receipt.

Every text is made safe on input, since most of it comes from pages, and addresses lose
their query, where sites put tokens. So JSON, HTML and calendar file all use the same
safe text.
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
    """An address without user, query and fragment; other text stays unchanged."""
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
    """Accept a single text as a list of one."""
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
    """One finding of the rules, as shown before the consent.

    Further fields are ignored, so it can be made from the rules' own finding.
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


class HeldCall(_Part):
    """A call of the site that was held back, since it is not known to be a read.

    Args:
        negotiable: it can only read, so the buyer may let it through by its name.
    """

    name: Address
    page: Address = ""
    why: Line = ""
    negotiable: bool = False


class GuardSummary(_Part):
    """The guard's account of a run: what it let through, refused, and held back among that."""

    summary: Line = ""
    allowed: tuple[GuardedRequest, ...] = ()
    refused: tuple[GuardedRequest, ...] = ()
    held_back: tuple[HeldCall, ...] = ()


class Step(_Part):
    """One step, its page and its duration in seconds."""

    name: Line
    page: Address = ""
    seconds: Annotated[float, Field(ge=0)]


class SiteAnswer(_Part):
    """The site's answer to the one permitted request."""

    status: int
    ret: Name = ""


class Receipt(_Part):
    """One attempt, from its target to what fresh pages showed.

    ``amount`` is the page's text, including the currency. ``refile_by`` is the latest time
    to file a new dispute, not a promise (RULES.md, F6, F7, F18); None means that neither a
    page nor the buyer gave it. ``settled`` is when a later look at fresh pages showed the
    outcome, if the attempt's own did not. Every moment has a time zone.
    """

    attempt: Annotated[int, Field(ge=1)]
    created: AwareDatetime
    settled: AwareDatetime | None = None
    order_id: Name
    dispute_id: Name | None = None
    line_id: Name | None = None
    item: Line = ""
    amount: Name = ""
    offers: Lines = ()
    status_before: Line = ""
    outcome: Literal["done", "not_done", "unknown"]
    reason: Paragraph = ""
    verdict: Literal["allow", "warn", "block"] | None = None
    findings: tuple[ReceiptFinding, ...] = ()
    buyer_says: Lines = ()
    accepted_risks: Lines = ()
    accepted_warnings: Warned = ()
    plan_digest: Name | None = None
    consent: Line = ""
    guard: GuardSummary = GuardSummary()
    steps: tuple[Step, ...] = ()
    answer: SiteAnswer | None = None
    verified_by: Lines = ()
    refile_by: AwareDatetime | None = None
    verify_command: Line = ""

    @property
    def told(self) -> AwareDatetime:
        """When its outcome was known."""
        return self.settled or self.created


@dataclass(frozen=True, slots=True)
class StepPicture:
    """A picture of one step from the browser.

    Args:
        step: its caption, never part of a file name.
        image: the bytes of a PNG or JPEG.

    Raises:
        ValueError: the bytes are neither.
    """

    step: str
    image: bytes

    def __post_init__(self) -> None:
        if not self.image.startswith((_PNG, _JPEG)):
            raise ValueError("a picture of a step must be a PNG or JPEG")

    @property
    def suffix(self) -> str:
        """Its file name suffix."""
        return ".png" if self.image.startswith(_PNG) else ".jpg"
