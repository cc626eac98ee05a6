"""The content of a receipt, whatever it was about.

Every text is made safe on input, since most of it comes from pages, and addresses lose
their query, where sites put tokens. So JSON, HTML and calendar file all use the same
safe text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal
from urllib.parse import urlsplit

from msgspec import Struct, field
from msgspec.structs import force_setattr
from pydantic import AfterValidator, AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field

from automation.text import clean_text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from automation.engine.receipts.calendar_file import CalendarEvent

_LINE = 300
_PARAGRAPH = 1500
_LONGEST_ID = 64
_CAPTION = 120

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


class ReceiptPart(BaseModel):
    """A part of a receipt: a value without unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", from_attributes=True, defer_build=True)


class ReceiptFinding(ReceiptPart):
    """One finding of the rules, as shown before the consent.

    Further fields are ignored, so it can be made from the rules' own finding.
    """

    model_config = ConfigDict(extra="ignore", defer_build=True)

    rule: Name
    severity: Name
    meaning: Paragraph
    instead: Paragraph = ""
    source: Lines = ()


class GuardedRequest(ReceiptPart):
    """Equal requests that the guard let through or stopped, why, and how many there were.

    Args:
        kind: ``change`` for the permitted one; else what the guard took it for.
    """

    method: Name
    target: Address
    why: Line = ""
    kind: Name = ""
    times: Annotated[int, Field(ge=1)] = 1


class HeldCall(ReceiptPart):
    """A call of the site that was held back, since it is not known to be a read.

    Args:
        negotiable: it can only read, so the buyer may let it through by its name.
    """

    name: Address
    page: Address = ""
    why: Line = ""
    negotiable: bool = False


class GuardSummary(ReceiptPart):
    """The guard's account of a run: what it let through, refused, and held back among that."""

    summary: Line = ""
    allowed: tuple[GuardedRequest, ...] = ()
    refused: tuple[GuardedRequest, ...] = ()
    held_back: tuple[HeldCall, ...] = ()


class Step(ReceiptPart):
    """One step in words, its page, its duration in seconds, and what it found."""

    name: Line
    page: Address = ""
    seconds: Annotated[float, Field(ge=0)]
    note: Line = ""


class Stop(ReceiptPart):
    """Why a run ended before its request: the error that the buyer saw.

    Args:
        evidence: the folder or page that shows more.
    """

    code: Name
    message: Paragraph
    hint: Paragraph = ""
    evidence: Line = ""


class SiteAnswer(ReceiptPart):
    """The site's answer to the one permitted request."""

    status: int
    ret: Name = ""


class Receipt(ReceiptPart):
    """One attempt, from its first page to its end; a site adds what it was about.

    ``settled`` is when a later look at fresh pages showed the outcome, if the attempt's own did
    not. ``exit_code`` and ``stop`` say how it ended, ``sent`` and ``sent_by`` whether its request
    was sent, and by whom. Every moment has a time zone.
    """

    attempt: Annotated[int, Field(ge=1)]
    created: AwareDatetime
    settled: AwareDatetime | None = None
    outcome: Literal["done", "not_done", "unknown"]
    reason: Paragraph = ""
    dry_run: bool = False
    exit_code: int | None = None
    stop: Stop | None = None
    sent: Line = ""
    sent_by: Line = ""
    version: Name = ""
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
    verify_command: Line = ""

    @property
    def told(self) -> AwareDatetime:
        """When its outcome was known."""
        return self.settled or self.created


class Fact(Struct, frozen=True):
    """One line about what the request was for; a code is shown in a fixed width.

    Args:
        address: where its link leads; from the site's data, never from a page.
    """

    label: str
    value: str
    is_code: bool = False
    address: str = ""


class Deadline(Struct, frozen=True):
    """The moment after which the request can no longer be undone, or that it is unknown.

    Args:
        also: the same moment in other words, for example in another zone.
        text: what it means, or what is unknown.
    """

    heading: str
    at: datetime | None
    also: str
    text: str


class Face(Struct, frozen=True):
    """What a site says about a receipt, in its own words.

    Args:
        target: what the request was for; receipts of the same attempt and target are one.
        name: ASCII letters and digits that tell targets apart, for the folder's name.
        title: the target in a few words, also for a shared screen.
        headline: the outcome in one line.
        notice: what must be known before anything else, such as that this was practice.
        what_next: what the person can do next.
        command: settles an unknown outcome; empty for other outcomes.
        about: heading of the facts.
        event: the calendar file beside the page.
        extra: what its JSON says in addition.
        if_unwritable: what to do if the receipt cannot be written.
    """

    target: str
    name: str
    title: str
    headline: str
    notice: str = ""
    what_next: str = ""
    command: str = ""
    about: str = "The request"
    facts: tuple[Fact, ...] = ()
    deadline: Deadline | None = None
    event: CalendarEvent | None = None
    extra: Mapping[str, str | None] = field(default_factory=dict)
    if_unwritable: str = ""


class StepPicture(Struct, frozen=True):
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
        force_setattr(self, "step", clean_text(self.step, _CAPTION))

    @property
    def suffix(self) -> str:
        """Its file name suffix."""
        return ".png" if self.image.startswith(_PNG) else ".jpg"

    @property
    def kind(self) -> str:
        """Its media type."""
        return "image/png" if self.image.startswith(_PNG) else "image/jpeg"
