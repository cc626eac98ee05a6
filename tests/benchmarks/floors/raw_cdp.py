"""The same walk as ``tests.benchmarks.bare`` with Chromium's own protocol and nothing between.

Never use it to cancel anything real.
``python -m tests.benchmarks.floors.raw_cdp SITE BROWSER look|cancel``
"""

from __future__ import annotations

import contextlib
import itertools
import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from websockets.sync.client import connect

from automation.engine.session.launch.discovery import sandbox_arguments

if TYPE_CHECKING:
    from collections.abc import Iterator

    from websockets.sync.client import ClientConnection

_LISTENING: Final = "DevTools listening on "
_SECONDS: Final = 30.0
_RELOADS: Final = 3

# Resolves with the element, as soon as the page has it.
_FOUND: Final = """
const found = (look) => new Promise((resolve) => {
  const seen = () => { const it = look(); if (it) { watch.disconnect(); resolve(it); } };
  const watch = new MutationObserver(seen);
  watch.observe(document, { childList: true, subtree: true, characterData: true, attributes: true });
  seen();
});
// After the answer to the script, since a press may lead to another page, which ends it.
const press = (it) => { setTimeout(() => it.click()); };
const named = (text, inside = document) =>
  [...inside.querySelectorAll("*")].find((each) => !each.children.length && each.textContent.trim() === text);
"""
_DETAILS: Final = """found(() => [...document.querySelectorAll(".order-item")]
  .find((each) => each.querySelector(".order-item-bottom-action"))
  ?.querySelector(".order-item-header-detail")).then((it) => press(it))"""
_DISPUTE: Final = "found(() => named('Dispute in Progress')).then((it) => press(it))"
_BUTTON: Final = "found(() => named('Cancel Request'))"
_PRESSED: Final = f"{_BUTTON}.then((it) => press(it))"
_CONFIRM: Final = """found(() => [...document.querySelectorAll('[role=dialog] button')].at(-1))
  .then((it) => press(it))"""
_DONE: Final = "found(() => document.body?.innerText.includes('Request cancelled'))"


@dataclass
class Browser:
    """A connection to a browser: commands, and the events that came meanwhile."""

    wire: ClientConnection
    events: list[dict[str, Any]] = field(default_factory=list)
    _numbers: Iterator[int] = field(default_factory=itertools.count)

    def send(self, method: str, session: str | None = None, **params: object) -> dict[str, Any]:
        """The result of a command."""
        number = next(self._numbers)
        called = {"id": number, "method": method, "params": params}
        self.wire.send(json.dumps(called | ({"sessionId": session} if session else {})))
        while (message := self._next()).get("id") != number:
            self.events.append(message)
        if "error" in message:
            raise RuntimeError(message["error"]["message"])
        result: dict[str, Any] = message["result"]
        return result

    def wait(self, method: str, **wanted: object) -> dict[str, Any]:
        """The first event of a kind, heard already or still to come."""
        while True:
            for event in self.events:
                if event["method"] == method and wanted.items() <= _plain(event).items():
                    self.events.remove(event)
                    return event
            self.events.append(self._next())

    def do(self, session: str, script: str) -> None:
        """Run a script in a page, as if a person had just pressed something."""
        wrapped = f"(() => {{ {_FOUND} return {script}.then(() => true); }})()"
        done = self.send(
            "Runtime.evaluate", session, expression=wrapped, awaitPromise=True, userGesture=True
        )
        if "exceptionDetails" in done:
            raise RuntimeError(str(done["exceptionDetails"]))

    def attached(self, target: str) -> str:
        """A session with a page."""
        given = self.send("Target.attachToTarget", targetId=target, flatten=True)
        session: str = given["sessionId"]
        self.send("Page.enable", session)
        return session

    def _next(self) -> dict[str, Any]:
        message: dict[str, Any] = json.loads(self.wire.recv(_SECONDS))
        return message


def _plain(event: dict[str, Any]) -> dict[str, object]:
    info = event["params"].get("targetInfo", {})
    return {"session": event.get("sessionId"), "type": info.get("type")}


def walk(browser: Browser, site: str, *, cancel: bool) -> None:
    """My Orders, Order Details and the dispute; with ``cancel`` the click and its confirm too."""
    first = browser.send("Target.createTarget", url="about:blank")["targetId"]
    page = browser.attached(first)
    browser.send("Page.navigate", page, url=f"{site}/p/order/index.html")
    browser.wait("Page.domContentEventFired", session=page)
    browser.do(page, _DETAILS)
    browser.wait("Page.domContentEventFired", session=page)
    browser.send("Target.setDiscoverTargets", discover=True)
    browser.events.clear()
    browser.do(page, _DISPUTE)
    opened = browser.wait("Target.targetCreated", type="page")["params"]["targetInfo"]
    dispute = browser.attached(opened["targetId"])
    browser.do(dispute, _BUTTON)
    if cancel:
        browser.do(dispute, _PRESSED)
        browser.do(dispute, _CONFIRM)
        _wait_for_done(browser, dispute)


def _wait_for_done(browser: Browser, dispute: str) -> None:
    """The page may load itself again meanwhile, which ends a script in it."""
    for _ in range(_RELOADS):
        with contextlib.suppress(RuntimeError):
            browser.do(dispute, _DONE)
            return
    raise RuntimeError("the page does not say that it was cancelled")


def main() -> None:
    """Launch a browser, walk once, and end."""
    site, path, how = sys.argv[1:]
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        switches = ("--headless", "--remote-debugging-port=0", f"--user-data-dir={profile}")
        words = [path, *switches, "--no-first-run", *sandbox_arguments(), "about:blank"]
        with subprocess.Popen(words, stderr=subprocess.PIPE, text=True) as started:
            try:
                assert started.stderr is not None
                address = next(line for line in started.stderr if line.startswith(_LISTENING))
                with connect(address.removeprefix(_LISTENING).strip(), max_size=None) as wire:
                    browser = Browser(wire)
                    walk(browser, site, cancel=how == "cancel")
                    browser.send("Browser.close")
            except BaseException:
                started.kill()
                raise


if __name__ == "__main__":
    main()
