"""Each page in markup that nobody knows: what the error names, what is kept, and how long it waits."""

from __future__ import annotations

import asyncio
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Final

import pytest

from automation.aliexpress.cancel import dialogs as dialog_waits
from automation.aliexpress.cancel.confirm import Confirm
from automation.aliexpress.request import utc_now
from automation.aliexpress.running import Run
from automation.aliexpress.session.opening import walk_in
from automation.aliexpress.site import Addresses, SiteMap
from automation.aliexpress.site.traffic import site_traffic
from automation.aliexpress.walk import browse
from automation.aliexpress.walk.browse import LATE_PART_SECONDS
from automation.aliexpress.walk.locate import cancel_control, try_cancel_request
from automation.aliexpress.walk.wait import watch
from automation.aliexpress.walk.wait.arrival import QUIET_FULL, End, Settling
from automation.engine.guard import Guard, SiteOrigins
from automation.errors import ErrorCode, ExitCode, ToolError
from tests.aliexpress.plan.a_plan import PLAN
from tests.engine.guard.rig.campaign import Bench, open_quiet

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from playwright.async_api import BrowserContext, Route

    from automation.aliexpress.pages import DisputePage
    from automation.aliexpress.walk.browse import Walk
    from automation.aliexpress.walk.wait.sight import Sight

SITE: Final = "http://127.0.0.1:1"
ORDER, DISPUTE = "8194370215560042", "1100482913300042"
PAGE: Final = f"{SITE}/p/reverse-pages/detail.html?reverseOrderLineId={DISPUTE}"
WITHIN: Final = 5.0
PRIVATE: Final = ("Quillfeather", "dana@example.org", ORDER, DISPUTE, "blue lamp")
PERSON: Final = "<p>Dana Quillfeather, dana@example.org, +44 20 7946 0958</p><p>A blue lamp</p>"
NUMBER: Final = f"<p>Purchase {ORDER}</p>{PERSON}"
STATUS: Final = '<div class="reminder--statusStr--x">Waiting for the seller to respond</div>'
# A layer in markup that no hook has.
LAYER: Final = (
    "<div class=zxc>Shall it end now?<button>End it</button><button>Not now</button></div>"
)
REQUEST: Final = f'<button onclick="document.body.insertAdjacentHTML(`beforeend`, `{LAYER}`)">Cancel Request</button>'
HTML: Final = {
    "list": f"<h1>Purchases</h1><div class=qwe>{NUMBER}<button>Look at it</button></div>",
    "order": f"<h1>Your purchase</h1><div class=qwe>{NUMBER}<button>Case under way</button></div>",
    "dispute": f"<h1>Your case</h1><div class=qwe>They look into it {NUMBER}</div><button>Pull it back</button>",
    "request": f"<h1>Your case</h1>{STATUS}{NUMBER}<button>Pull it back</button>",
    "dialog": f"<h1>Your case</h1>{STATUS}{NUMBER}{REQUEST}",
}


_WAITS: Final = ContextVar[list["Watched"]]("waits")


@dataclass
class Watched(Settling):
    """Notes for each look how long the page had been unchanged, and what came of it."""

    looks: list[tuple[float, End | None]] = field(default_factory=list)

    def __post_init__(self) -> None:
        _WAITS.get().append(self)

    def see(self, sight: Sight, now: float) -> End | None:
        """Look, and note it."""
        end = super().see(sight, now)
        self.looks.append((now - self._since, end))
        return end


async def lists(walk: Walk) -> None:
    """Open My Orders."""
    await walk.open_list()


async def details(walk: Walk) -> None:
    """Open Order Details."""
    await walk.open_order(ORDER)


async def dispute_on(walk: Walk) -> DisputePage:
    """Open the dispute."""
    return await walk.reload_dispute(PAGE)


async def disputes(walk: Walk) -> None:
    """Open the dispute, and no more."""
    await dispute_on(walk)


async def requests(walk: Walk) -> None:
    """Look for the one Cancel Request."""
    await try_cancel_request(walk, await dispute_on(walk))


async def dialogs(walk: Walk) -> None:
    """Press Cancel Request, and look for its dialog."""
    target = await cancel_control(walk, await dispute_on(walk))
    await Confirm(walk, PLAN, SimpleNamespace(), frozenset()).send(target)  # type: ignore[arg-type]


WAYS: Final[dict[str, Callable[[Walk], Awaitable[None]]]] = {
    "list": lists,
    "order": details,
    "dispute": disputes,
    "request": requests,
    "dialog": dialogs,
}


