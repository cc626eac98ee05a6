"""The words of one language, and what they may decide."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from pydantic import BaseModel, ConfigDict, Field

from automation.aliexpress.site.words import WordList, as_label
from rules import DisputeStatus, OrderStatus

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

WHOLE_PACK: Final = "*"


class SiteData(BaseModel):
    """A frozen piece of the site's data, with no field that is not declared."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class LabelKind(StrEnum):
    """The kinds of buttons, links and headings."""

    DISPUTE_ENTRY = "dispute_entry"
    DISPUTE_BUTTON = "dispute_button"
    BOX_BUTTON = "box_button"
    CANCEL_REQUEST = "cancel_request"
    CONFIRM = "confirm"
    ORDER_LABEL = "order_label"
    ORDER_DATE = "order_date"


_PRESSED: Final = (
    LabelKind.DISPUTE_ENTRY,
    LabelKind.DISPUTE_BUTTON,
    LabelKind.BOX_BUTTON,
    LabelKind.CANCEL_REQUEST,
    LabelKind.CONFIRM,
)


class WordPack(SiteData):
    """Words of one language; ``automation/aliexpress/site/README.md`` explains each list.

    Args:
        unverified: lists whose words were not yet seen on the site; ``"*"`` for all lists.
        seen: words of those lists that were seen on the site or taught by the buyer.
        locales: CLDR locales of the month names; the language itself if empty.
    """

    lang: str = Field(pattern=r"^[a-z]{2,3}$")
    unverified: tuple[str, ...] = ()
    seen: tuple[str, ...] = ()
    locales: tuple[str, ...] = ()
    labels: dict[LabelKind, tuple[str, ...]] = {}
    dispute_status: dict[str, tuple[str, ...]] = {}
    order_status: dict[str, tuple[str, ...]] = {}
    dialog_questions: tuple[str, ...] = ()
    dialog_verbs: tuple[str, ...] = ()
    dialog_nouns: tuple[str, ...] = ()
    dialog_never: tuple[str, ...] = ()
    dialog_paying: tuple[str, ...] = ()
    dialog_loss: tuple[str, ...] = ()
    dialog_plain: tuple[str, ...] = ()
    protection: tuple[str, ...] = ()
    delivery_promise: tuple[str, ...] = ()
    dispute_id: tuple[str, ...] = ()
    edits: tuple[str, ...] = ()
    of: tuple[str, ...] = ()
    used: tuple[str, ...] = ()
    remaining: tuple[str, ...] = ()
    at: tuple[str, ...] = ()
    until: tuple[str, ...] = ()
    countdown: tuple[str, ...] = ()
    denials: tuple[str, ...] = ()
    claim_amount: tuple[str, ...] = ()
    no_orders: tuple[str, ...] = ()
    install_app: tuple[str, ...] = ()
    not_there: tuple[str, ...] = ()
    order_frozen: tuple[str, ...] = ()
    author_seller: tuple[str, ...] = ()
    author_buyer: tuple[str, ...] = ()
    author_site: tuple[str, ...] = ()
    accepting: tuple[str, ...] = ()

    @property
    def is_guess(self) -> bool:
        """True if the whole pack is unverified."""
        return WHOLE_PACK in self.unverified

    def may_act_on(self, text: str) -> bool:
        """True if these words may decide a click: the pack, or the words, were seen or taught."""
        return not self.is_guess or text in WordList(self.seen)

    def is_verified(self, key: str, text: str) -> bool:
        """True if these words of one list were seen on the site or taught."""
        guessed = self.is_guess or key in self.unverified
        return not guessed or text in WordList(self.seen)

    def label(self, kind: LabelKind) -> WordList:
        """The words for one kind of label."""
        return WordList(self.labels.get(kind, ()))

    def status(self, text: str) -> DisputeStatus:
        """The dispute status for the page's words; ``unknown`` if no list has them.

        Words of two statuses are unknown too: a wrong guess costs money.
        """
        keys = {key for key, words in self.dispute_status.items() if text in WordList(words)}
        return DisputeStatus(keys.pop()) if len(keys) == 1 else DisputeStatus.UNKNOWN

    def order_state(self, text: str) -> OrderStatus | None:
        """The order status for the page's words, ``None`` if no list has them."""
        keys = {key for key, words in self.order_status.items() if text in WordList(words)}
        return OrderStatus(keys.pop()) if len(keys) == 1 else None

    def laid_over(self, base: WordPack) -> WordPack:
        """Add this pack's words to ``base``; a buyer's words count as seen."""
        merged = {
            name: _both(getattr(base, name), getattr(self, name))
            for name in type(self).model_fields
            if name not in {"lang", "unverified", "dialog_plain", "dispute_status", "seen"}
        }
        statuses = _tables(base.dispute_status, self.dispute_status)
        merged["dispute_status"] = _without(statuses, self.dispute_status)
        merged["seen"] = (*base.seen, *self.seen, *self._words())
        return base.model_copy(update=merged)

    def pressed(self) -> Iterator[tuple[str, str]]:
        """The labels of what the tool presses, each with the name of its list."""
        for kind in _PRESSED:
            yield from ((f"labels.{kind}", word) for word in self.labels.get(kind, ()))

    def _words(self) -> list[str]:
        tables = (self.labels, self.dispute_status, self.order_status)
        listed = [word for table in tables for words in table.values() for word in words]
        return [*listed, *self.dialog_questions]


_Words = tuple[str, ...]


def _both(old: _Words | dict[str, _Words], mine: _Words | dict[str, _Words]) -> object:
    """Two lists of words, or two tables of such lists, as one."""
    if isinstance(old, dict) and isinstance(mine, dict):
        return _tables(old, mine)
    return (*old, *mine)


def _tables(old: Mapping[str, _Words], mine: Mapping[str, _Words]) -> dict[str, _Words]:
    return {key: (*old.get(key, ()), *mine.get(key, ())) for key in {**old, **mine}}


def _without(
    merged: dict[str, tuple[str, ...]], mine: dict[str, tuple[str, ...]]
) -> dict[str, tuple[str, ...]]:
    """Remove words from their old status if the user gives them another one."""
    moved = {as_label(word): key for key, words in mine.items() for word in words}
    return {
        key: tuple(word for word in words if moved.get(as_label(word), key) == key)
        for key, words in merged.items()
    }
