"""``cancel --by-hand``: the buyer presses in a guarded window, and one matching request leaves."""

from __future__ import annotations

import sys
import tempfile
from typing import TYPE_CHECKING

import pytest

from automation.engine.journal import Journal
from tests.cli.calls import NO_SITE, ORDER, SAYS
from tests.conftest import CALM, GOOD_REASON
from tests.engine.session.browsers import chromium
from tests.human import closes, human, presses
from tests.ready.processes import HANGS_SECONDS, start

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.async_api import Page

    from fixtures import MimicSite
    from fixtures.pytest_plugin import Mimic
    from tests.cli.calls import Call, Called
    from tests.conftest import Tool
    from tests.shelf import Plans

BARE = {**CALM, "cookie_bar": False}
# Nothing of the way, the control, its dialog or its button is in the tool's words.
STRANGE = {
    "dispute_box": "Case under way",
    "cancel_request": "Pull it back",
    "cancel_title": "Really?",
    "cancel_text": "It ends then.",
    "cancel_confirm": "Go on",
}


@pytest.fixture(scope="module")
def theirs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The buyer's own browser, without a window: the scripted human sees it all the same."""
    with chromium(tmp_path_factory.mktemp("theirs"), "--disable-popup-blocking") as port:
        yield port


def order_of(site: MimicSite) -> str:
    """The order with the dispute."""
    return next(order.id for order in site.state.orders if any(x.dispute for x in order.lines))


def words(
    site: MimicSite, port: str, state: Path, *more: str, said: tuple[str, ...] = SAYS
) -> tuple[str, ...]:
    """The command line of a cancel by hand."""
    return (
        "cancel", order_of(site), *said, "--by-hand", "--attach", port, "--site", site.url,
        "--gateway", site.gateway_url, "--state-dir", str(state), "--timeout", "20", "--json", *more,
    )  # fmt: skip


def planned_by_hand(call: Call, site: MimicSite, port: str, state: Path) -> tuple[str, ...]:
    """The command line that carries out the plan of a dry run by hand."""
    dry = call(*words(site, port, state, "--dry-run"))
    assert dry.code == 0, dry.out + dry.err
    assert site.ledger.writes() == ()
    return words(site, port, state, "--plan", dry.json["plan"]["digest"])


@pytest.mark.timeout(900)  # only ends a run that hangs
@pytest.mark.further
def test_a_stranger_is_cancelled_by_hand(
    mimic: Mimic, call: Call, theirs: str, tmp_path: Path
) -> None:
    """GIVEN an unknown way, control, dialog and button WHEN a human presses THEN one write leaves.

    They press Accept first, which is held back and said.
    """
    site = mimic("zero-refund-proposal", entry="box-button", words=STRANGE, **BARE)
    opens = ("order/detail", presses("Case under way"))
    with human(theirs, opens):
        commit = planned_by_hand(call, site, theirs, tmp_path)
    accept = presses("Accept", "Confirm", "Pull it back", "Go on")

    with human(theirs, opens, ("reverse-pages", accept)):
        ran = call(*commit)

    assert (ran.code, ran.json["outcome"]) == (0, "done"), ran.out + ran.err
    site.ledger.assert_one_write()
    told = ran.json["by_hand"]
    assert [press["words"] for press in told["presses"]] == ["Pull it back", "Go on"]
    assert told["learned"] == [
        'words.en.labels.dispute_entry = ["Case under way"]',
        'words.en.labels.cancel_request = ["Pull it back"]',
        'words.en.dialog_questions = ["Really? It ends then."]',
        'words.en.labels.confirm = ["Go on"]',
    ]
    [held] = told["held_back"]
    assert (held["pressed"], held["line"]) == ("Accept → Confirm", "")
    assert "held back: 'Accept → Confirm': POST mtop" in ran.err
    assert "Cancel Request pressed by hand" in ran.json["consent"]
    with Journal.open(tmp_path) as journal:
        assert journal.attempts()[0].command == "cancel --by-hand"


