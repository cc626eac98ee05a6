"""The shapes of a page's calls: names, ways and keys, never a value."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from msgspec import Struct
from playwright.async_api import Error

from automation.engine.guard.report import key_names, redacted
from automation.engine.guard.requests.apis import declared_api
from automation.engine.guard.requests.payload_reader import read_payload

if TYPE_CHECKING:
    from playwright.async_api import BrowserContext, Request

    from automation.engine.guard import GuardReport, Traffic

_WAYS: Final = frozenset({"xhr", "fetch", "script"})
_NAME: Final = re.compile(r"[A-Za-z][\w.]{2,119}", re.ASCII)
# What a call of the gateway says about itself and not about the buyer.
_ENVELOPE: Final = frozenset(
    {
        "api", "appkey", "callback", "data", "datatype", "ecode", "jsv", "params", "sign", "t",
        "timeout", "type", "v",
    }
)  # fmt: skip


class CallShape(Struct, frozen=True):
    """One call of a page.

    Args:
        page: path of the page.
        name: of the API.
        method: of the request.
        way: what sent it: ``xhr``, ``fetch`` or ``script``.
        keys: the names of what it says.
    """

    page: str
    name: str
    method: str
    way: str
    keys: tuple[str, ...] = ()


class CallShapes:
    """Collects the shapes of the calls that a context's pages make, let through or not."""

    def __init__(self, context: BrowserContext, traffic: Traffic) -> None:
        self._traffic = traffic
        self._seen: dict[CallShape, None] = {}
        context.on("request", self._on_request)

    def of(self, path: str) -> tuple[CallShape, ...]:
        """The calls of the page at a path, each once."""
        return tuple(shape for shape in self._seen if shape.page == path)

    def _on_request(self, request: Request) -> None:
        name = declared_api(urlsplit(request.url).path, self._traffic)
        if (
            request.resource_type not in _WAYS
            or not _NAME.fullmatch(name)
            or redacted(name) != name
        ):
            return
        try:
            page = urlsplit(request.frame.url).path
        except (Error, ValueError):
            return
        self._seen[self._shape(request, name, page)] = None

    def _shape(self, request: Request, name: str, page: str) -> CallShape:
        body = request.post_data_buffer
        kind = request.headers.get("content-type", "")
        payload = read_payload(request.url, body, kind, self._traffic)
        keys = key_names(payload.keys - self._traffic.opaque_keys)
        own = tuple(key for key in keys if key.casefold() not in _ENVELOPE)
        return CallShape(page, name, request.method, request.resource_type, own)


def let_through(shape: CallShape, found: GuardReport) -> bool:
    """Whether the guard knew the call as a read."""
    held = {each.what for each in found.refused if each.is_held_back}
    return shape.name not in held
