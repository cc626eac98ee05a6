"""The relay by itself: what a guest sees of the buyer's browser and can do in it."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from automation.engine.session.attach.endpoint import find_endpoint
from automation.engine.session.attach.phone import commands_for
from automation.engine.session.attach.relay import RelayThread
from tests.engine.session.attach.a_phone import PHONE
from tests.own_loop import in_own_loop

if TYPE_CHECKING:
    from collections.abc import Iterable

    from websockets.asyncio.client import ClientConnection

    from automation.engine.devtools import TargetInfo

    Message = dict[str, Any]

_SCREEN = "Emulation.setDeviceMetricsOverride"


async def ask(guest: ClientConnection, number: int, method: str, **params: Any) -> list[Message]:  # noqa: ANN401  JSON values
    """Every message to the guest, up to and including the answer."""
    await guest.send(json.dumps({"id": number, "method": method, "params": params}))
    heard: list[Message] = []
    async with asyncio.timeout(20):
        while not heard or heard[-1].get("id") != number:
            heard.append(json.loads(await guest.recv()))
    return heard


def attached(heard: Iterable[Message]) -> list[str]:
    """Ids of the tabs that the guest knows of."""
    told = [each for each in heard if each.get("method") == "Target.attachedToTarget"]
    return [each["params"]["targetInfo"]["targetId"] for each in told]


def test_a_guest_sees_its_own_tabs_and_changes_nothing_else(theirs: str) -> None:
    """GIVEN a guest WHEN it looks and acts THEN it has only its own tab, closed when it goes."""
    noted: list[list[str]] = []

    async def work() -> None:
        thread = RelayThread()
        relay = await thread.start(
            (await find_endpoint(theirs, 20)).address, lambda own: noted.append(sorted(own)), 20
        )
        theirs_before = {str(t["targetId"]) for t in await tabs(thread)}
        address = await thread.open_for_guest(relay)
        with pytest.raises(InvalidStatus):
            await connect(address[:-1] + "x", proxy=None)
        guest = await connect(address, proxy=None)

        seen = await ask(
            guest, 1, "Target.setAutoAttach", autoAttach=True, waitForDebuggerOnStart=True,
            flatten=True,
        )  # fmt: skip
        assert attached(seen) == []  # though the browser has tabs
        assert theirs_before
        made = await ask(guest, 2, "Target.createTarget", url="about:blank")
        own = made[-1]["result"]["targetId"]
        assert attached(made) == [own]  # before the answer, as Playwright needs it
        assert noted == [[own]]

        context = {"browserContextId": await own_context(guest)}
        allowed = await ask(guest, 4, "Storage.clearCookies", **context)
        assert allowed[-1]["result"] == {}  # control: a context of its own is the guest's
        foreign = next(iter(theirs_before))
        another = (await thread.run(relay.ask("Target.createBrowserContext")))["browserContextId"]
        for number, (method, params) in enumerate(
            [
                ("Browser.close", {}),
                ("Browser.setDownloadBehavior", {"behavior": "deny"}),
                ("Storage.clearCookies", {}),
                ("Target.closeTarget", {"targetId": foreign}),
                ("Storage.clearCookies", {"browserContextId": another}),
                ("Target.createTarget", {"url": "about:blank", "browserContextId": another}),
                ("Target.disposeBrowserContext", {"browserContextId": another}),
            ],
            start=10,
        ):
            assert (
                "not allowed for a guest"
                in (await ask(guest, number, method, **params))[-1]["error"]["message"]
            )
        await guest.close()
        await thread.stop()  # the tab was not closed

        again = RelayThread()
        await again.start((await find_endpoint(theirs, 20)).address, lambda _: None, 20)
        assert {str(t["targetId"]) for t in await tabs(again)} == theirs_before
        await again.stop()

    in_own_loop(work())
    assert noted[-1] == []


async def own_context(guest: ClientConnection) -> str:
    """A context that the guest opens."""
    made = await ask(guest, 3, "Target.createBrowserContext")
    return str(made[-1]["result"]["browserContextId"])


async def tabs(thread: RelayThread) -> list[TargetInfo]:
    """The browser's tabs, as the relay asks for them."""
    relay = thread.relay
    assert relay is not None
    shown = await thread.run(relay.ask("Target.getTargets"))
    return [each for each in shown["targetInfos"] if each["type"] == "page"]


