"""Request facts from Playwright and the DevTools protocol."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from playwright.async_api import Error

from automation.engine.guard.requests.classify import RequestFacts

if TYPE_CHECKING:
    from playwright.async_api import Page, Request

    from automation.engine.devtools import AskedRequest, RequestPaused


def facts_of(request: Request, *, new_window: bool = False) -> RequestFacts:
    """The facts of a routed request.

    A body of files is not shown here and counts as none; beneath the routes the browser
    reports it, and a permitted request is sent as seen.
    """
    return RequestFacts(
        url=request.url,
        method=request.method,
        resource_type=request.resource_type,
        body=request.post_data_buffer,
        frame_is_main=request.is_navigation_request() and _is_main(request),
        headers=request.headers,
        page=_document_of(request),
        new_window=new_window,
    )


def page_of(request: Request) -> Page | None:
    """The page of a request; None for workers and for a popup's first address."""
    try:
        return request.frame.page
    except Error:
        return None


def facts_of_paused(
    event: RequestPaused, *, main_frame: bool, new_window: bool = False, page: str = ""
) -> RequestFacts:
    """The facts of a ``Fetch.requestPaused`` event.

    Args:
        page: the address of the page; a request to another origin names only its page's origin.
    """
    request = event["request"]
    body, hidden = _body(request)
    return RequestFacts(
        url=str(request["url"]),
        method=str(request["method"]),
        resource_type=str(event.get("resourceType", "other")).lower(),
        body=body,
        frame_is_main=main_frame,
        body_unreadable=hidden,
        headers={str(k).lower(): str(v) for k, v in request.get("headers", {}).items()},
        page=page or str(request.get("headers", {}).get("Referer", "")),
        new_window=new_window,
    )


def _document_of(request: Request) -> str:
    """The address of the requesting document; for a navigation, its referrer."""
    if request.is_navigation_request():
        return request.headers.get("referer", "")
    try:
        return request.frame.url
    except Error:
        return ""


def _is_main(request: Request) -> bool:
    try:
        return request.frame.parent_frame is None
    except Error:  # a popup's first address comes before its frame
        return True


def _body(request: AskedRequest) -> tuple[bytes | None, bool]:
    """The body, and whether part of it is hidden, as files and blobs are, or cannot be read."""
    entries = request.get("postDataEntries") or []
    text = request.get("postData")
    try:
        if entries:
            parts = [base64.b64decode(entry["bytes"], validate=True) for entry in entries]
            return b"".join(parts), False
        if text is not None:
            return text.encode(), False
    except (KeyError, ValueError):
        return None, True
    return None, bool(request.get("hasPostData"))
