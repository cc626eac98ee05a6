"""What must be found on each page of an order before its dispute can be cancelled.

``doctor ORDER`` says what is there, and ``teach ORDER`` lets a human point at what is not. Both
ask the readers that a cancel uses, so what they find is what a cancel finds.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from automation.aliexpress.pages import read_cards, read_dispute, read_order
from automation.aliexpress.pages.snapshot import long_numbers, squeezed
from automation.aliexpress.site.addresses import is_dispute_page
from automation.text import clean_text
from rules import DisputeStatus

if TYPE_CHECKING:
    from collections.abc import Callable

    from automation.aliexpress.pages.snapshot import Snapshot
    from automation.aliexpress.site import SiteMap, WordPack

_TIMES: Final = 2
_LABEL: Final = 40  # signs of a label beside it
_LONGEST: Final = 160


class PageName(StrEnum):
    """The pages of the walk, as a buyer knows them."""

    ORDERS = "My Orders"
    DETAILS = "Order Details"
    DISPUTE = "the dispute page"
    DIALOG = "the dialog of Cancel Request"


class By(StrEnum):
    """How the site data knows a landmark."""

    HOOK = "hook"
    WORDS = "words"
    ROW = "row"
    MEANING = "meaning"


class Seen(Struct, frozen=True):
    """A page as it was read, with the site data that reads it."""

    snapshot: Snapshot
    site: SiteMap
    order_id: str

    @property
    def words(self) -> WordPack:
        """The words of the page's language."""
        return self.site.pack(self.snapshot.lang)

    @property
    def shows_other_numbers(self) -> bool:
        """True if the page has numbers that could be ids, in its words or links, but not the order's.

        Recommendations have numbers of their own.
        """
        page = self.snapshot.without(self.site.hooks.css("furniture"))
        numbers = long_numbers(page.html)
        return bool(numbers) and self.order_id not in numbers

    def with_site(self, site: SiteMap) -> Seen:
        """The same page, read with other site data."""
        return Seen(self.snapshot, site, self.order_id)


class Landmark(Struct, frozen=True):
    """One part of a page.

    Args:
        name: what it is, for people.
        ask: what a human has to click to teach it.
        by: how the site data knows it.
        key: the hook, or the list of words, that teaches it.
        hooks: the hooks that find it.
        shown: its words on a page; empty if it was not found.
        widest: take the widest element around the click that fits.
        needed: a cancel cannot do without it.
        without: what a cancel does without it, if it is not needed.
        within: the hook of the part that it is inside of.
        question: what a human has to say of the row that they clicked.
    """

    page: PageName
    name: str
    by: By
    key: str
    shown: Callable[[Seen], str]
    ask: str = ""
    hooks: tuple[str, ...] = ()
    widest: bool = False
    needed: bool = True
    without: str = ""
    within: str = ""
    question: str = ""

    @property
    def is_optional(self) -> bool:
        """True if a human may show it although a cancel can do without it."""
        return not self.needed and bool(self.ask)

    def is_same(self, other: Landmark) -> bool:
        """Whether both are the same part of the same page."""
        return (self.page, self.name) == (other.page, other.name)

    def matched(self, seen: Seen) -> tuple[str, ...]:
        """The selectors of its hooks that match on the page."""
        return tuple(
            css
            for hook in self.hooks
            for css in getattr(seen.site.hooks, hook)
            if seen.snapshot.select(css.replace("{order}", ""))
        )


class Finding(Struct, frozen=True):
    """What became of one landmark on one page.

    Args:
        shown: its words on the page.
        matched: the selectors that found it.
        taught: a human pointed at it in this run.
    """

    landmark: Landmark
    shown: str = ""
    matched: tuple[str, ...] = ()
    taught: bool = False
    note: str = ""

    @property
    def is_missing(self) -> bool:
        """True if a cancel lacks it."""
        return self.landmark.needed and not self.shown

    @property
    def state(self) -> str:
        """One word for scripts."""
        if not self.shown:
            return "missing" if self.landmark.needed else "not_shown"
        return "taught" if self.taught else "known"

    def as_json(self) -> dict[str, object]:
        """Plain values."""
        return {
            "page": self.landmark.page.value,
            "landmark": self.landmark.name,
            "state": self.state,
            "shows": clean_text(self.shown, _LONGEST),
            "by": self.landmark.key,
            "selectors": list(self.matched),
            "note": self.note,
        }


def look(seen: Seen, page: PageName) -> list[Finding]:
    """What the page shows of its landmarks."""
    return [find(each, seen) for each in LANDMARKS if each.page is page]


