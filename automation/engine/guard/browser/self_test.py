"""Prove in the running browser that each layer works, without using the network.

The probes go to port 1 of a name that cannot exist. If a layer fails to stop one,
Chromium refuses that port before it looks up the name.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Final
from weakref import WeakSet

from playwright.async_api import Error

from automation.engine.guard.layers import Layer
from automation.errors import ErrorCode, Hint, ToolError

if TYPE_CHECKING:
    from collections.abc import Collection

    from playwright.async_api import Page

PROBE_HOST: Final = "dispute-guard-self-test.invalid"
_PROBES: Final = """async ([urls, ownWindows]) => {
  const native = (name, owner = window) =>
    typeof owner[name] === "function" && /\\[native code\\]/.test(
      Function.prototype.toString.call(owner[name]));
  await Promise.all(urls.map((url) => fetch(url, {method: "POST", body: "probe", mode: "no-cors"})
    .catch(() => 0)));
  const workers = window.ServiceWorkerContainer?.prototype;
  return ["Worker", "SharedWorker", "BroadcastChannel", "WebSocket", "EventSource", "RTCPeerConnection", "WebTransport",
    "fetchLater", "fetch"].filter((name) => native(name))
    .concat(native("sendBeacon", navigator) ? ["sendBeacon"] : [])
    .concat(ownWindows && native("open") ? ["open"] : [])
    .concat(["register", "getRegistration", "getRegistrations"].filter(
      (name) => workers && native(name, workers)));
}"""
_SOCKET: Final = "() => /\\[native code\\]/.test(Function.prototype.toString.call(WebSocket))"


class SelfTest:
    """Records which layers saw their probe."""

    def __init__(self) -> None:
        self._nonce = secrets.token_hex(8)
        self.seen: set[Layer] = set()
        self.without_workers: WeakSet[Page] = WeakSet()

    def url(self, layer: Layer) -> str:
        """The probe's address for ``layer``."""
        return f"https://{PROBE_HOST}:1/{self._nonce}/{layer.value}"

    def is_for(self, url: str, layer: Layer) -> bool:
        """Whether ``url`` is this test's probe for ``layer``."""
        return url == self.url(layer)

    async def run(
        self, page: Page, layers: Collection[Layer], *, own_windows: bool = False
    ) -> None:
        """Send the probes from ``page``, which must still be blank.

        Args:
            own_windows: pages open windows without a tie to them, as in the user's own browser.

        Raises:
            ToolError: a layer of ``layers`` does not work.
        """
        wanted = [layer for layer in (Layer.ROUTE, Layer.BROWSER_FETCH) if layer in layers]
        self.seen.clear()  # what an earlier page proved
        try:
            native = await page.evaluate(
                _PROBES, [[self.url(layer) for layer in wanted], own_windows]
            )
            bare_socket = await page.evaluate(_SOCKET)
        except Error as error:
            raise failed(["the page did not answer"]) from error
        missing = [layer.value for layer in wanted if layer not in self.seen]
        if Layer.SERVICE_WORKERS in layers and page not in self.without_workers:
            missing.append(Layer.SERVICE_WORKERS.value)
        if Layer.STUBS in layers and native:
            missing.append(f"{Layer.STUBS.value} ({', '.join(map(str, native))})")
        if Layer.WEB_SOCKETS in layers and bare_socket:
            missing.append(Layer.WEB_SOCKETS.value)
        if missing:
            raise failed(missing)


def failed(missing: list[str]) -> ToolError:
    """The error that ends a run before any page of the site was opened."""
    return ToolError(
        f"the guard does not work in this browser: {'; '.join(missing)}",
        code=ErrorCode.GUARD_SELF_TEST,
        hint=Hint.OTHER_BROWSER,
    )
