"""The pictures of one run: taken on the way, covered in the background, kept in their order."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from automation.aliexpress.pages.redaction.private_parts import private_parts
from automation.aliexpress.pages.redaction.readable import Own, readable
from automation.aliexpress.pages.snapshot import Snapshot
from automation.aliexpress.site.addresses import dispute_ids_in
from automation.engine.pictures import Camera, covered, load_painter
from automation.engine.receipts.page import load_template

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.async_api import Page

    from automation.aliexpress.pages.redaction.private_parts import PrivateParts
    from automation.aliexpress.site import SiteMap
    from automation.engine.pictures import Shot

MY_ORDERS: Final = "My Orders, as it was read"
ORDER_DETAILS: Final = "Order Details, as it was read"
DISPUTE: Final = "The dispute, as it was read"
CONTROL: Final = "Cancel Request, found but not clicked"
DIALOG: Final = "The dialog before the confirm"
AFTERWARDS: Final = "The dispute afterwards, freshly loaded"
STOPPED: Final = "The page where the run stopped"
_MOST: Final = 8


@dataclass(frozen=True)
class _Taken:
    """A picture that is not covered yet, so no one may see it."""

    caption: str
    shot: Shot = field(repr=False)
    snapshot: Snapshot = field(repr=False)

    @property
    def looks(self) -> tuple[object, ...]:
        """Equal for two pictures of the same sight."""
        shot = self.shot
        return shot.address, shot.words, shot.things


@dataclass
class Album:
    """Pictures of the pages of one order.

    Args:
        on: whether pictures are taken at all.
        item: title of the item that the receipt names, once it is known.
        personal: pages that name the buyer.
    """

    site: SiteMap
    order_id: str
    on: bool = True
    item: str = ""
    personal: tuple[Snapshot, ...] = field(default=(), repr=False)
    _camera: Camera = field(default_factory=Camera)
    _taken: list[_Taken] = field(default_factory=list, repr=False)
    _ready: dict[int, Future[bytes]] = field(default_factory=dict, repr=False)
    _workers: ThreadPoolExecutor | None = field(default=None, repr=False)

    def get_ready(self) -> None:
        """Load what covers pictures and what a receipt needs, in the background."""
        if self.on and self._workers is None:
            self._workers = ThreadPoolExecutor(2, "pictures")
            self._workers.submit(_load)

    async def take(
        self, page: Page, caption: str, *, still: Callable[[], bool] | None = None
    ) -> None:
        """Take a picture of what a tab shows; a later one with the same caption replaces it.

        What looks like the picture before it is not kept again. A problem changes nothing.

        Args:
            still: a human acts in the page; the picture is kept if this is still true after it.
        """
        if not self.on or len(self._taken) >= _MOST:
            return
        self.get_ready()
        last = self._taken[-1].shot if self._taken else None
        shot = await self._camera.take(
            page, covers=self.site.hooks.css("modal"), known=last, hurried=still is not None
        )
        if shot is None or (still is not None and not still()):
            return
        taken = _Taken(caption, shot, Snapshot(shot.address, shot.html, shot.lang))
        if self._taken and self._taken[-1].looks == taken.looks:
            if caption == STOPPED:
                self._taken[-1] = replace(
                    self._taken[-1], caption=f"{self._taken[-1].caption}; here the run stopped"
                )
            return
        kept = [each for each in self._taken if each.caption != caption]
        if len(kept) < len(self._taken):
            self._ready.clear()
        self._taken = [*kept, taken]

    def develop(self) -> None:
        """Begin to cover the pictures taken so far, in the background."""
        todo = [number for number in range(len(self._taken)) if number not in self._ready]
        if not todo:
            return
        pages = (*self.personal, *(each.snapshot for each in self._taken))
        self.get_ready()
        if self._workers is None:
            return
        private = self._workers.submit(private_parts, pages, self.site)
        for number in todo:
            taken = self._taken[number]
            self._ready[number] = self._workers.submit(self._covered, taken, private)

    def pictures(self) -> Iterator[tuple[str, bytes]]:
        """Each picture that can be shown, with its caption, in the order of taking."""
        self.develop()
        for number, taken in enumerate(self._taken):
            if image := self._image(number):
                yield taken.caption, image
        if self._workers:
            self._workers.shutdown()
            self._workers = None

    def _image(self, number: int) -> bytes:
        try:
            return self._ready[number].result()
        except (OSError, ValueError, MemoryError):
            return b""  # a picture that cannot be covered is not shown

    def _covered(self, taken: _Taken, private: Future[PrivateParts]) -> bytes:
        ids = dispute_ids_in(taken.shot.address)
        numbers = frozenset(filter(None, (self.order_id, ids.reverse_line_id, ids.trade_line_id)))
        own = Own(numbers, self.item)
        return covered(taken.shot, readable(taken.snapshot, private.result(), self.site, own))


def _load() -> None:
    load_painter()
    load_template()