def find(landmark: Landmark, seen: Seen) -> Finding:
    """What the page shows of one landmark."""
    shown = landmark.shown(seen)
    return Finding(
        landmark,
        shown,
        landmark.matched(seen) if shown else (),
        note="" if shown else landmark.without,
    )


def _card(seen: Seen) -> str:
    cards = read_cards(seen.snapshot, seen.site.hooks, seen.words)
    numbers = [card.order_id for card in cards if card.order_id]
    own = [number for number in numbers if number == seen.order_id]
    return next(iter(own or numbers), "")


def _number(seen: Seen) -> str:
    hooks = seen.site.hooks
    there = seen.snapshot.select(f"{hooks.css('order_line')}, {hooks.css('order_info')}")
    order = read_order(seen.snapshot, hooks, seen.words)
    return seen.order_id if there and set(order.order_ids) == {seen.order_id} else ""


def _entry(seen: Seen) -> str:
    order = read_order(seen.snapshot, seen.site.hooks, seen.words)
    return next((each.label or each.href for each in order.entries), "")


def _item(seen: Seen) -> str:
    order = read_order(seen.snapshot, seen.site.hooks, seen.words)
    return next((line.title for line in order.lines if line.title), "")


def _deadline(seen: Seen) -> str:
    if is_dispute_page(seen.snapshot.address):
        return read_dispute(seen.snapshot, seen.site.hooks, seen.words).deadline or ""
    return read_order(seen.snapshot, seen.site.hooks, seen.words).deadline or ""


def _status_line(seen: Seen) -> str:
    return read_dispute(seen.snapshot, seen.site.hooks, seen.words).status_words


def _status(seen: Seen) -> str:
    status = read_dispute(seen.snapshot, seen.site.hooks, seen.words).status
    return "" if status is DisputeStatus.UNKNOWN else status.value


def _cancel(seen: Seen) -> str:
    """The one control; nothing is missing where there is nothing to cancel any more."""
    dispute = read_dispute(seen.snapshot, seen.site.hooks, seen.words)
    if len(dispute.cancel_labels) == 1 and not dispute.clash:
        return dispute.cancel_labels[0]
    over = dispute.status is not DisputeStatus.UNKNOWN and not dispute.status.is_cancellable
    return f"(none: the dispute is {dispute.status.value})" if over else ""


def _amount(seen: Seen) -> str:
    return read_dispute(seen.snapshot, seen.site.hooks, seen.words).amount


LANDMARKS: Final = (
    Landmark(
        PageName.ORDERS, "the card of an order", By.HOOK, "card", _card,
        ask="Click the card of order {order}: on its number, or on its item where it shows no number.",
        hooks=("card", "card_link", "card_info"), widest=True,
    ),
    Landmark(
        PageName.DETAILS, "the order's number", By.HOOK, "order_info", _number,
        ask="Click the order's number ({order}).",
        hooks=("order_info", "order_line"),
    ),
    Landmark(
        PageName.DETAILS, "the way to your dispute", By.WORDS, "labels.dispute_entry", _entry,
        ask="Click the box, button or link that opens your running dispute.",
    ),
    Landmark(
        PageName.DETAILS, "the title of an item", By.HOOK, "line_title", _item,
        ask="Click the title of the item that your dispute is about.", within="order_line",
        hooks=("order_line", "line_title"), needed=False,
        without="the plan does not name the item",
    ),
    Landmark(
        PageName.DETAILS, "the end of your protection", By.ROW, "protection", _deadline,
        ask="Click the line that says until which date your order is protected.",
        question="Does it say when your buyer protection ends, and not when something arrives?",
        needed=False, without="say it with --protection-ends if you know it",
    ),
    Landmark(
        PageName.DISPUTE, "the status line", By.HOOK, "dispute_status", _status_line,
        ask="Click the line that says how your dispute stands.",
        hooks=("dispute_status", "dispute_steps"),
    ),
    Landmark(
        PageName.DISPUTE, "what the status means", By.MEANING, "dispute_status", _status,
    ),
    Landmark(
        PageName.DISPUTE, "Cancel Request", By.WORDS, "labels.cancel_request", _cancel,
        ask="Click the button or link that withdraws your dispute (in English: Cancel Request). "
        "It is not pressed.",
    ),
    Landmark(
        PageName.DISPUTE, "the amount of your claim", By.ROW, "claim_amount", _amount,
        ask="Click the line that says how much money you asked for.",
        question="Is this the amount that you asked for, and not an offer of the seller?",
        needed=False, without="the plan does not name the amount",
    ),
)  # fmt: skip


def is_about(shown: str, words: str) -> bool:
    """Whether a landmark shows what a human pointed at, and not a page around it.

    Args:
        words: of the element that they pointed at.
    """
    return len(squeezed(shown)) <= _TIMES * len(squeezed(words)) + _LABEL