@dataclass
class Kept:
    """What one walk ended with, and what it kept."""

    error: ToolError
    folder: Path
    waits: list[Watched]
    sent: list[str]


async def stopped(context: BrowserContext, name: str, state_dir: Path) -> Kept:
    """The end of a walk to an unknown page."""
    sent, waits = list[str](), list[Watched]()
    _WAITS.set(waits)

    async def answer(route: Route) -> None:
        sent.append(route.request.method)
        await route.fulfill(body=f"<html lang=en><body>{HTML[name]}", content_type="text/html")

    await context.route("**", answer)
    session: Any = SimpleNamespace(
        context=context, page=await context.new_page(), new_page=context.new_page,
        guard=Guard(SiteOrigins.only(SITE), site_traffic()), touch=False, signed_in=True,
        open_ahead=lambda _tabs: None,
    )  # fmt: skip
    request: Any = SimpleNamespace(
        site=SiteMap.load(), addresses=Addresses(SITE), allowed_reads=(), timeout=60.0,
        confirm_words=None, human=None, offers=None, state_dir=state_dir, now=utc_now, item=None,
        keep_receipts=None,
    )  # fmt: skip
    with pytest.raises(ToolError) as caught:
        async with walk_in(session, request, Run("cancel")) as walk:
            await WAYS[name](walk)
    return Kept(caught.value, Path(caught.value.evidence), waits, sent)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Kept]:
    """What became of each page, all at the same time in one browser."""
    bench, found = Bench(), dict[str, Kept]()
    folder = tmp_path_factory.mktemp("drift")

    async def work() -> None:
        browser = await open_quiet(bench.playwright)
        contexts = [await browser.new_context() for _ in HTML]
        ends = await asyncio.gather(
            *(stopped(each, name, folder / name) for name, each in zip(HTML, contexts, strict=True))
        )
        found.update(zip(HTML, ends, strict=True))
        await browser.close()

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(browse, "Settling", Watched)
        bench.run(work())
    bench.close()
    return found


@pytest.mark.parametrize(
    ("name", "code", "shows"),
    [
        ("list", ErrorCode.PAGE_NOT_RECOGNISED, ("Purchases", "Look at it")),
        ("order", ErrorCode.PAGE_NOT_RECOGNISED, ("Your purchase", "Case under way")),
        ("dispute", ErrorCode.PAGE_NOT_RECOGNISED, ("Your case", "Pull it back")),
        ("request", ErrorCode.NO_SINGLE_TARGET, ("Your case", "Pull it back")),
        ("dialog", ErrorCode.DIALOG_NOT_RECOGNISED, ("End it", "Not now")),
    ],
)
def test_each_page_is_named_with_what_it_shows_and_kept_without_personal_data(
    kept: dict[str, Kept], name: str, code: ErrorCode, shows: tuple[str, ...]
) -> None:
    """GIVEN a page in unknown markup THEN exit 5, its headings and buttons, page and picture."""
    this = kept[name]

    assert (this.error.code, this.error.exit_code) == (code, ExitCode.PAGE_NOT_RECOGNISED)
    for words in shows:
        assert f"'{words}'" in this.error.message, this.error.message
    page = (this.folder / "page.html").read_text("utf-8")
    assert shows[-1] in page
    assert [each for each in PRIVATE if each in page + this.error.message] == []
    assert all(each in HTML[name] for each in PRIVATE[:3]), "control: the page had them"
    assert (this.folder / "page.png").read_bytes().startswith(b"\x89PNG")
    assert set(this.sent) == {"GET"}


@pytest.mark.parametrize("name", ["list", "order", "dispute"])
def test_a_page_without_its_landmark_ends_the_wait_at_the_first_look_that_can_tell(
    kept: dict[str, Kept], name: str
) -> None:
    """GIVEN a page with content THEN no look waits on once it was quiet, and that is soon enough."""
    last = kept[name].waits[-1].looks

    assert last[-1][1] is End.SETTLED
    assert last[-1][0] >= QUIET_FULL
    assert [quiet for quiet, end in last[:-1] if quiet >= QUIET_FULL or end] == []
    assert QUIET_FULL + watch._SLICE_MS / 1000 <= WITHIN  # noqa: SLF001


def test_what_may_come_late_is_waited_for_five_seconds_at_most() -> None:
    """GIVEN a page whose landmark is there THEN its Cancel Request and the dialog have five seconds."""
    assert LATE_PART_SECONDS <= WITHIN
    assert dialog_waits._DIALOG_SECONDS <= WITHIN  # noqa: SLF001
