"""What ``teach`` found and was shown, and the person who shows it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from automation.aliexpress.site.additions import Additions
from automation.errors import ErrorCode, ExitCode, ToolError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from automation.aliexpress.pages.landmarks import Finding
    from automation.aliexpress.walk.held_reads import HeldRead


class Human(Protocol):
    """The person at the window; at a terminal they can be asked too."""

    def tell(self, line: str) -> None:
        """Say something."""

    async def allows(self, page: str, held: Sequence[HeldRead]) -> bool:
        """Whether a page may make these calls, which name nothing and can only read."""

    async def lists(self, held: HeldRead) -> Additions | None:
        """Write a call that names the page's own order into the site data, if they say so.

        Returns:
            What the site data says now; ``None`` if they did not.
        """

    async def which(self, disputes: Sequence[str]) -> int | None:
        """Which of several disputes they mean, from 0; ``None`` if they do not say."""

    async def shows_more(self, names: Sequence[str]) -> bool:
        """Whether they want to show parts that a cancel can do without."""

    async def agrees_on_row(self, question: str, row: str) -> bool:
        """Whether a row of a page says what it is taken for."""

    async def meaning_of(self, words: str, choices: Sequence[str]) -> str:
        """The status that the words mean; empty if the human does not know."""

    async def agrees_to_open_dialog(self, label: str) -> bool:
        """Whether Cancel Request may be pressed to see its dialog."""

    async def agrees_on_question(self, question: str) -> bool:
        """Whether a dialog asks whether to cancel this request, and nothing else."""


@dataclass
class Lessons:
    """What was found and taught; filled during the walk, so that every way out can report it.

    Args:
        calls: what the site data was told about calls; it has that already.
        again: what an ordinary run read on fresh pages with what was taught.
    """

    findings: list[Finding] = field(default_factory=list)
    additions: Additions = field(default_factory=Additions)
    calls: Additions = field(default_factory=Additions)
    choices: tuple[str, ...] = ()
    again: str = ""

    def note(self, finding: Finding) -> None:
        """Take a finding; a later one replaces it."""
        self.findings = [f for f in self.findings if not f.landmark.is_same(finding.landmark)]
        self.findings.append(finding)

    @property
    def missing(self) -> list[Finding]:
        """What a cancel still lacks."""
        return [each for each in self.findings if each.is_missing]

    @property
    def anything(self) -> bool:
        """True if the site data learns something."""
        return bool(self.additions or self.calls)

    @property
    def names_calls(self) -> bool:
        """True if this site calls its reads by other names, and so perhaps its cancel."""
        return bool(self.calls or self.additions.traffic)

    def as_json(self) -> dict[str, object]:
        """Plain values."""
        return {
            "landmarks": [each.as_json() for each in self.findings],
            "lines": (self.calls | self.additions).lines,
            "status_choices": list(self.choices),
            "read_again": self.again,
        }


def still_missing(missing: Sequence[Finding], order: str) -> ToolError:
    """The error for what is neither known nor taught."""
    names = ", ".join(f"{each.landmark.name} on {each.landmark.page}" for each in missing)
    return ToolError(
        f"still unknown: {names}",
        code=ErrorCode.PAGE_NOT_RECOGNISED,
        exit_code=ExitCode.PAGE_NOT_RECOGNISED,
        hint=f"run 'dispute-guard teach {order} --headed' again, or cancel with --by-hand, where you "
        "press the buttons yourself",
    )
