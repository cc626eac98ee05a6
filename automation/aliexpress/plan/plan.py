"""The plan of one cancel: what was read, the advice, and a digest over both."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from automation.aliexpress.answer import PlanContent
from automation.aliexpress.plan.order_number import telling
from automation.aliexpress.plan.said import buyer_says
from automation.aliexpress.plan.targets import dispute_target
from automation.aliexpress.site import DisputeIds
from automation.aliexpress.walk.order.reading import shown_deadline
from automation.engine.digest import digest_of
from automation.errors import ErrorCode, ExitCode, ToolError
from automation.text import clean_text
from rules.verdicts import as_utc_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from automation.aliexpress.pages import DisputePage, OrderPage
    from automation.aliexpress.site import Addresses
    from automation.aliexpress.walk.order.reading import Reading
    from automation.engine.target import Target
    from rules import Advice, Facts

LIFETIME = timedelta(minutes=15)
_TITLE_LIMIT = 80
_OFFER_LIMIT = 160
# The fields of a plan that mean something to a reader; hashes do not.
_NAMES: Final = {
    "site": "site",
    "origin": "address of the site",
    "order_id": "order",
    "reverse_line_id": "dispute",
    "trade_line_id": "line",
    "amount": "claim",
    "offers": "open offers",
    "status": "status",
    "status_words": "status line",
    "unverified": "unverified labels",
    "protection_deadline": "end of the protection",
    "refile_by": "file again by",
    "verdict": "verdict",
    "findings": "findings",
    "accepted_risks": "accepted risks",
    "rules_version": "version of the rules",
}


class Plan(PlanContent):
    """One cancel, ready for consent.

    The same pages and options give the same digest; otherwise the plan is stale.
    """

    @property
    def digest(self) -> str:
        """Twelve hex digits of SHA-256 over what the plan says; when it expires stands beside it."""
        return digest_of(self.model_dump(mode="json", exclude={"created", "expires"}))

    @property
    def target(self) -> Target:
        """What the one request changes."""
        return dispute_target(self.order_id, DisputeIds(self.reverse_line_id, self.trade_line_id))

    @property
    def consent_digits(self) -> str:
        """What the buyer types as consent: the group of digits that no other order shares."""
        return telling(self.order_id)

    def until(self, expires: datetime) -> Plan:
        """This plan with another expiry, that of the one that the buyer has read."""
        return self.model_copy(update={"expires": expires})

    def kept(self) -> dict[str, object]:
        """What the journal keeps: all but the times, the item's title and the buyer's words."""
        return self.model_dump(mode="json", exclude={"created", "expires", "item", "buyer_says"})

    def is_expired(self, now: datetime) -> bool:
        """True from the time of expiry."""
        return now >= self.expires

    def as_json(self) -> dict[str, object]:
        """The ``plan`` object of the JSON answer."""
        return {"digest": self.digest, **self.model_dump(mode="json")}


class StalePlanError(ToolError):
    """What was read is no longer what the buyer consented to (exit 7).

    Args:
        seen: what is wrong with the plan.
        changes: what differs from it, one line each.
    """

    def __init__(self, seen: str, changes: Iterable[str] = ()) -> None:
        self.changes = tuple(changes)
        shown = f" ({'; '.join(self.changes[:3])})" if self.changes else ""
        super().__init__(
            f"{seen}{shown}",
            code=ErrorCode.PLAN_STALE,
            exit_code=ExitCode.PLAN_STALE,
            hint="make a new plan with --dry-run and read it",
        )


def make_plan(
    *,
    addresses: Addresses,
    seen: Reading,
    dispute: DisputePage,
    said: Facts,
    advice: Advice,
    accepted: Iterable[str],
    now: datetime,
) -> Plan:
    """Make a plan, valid for 15 minutes, from what was read, said and advised.

    Args:
        addresses: of the site that was read.
        dispute: its page, as it was read last.
        accepted: rules whose risk the buyer accepts.
    """
    created = now.astimezone(UTC).replace(microsecond=0)
    order = seen.order
    return Plan(
        site="real" if addresses.is_real else "mimic",
        origin=addresses.origin,
        order_id=order.order_ids[0],
        reverse_line_id=dispute.ids.reverse_line_id,
        trade_line_id=dispute.ids.trade_line_id,
        item=clean_text(seen.item, _TITLE_LIMIT),
        amount=clean_text(dispute.amount, _TITLE_LIMIT),
        offers=tuple(clean_text(each.in_words, _OFFER_LIMIT) for each in dispute.offers),
        status=dispute.status,
        status_words=clean_text(dispute.status_words, _TITLE_LIMIT),
        unverified=tuple(clean_text(each) for each in dispute.unverified),
        protection_deadline=shown_deadline(order, dispute),
        refile_by=as_utc_text(advice.refile_by) if advice.refile_by else None,
        verdict=advice.verdict.value,
        findings=tuple(sorted(f"{f.rule}:{f.severity.value}" for f in advice.findings)),
        accepted_risks=tuple(sorted(set(accepted))),
        said=_hash(_words_of(said)),
        buyer_says=buyer_says(said),
        rules_version=advice.rules_version,
        fingerprint=fingerprint(order, dispute),
        created=created,
        expires=created + LIFETIME,
    )


def fingerprint(order: OrderPage, dispute: DisputePage) -> str:
    """A hash of what the two pages show, without links and addresses."""
    return _hash(_read_parts(order, dispute))


def _hash(value: object) -> str:
    """Sixteen hex digits, so that the hashed words stay out of journal and plan."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _read_parts(order: OrderPage, dispute: DisputePage) -> dict[str, object]:
    return {
        "order": order.order_ids,
        "order_status": order.status,
        "lines": [(line.title, line.sku, line.price) for line in order.lines],
        "order_deadline": order.deadline,
        "ids": (dispute.ids.reverse_line_id, dispute.ids.trade_line_id),
        "status": dispute.status_words,
        "deadline": dispute.deadline,
        "edits": dispute.edits_used,
        "amount": dispute.amount,
        "cancel": dispute.cancel_labels,
        "messages": [each.lasting for each in dispute.messages],
    }


def check_made_here(digest: str, made_on: str, here: str) -> None:
    """Require the site that a plan was made on: consent is to what that site showed.

    Args:
        made_on: the origin of that site; empty if it is unknown.
        here: the origin of this one.

    Raises:
        StalePlanError: it was made on another site.
    """
    if made_on != here:
        where = f"on {made_on}" if made_on else "by another version of dispute-guard"
        raise StalePlanError(f"plan {digest} was made {where}, and this is {here}")


def differences(old: dict[str, object], new: Plan) -> list[str]:
    """What changed between a stored plan and the one read now, one line each."""
    now = new.kept()
    changed = [key for key in now if old.get(key) != now[key]]
    lines = [
        f"{name}: {_in_words(old.get(key))} → {_in_words(now[key])}"
        for key, name in _NAMES.items()
        if key in changed
    ]
    if "said" in changed:
        lines.append("your options differ from those of the dry run")
    if "fingerprint" in changed and not lines:
        lines.append("messages, edits, items, prices or buttons on the pages changed")
    return lines


def _in_words(value: object) -> str:
    if isinstance(value, (list, tuple)):
        return ", ".join(str(each) for each in value) or "none"
    return str(value) if value else "unknown"


def _words_of(said: Facts) -> dict[str, object]:
    """What the buyer said, without the clock."""
    return {k: v for k, v in asdict(said).items() if k != "now" and v is not None}
