"""Read the dispute page: its dispute, status and controls (site facts, section 4)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from automation.aliexpress.pages.messages import Author, Message, is_sentence, read_messages
from automation.aliexpress.pages.offers import Offer, read_offers
from automation.aliexpress.pages.snapshot import (
    PRESSABLE,
    Snapshot,
    ancestors,
    can_be_pressed,
    innermost,
    label_of,
)
from automation.aliexpress.pages.text.amounts import amounts_in
from automation.aliexpress.pages.text.blocks import blocks_outside, deadline_on, said_in
from automation.aliexpress.pages.text.countdowns import Countdown, read_countdown
from automation.aliexpress.pages.text.id_rows import IdRow, id_rows
from automation.aliexpress.pages.text.names import clash_of, fits, names_of
from automation.aliexpress.pages.text.statuses import read_status
from automation.aliexpress.pages.text.terms import edits_used_in
from automation.aliexpress.site import DisputeIds, Hooks, LabelKind, WordPack
from automation.aliexpress.site.addresses import (
    REVERSE_LINE_STEP,
    dispute_ids_in,
    has_legacy_name_only,
    numbers_in,
    order_id_in,
)
from automation.aliexpress.site.words import WordList, fold
from rules import DisputeStatus

if TYPE_CHECKING:
    from collections.abc import Iterable

    from selectolax.lexbor import LexborNode

_LABEL_LIMIT = 60


@dataclass(frozen=True)
class DisputePage:
    """What a dispute page shows.

    Args:
        status_words: the status line as shown, without a countdown or date after known
            words; empty if there is none.
        status: its meaning, ``unknown`` unless the word lists have the words.
        order_ids: orders that the page or its address names.
        foreign_ids: dispute or line ids in the page's links that are not this dispute's.
        cancel_labels: the exact label of each visible, enabled cancel control.
        edits_used: edits of the claim so far (F15), ``None`` if the page does not show it.
        messages: visible texts outside the known parts, with their authors; only a
            seller's are pressure.
        lang: the language of its words.
        unverified: what was read by unverified words.
        doubtful_ids: numbers that may be another order's.
        other_disputes: numbers that the page calls the dispute's own, and its address does not.
        countdown: how long the site waits for the buyer's answer, if it does and says so.
        offers: open proposals of seller or platform, which a cancel gives up.
        clash: why a cancel control is not pressed: it goes by another name as well.
    """

    address: str
    ids: DisputeIds
    order_ids: tuple[str, ...]
    foreign_ids: tuple[str, ...]
    status_words: str
    status: DisputeStatus
    buttons: tuple[str, ...]
    cancel_labels: tuple[str, ...]
    deadline: str | None
    edits_used: int | None
    amount: str
    messages: tuple[Message, ...]
    lang: str = "en"
    unverified: tuple[str, ...] = ()
    doubtful_ids: tuple[str, ...] = ()
    other_disputes: tuple[str, ...] = ()
    clash: str = ""
    offers: tuple[Offer, ...] = ()
    countdown: Countdown = field(default=Countdown(), compare=False)

    def words_of(self, author: Author) -> tuple[str, ...]:
        """The texts of one author, in page order."""
        return tuple(each.text for each in self.messages if each.author is author)


def read_dispute(snapshot: Snapshot, hooks: Hooks, words: WordPack) -> DisputePage:
    """Read a dispute page; missing parts are empty or unknown.

    Dates, amounts and edit counts in the messages of seller or buyer do not count.
    """
    line = _status_line(snapshot, hooks)
    status, status_words = read_status(line, words)
    controls = _controls(snapshot, hooks, hooks.css("furniture"))
    own = snapshot.without(hooks.css("messages"))
    messages = read_messages(snapshot, hooks, words, _known_parts(hooks))
    by = {Author.SELLER, Author.BUYER}
    theirs = [m.text for m in messages if m.author in by and is_sentence(m.text)]
    own_blocks = [
        block for block in blocks_outside(own, _known_parts(hooks)) if not said_in(block, theirs)
    ]
    rows = _id_rows(own, hooks)
    deadline = deadline_on(own, hooks, words, theirs)
    ids = dispute_ids_in(snapshot.address)
    return DisputePage(
        address=snapshot.address,
        ids=ids,
        order_ids=_order_ids(snapshot.address, rows, words),
        doubtful_ids=_doubtful_ids(snapshot.address, rows, words),
        foreign_ids=_foreign_ids(snapshot, ids, hooks),
        other_disputes=_other_disputes(snapshot.address, rows, words),
        status_words=status_words,
        status=status,
        buttons=tuple(dict.fromkeys(label_of(n) for n in controls if label_of(n))),
        cancel_labels=_cancel_labels(snapshot, controls, hooks, words),
        deadline=deadline,
        edits_used=edits_used_in(own_blocks, words),
        amount=_amount(own_blocks, words),
        messages=messages,
        lang=words.lang,
        unverified=_unverified(status, status_words, deadline, words),
        clash=_clash(snapshot, hooks, words),
        offers=read_offers(snapshot, hooks, words),
        countdown=_countdown(line, status, status_words, words),
    )


def _countdown(line: str, status: DisputeStatus, status_words: str, words: WordPack) -> Countdown:
    """Until when the buyer can answer: what stands behind the words that say that they should."""
    text = " ".join(line.split())
    if status is not DisputeStatus.SELLER_RESPONDED or not text.startswith(status_words):
        return Countdown()
    return read_countdown(text[len(status_words) :], words)


def _cancel_labels(
    snapshot: Snapshot, controls: list[LexborNode], hooks: Hooks, words: WordPack
) -> tuple[str, ...]:
    """Exact labels of the cancel controls, which may be in a bar at the bottom of the page."""
    found = known_labels(map(names_of, controls), LabelKind.CANCEL_REQUEST, words)
    if found:
        return found
    further = _controls(snapshot, hooks, hooks.css("foreign"))
    return known_labels(map(names_of, further), LabelKind.CANCEL_REQUEST, words)


def _clash(snapshot: Snapshot, hooks: Hooks, words: WordPack) -> str:
    listed = words.label(LabelKind.CANCEL_REQUEST)
    named = map(names_of, _controls(snapshot, hooks, hooks.css("foreign")))
    return next(filter(None, (clash_of(names, listed) for names in named)), "")


def known_labels(
    shown: Iterable[tuple[str, ...]], kind: LabelKind, words: WordPack
) -> tuple[str, ...]:
    """The labels of one kind; if some are known to a person, guesses no longer count.

    Args:
        shown: the names of each control; a control counts only if all of its names fit, since
            "Confirm" that is named "Accept" as well may be either.
    """
    listed = words.label(kind)
    found = tuple(names[0] for names in shown if fits(names, listed))
    return tuple(label for label in found if words.may_act_on(label)) or found


def _unverified(
    status: DisputeStatus, status_words: str, deadline: str | None, words: WordPack
) -> tuple[str, ...]:
    """What the plan must say about guessed words."""
    told = []
    if status is not DisputeStatus.UNKNOWN and not words.is_verified(
        f"dispute_status.{status}", status_words
    ):
        told.append(f"'{status_words}' is read as {status} (words not yet seen on the site)")
    if deadline and words.is_guess:
        told.append("the protection deadline is read by words not yet seen on the site")
    return tuple(told)


def _status_line(snapshot: Snapshot, hooks: Hooks) -> str:
    """The status line; without one, the only step title."""
    lines = {fold(t): t for t in snapshot.texts(hooks.css("dispute_status"))}
    if not lines:
        lines = {fold(t): t for t in snapshot.texts(hooks.css("dispute_steps"))}
    return next(iter(lines.values())) if len(lines) == 1 else ""


def _controls(snapshot: Snapshot, hooks: Hooks, apart: str) -> list[LexborNode]:
    """The enabled controls of the page: buttons, links, and short pressable texts."""
    outside = {n.mem_id for n in snapshot.select(f"{apart}, {hooks.css('modal')}")}
    buttons = {n.mem_id for n in snapshot.select(hooks.css("clickable"))}
    nodes = innermost(snapshot.select(f"{hooks.css('clickable')}, {PRESSABLE}"))
    return [
        node
        for node in nodes
        if can_be_pressed(node)
        and node.mem_id not in outside
        and not any(a.mem_id in outside for a in ancestors(node))
        and (node.mem_id in buttons or len(label_of(node)) <= _LABEL_LIMIT)
    ]


def _known_parts(hooks: Hooks) -> str:
    names = ("furniture", "modal", "clickable", "dispute_status", "dispute_steps", "proposals")
    return ", ".join(hooks.css(name) for name in names)


def _order_ids(address: str, rows: list[IdRow], words: WordPack) -> tuple[str, ...]:
    """Orders that the page names; other ids in its own address are the dispute's."""
    own = order_id_in(address)
    others = numbers_in(address) - {own}
    label = words.label(LabelKind.ORDER_LABEL)
    named = [row.number for row in rows if row.is_called(label) and row.number not in others]
    return tuple(dict.fromkeys([*([own] if own else []), *named]))


