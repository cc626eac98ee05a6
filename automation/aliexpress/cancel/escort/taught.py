"""What a buyer taught a run: a value that every run has, and most leave empty."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct, field
from msgspec.structs import replace

from automation.aliexpress.site.additions import Additions
from automation.text import clean_text

if TYPE_CHECKING:
    from rules import DisputeStatus

_LONGEST_LABEL: Final = 60


class Taught(Struct, frozen=True):
    """What a run learned from its buyer, and what they said themselves.

    Args:
        additions: site data, used for the rest of the run; nothing is kept without their yes.
        statuses: what they read words of the dispute's page as.
    """

    additions: Additions = field(default_factory=Additions)
    statuses: tuple[tuple[str, DisputeStatus], ...] = ()

    def plus(self, additions: Additions) -> Taught:
        """With more site data."""
        return replace(self, additions=self.additions | additions)

    def then(self, later: Taught) -> Taught:
        """With what they taught after a hand-over, when the words of before are known already."""
        statuses = tuple(dict.fromkeys((*self.statuses, *later.statuses)))
        return Taught(self.additions | later.additions, statuses)

    def naming(self, words: str, status: DisputeStatus) -> Taught:
        """With what they read these words as."""
        return replace(self, statuses=(*self.statuses, (words, status)))

    @property
    def in_words(self) -> tuple[str, ...]:
        """Who said it, for the answer, the journal and the receipt."""
        return tuple(
            f"you read '{clean_text(words, _LONGEST_LABEL)}' as: {status.words}"
            for words, status in self.statuses
        )