@pytest.mark.further
def test_a_call_that_says_nothing_is_held_back_and_then_named(
    planned: Plans, tool: Tool, call: Call, theirs: str, tmp_path: Path
) -> None:
    """GIVEN a cancel whose call says nothing of it THEN it is held back, and its line permits it.

    The plan stays good, since nothing was sent.
    """
    site, _, digest = planned("quick", cancel={"api": "mtop.aliexpress.reverse.buyer.turnBack"})
    commit = words(site, theirs, tool.state_dir, "--plan", digest, said=GOOD_REASON)

    async def tries(page: Page) -> None:
        await presses("Cancel Request", "Confirm")(page)
        await (
            page.get_by_text("Something went wrong").or_(page.locator("[class*=toast]")).wait_for()
        )
        await closes(page)

    with human(theirs, ("reverse-pages", tries)):
        held = call(*commit)

    assert (held.code, held.json["error"]["code"]) == (1, "nothing_sent"), held.out + held.err
    site.ledger.assert_no_writes()
    [line] = {each["line"] for each in held.json["by_hand"]["held_back"]}
    assert line.removeprefix("traffic.") in held.json["error"]["hint"]
    data = tmp_path / "site.toml"
    data.write_text(line, "utf-8")

    with human(theirs, ("reverse-pages", presses("Cancel Request", "Confirm"))):
        ran = call(*commit, "--site-data", str(data))

    assert (ran.code, ran.json["outcome"]) == (0, "done"), ran.out + ran.err
    site.ledger.assert_one_write()


@pytest.mark.further  # tests/engine/test_human.py kills one
def test_a_killed_run_leaves_nothing_to_press_and_their_tabs_alone(
    planned: Plans, tool: Tool, theirs: str
) -> None:
    """GIVEN a run that is killed in the buyer's turn THEN its page is shut, and their own tab is not.

    The control: a moment before, the same page took their press.
    """
    site, _, digest = planned("quick")
    commit = words(site, theirs, tool.state_dir, "--plan", digest, said=GOOD_REASON)
    with tempfile.TemporaryFile() as out:
        running = start([sys.executable, "-m", "automation", *commit], stdin=out.fileno(), stdout=out.fileno(), stderr=out.fileno())  # fmt: skip

    async def killed(page: Page) -> None:
        mine = await page.context.new_page()
        await mine.goto("data:text/html,<title>Mine</title><input value=typed>")
        await page.bring_to_front()
        await presses("Cancel Request")(page)
        confirm = page.get_by_text("Confirm", exact=True).filter(visible=True).last
        await confirm.wait_for()
        box = await confirm.bounding_box()
        assert box is not None
        running.kill()
        await page.wait_for_function("document.body.inert")
        await page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        await mine.locator("input").fill("more")
        await mine.close()
        await page.close()

    with human(theirs, ("reverse-pages", killed)):
        pass  # one thread at a time may ask about the process
    running.wait(HANGS_SECONDS)

    site.ledger.assert_no_writes()


def no_window(call: Call, *more: str) -> Called:
    """A cancel by hand that would open no browser."""
    return call(
        "cancel", ORDER, *SAYS, "--by-hand", "--dry-run", *NO_SITE, "--json", *more, opens=False
    )


@pytest.mark.parametrize(
    "more",
    [("--headless",), (), ("--profile", "/"), ("--connect", "ws://127.0.0.1:9/", "--headed")],
)
def test_it_needs_a_window(call: Call, tmp_path: Path, more: tuple[str, ...]) -> None:
    """GIVEN a headless run THEN it is a usage error; in a browser of their own the run goes on."""
    ran = no_window(call, *more, "--state-dir", str(tmp_path))

    assert (ran.code, ran.sessions) == (2, [])
    assert "window" in ran.json["error"]["message"]
    there = no_window(call, "--attach", "http://127.0.0.1:9", "--state-dir", str(tmp_path))
    assert there.json["error"]["code"] == "interrupted", there.out
    assert there.request.escort is not None


@pytest.mark.parametrize(("display", "hint"), [(":9", "leave out --headless"), ("", "a display")])
def test_it_says_how_to_get_a_window(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, display: str, hint: str
) -> None:
    """GIVEN --headless THEN to leave it out where there is a display, else to go where there is one."""
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setenv("DISPLAY", display)

    ran = no_window(call, "--headless", "--state-dir", str(tmp_path))

    assert hint in ran.json["error"]["hint"]
