"""A page that is there but lacks its landmark: what stood there instead, without personal data."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from automation.aliexpress.pages import take_snapshot
from automation.aliexpress.pages.redaction.markup import headings, only_words, written
from automation.aliexpress.pages.redaction.picture import take_redacted_picture
from automation.aliexpress.pages.redaction.private_parts import private_parts
from automation.aliexpress.pages.redaction.redact import Redactor
from automation.errors import ErrorCode, ExitCode, ToolError
from automation.text import clean_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from playwright.async_api import Page

    from automation.aliexpress.pages import Snapshot
    from automation.aliexpress.site import SiteMap

_MOST_NEIGHBOURS: Final = 5
_LONGEST: Final = 48


@dataclass(frozen=True)
class Drift:
    """A page that was not recognised.

    Args:
        page: its name.
        landmark: the selectors of which none matched.
        instead: the headings and labels that it shows, or its few words, without personal data.
        html: what was visible on it, redacted.
        picture: the same as a PNG, redacted; empty if none could be taken.
    """

    page: str
    landmark: str = ""
    instead: tuple[str, ...] = ()
    html: str = field(default="", repr=False)
    picture: bytes = field(default=b"", repr=False)

    @property
    def neighbours(self) -> str:
        """What stood there instead, for an error."""
        return ", ".join(f"'{clean_text(each, _LONGEST)}'" for each in self.instead)


class DriftError(ToolError):
    """A page was not recognised (exit 5); it carries what there was to see."""

    def __init__(
        self,
        message: str,
        drift: Drift,
        *,
        hint: str,
        evidence: str,
        code: ErrorCode = ErrorCode.PAGE_NOT_RECOGNISED,
    ) -> None:
        super().__init__(
            message,
            code=code,
            exit_code=ExitCode.PAGE_NOT_RECOGNISED,
            hint=hint,
            evidence=evidence,
        )
        self.drift = drift


async def drift_on(
    page: Page,
    site: SiteMap,
    name: str,
    landmark: str,
    earlier: Iterable[Snapshot] = (),
    *,
    from_end: bool = False,
) -> Drift:
    """Keep what a page shows in place of its landmark.

    Args:
        landmark: the selectors or words that were looked for.
        earlier: pages of the run that name the buyer.
        from_end: the landmark stands behind the rest of the page, as a dialog does.
    """
    snapshot = await take_snapshot(page, own_words=False)
    redactor = Redactor(site, private_parts([snapshot, *earlier], site))
    shared = written(snapshot, redactor)
    shown = headings(snapshot, redactor) or only_words(snapshot, redactor)
    return Drift(
        name,
        landmark,
        shown[-_MOST_NEIGHBOURS:] if from_end else shown[:_MOST_NEIGHBOURS],
        shared.html,
        await take_redacted_picture(page, shared.texts),
    )
