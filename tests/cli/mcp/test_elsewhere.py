"""The server with a browser that runs already: the buyer's own, and one on another machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cli.mcp.agent import LEGACY, MODERN, Human, as_agent, types
from tests.conftest import CALM, disputed_order
from tests.engine.session.browsers import chromium
from tests.engine.session.remote import playwright_server

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from pathlib import Path

    from fixtures.pytest_plugin import Mimic
    from tests.cli.mcp.agent import Agent
    from tests.conftest import Tool


def browser_for(way: str, folder: Path) -> AbstractContextManager[str]:
    """What runs there; yields its endpoint."""
    return chromium(folder) if way == "--attach" else playwright_server()


@pytest.mark.further
@pytest.mark.parametrize(
    ("way", "mode"),
    [("--attach", LEGACY), ("--connect", MODERN)],
)
def test_an_agent_cancels_in_a_browser_that_runs_already(
    mimic: Mimic, tool: Tool, tmp_path: Path, way: str, mode: str
) -> None:
    """GIVEN such a browser for every call THEN a list, a plan, one write, and a check of it."""
    site = mimic("quick", **CALM)
    order = disputed_order(site)
    human = Human([types(order[-8:-4])])

    async def work(agent: Agent) -> None:
        listed = await agent.call("list")
        assert [each["order"] for each in listed["disputes"]] == [order]
        digest = await agent.plan(order)
        assert site.ledger.writes() == ()
        done = await agent.call("cancel", order=order, plan=digest)
        assert (done["exit_code"], done["outcome"]) == (0, "done"), done
        assert "browser" in " ".join(words for _, words in agent.told)

    with browser_for(way, tmp_path / "profile") as endpoint:
        as_agent(tool, site, work, human=human, mode=mode, options=(way, endpoint))

    site.ledger.assert_one_write()
