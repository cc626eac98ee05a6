"""The journal of one state folder: attempts, their events, and plans."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from automation.engine.journal import opening
from automation.engine.journal.plans import Plans
from automation.engine.journal.reading import Reading
from automation.engine.journal.writing import Writing

if TYPE_CHECKING:
    from pathlib import Path


class Journal(Writing, Reading, Plans):
    """What was tried, how far it got and how it ended; start with :meth:`open`.

    A method that writes returns when its data is on disk. Several processes may write;
    each waits up to ten seconds for another. If the file fails, every method raises
    ``ToolError``: ``journal_damaged``, ``state_dir_unwritable``, ``disk_full``,
    ``journal_busy`` or ``journal_failed``. Times passed in need a time zone, returned
    times are UTC.
    """

    @classmethod
    def open(cls, state_dir: Path) -> Self:
        """Open the journal of ``state_dir``, creating both if needed.

        Raises:
            ToolError: ``state_dir_unwritable``, ``journal_damaged`` (moved aside),
                ``journal_newer`` (left alone), ``journal_busy`` or ``disk_full``.
        """
        return cls(state_dir, opening.open_database(state_dir))

    def must_not_send(self) -> str:
        """Why nothing may be sent although this journal works; empty if sending is allowed."""
        return opening.why_not_to_send(self.state_dir)

    @staticmethod
    def acknowledge_damage(state_dir: Path) -> tuple[Path, ...]:
        """Accept the loss of damaged journals, which is the buyer's decision.

        Returns:
            Their new paths: they are kept under another name.

        Raises:
            ToolError: ``state_dir_unwritable``.
        """
        return opening.accept_damage(state_dir)
