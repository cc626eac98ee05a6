"""What became of the one request: the site's answer, fresh pages, and the end that follows."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from automation.aliexpress.answer import Step
from automation.aliexpress.cancel.reply import in_words, read_reply, reply_in_its_words
from automation.aliexpress.cancel.verify import conclude
from automation.aliexpress.found import Confirmed, End, Replied
from automation.aliexpress.request import Escort
from automation.aliexpress.site.additions import with_additions
from automation.aliexpress.walk.progress import Untold
from automation.engine.journal import Event
from automation.engine.outcome import Case, Outcome, Past, Reply

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from automation.aliexpress.cancel.verify import Subject
    from automation.aliexpress.found import Part
    from automation.aliexpress.request import Request
    from automation.aliexpress.running import Run
    from automation.aliexpress.walk.browse import Walk
    from automation.engine.attempt import AttemptLog
    from automation.engine.journal import StoredPlan
    from automation.engine.looking import Concluded


class Conclusion(Struct, frozen=True):
    """Concludes a run whose request was sent, or may have been.

    Args:
        subject: the dispute before the request.
        status_before: its status then, in the page's words.
        stored: the plan that was spent; ``None`` if the buyer agreed at the terminal.
    """

    request: Request
    run: Run
    log: AttemptLog
    walk: Walk
    subject: Subject
    status_before: str
    stored: StoredPlan | None

    async def parts(self, confirmed: Confirmed) -> AsyncIterator[Part]:
        """Find out what became of the request, and end with that."""
        yield End(Outcome.UNKNOWN)
        self.log.record(Event.PERMIT_USED)
        self.walk.develop()
        replied = self._replied(confirmed)
        yield replied
        with self.run.step(Step.VERIFY) as running:
            running.page = "Order Details and Dispute"
            concluded, confirmed = await self._verified(replied.reply, confirmed)
            running.note = concluded.sentence
        yield confirmed
        yield end_of(concluded, replied, confirmed)
        self.log.record(
            Event.VERIFIED,
            outcome=concluded.outcome.value,
            by=concluded.verdict.reason,
            **({"status_named_by": "buyer"} if confirmed.said else {}),
        )
        token = replied.reply is Reply.TOKEN and concluded.outcome is Outcome.NOT_DONE
        if token and self.stored:
            self.log.return_plan(self.stored.digest)

    def _replied(self, confirmed: Confirmed) -> Replied:
        """What the site answered, and its own words; the journal has both."""
        heard = confirmed.permit.answer if confirmed.permit else None
        reply = read_reply(heard, second_held_back=self.run.second_held_back)
        said = "" if reply is Reply.SUCCESS else reply_in_its_words(heard)
        if heard is not None:
            self.log.record(Event.ANSWERED, answer=reply.value, status=heard.status, said=said)
        return Replied(reply, said)

    async def _verified(self, answer: Reply, confirmed: Confirmed) -> tuple[Concluded, Confirmed]:
        """What fresh pages show; the buyer can name a status in words that no list has."""
        subject, escort = self.subject, self._asked()
        if confirmed.learned is not None:
            # A control that they pressed and that is still there contradicts a cancel.
            self.walk.site = with_additions(self.walk.site, confirmed.learned)
        looked = await self._looked(subject, answer, ask_unread=escort is not None)
        if escort is None or not looked.unread:
            return looked, confirmed
        from automation.aliexpress.cancel.escort.new_status import (  # noqa: PLC0415  few are asked
            name_new_status,
            with_new_status,
        )

        named = await name_new_status(self.walk, subject, self.status_before, escort)
        if named is None:
            # The words may have been those of a moment.
            waits = self.request.escort is None
            return (await self._looked(subject, answer) if waits else looked), confirmed
        subject = replace(subject, named=named.words_read)
        return await self._looked(subject, answer), with_new_status(confirmed, named)

    def _asked(self) -> Escort | None:
        """Whom to ask what the page says: somebody who sees it, at its window."""
        request = self.request
        at_window = request.human is not None and request.questions is not None
        return request.escort or (Escort(questions=request.questions) if at_window else None)

    async def _looked(
        self, subject: Subject, answer: Reply, *, ask_unread: bool = False
    ) -> Concluded:
        return await conclude(
            dataclasses.replace(self.walk, progress=Untold(), offers=None),
            subject,
            Case(Past.SENDING, answer),
            self.walk.timeout,
            self.request.pace,
            ask_unread=ask_unread,
        )


def end_of(concluded: Concluded, replied: Replied, confirmed: Confirmed) -> End:
    """The end of a run whose request was sent: what fresh pages show, and what was answered."""
    is_done = concluded.outcome is Outcome.DONE
    reason = concluded.sentence
    if not is_done or replied.reply is Reply.SECOND:
        reason += f"; {in_words(replied.reply)}"
        reason += f" ('{replied.words}')" if replied.words else ""
    said = "".join(f"; {each}" for each in confirmed.said)
    return End(
        concluded.outcome,
        f"{reason}{said}{confirmed.another_dialog}",
        verified=concluded.outcome is not Outcome.UNKNOWN,
        at=Step.FINISHED if is_done else Step.VERIFY,
        unread=concluded.unread,
        lost=concluded.lost,
    )
