"""The attempts on an order in the journal: what they write, and what earlier ones mean now.

``--item`` with a number counts the disputes that the order's page shows now: once the first is
cancelled, the second is number 1. So the journal keeps what the buyer called a dispute, and a
number that named another one before is ambiguous. While an order has an attempt with an
unknown outcome, every end of a run names ``verify``.
"""

from __future__ import annotations

import re
from contextlib import closing
from itertools import islice
from shlex import quote
from typing import TYPE_CHECKING, Final

from automation.aliexpress.plan.targets import dispute_target, ids_of, order_target
from automation.aliexpress.site.addresses import REAL_SITE, path_and_query
from automation.engine.attempt import AttemptLog
from automation.engine.journal import Event, Journal, StoredPlan, journal_exists
from automation.errors import ErrorCode, ExitCode, ToolError
from automation.text import pasted, when_utc

_SITE_OPTIONS: Final = re.compile(r" --(?:site|gateway) (?:'[^']*'|\S+)")
_ENDPOINT: Final = re.compile(r" --connect (?:'[^']*'|\S+)")
_SENDING: Final = frozenset({Event.CLICKED, Event.PERMIT_USED})

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from automation.aliexpress.pages import DisputePage
    from automation.aliexpress.plan.plan import Plan
    from automation.aliexpress.request import Request
    from automation.aliexpress.site import DisputeIds
    from automation.engine.journal import Attempt, AttemptEvent


def begin_attempt(journal: Journal, request: Request, command: str, version: str) -> AttemptLog:
    """Start an attempt on the request's order."""
    return AttemptLog.begin(
        journal,
        order_target(request.order_id),
        request.moment,
        command=_spelled(command, request),
        site=request.addresses.origin,
        gateway=request.addresses.gateway or "",
        surface=request.surface,
        version=version,
    )


def _spelled(command: str, request: Request) -> str:
    """The command with the options that say who presses, and whether anything can be sent."""
    options = ("--dry-run" if request.dry_run else "", "--by-hand" if request.escort else "")
    return " ".join(filter(None, (command, *options)))


def record_dispute(log: AttemptLog, request: Request, dispute: DisputePage) -> None:
    """Note the dispute, what the buyer called it, and the address of its page."""
    log.set_target(dispute_target(request.order_id, dispute.ids))
    log.record(
        Event.TARGET_READ,
        status=dispute.status,
        page=path_and_query(dispute.address),
        **({"item": named} if (named := request.called or request.item) else {}),
    )


def keep_plan(log: AttemptLog, plan: Plan) -> None:
    """Keep a dry run's plan for ``--plan``."""
    log.journal.save_plan(
        StoredPlan(plan.digest, plan.target, plan.created, plan.expires, plan.kept())
    )


def is_meant(attempt: Attempt, events: tuple[AttemptEvent, ...], item: str | None) -> bool:
    """True if the item is absent, or names this attempt's dispute by id or as it did then."""
    ids = ids_of(attempt)
    if item is None or item in (ids.reverse_line_id, ids.trade_line_id):
        return True
    return any(
        event.event is Event.TARGET_READ and event.details.get("item") == item for event in events
    )


def made_on_this_site(attempt: Attempt, request: Request) -> bool:
    """True if both are about the same origin: no site, and no mimic, proves another's."""
    return attempt.site == request.addresses.origin


def verify_on(command: str, attempt: Attempt, here: str = REAL_SITE) -> str:
    """The call of ``verify`` that settles an attempt, with what its own site needs.

    Args:
        command: the call on this site.
        here: the origin of this site.
    """
    site, gateway = attempt.site, attempt.gateway
    if site == here and (not gateway or " --gateway " in command):
        return command
    there = "" if site == REAL_SITE == here else f" --site {quote(site)}"
    api = f" --gateway {quote(gateway)}" if gateway else ""
    return f"{_SITE_OPTIONS.sub('', command)}{there}{api}"


def without_endpoint(command: str) -> str:
    """The same call, for a remote browser in place of the one that is gone."""
    return _ENDPOINT.sub(" --connect ENDPOINT", command)


def verify_commands(attempts: Iterable[Attempt], request: Request, command: str) -> tuple[str, ...]:
    """The calls of ``verify`` that settle these attempts, each once.

    Args:
        command: the one on the site of this request.
    """
    here = request.addresses.origin
    return tuple(dict.fromkeys(verify_on(command, each, here) for each in attempts))


def at_work(request: Request, journal: Journal) -> tuple[Attempt, ...]:
    """The newest attempt on the order that has not ended and can send, if there is one.

    None for a journal that cannot be read: those who need it report the problem.
    """
    try:
        found = journal.attempts(on=order_target(request.order_id))
    except ToolError:
        return ()
    going = (each for each in found if each.outcome is None and "--dry-run" not in each.command)
    return tuple(islice(going, 1))


