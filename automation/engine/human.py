"""Let a human act in the guarded pages: show them words of the tool's own, and note what they press.

The words are outside the page's reach: a script in a world of its own draws them, and they take
no clicks. Only what the browser calls trusted is noted, so that no page can forge a press. So a
request can be tied to a hand as well: ``led_to`` says whether somebody pressed just before it.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import math
import secrets
import time
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Final, Literal, Self

from msgspec import Struct
from playwright.async_api import Error
from pydantic import BaseModel, ConfigDict, ValidationError

from automation.engine.session.translation import MARKS

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

    from playwright.async_api import BrowserContext, CDPSession, Page

    from automation.engine.devtools import BindingCalled, DialogClosed, WorldCreated, WorldDestroyed

Tone = Literal["ask", "held", "sent", "over"]
_SHOW_SECONDS: Final = 1.0
_PUT_SECONDS: Final = 5.0
_MOST_PRESSES: Final = 200
_HAND: Final = "hand"
# A page may ask something else before it sends what a press was for.
_JUST_SECONDS: Final = 15.0
# The news of a press and the request that it caused come by different ways.
_NEWS_SECONDS: Final = 1.0


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=False, defer_build=True)


class Marks(_Part):
    """What markup tells of an element; ``data`` has its short ``data-`` attributes."""

    tag: str
    classes: tuple[str, ...] = ()
    role: str = ""
    data: dict[str, str] = {}


class Press(Marks):
    """One trusted click.

    Args:
        words: what the pressed element is called.
        names: what it could be called as well, the likeliest first.
        control: it looks like something to press; a click beside one hits any element.
        dialog: the words of the dialog around it without those of its buttons.
        around: that dialog.
        page: path of the page.
        translated: another program wrote the words into the page.
    """

    words: str
    names: tuple[str, ...] = ()
    control: bool = True
    dialog: str = ""
    around: Marks | None = None
    page: str = ""
    translated: bool = False


class Notice(Struct, frozen=True):
    """What the pages show.

    Args:
        left: how much time is left, if it matters.
        held: what was held back last.
        over: nothing follows: a page that hears no more is no sign of a killed run.
    """

    title: str
    lines: tuple[str, ...] = ()
    left: str = ""
    held: str = ""
    tone: Tone = "ask"
    over: bool = False

    def as_json(self) -> dict[str, object]:
        """The state that the script draws."""
        return {
            "title": self.title,
            "lines": list(self.lines),
            "left": self.left,
            "held": self.held,
            "tone": self.tone,
            "over": self.over,
        }


@dataclass
class HumanWatch:
    """The pages of a context while a human acts in them; use it as a context manager.

    Args:
        context: the guarded context; every page of it is watched, also those that open later.
    """

    context: BrowserContext
    presses: list[Press] = field(default_factory=list)
    _name: str = field(default_factory=lambda: f"dg{secrets.token_hex(8)}")
    _pages: dict[Page, _Watched] = field(default_factory=dict)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    async def __aenter__(self) -> Self:
        self.context.on("page", self._on_page)
        for page in self.context.pages:
            self._on_page(page)
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=_PUT_SECONDS)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.context.remove_listener("page", self._on_page)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*(each.end() for each in self._pages.values()))

    async def led_to(self, page: Page | None) -> bool:
        """Whether a human pressed something on a page just before; waits a moment for the news.

        A native dialog stops the page: an answer to one that a press led to counts anew.
        """
        watched = self._pages.get(page) if page is not None else None
        return watched is not None and await watched.was_touched(_NEWS_SECONDS)

    def forget(self) -> None:
        """What was pressed so far leads to nothing any more."""
        for each in self._pages.values():
            each.forget()

    async def show(self, words: Notice, *, beside: Page | None = None) -> None:
        """Show words on every page; one that is gone, busy or asks something is left out.

        Args:
            beside: a page that shows none.
        """
        state = words.as_json()
        shown = [watched for page, watched in self._pages.items() if page is not beside]
        await asyncio.gather(*(each.show(state) for each in shown))

    def _on_page(self, page: Page) -> None:
        task = asyncio.ensure_future(self._watch(page))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _watch(self, page: Page) -> None:
        with contextlib.suppress(Error):  # the page is gone
            session = await self.context.new_cdp_session(page)
            watched = _Watched(session, self._name, self._note)
            self._pages[page] = watched
            await watched.begin()

    def _note(self, told: str) -> None:
        """Keep a press; whatever else comes is no press."""
        with contextlib.suppress(ValidationError):
            if len(self.presses) < _MOST_PRESSES:
                self.presses.append(Press.model_validate_json(told))


@dataclass
class _Watched:
    """One page, and the worlds of the script in it."""

    session: CDPSession
    name: str
    note: Callable[[str], None]
    _worlds: dict[int, str] = field(default_factory=dict)
    _touched: float = -math.inf
    _news: asyncio.Event = field(default_factory=asyncio.Event)
    _asks: bool = False

    @property
    def _is_fresh(self) -> bool:
        return time.monotonic() - self._touched < _JUST_SECONDS

    def forget(self) -> None:
        """Forget the last press."""
        self._touched = -math.inf
        self._news.clear()

    async def was_touched(self, seconds: float) -> bool:
        """Whether a hand pressed something here just before."""
        if not self._is_fresh:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(seconds):
                    await self._news.wait()
        return self._is_fresh

    async def begin(self) -> None:
        """Put the script into this page and into whatever it will show."""
        session = self.session
        session.on("Runtime.executionContextCreated", self._created)
        session.on("Runtime.executionContextDestroyed", self._destroyed)
        session.on("Runtime.executionContextsCleared", lambda _: self._worlds.clear())
        session.on("Runtime.bindingCalled", self._called)
        session.on("Page.javascriptDialogOpening", self._asked)
        session.on("Page.javascriptDialogClosed", self._answered)
        await session.send("Runtime.enable")
        await session.send(
            "Runtime.addBinding", {"name": self.name, "executionContextName": self.name}
        )
        await session.send("Page.enable")
        names = [self.name, _HAND, MARKS]
        await session.send(
            "Page.addScriptToEvaluateOnNewDocument",
            {
                "source": f"const [NAME, HAND, TRANSLATED] = {json.dumps(names)};\n{_script()}",
                "worldName": self.name,
                "runImmediately": True,
            },
        )

    async def show(self, state: dict[str, object]) -> None:
        """Draw the words in each document of the page that has the script."""
        call = f"globalThis.dgShow?.({json.dumps(state)})"
        for world in tuple(self._worlds):
            # A page that shows a native dialog answers nothing until it is closed.
            with contextlib.suppress(Error, TimeoutError):
                async with asyncio.timeout(_SHOW_SECONDS):
                    await self.session.send(
                        "Runtime.evaluate", {"expression": call, "contextId": world}
                    )

    async def end(self) -> None:
        """Leave the page: a native dialog that is still open gets a no."""
        with contextlib.suppress(Error, TimeoutError):
            async with asyncio.timeout(_SHOW_SECONDS):
                await self.session.send("Page.handleJavaScriptDialog", {"accept": False})
        with contextlib.suppress(Error, TimeoutError):
            async with asyncio.timeout(_SHOW_SECONDS):
                await self.session.detach()

    def _created(self, event: WorldCreated) -> None:
        made = event["context"]
        if made["name"] == self.name:
            self._worlds[int(made["id"])] = str(made.get("auxData", {}).get("frameId", ""))

    def _destroyed(self, event: WorldDestroyed) -> None:
        self._worlds.pop(int(event["executionContextId"]), None)

    def _called(self, event: BindingCalled) -> None:
        if event["name"] != self.name or int(event["executionContextId"]) not in self._worlds:
            return
        if event["payload"] == _HAND:
            self._touch()
        else:
            self.note(str(event["payload"]))

    def _touch(self) -> None:
        self._touched = time.monotonic()
        self._news.set()

    def _asked(self, _event: object) -> None:
        self._asks = self._is_fresh

    def _answered(self, event: DialogClosed) -> None:
        """An answer to the page's own question is a press as well, if a press led to it."""
        if self._asks and event["result"]:
            self._touch()
        self._asks = False


@cache
def _script() -> str:
    return resources.files("automation.engine").joinpath("human.js").read_text(encoding="utf-8")
