"""A page that is there but lacks its landmark: what stood there instead, without personal data."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from automation.aliexpress.pages import take_snapshot
from automation.aliexpress.pages.redaction.markup import headings, only_words, written
from automation.aliexpress.pages.redaction.picture import take_redacted_picture
from automation.aliexpress.pages.redaction.private_parts import private_parts
from automation.aliexpress.pages.redaction.redact import Redactor
from automation.aliexpress.site.words import WordList
from automation.errors import ErrorCode, ExitCode, ToolError
from automation.text import clean_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from playwright.async_api import Page

    from automation.aliexpress.pages import Snapshot
    from automation.aliexpress.site import SiteMap
    from automation.engine.guard import RequestRecord

_MOST_NEIGHBOURS: Final = 5
_LONGEST: Final = 48
_MOST_NAMED: Final = 4
_LONGEST_APP_PAGE: Final = 600


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


def refused_words(refused: Sequence[str]) -> str:
    """For the end of an error: the calls of its page that the site refused."""
    if not refused:
        return ""
    what = "a call" if len(refused) == 1 else f"{len(refused)} calls"
    return f"; the site refused {what} of the page: {', '.join(refused[:_MOST_NAMED])}"


def not_recognised(
    problem: str,
    held: Sequence[RequestRecord],
    address: str,
    drift: Drift,
    refused: Sequence[str] = (),
) -> ToolError:
    """The error for a page without its landmark; it names its calls that it may lack.

    Args:
        refused: those that the site itself refused; a page may show nothing else without them.
    """
    hint = "run 'dispute-guard capture ORDER DIR' to save the page for a report"
    allowable = tuple(dict.fromkeys(r.what for r in held if r.negotiable))
    others = [f"{r.what} ({r.reason})" for r in held if r.asks]
    if drift.instead:
        problem = f"{problem}; it shows {drift.neighbours}"
    if refused:
        problem += refused_words(refused)
        hint = "load the page in the same browser until it shows what it should, then repeat the command"
    if not allowable and others:
        problem = f"{problem}; a call of the page was held back: {others[0]}"
    if allowable:
        shown = allowable[:_MOST_NAMED]
        more = f" (and {len(allowable) - len(shown)} more)" if allowable[_MOST_NAMED:] else ""
        problem = f"{problem}; unknown reading calls were held back: {', '.join(shown)}{more}"
        hint = f"let them through with {' '.join(f'--allow-read {name}' for name in shown)}"
    return DriftError(problem, drift, hint=hint, evidence=address)


def refuse_app_only(snapshot: Snapshot, site: SiteMap) -> None:
    """Stop at a short page without landmarks that offers the app.

    Working pages mention the app too, in their header or a bar at the top. So call this only
    if a landmark did not appear; long pages never count.

    Raises:
        ToolError: the page only offers the app (exit 5).
    """
    page = snapshot.without(site.hooks.css("furniture"))
    app = WordList(site.pack(snapshot.lang).install_app)
    if len(page.text) > _LONGEST_APP_PAGE or not (
        page.select(site.hooks.css("app_only")) or app.found_in(page.text)
    ):
        return
    raise ToolError(
        "this page only offers the app",
        code=ErrorCode.APP_ONLY,
        exit_code=ExitCode.PAGE_NOT_RECOGNISED,
        hint="use --surface web, or cancel in the app yourself",
        evidence=snapshot.address.split("?")[0],
    )