def ended_on(request: Request, journal: Journal) -> list[Attempt]:
    """Finished attempts on the dispute of this request, newest first."""
    found = []
    for attempt in journal.attempts(on=order_target(request.order_id)):
        if not made_on_this_site(attempt, request) or attempt.outcome not in {"done", "not_done"}:
            continue
        events = journal.events(attempt.id)
        read = any(event.event is Event.TARGET_READ for event in events)
        if read and is_meant(attempt, events, request.item):
            found.append(attempt)
    return found


def name_earlier_cancel(
    refusal: ToolError, journal: Journal, request: Request, ids: DisputeIds | None
) -> None:
    """Add to the refusal of a dispute that is over that the buyer cancelled it, and when.

    Args:
        ids: the dispute; ``None`` if the order shows none.
    """
    for attempt in ended_on(request, journal):
        mine = ids_of(attempt)
        sent = [event.at for event in journal.events(attempt.id) if event.event in _SENDING]
        if attempt.outcome != "done" or not sent or (ids and not ids.agrees_with(mine)):
            continue
        when = when_utc(sent[-1]).partition(" ")[2]
        told = f"you cancelled dispute {mine.reverse_line_id or mine.name} on {when} (attempt {attempt.id})"
        refusal.message = f"{refusal.message.rstrip('.')}; {told}"
        refusal.hint = f"{told}; {refusal.hint}"
        return


def refuse_if_moved(journal: Journal, request: Request, ids: DisputeIds) -> None:
    """Stop if the same item named a dispute that has been cancelled since.

    Raises:
        ToolError: the buyer must name the dispute by its id (exit 5).
    """
    if request.item is None or request.item in (ids.reverse_line_id, ids.trade_line_id):
        return
    for attempt in ended_on(request, journal):
        before = ids_of(attempt)
        if attempt.outcome == "done" and before and not before.agrees_with(ids):
            raise ToolError(
                f"--item {request.item} is now dispute {ids.name}; it was dispute {before.name}, "
                f"which attempt {attempt.id} cancelled",
                code=ErrorCode.ITEM_MOVED,
                exit_code=ExitCode.PAGE_NOT_RECOGNISED,
                hint=f"pass --item {ids.name} to cancel this one",
            )


def refuse_elsewhere(journal: Journal, request: Request, command: str) -> None:
    """Stop a ``verify`` that names no site if every attempt on its order was made on another one.

    Args:
        command: the call on the site of this request.

    Raises:
        ToolError: with the call for the site where they were made: exit 8 while one of them may
            have sent its request, else exit 2.
    """
    order, here = order_target(request.order_id), request.addresses.origin
    made, unclear = journal.attempts(on=order), journal.open_intents(order)
    if not made or any(made_on_this_site(each, request) for each in made):
        return
    calls = verify_commands(unclear or made[:1], request, command)
    there = " and ".join(dict.fromkeys(each.site for each in unclear or made[:1]))
    raise ToolError(
        f"order {request.order_id} was tried on {there}, never on {here}",
        code=ErrorCode.UNSETTLED_ATTEMPT if unclear else ErrorCode.USAGE,
        exit_code=ExitCode.UNKNOWN_OUTCOME if unclear else ExitCode.USAGE,
        hint=f"run {' and '.join(map(pasted, calls))}; to look at {here} all the same, "
        f"add --site {here}",
    )


def unsettled(state_dir: Path, order_id: str) -> tuple[Attempt, ...]:
    """The attempts on an order that may have sent a request and are not settled.

    None for a journal that cannot be read: those who need it report the problem.
    """
    if not journal_exists(state_dir):
        return ()
    try:
        with closing(Journal.open(state_dir)) as journal:
            return journal.open_intents(order_target(order_id))
    except ToolError:
        return ()


def unsettled_page(request: Request) -> str:
    """The address of the dispute page of the newest unsettled attempt; empty if there is none.

    After a cancel nothing on Order Details may lead there any more.
    """
    if not journal_exists(request.state_dir):
        return ""
    with closing(Journal.open(request.state_dir)) as journal:
        made_here = (
            attempt
            for attempt in journal.open_intents(order_target(request.order_id))
            if made_on_this_site(attempt, request)
        )
        paths = [
            str(event.details["page"])
            for attempt in made_here
            for event in journal.events(attempt.id)
            if event.event is Event.TARGET_READ and event.details.get("page")
        ]
    return f"{request.addresses.origin}{paths[-1]}" if paths else ""


def verify_first(*commands: str) -> str:
    """The hint at every end of a run while an attempt is unsettled."""
    calls = " and ".join(map(pasted, commands))
    return f"run {calls} before you cancel again"
