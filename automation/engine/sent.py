"""Whether a run has sent its request: decided here, and nowhere else."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from playwright.async_api import Error

from automation.engine.outcome import Sent

if TYPE_CHECKING:
    from automation.engine.guard import Permit
    from automation.engine.session.browser import Session

__all__ = ["PERMIT_SECONDS", "Sent", "what_was_sent"]

PERMIT_SECONDS: Final = 10.0
"""Most time between the click and the request that it sends."""
_ALIVE_SECONDS: Final = 5.0


async def what_was_sent(permit: Permit, session: Session, seconds: float) -> Sent:
    """Wait for the request and its answer, and take the permit back if it was not used.

    Args:
        permit: handed out right before the click.
        session: its browser; one that lost its driver silently lets paused requests go, so an
            unused permit proves nothing then.
        seconds: most time to wait for the answer.
    """
    await permit.settled(seconds)
    if permit.state == "used":
        return Sent.ONE if permit.may_have_sent else Sent.NOTHING
    permit.revoke()
    return Sent.NOTHING if await _is_guarded(session) else Sent.MAYBE


async def _is_guarded(session: Session) -> bool:
    """True if the guard is still between page and network."""
    try:
        async with asyncio.timeout(_ALIVE_SECONDS):
            page = await session.new_page()
            await page.close()
    except (Error, TimeoutError):
        return False
    return True
