"""A receipt of this site: what it was about, and honest words for it, no more than is known."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, AwareDatetime

from automation.aliexpress.plan.order_number import short
from automation.engine.outcome import Sent
from automation.engine.receipts import CalendarEvent, Deadline, Face, Fact, Receipt
from automation.engine.receipts.calendar_file import stamp
from automation.engine.receipts.model import Address, Line, Lines, Name
from automation.errors import ExitCode
from automation.text import when_short, when_utc
from rules.catalogue import LIMITS

if TYPE_CHECKING:
    from datetime import datetime

# The site shows deadlines in Pacific time (site facts, section 6).
_PACIFIC = ZoneInfo("America/Los_Angeles")
_HEADLINES = {
    "done": "Done: the dispute is cancelled",
    "not_done": "Not done: the dispute was not cancelled",
    "unknown": "Unknown: the request may have reached the site",
}
_EARLIER = "Unknown: an earlier request may have reached the site"
# An attempt that sent nothing, by its exit code.
_STOPPED: dict[int, str] = {
    ExitCode.OK: "Dry run: nothing was sent",
    ExitCode.REFUSED: "Refused: this run cancelled nothing",
    ExitCode.HUMAN_NEEDED: "Stopped: the site asks for you",
    ExitCode.PAGE_NOT_RECOGNISED: "Stopped: a page was not recognised",
    ExitCode.DECLINED: "Declined: the dispute was not cancelled",
    ExitCode.PLAN_STALE: "Stopped: the plan no longer fits",
    ExitCode.INTERRUPTED: "Interrupted: the dispute was not cancelled",
}
_PRACTICE = "Practice on a mimic site: no real order and no real dispute."
_NEXT = {
    "done": (
        "The order is back to normal, its protection clock runs, and the seller is no longer"
        " under pressure. Check the order again before the time below."
    ),
    "not_done": "The dispute stays as it was; its own deadlines still apply.",
    "unknown": "Do not try again. First check freshly loaded pages:",
}
_REFUSED = "This run changed nothing. If a dispute is open, it stays open, and its own deadlines still apply."
_HEADING = "Latest time to file again"
_NO_PROMISE = (
    "This is the latest time, not a promise: the site may end the protection sooner, and it"
    " decides whether to accept a second dispute. If the problem is not fixed, file well before."
)
_UNKNOWN = (
    "Unknown: no page showed when the protection of this order ends. Check the order now. Until"
    " you have seen a date, assume that you cannot file again."
)
_WARNED = (
    "The site warned you before you confirmed, and may not accept a second dispute: treat this"
    " cancel as final."
)
_UNCLEAR = "It is not known whether the dispute was cancelled: run 'dispute-guard verify' first."
_LAST_DAY = timedelta(days=1)


def _own_page(address: str) -> str:
    """An address that a browser may open, or nothing."""
    return address if re.fullmatch(r"https?://[\w.:-]+/[\w./-]*(\?orderId=\d+)?", address) else ""


class DisputeReceipt(Receipt):
    """One attempt on a dispute.

    ``amount`` is the page's text, including the currency. ``refile_by`` is the latest time
    to file a new dispute, not a promise (RULES.md, F6, F7, F18); None means that neither a
    page nor the buyer gave it. ``site`` is ``real`` or ``mimic``, ``origin`` its address, and
    ``order_address`` the page of the order. ``warned_of_loss``: an accepted warning spoke of
    something that the buyer loses.
    """

    order_id: Name
    dispute_id: Name | None = None
    line_id: Name | None = None
    item: Line = ""
    amount: Name = ""
    offers: Lines = ()
    status_before: Line = ""
    refile_by: AwareDatetime | None = None
    site: Literal["", "real", "mimic"] = ""
    origin: Address = ""
    order_address: Annotated[str, AfterValidator(_own_page)] = ""
    warned_of_loss: bool = True

    @property
    def seems_final(self) -> bool:
        """The site's words leave a second dispute in doubt."""
        return bool(self.accepted_warnings) and self.warned_of_loss


def face_of(receipt: DisputeReceipt) -> Face:
    """What the receipt's page, folder and calendar say."""
    moment = receipt.refile_by
    return Face(
        target=receipt.order_id,
        name=name_of(receipt.order_id),
        title=f"order {_in_title(receipt.order_id)}",
        headline=_headline(receipt),
        notice=_PRACTICE if receipt.site == "mimic" else "",
        what_next=_what_next(receipt),
        command=_verify_command(receipt),
        about="The dispute",
        facts=_facts(receipt),
        deadline=_deadline(receipt),
        event=reminder(receipt),
        extra={"refile_by_pacific": pacific(moment) if moment else None},
        if_unwritable=f"see what happened with 'dispute-guard history {receipt.attempt}'",
    )


