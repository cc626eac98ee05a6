"""Read an order and its dispute with the buyer's help, where the site is not as it is known.

The tool walks as ever. Where a page is not recognised, it learns what it lacks for the rest of this
run; where no way is known, the buyer opens their dispute themselves.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from automation.aliexpress.cancel.escort.gaps import TRIES, WAY_UNKNOWN, Gaps, is_unknown
from automation.aliexpress.cancel.escort.learned import meaning, reading
from automation.aliexpress.cancel.escort.way_by_hand import WayByHand
from automation.aliexpress.walk.order.read_order import read_disputes
from automation.errors import ToolError
from rules import DisputeStatus

if TYPE_CHECKING:
    from automation.aliexpress.cancel.escort.taught import Taught
    from automation.aliexpress.request import Escort
    from automation.aliexpress.walk.browse import Walk
    from automation.aliexpress.walk.order.reading import Reading


@dataclass
class Guide:
    """Goes with the buyer to their dispute, and keeps what it learned on the way.

    Args:
        said: the status that the buyer named on the command line.
    """

    walk: Walk
    order_id: str
    item: str | None
    escort: Escort
    said: str | None = None
    gaps: Gaps = field(init=False)

    def __post_init__(self) -> None:
        self.gaps = Gaps(self.walk, self.order_id, self.escort, self.said)

    @property
    def taught(self) -> Taught:
        """What this run learned, and what the buyer said themselves."""
        return self.gaps.taught

    async def read(self) -> Reading:
        """Read the order and its dispute.

        Raises:
            ToolError: as the ordinary walk, but only where the buyer cannot help (exit 4 to 6).
        """
        self.walk.session.guard.is_about({self.order_id})
        found = await self._as_ever()
        if found is None or not (found.disputes or found.order.entries):
            found = await self._by_hand()
        if found.chosen is not None and found.chosen.status is DisputeStatus.UNKNOWN:
            found = await self._with_meaning(found)
        if self.walk.offers:
            self.gaps.taught = self.taught.plus(reading(self.walk.offers.allowed))
        return found

    async def _as_ever(self) -> Reading | None:
        """The ordinary walk, again and again while it learns something; ``None`` if it ends."""
        for _ in range(TRIES):
            await self.walk.back_to_own_tab()
            try:
                return await read_disputes(self.walk, self.order_id, self.item)
            except ToolError as error:
                if error.code not in WAY_UNKNOWN:
                    raise
                if not is_unknown(error) or not await self.gaps.fill(self.walk.page):
                    return None
        return None

    async def _by_hand(self) -> Reading:
        """Read the dispute that the buyer opens themselves."""
        way = WayByHand(self.walk, self.order_id, self.item, self.escort, self.gaps)
        return await way.read()

    async def _with_meaning(self, found: Reading) -> Reading:
        """The same dispute, its status read as the buyer reads it; as it was if they do not know."""
        dispute = found.chosen
        if dispute is None or not dispute.status_words:
            return found
        status = await self.gaps.meaning_of(dispute.status_words)
        if not status or not self.gaps.learn(meaning(dispute.lang, status, dispute.status_words)):
            return found
        self.gaps.taught = self.taught.naming(dispute.status_words, DisputeStatus(status))
        return found.showing(await self.walk.reload_dispute(dispute.address))
