"""What was held back while the buyer pressed by hand: one entry a kind, with how often."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from msgspec import Struct
from msgspec.structs import replace

from automation.aliexpress.answer import HeldByHandAnswer
from automation.aliexpress.cancel.escort.learned import leading, permitting

if TYPE_CHECKING:
    from collections.abc import Sequence

    from automation.engine.guard import RequestRecord
    from automation.engine.human import Press

_MOST_KINDS: Final = 20


class Nameable(Struct, frozen=True):
    """A held-back call that the permit would fit if site data named it.

    Args:
        pressed: what was pressed before it.
    """

    api: str
    pressed: str


@dataclass
class HeldPresses:
    """Collects them by call and reason; the same call again only counts."""

    kinds: dict[tuple[str, str], HeldByHandAnswer] = field(default_factory=dict)
    nameable: Nameable | None = None

    def add(self, record: RequestRecord, presses: Sequence[Press]) -> HeldByHandAnswer | None:
        """Take a refused request.

        Returns:
            Its entry if it is the first of its kind; ``None`` also for what no press causes.
        """
        if not _concerns_them(record):
            return None
        kind = (f"{record.method} {record.what}", record.reason)
        pressed = " → ".join(each.words for each in leading(presses))
        if record.nameable and pressed:
            self.nameable = Nameable(record.what, pressed)
        if known := self.kinds.get(kind):
            self.kinds[kind] = known.model_copy(update={"count": known.count + 1})
            return None
        if len(self.kinds) >= _MOST_KINDS:
            return None
        last = presses[-1] if presses else None
        # Beneath the page's routes, only the origin of the asking page is known.
        page = last.page if last and record.page in {"", "/"} else record.page
        held = HeldByHandAnswer(
            pressed=pressed,
            request=replace(record, page=page).in_words,
            why=record.reason,
            line=permitting(record.what).lines[0] if record.nameable else "",
        )
        self.kinds[kind] = held
        return held

    @property
    def answers(self) -> tuple[HeldByHandAnswer, ...]:
        """Every kind, in the order of coming."""
        return tuple(self.kinds.values())

    @property
    def last(self) -> HeldByHandAnswer | None:
        """The newest kind."""
        return next(reversed(self.kinds.values()), None)


def in_words(held: HeldByHandAnswer) -> str:
    """One line for a person."""
    caused = f"'{held.pressed}': " if held.pressed else ""
    return f"held back: {caused}{held.request} ({held.why})"


def _concerns_them(record: RequestRecord) -> bool:
    """True for what a press may have caused; pages ask for unknown reads by themselves."""
    led_away = record.main_frame and not record.is_held_back
    own_read = record.negotiable or record.teachable
    return led_away or (record.is_held_back and record.under_permit and not own_read)
