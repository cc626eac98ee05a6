"""Delete an address of an account: a second irreversible request, from the engine's parts.

Read the page, plan, ask, write the intent to the journal, click once under one permit, and look
at fresh pages until the outcome is clear. Whatever is unclear is ``unknown``.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from msgspec import Struct

from automation.engine import api
from automation.engine.api import Event, Outcome, Reply, Sent, State, Target
from automation.errors import ErrorCode, ExitCode, ToolError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from playwright.async_api import Page

# The site's data: what its pages are, which call reads, and the word of the request.
TRAFFIC = api.Traffic.of_site(
    {
        "hosts": {},
        "pages": ["/address"],
        "reads": ["account.address.query"],
        "api_path": "/api/",
        "permitted_words": ["delete"],
        "id_words": ["address"],
    }
)


class Plan(Struct, frozen=True):
    """One deletion, ready for consent."""

    target: Target
    street: str

    @property
    def digest(self) -> str:
        """What is consented to."""
        return api.digest_of({"target": str(self.target), "street": self.street})


class Answer(Struct, frozen=True):
    """What became of it, what was sent, and what the pages show."""

    outcome: Outcome
    sent: Sent
    reason: str


async def delete_address(
    site: str, number: str, options: api.SessionOptions, consent: Callable[[Plan], bool]
) -> Answer:
    """Delete one address, or say why not; one request at most."""
    address = f"{site}/address?addressId={number}"
    target = Target(ids={"address": number}, words=f"address {number}")
    guard = api.Guard(api.SiteOrigins.only(site), TRAFFIC)
    async with api.open_session(options, guard) as session:
        with api.attempt_on(target, options.state_dir, command="delete", site=site) as log:
            plan = Plan(target, await street_of(session.page, address))
            log.record(Event.TARGET_READ, page=f"/address?addressId={number}")
            log.record(Event.PLANNED, digest=plan.digest)
            if not plan.street or not consent(plan):
                why = "declined" if plan.street else "it was deleted before"
                log.finish(Outcome.NOT_DONE, ExitCode.DECLINED, why)
                return Answer(Outcome.NOT_DONE, Sent.NOTHING, why)
            log.record(Event.CONSENTED, how="asked")
            answer = await commit(session, plan, address, log, options.timeout)
            log.finish(answer.outcome, api.EXIT_CODES[answer.outcome], answer.reason)
            return answer


async def street_of(page: Page, address: str) -> str:
    """The street that the page of an address shows; empty only if it says that it was deleted."""
    await page.goto(address)
    told = await page.locator("h1, p").inner_text()
    if await page.locator("h1").count() == 0 and told != "Deleted":
        raise ToolError(f"the page says {told!r}", code=ErrorCode.PAGE_NOT_RECOGNISED)
    return "" if told == "Deleted" else told


async def commit(
    session: api.Session, plan: Plan, address: str, log: api.AttemptLog, seconds: float
) -> Answer:
    """Send the one request and look what became of it."""
    session.guard.dialog_answer = lambda dialog: plan.street in dialog.message
    log.record(Event.INTENT, digest=plan.digest)
    log.record(Event.CLICKED)
    permit = session.guard.grant(api.PermitScope(plan.target), seconds=api.PERMIT_SECONDS)
    await session.page.get_by_role("button", name="Delete address", exact=True).click()
    sent = await api.what_was_sent(permit, session, seconds)
    if sent is Sent.NOTHING:
        return Answer(Outcome.NOT_DONE, sent, "the page sent nothing that fits the permit")
    case, look = api.Case(api.Past.SENDING, reply_of(permit.answer)), look_at(address)
    found = await api.look_until_clear(session, look, case, seconds, api.Pace())
    return Answer(found.outcome, sent, found.sentence)


def look_at(address: str) -> Callable[[Page], Awaitable[api.Finding]]:
    """What reads the page of an address afresh; a page that is not recognised is no finding."""

    async def look(page: Page) -> api.Finding:
        street = await street_of(page, address)
        state = State.OPEN if street else State.DONE
        seen = api.Look(api.Page.OWN, state, sure=True, control=bool(street))
        return api.Finding(api.seen_in(seen), f"the page shows {street or 'that it was deleted'}")

    return look


def reply_of(answer: api.PermitAnswer | None) -> Reply:
    """What the site's answer means."""
    if answer is None or answer.status != 200:
        return Reply.UNCLEAR
    return Reply.SUCCESS if json.loads(answer.body).get("success") else Reply.FAILURE
