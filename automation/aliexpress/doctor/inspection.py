"""What ``doctor ORDER`` finds on the pages of one order, reading only."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from automation.aliexpress.pages import read_dispute
from automation.aliexpress.pages.landmarks import (
    LANDMARKS,
    By,
    Finding,
    Landmark,
    PageName,
    look,
)
from automation.aliexpress.session.opening import walked
from automation.aliexpress.site.additions import Additions
from automation.aliexpress.site.teaching import CHOICE
from automation.aliexpress.teach.visit import STEPS, Visit
from automation.text import clean_text

if TYPE_CHECKING:
    from automation.aliexpress.pages.landmarks import Seen
    from automation.aliexpress.request import Request
    from automation.aliexpress.running import Run
    from automation.aliexpress.walk.browse import Walk

_PLACEHOLDER: Final = "THE WORDS ON THE PAGE"


class PageChecked(Struct, frozen=True):
    """One page: its parts, and the calls that it made.

    Args:
        passed: the names of the calls that were let through.
        held_back: the names of those that were not, with the reason.
    """

    page: PageName
    findings: tuple[Finding, ...]
    passed: tuple[str, ...] = ()
    held_back: tuple[tuple[str, str], ...] = ()
    lang: str = "en"

    def as_json(self) -> dict[str, object]:
        """Plain values."""
        return {
            "page": self.page.value,
            "landmarks": [each.as_json() for each in self.findings],
            "passed": list(self.passed),
            "held_back": [{"name": name, "why": why} for name, why in self.held_back],
        }


@dataclass
class Inspection:
    """What the pages show; filled during the walk, so that every way out can report it.

    Args:
        others: how many more ways to a dispute the order has, besides the one that was followed.
    """

    pages: list[PageChecked] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    choices: tuple[str, ...] = ()
    negotiable: tuple[str, ...] = ()
    others: int = 0

    @property
    def missing(self) -> list[Finding]:
        """What a cancel would lack."""
        return [each for page in self.pages for each in page.findings if each.is_missing]

    def as_json(self) -> dict[str, object]:
        """Plain values."""
        return {
            "pages": [each.as_json() for each in self.pages],
            "lines": self.lines,
            "status_choices": list(self.choices),
        }


async def inspect(request: Request, run: Run, inspection: Inspection) -> None:
    """Walk the pages of an order and note what is recognised; an unknown page never stops it.

    Raises:
        ToolError: a human is needed (exit 4), or the browser or the site failed.
    """

    async def work(walk: Walk) -> None:
        inspection.pages.clear()  # after a hand-over, all is read again
        inspector = _Inspector(Visit(walk, request.order_id, request.item), inspection)
        await inspector.visit.my_orders()
        await inspector.check(PageName.ORDERS)
        await inspector.visit.order_details()
        await inspector.check(PageName.DETAILS)
        if await inspector.visit.dispute(inspector.takes_first):
            await inspector.check(PageName.DISPUTE)
        else:
            inspector.not_reached(PageName.DISPUTE)
        inspection.negotiable = inspector.visit.held_back()

    await walked(request, run, work)


@dataclass
class _Inspector:
    visit: Visit
    inspection: Inspection
    _allowed: int = 0
    _refused: int = 0

    async def check(self, page: PageName) -> None:
        """Note what the open page shows of its parts, and the calls that it made."""
        with self.visit.walk.progress.step(STEPS[page]) as running:
            running.page = page.value
            seen = await self.visit.seen()
            findings = tuple(look(seen, page))
            found = sum(bool(each.shown) for each in findings)
            running.note = f"{found} of {len(findings)} parts recognised"
        passed, held_back = self._calls()
        checked = PageChecked(page, findings, passed, held_back, seen.words.lang)
        self.inspection.pages.append(checked)
        self._note_lines(seen, checked)

    async def takes_first(self, disputes: tuple[str, ...]) -> int | None:
        """Look at the first of several, and say so."""
        self.inspection.others = len(disputes) - 1
        return None

    def not_reached(self, page: PageName) -> None:
        """Note that nothing is known of a page's parts."""
        findings = tuple(
            Finding(each, note="the page was not reached")
            for each in LANDMARKS
            if each.page is page and each.needed
        )
        self.inspection.pages.append(PageChecked(page, findings))

    def _calls(self) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
        """The calls since the page before."""
        report = self.visit.walk.session.guard.report()
        allowed, refused = report.allowed[self._allowed :], report.refused[self._refused :]
        self._allowed, self._refused = len(report.allowed), len(report.refused)
        passed = tuple(dict.fromkeys(r.what for r in allowed if r.kind == "read"))
        held = {r.what: r.reason for r in refused if r.is_held_back}
        return passed, tuple(held.items())

    def _note_lines(self, seen: Seen, checked: PageChecked) -> None:
        """The lines of site data that would help; only a person can complete them."""
        for finding in checked.findings:
            if not finding.is_missing:
                continue
            self.inspection.lines += _lines_for(finding.landmark, seen)
            if finding.landmark.by is By.MEANING:
                self.inspection.choices = seen.site.statuses


def _lines_for(landmark: Landmark, seen: Seen) -> list[str]:
    if landmark.by is By.MEANING:
        words = read_dispute(seen.snapshot, seen.site.hooks, seen.words).status_words
        if not words:
            return []
        key = f"dispute_status.{CHOICE}"
        return Additions(words={seen.words.lang: {key: (clean_text(words, 160),)}}).lines
    if landmark.hooks:
        return Additions(hooks={landmark.key: (".CLASS-ON-THE-PAGE",)}).lines
    return Additions(words={seen.words.lang: {landmark.key: (_PLACEHOLDER,)}}).lines