def name_of(order_id: str) -> str:
    """The order in the name of a receipt's folder."""
    return _short(order_id).replace(" ", "")


def _headline(receipt: DisputeReceipt) -> str:
    """The outcome; an attempt that was stopped says why, and what is unknown from before."""
    if receipt.outcome == "unknown" and receipt.sent == Sent.NOTHING.words:
        return _EARLIER
    if receipt.outcome != "not_done" or receipt.settled or receipt.exit_code is None:
        return _HEADLINES[receipt.outcome]
    return _STOPPED.get(receipt.exit_code, _HEADLINES["not_done"])


def _what_next(receipt: DisputeReceipt) -> str:
    following = _NEXT[receipt.outcome]
    if receipt.outcome == "not_done" and receipt.exit_code == ExitCode.REFUSED:
        following = _REFUSED  # also where there is no dispute any more
    if receipt.outcome == "not_done" and receipt.stop and receipt.stop.hint:
        hint = receipt.stop.hint
        following += f" Next: {hint[0].upper()}{hint[1:]}."
    return following


def _facts(receipt: DisputeReceipt) -> tuple[Fact, ...]:
    offer = "Open offer given up" if receipt.outcome == "done" else "Open offer"
    site = {"real": "AliExpress", "mimic": "a mimic site for practice"}.get(receipt.site, "")
    where = " at ".join(filter(None, (site, receipt.origin)))
    return (
        Fact("Site", where),
        Fact("Item", receipt.item),
        Fact("Amount", receipt.amount),
        *(Fact(offer, each) for each in receipt.offers),
        Fact("Order", receipt.order_id, is_code=True, address=receipt.order_address),
        Fact("Dispute", receipt.dispute_id or "", is_code=True),
        Fact("Order line", receipt.line_id or "", is_code=True),
        Fact("Status before", receipt.status_before),
        Fact("Sent", _sent(receipt)),
    )


def _sent(receipt: DisputeReceipt) -> str:
    """What was sent, and by whom."""
    by = f", by {receipt.sent_by}" if receipt.sent_by else ""
    return f"{receipt.sent[:1].upper()}{receipt.sent[1:]}{by}" if receipt.sent else ""


def _deadline(receipt: DisputeReceipt) -> Deadline | None:
    moment = receipt.refile_by
    if receipt.outcome == "not_done":
        return None
    if moment is None:
        return Deadline(_HEADING, None, "", _UNKNOWN)
    doubt = f" {_WARNED}" if receipt.seems_final else ""
    return Deadline(_HEADING, moment, f"{pacific(moment)} on the site", f"{_NO_PROMISE}{doubt}")


def _verify_command(receipt: DisputeReceipt) -> str:
    """The command that settles an unknown outcome, safe to paste; empty for other outcomes."""
    if receipt.outcome != "unknown":
        return ""
    return receipt.verify_command or f"dispute-guard verify {_digits(receipt.order_id)}"


def reminder(receipt: DisputeReceipt) -> CalendarEvent | None:
    """The event of the latest time to file again, or None without a need for one.

    There is none if the time is unknown or past, or the dispute is still open. Of the order it
    has only the last eight digits, enough to recognise it.
    """
    moment = receipt.refile_by
    if moment is None or moment <= receipt.told or receipt.outcome == "not_done":
        return None
    order = _in_title(receipt.order_id)
    unclear = f"{_UNCLEAR}\n" if receipt.outcome == "unknown" else ""
    warned = f"{_WARNED}\n" if receipt.seems_final else ""
    return CalendarEvent(
        file="refile-by.ics",
        id=f"{receipt.order_id}/{receipt.attempt}/{stamp(receipt.created)}",
        at=moment,
        made=receipt.created,
        known=receipt.told,
        title=f"Latest time to file a dispute again (order {order})",
        text=(
            f"Latest time, not a promise: {when_utc(moment)} = {pacific(moment)}.\n{unclear}{warned}"
            "After that you can no longer dispute this order. If the problem is not fixed,"
            f" file again before.\nReceipt of attempt {receipt.attempt}, order {order}."
        ),
        alarms=(LIMITS.soon, _LAST_DAY),
    )


def pacific(moment: datetime) -> str:
    """A moment for people, in Pacific time, as the site shows it."""
    return f"{when_short(moment, _PACIFIC)} {moment.astimezone(_PACIFIC).tzname()}"


def _digits(text: str) -> str:
    """The ASCII digits of an id; only these may be in a file name or command."""
    return "".join(char for char in text if char in "0123456789")


def _short(order_id: str) -> str:
    """The last two groups: the last group alone is the same in all orders of one buyer."""
    return short(_digits(order_id) or "0000")


def _in_title(order_id: str) -> str:
    """All that a shared calendar may show of an order's number."""
    return f"\N{HORIZONTAL ELLIPSIS} {_short(order_id)}"
