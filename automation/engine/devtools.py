"""What the DevTools protocol says, as far as the engine reads it.

Playwright hands on plain dictionaries; these types are their only description. A key that the
protocol calls optional is ``NotRequired``, and is read with ``get``. Source:
https://chromedevtools.github.io/devtools-protocol/tot/
"""

from __future__ import annotations

from typing import NotRequired, TypedDict


class HeaderRow(TypedDict):
    """``Fetch.HeaderEntry``."""

    name: str
    value: str


class PostDataEntry(TypedDict):
    """``Network.PostDataEntry``; a file or blob has no bytes."""

    bytes: NotRequired[str]


class AskedRequest(TypedDict):
    """``Network.Request``."""

    url: str
    method: str
    headers: dict[str, str]
    postData: NotRequired[str]
    hasPostData: NotRequired[bool]
    postDataEntries: NotRequired[list[PostDataEntry]]


class RequestPaused(TypedDict):
    """``Fetch.requestPaused``, before a request or, with a status or an error, at its answer."""

    requestId: str
    request: AskedRequest
    frameId: NotRequired[str]
    resourceType: NotRequired[str]
    networkId: NotRequired[str]
    redirectedRequestId: NotRequired[str]
    responseErrorReason: NotRequired[str]
    responseStatusCode: NotRequired[int]
    responseHeaders: NotRequired[list[HeaderRow]]


class RequestWillBeSent(TypedDict):
    """``Network.requestWillBeSent``."""

    requestId: str
    request: AskedRequest
    type: NotRequired[str]


class OfRequest(TypedDict):
    """``Network.loadingFinished`` and ``Network.requestWillBeSentExtraInfo``."""

    requestId: str


class LoadingFailed(OfRequest):
    """``Network.loadingFailed``."""

    errorText: NotRequired[str]


class FrameOfWorld(TypedDict):
    """What Chromium adds to a world: the frame that has it."""

    frameId: NotRequired[str]


class ScriptWorld(TypedDict):
    """``Runtime.ExecutionContextDescription``."""

    id: int
    name: str
    auxData: NotRequired[FrameOfWorld]


class WorldCreated(TypedDict):
    """``Runtime.executionContextCreated``."""

    context: ScriptWorld


class WorldDestroyed(TypedDict):
    """``Runtime.executionContextDestroyed``."""

    executionContextId: int


class BindingCalled(TypedDict):
    """``Runtime.bindingCalled``."""

    name: str
    payload: str
    executionContextId: int


class DialogClosed(TypedDict):
    """``Page.javascriptDialogClosed``."""

    result: bool


class TargetInfo(TypedDict):
    """``Target.TargetInfo``."""

    targetId: str
    type: str
    title: NotRequired[str]
    url: NotRequired[str]
    openerId: NotRequired[str]
    browserContextId: NotRequired[str]


class Params(TypedDict, total=False):
    """Parameters of the commands and events about targets."""

    targetId: str
    browserContextId: str
    sessionId: str
    targetInfo: TargetInfo
    waitingForDebugger: bool
    filter: list[dict[str, str]]
    disposeOnDetach: bool


class Result(TypedDict, total=False):
    """Results of the commands about targets, and of ``Browser.getVersion``."""

    userAgent: str
    targetId: str
    browserContextId: str
    sessionId: str
    targetInfos: list[TargetInfo]


class Refusal(TypedDict, total=False):
    """Why a command was refused."""

    code: int
    message: str


class Message(TypedDict, total=False):
    """A command, its answer, or an event; an answer and a command have an ``id``."""

    id: int
    method: str
    params: Params
    result: Result
    error: Refusal
    sessionId: str
