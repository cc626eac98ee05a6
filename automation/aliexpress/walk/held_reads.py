"""Reads that the guard held back and that a person may let through: what is asked about them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from automation.aliexpress.site.addresses import split_address
from automation.engine.guard.report import redacted

if TYPE_CHECKING:
    from automation.engine.guard import Guard, GuardReport, RequestRecord

MOST: Final = 8
"""How many calls one question names."""
# What every call of the gateway says about itself.
_ENVELOPE: Final = frozenset({"api", "appKey", "callback", "data", "dataType", "jsv", "type", "v"})


class HeldRead(Struct, frozen=True):
    """A call that no table has and that can only read.

    Args:
        name: of the API.
        page: path of the page that made it.
        keys: the names of what it says.
        names_target: it says which order or dispute it is about, so it is no offer: only site
            data can name it as a read.
    """

    name: str
    page: str = ""
    keys: tuple[str, ...] = ()
    names_target: bool = False

    @property
    def last_part(self) -> str:
        """The end of its name, which tells it from the others."""
        return self.name.rpartition(".")[2]

    @property
    def says(self) -> str:
        """What it says, beside what every call says."""
        keys = ", ".join(key for key in self.keys if key not in _ENVELOPE)
        return f"it says {keys}" if keys else "it says nothing more"

    @property
    def why(self) -> str:
        """Why it is thought to only read."""
        none = "" if self.names_target else " or names an order"
        return f"It seems to only read: its name asks, {self.says}, and nothing in it orders a change{none}."


def held_on(address: str, refused: Iterable[RequestRecord]) -> tuple[RequestRecord, ...]:
    """The refused requests of the page at an address, and those whose page is not known."""
    path = redacted(split_address(address).path)
    return tuple(each for each in refused if each.page in {"", path})


def still_held(address: str, guard: Guard) -> tuple[RequestRecord, ...]:
    """The refused requests of the page at an address, without those that were let through since."""
    allowed, known = guard.allowed_reads, guard.known_reads
    return tuple(
        each
        for each in held_on(address, guard.report().refused)
        if not (each.negotiable and each.what.casefold() in allowed)
        and not (each.teachable and each.what.casefold() in known)
    )


def reads_on(
    address: str, refused: Iterable[RequestRecord], *, of_target: bool = True
) -> tuple[HeldRead, ...]:
    """The calls of a page that were held back and that a person can decide about, each once.

    Args:
        of_target: also those that say which order or dispute they are about.
    """
    held = {
        each.what: HeldRead(each.what, each.page, each.keys, names_target=each.teachable)
        for each in held_on(address, refused)
        if each.negotiable or (each.teachable and of_target)
    }
    return tuple(held.values())


def needed_on(found: GuardReport, address: str) -> tuple[HeldRead, ...]:
    """Those that a page may need, as many as one question names."""
    return reads_on(address, found.refused)[:MOST]


AllowReads = Callable[[str, tuple[HeldRead, ...], str], Awaitable[bool]]
"""Asks the buyer whether a page may make these calls in this run, after a likelier cause."""
KeepReads = Callable[[tuple[HeldRead, ...]], Awaitable[None]]
"""Offers to keep calls in the buyer's site data, after a page that made them showed itself."""


@dataclass
class ReadOffers:
    """The talk about held-back reads in one run; no call is offered twice.

    Args:
        allow: asks whether to let them through.
        keep: offers to keep what worked.
        allowed: the calls that the buyer let through in this run.
    """

    allow: AllowReads
    keep: KeepReads
    allowed: list[HeldRead] = field(default_factory=list)
    _offered: set[str] = field(default_factory=set)

    def of(self, found: GuardReport, address: str) -> tuple[HeldRead, ...]:
        """The calls of a page that were held back, can only read and were not offered yet."""
        held = reads_on(address, found.refused, of_target=False)
        return tuple(each for each in held if each.name not in self._offered)[:MOST]

    def declined(self, name: str) -> bool:
        """Whether the buyer was asked about a call, and did not let it through."""
        return name in self._offered and name not in {each.name for each in self.allowed}

    async def ask(self, page: str, held: tuple[HeldRead, ...], likelier: str = "") -> bool:
        """Ask about them, once.

        Args:
            likelier: another cause, to be thought of first.
        """
        self._offered |= {each.name for each in held}
        if not await self.allow(page, held, likelier):
            return False
        self.allowed += held
        return True
