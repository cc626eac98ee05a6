"""Let the buyer say what the page says after their cancel, where no list has its words.

They read it on a freshly loaded page. What they say is no proof by itself: the outcome is done
only if the site answered that it was, and two further looks at fresh pages show the same words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct
from msgspec.structs import replace
from playwright.async_api import Error

from automation.aliexpress.answer import NamedStatusAnswer
from automation.aliexpress.cancel.escort.learned import meaning
from automation.aliexpress.cancel.escort.taught import Taught
from automation.aliexpress.pages import take_snapshot
from automation.aliexpress.pages.snapshot import squeezed, text_of
from automation.aliexpress.site.additions import with_additions
from automation.aliexpress.walk.notice import asking_at_terminal
from automation.engine.session.picker import Bar, pick
from automation.errors import ToolError
from rules import DisputeStatus

if TYPE_CHECKING:
    from automation.aliexpress.cancel.verify import Subject
    from automation.aliexpress.found import Confirmed
    from automation.aliexpress.pages import DisputePage
    from automation.aliexpress.request import Escort
    from automation.aliexpress.walk.browse import Walk

_SECONDS: Final = 60.0
_ASK: Final = "Click the words that say that your dispute is cancelled."


class NewStatus(Struct, frozen=True):
    """What the buyer read the new status as.

    Args:
        words_read: as the page shows them.
    """

    lang: str
    words_read: str
    status: DisputeStatus

    @property
    def taught(self) -> Taught:
        """The same as site data, and who said it."""
        additions = meaning(self.lang, self.status.value, self.words_read)
        return Taught(additions).naming(self.words_read, self.status)


async def name_new_status(
    walk: Walk, subject: Subject, before: str, escort: Escort
) -> NewStatus | None:
    """Ask the buyer what the dispute's page says now, and read it like that in this run.

    Args:
        before: the words of the status before the request: the same again are no news.

    Returns:
        ``None`` if the page shows no new words, or the buyer does not know.
    """
    try:
        dispute = await walk.reload_dispute(subject.address, for_words=True)
        words = dispute.status_words
        if not words or words == before or dispute.status is not DisputeStatus.UNKNOWN:
            return None
        with walk.progress.waiting_for_human():
            status = await _meaning_of(walk, dispute, escort)
    except (ToolError, Error):
        return None
    if not status:
        return None
    named = NewStatus(dispute.lang, words, DisputeStatus(status))
    walk.site = with_additions(walk.site, named.taught.additions)
    return named


async def _meaning_of(walk: Walk, dispute: DisputePage, escort: Escort) -> str:
    """The status that the buyer names at the terminal, or by pointing where there is none."""
    await walk.page.bring_to_front()
    if escort.questions is not None:
        async with asking_at_terminal(walk.page.context):
            return await escort.questions.meaning_of(dispute.status_words, walk.site.statuses)
    escort.say(f"The page shows a status that is not known. {_ASK} Esc if it does not say so.")
    bar = Bar(
        _ASK,
        "dispute-guard does not pass your click on to the page. Press Esc if it does not say so.",
    )
    around = await pick(walk.page, bar, _SECONDS)
    if not around:
        return ""
    part = (await take_snapshot(walk.page, scope=around[0].place)).tree.body
    picked = squeezed(text_of(part)) if part else ""
    mine = squeezed(dispute.status_words)
    return DisputeStatus.CANCELLED.value if picked and (picked in mine or mine in picked) else ""


def with_new_status(confirmed: Confirmed, named: NewStatus) -> Confirmed:
    """What the run has learned, with what the buyer said at its end."""
    known = confirmed.learned
    learned = known | named.taught.additions if known else named.taught.additions
    by_hand = confirmed.by_hand
    lines = tuple(learned.lines)
    if by_hand is None:
        told = NamedStatusAnswer(said=named.taught.in_words, learned=lines)
        return replace(confirmed, learned=learned, named_status=told)
    said = (*by_hand.said, *named.taught.in_words)
    by_hand = by_hand.model_copy(update={"learned": lines, "said": said})
    return replace(confirmed, learned=learned, by_hand=by_hand)
