"""The request that the guard holds, with all that another page needs to repeat it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl, urlsplit

from msgspec import Struct

from automation.engine.guard.requests.headers import OLD_HINTS, is_pages_own

if TYPE_CHECKING:
    from collections.abc import Mapping

    from automation.engine.devtools import AskedRequest

CLOSED_PORT: Final = 1
"""Chromium connects to it for no scheme, and looks up no name for it."""
_URLENCODED: Final = "application/x-www-form-urlencoded"
_ALWAYS_SENT: Final = frozenset({"sec-ch-ua", "sec-ch-ua-mobile", "sec-ch-ua-platform"})


class Original(Struct, frozen=True):
    """One request as the browser was about to send it.

    Args:
        how: Playwright's resource type: ``xhr``, ``fetch``, ``script`` or ``document``.
        page: address of the page that made it, without a fragment.
        headers: as the browser reports them before sending; ``Cookie`` and ``Origin`` only
            if it sends them.
        has_cookies: the browser has a cookie for ``url`` that it would send.
        in_frame: it navigates a frame of the page, not the page.
    """

    url: str
    method: str
    how: str
    page: str
    headers: tuple[tuple[str, str], ...]
    body: bytes | None = None
    has_cookies: bool = False
    in_frame: bool = False

    @property
    def is_navigation(self) -> bool:
        """Whether it replaces a page or a frame, as a form's POST does."""
        return self.how == "document"

    @property
    def origin(self) -> str:
        """The origin of the page."""
        return origin_text(self.page)

    @property
    def is_cross_origin(self) -> bool:
        """Whether page and address have different origins."""
        return origin_text(self.url) != self.origin

    @property
    def credentials(self) -> str:
        """The ``credentials`` option of ``fetch``: no cookies if the original sent none of its own."""
        carries = self.header("cookie") is not None or not self.has_cookies
        if carries:
            return "include"
        return "same-origin" if self.is_cross_origin else "omit"

    @property
    def mode(self) -> str:
        """The ``mode`` option of ``fetch``: a cross-origin call without ``Origin`` is ``no-cors``."""
        return "no-cors" if self.is_cross_origin and self.header("origin") is None else "cors"

    @property
    def reads_answer(self) -> bool:
        """Whether a page's script may read the whole answer."""
        return self.how in {"xhr", "fetch"} and self.mode == "cors"

    @property
    def cross_origin(self) -> str | None:
        """The ``crossorigin`` attribute of a script tag."""
        if self.header("origin") is None:
            return None
        return "use-credentials" if self.header("cookie") is not None else "anonymous"

    @property
    def own_headers(self) -> list[tuple[str, str]]:
        """The headers that the page's script set."""
        return [(name, value) for name, value in self.headers if is_pages_own(name, value)]

    @property
    def page_headers(self) -> dict[str, str]:
        """Headers of the blank page, so its request gets the same Referer and client hints."""
        made = {"Content-Type": "text/html; charset=utf-8", "Referrer-Policy": self._policy}
        hints = [name for name, _ in self.headers if _is_asked_for(name)]
        if hints:
            bare = (name.lower().removeprefix("sec-").removeprefix("ch-") for name in hints)
            shared = (f"ch-{name}=*" for name in bare)
            made |= {"Accept-CH": ", ".join(hints), "Permissions-Policy": ", ".join(shared)}
        return made

    @property
    def form(self) -> tuple[str, list[tuple[str, str]]]:
        """Encoding and fields of a form with the same content type; its bytes are replaced."""
        kind = (self.header("content-type") or _URLENCODED).partition(";")[0].strip().lower()
        if kind != _URLENCODED:
            return kind, [("x", "x")]
        text = (self.body or b"").decode("utf-8", "replace")
        return kind, parse_qsl(text, keep_blank_values=True)

    @property
    def partition(self) -> str:
        """An address of the site under which the browser keeps the request's partitioned cookies."""
        return self.url if self.is_navigation and not self.in_frame else self.page

    @property
    def begins_at(self) -> str:
        """Where a page begins the request.

        A browser preconnects to the address of a navigation, but refuses this port: so a
        navigation begins at the same site's closed door, and gets its address when it is held.
        """
        if not self.is_navigation:
            return self.url
        parts = urlsplit(self.url)
        host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
        return parts._replace(netloc=f"{host}:{CLOSED_PORT}").geturl()

    def is_same(self, method: str, url: str) -> bool:
        """Whether this is the request itself, as it begins."""
        return method == self.method and url.partition("#")[0] == self.begins_at.partition("#")[0]

    def is_preflight(self, asked: AskedRequest) -> bool:
        """Whether ``asked`` is the preflight of this request."""
        return str(asked["url"]).partition("#")[0] == self.url.partition("#")[0]

    def preflight_headers(self, asked: AskedRequest) -> dict[str, str]:
        """The headers that allow it."""
        wanted = {str(key).lower(): str(value) for key, value in asked["headers"].items()}
        return {
            "Access-Control-Allow-Origin": self.origin,
            "Access-Control-Allow-Credentials": "true",
            "Access-Control-Allow-Methods": self.method,
            "Access-Control-Allow-Headers": wanted.get("access-control-request-headers", ""),
        }

    def header(self, name: str) -> str | None:
        """The value of a header, by its lower-case name."""
        return next((value for key, value in self.headers if key.lower() == name), None)

    @property
    def _policy(self) -> str:
        referer = self.header("referer")
        if referer is None:
            return "no-referrer"
        return "unsafe-url" if urlsplit(referer).path not in {"", "/"} else "origin"


def page_of_origin(frame: str, headers: Mapping[str, str]) -> str:
    """The page of a request: its Referer, its frame's address, or its Origin."""
    referer, origin = headers.get("referer", ""), headers.get("origin", "")
    if urlsplit(referer).path not in {"", "/"}:
        return referer.partition("#")[0]
    if frame.startswith(("http://", "https://")) and origin in {"", "null", origin_text(frame)}:
        return frame.partition("#")[0]
    return referer or f"{origin}/"


def same_but_boundary(original: Original, content_type: str) -> bytes:
    """The body for a form that the browser gave another boundary."""
    body = original.body or b""
    old = _boundary(original.header("content-type") or "")
    new = _boundary(content_type)
    return body.replace(old, new) if old and new else body


def _boundary(content_type: str) -> bytes:
    return content_type.partition("boundary=")[2].strip('"').encode()


def _is_asked_for(name: str) -> bool:
    """Whether the browser adds this client hint only where a page asked for it."""
    plain = name.lower()
    asked = plain.startswith("sec-ch-") and plain not in _ALWAYS_SENT
    return asked or plain in OLD_HINTS


def origin_text(url: str) -> str:
    """Scheme, host and port as an ``Origin`` header writes them."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
