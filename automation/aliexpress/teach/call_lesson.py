"""Held-back calls that a page may need: what a human may say about them, and what never.

A call that names nothing and can only read is let through for this run, and kept. One that names
the page's own order or dispute is never let through by a run: the human may only write it into
their site data as a read, by typing its name, and from then on it is judged as every listed read.
So it is offered only where everything speaks for a read: the page makes it by itself while it
loads, its name only reads, nothing in it orders a change, and it names no other order. A call
that changes something is never taught here; ``cancel`` alone can learn that one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from automation.aliexpress.site.additions import Additions
from automation.aliexpress.walk.held_reads import needed_on

if TYPE_CHECKING:
    from collections.abc import Sequence

    from automation.aliexpress.pages.landmarks import PageName
    from automation.aliexpress.teach.pointer import Pointer
    from automation.aliexpress.walk.held_reads import HeldRead

# A page may make its next call only after the first was answered.
_ROUNDS: Final = 4


@dataclass
class CallLesson:
    """Asks about the held-back calls of an incomplete page, each once, and loads it again."""

    pointer: Pointer
    _offered: set[str] = field(default_factory=set)

    async def learn(self, page: PageName, landmark: str) -> None:
        """Ask until the page has what it needs, or the human lets nothing more through.

        Args:
            landmark: the hook that shows that the page is there.
        """
        for _ in range(_ROUNDS):
            held = self._held()
            if not held or not await self._decided(page, held):
                return
            await self.pointer.visit.load_again(landmark)

    def _held(self) -> tuple[HeldRead, ...]:
        walk = self.pointer.visit.walk
        found = needed_on(walk.session.guard.report(), walk.page.url)
        fresh = tuple(each for each in found if each.name not in self._offered)
        self._offered |= {each.name for each in fresh}
        return fresh

    async def _decided(self, page: PageName, held: Sequence[HeldRead]) -> bool:
        """True if the human let one of them through."""
        nameless = [each for each in held if not each.names_target]
        async with self.pointer.asking():
            allowed = bool(nameless) and await self._allowed(page, nameless)
            listed = [await self._listed(each) for each in held if each.names_target]
        return allowed or any(listed)

    async def _allowed(self, page: PageName, held: Sequence[HeldRead]) -> bool:
        if not await self.pointer.human.allows(page, held):
            return False
        names = tuple(each.name for each in held)
        self.pointer.visit.walk.session.guard.allow_reads(names)
        lessons = self.pointer.lessons
        lessons.additions |= Additions(traffic={"allowed_reads": names})
        return True

    async def _listed(self, held: HeldRead) -> bool:
        kept = await self.pointer.human.lists(held)
        if kept is None:
            return False
        self.pointer.visit.walk.session.guard.know(kept.traffic)
        self.pointer.lessons.calls |= kept
        return True