def test_a_phone_stays_one_when_a_further_session_ends(theirs: str) -> None:
    """GIVEN a second session of a phone's tab WHEN it ends THEN the tab has a phone's screen all the same.

    The control: a session that gave the tab another screen takes that away when it ends.
    """
    widths: list[int] = []
    larger = {
        "width": 700, "height": 900, "screenWidth": 700, "screenHeight": 900,
        "deviceScaleFactor": 1, "mobile": True,
    }  # fmt: skip

    async def work() -> None:
        thread = RelayThread()
        relay = await thread.start((await find_endpoint(theirs, 20)).address, lambda _: None, 20)
        relay.phone = commands_for(PHONE, "Chrome/156.0.0.0")
        guest = await connect(await thread.open_for_guest(relay), proxy=None)
        await ask(guest, 1, "Target.setAutoAttach", autoAttach=True, waitForDebuggerOnStart=True, flatten=True)  # fmt: skip
        made = await ask(guest, 2, "Target.createTarget", url="about:blank")
        tab = made[-1]["result"]["targetId"]
        [own] = [
            str(each["params"]["sessionId"])
            for each in made
            if each.get("method") == "Target.attachedToTarget"
        ]
        await tell(guest, 3, own, "Runtime.runIfWaitingForDebugger", {})
        for number, screen in ((10, None), (20, larger)):
            more = await ask(guest, number, "Target.attachToTarget", targetId=tab, flatten=True)
            session = str(more[-1]["result"]["sessionId"])
            if screen:
                await tell(guest, number + 1, session, _SCREEN, screen)
            await ask(guest, number + 2, "Target.detachFromTarget", sessionId=session)
            seen = await tell(guest, number + 3, own, "Runtime.evaluate", {"expression": "screen.width"})  # fmt: skip
            widths.append(int(seen["result"]["result"]["value"]))
        await guest.close()
        await thread.stop()

    in_own_loop(work())
    assert widths[0] == 412
    assert widths[1] != 412


async def tell(
    guest: ClientConnection, number: int, session: str, method: str, params: dict[str, Any]
) -> dict[str, Any]:
    """The answer to a command for one tab."""
    message = {"id": number, "method": method, "params": params, "sessionId": session}
    await guest.send(json.dumps(message))
    async with asyncio.timeout(20):
        while True:
            heard: dict[str, Any] = json.loads(await guest.recv())
            if heard.get("id") == number:
                return heard


def test_a_tab_stays_the_tools_own_while_any_of_its_sessions_is_open(theirs: str) -> None:
    """GIVEN a second session of an own tab WHEN it ends THEN the tab, and what it opens, is still own."""
    noted: list[list[str]] = []

    async def work() -> None:
        thread = RelayThread()
        relay = await thread.start(
            (await find_endpoint(theirs, 20)).address, lambda own: noted.append(sorted(own)), 20
        )
        guest = await connect(await thread.open_for_guest(relay), proxy=None)
        await ask(guest, 1, "Target.setAutoAttach", autoAttach=True, waitForDebuggerOnStart=True, flatten=True)  # fmt: skip
        own = (await ask(guest, 2, "Target.createTarget", url="about:blank"))[-1]["result"][
            "targetId"
        ]

        more = await ask(guest, 3, "Target.attachToTarget", targetId=own, flatten=True)
        await ask(guest, 4, "Target.detachFromTarget", sessionId=more[-1]["result"]["sessionId"])
        assert relay.own == {own}

        await ask(guest, 5, "Target.closeTarget", targetId=own)
        async with asyncio.timeout(20):
            while relay.own:
                await guest.recv()
        await guest.close()
        await thread.stop()

    in_own_loop(work())
    assert noted == [noted[0], []]