def _other_disputes(address: str, rows: list[IdRow], words: WordPack) -> tuple[str, ...]:
    """Numbers after a label such as "Dispute ID" that contradict the id in the page's address."""
    own = dispute_ids_in(address).reverse_line_id
    if own is None or has_legacy_name_only(address):
        return ()
    label = WordList(words.dispute_id)
    known = numbers_in(address)
    if own.isdecimal():
        known |= {str(int(own) - REVERSE_LINE_STEP)}
    named = [row.number for row in rows if row.is_called(label) and row.number not in known]
    return tuple(dict.fromkeys(named))


def _doubtful_ids(address: str, rows: list[IdRow], words: WordPack) -> tuple[str, ...]:
    """Numbers that may be an order's, after labels of an unverified language."""
    if not words.is_guess:
        return ()
    known = numbers_in(address)
    return tuple(dict.fromkeys(row.number for row in rows if row.number not in known))


def _id_rows(own: Snapshot, hooks: Hooks) -> list[IdRow]:
    apart = ", ".join(hooks.css(name) for name in ("furniture", "modal"))
    body = own.without(apart).tree.body
    return id_rows([body] if body else [])


def _foreign_ids(snapshot: Snapshot, own: DisputeIds, hooks: Hooks) -> tuple[str, ...]:
    found: list[str] = []
    for node in snapshot.select(hooks.css("dispute_link")):
        theirs = dispute_ids_in(node.attributes.get("href") or "")
        if theirs and not theirs.agrees_with(own):
            found += [i for i in (theirs.reverse_line_id, theirs.trade_line_id) if i]
    mine = {own.reverse_line_id, own.trade_line_id} | numbers_in(snapshot.address)
    return tuple(i for i in dict.fromkeys(found) if i not in mine)


def _amount(blocks: list[str], words: WordPack) -> str:
    """The refund that the claim asks for; proposals on the page may have other amounts."""
    claim = WordList(words.claim_amount)
    named = {a for block in blocks if claim.found_in(block) for a in amounts_in(block)}
    every = named or {a for block in blocks for a in amounts_in(block)}
    return every.pop() if len(every) == 1 else ""
