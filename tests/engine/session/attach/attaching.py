"""A session of the tool in the buyer's own browser."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from automation.aliexpress.site.traffic import site_traffic
from automation.engine.guard import Guard, SiteOrigins
from automation.engine.session.browser import Session, open_session
from automation.engine.session.options import SessionOptions

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.engine.guard.rig.loopback import Site


@asynccontextmanager
async def attached(port: str, site: Site, state: Path) -> AsyncIterator[Session]:
    """A session of the tool in the buyer's own browser."""
    guard = Guard(SiteOrigins.only(site.url), site_traffic(), own_pages_only=True)
    options = SessionOptions(state_dir=state, timeout=10, attach=port)
    async with open_session(options, guard) as session:
        yield session
