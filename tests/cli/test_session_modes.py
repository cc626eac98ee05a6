"""Each walk in each kind of session: state folder, profile, the buyer's browser, and one elsewhere."""

from __future__ import annotations

import asyncio
import json
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from msgspec.structs import replace
from playwright.async_api import async_playwright

from automation.cli.commands import cancel
from automation.engine.human import HumanWatch
from automation.engine.journal import Journal
from automation.engine.session.launch.discovery import find_browsers, sandbox_arguments
from tests.cli.calls import SAYS, WALKS
from tests.conftest import CALM
from tests.engine.session.remote import playwright_server
from tests.own_loop import in_own_loop

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator
    from pathlib import Path

    from playwright.async_api import BrowserContext

    from automation.cli.options.options import BrowserOptions
    from automation.engine.human import Notice
    from fixtures import MimicSite
    from fixtures.pytest_plugin import Mimic
    from tests.cli.calls import Call

MODES = ("state", "profile", "attach", "connect")
# Both walk to the dispute as the others do; a human may click in the window of ``teach``.
LOOKS = ("doctor", "teach")
NEVER = 4102444800.0  # a persistent cookie, which a profile keeps
TAUGHT = "Take the claim back for good"


def cookie(expires: float) -> Any:  # noqa: ANN401  Playwright keeps the type to itself
    """The cookie of a signed-in buyer."""
    return {
        "name": "mimic_session", "value": "1", "domain": "127.0.0.1", "path": "/",
        "expires": expires, "httpOnly": True, "secure": False, "sameSite": "Lax",
    }  # fmt: skip


def windowless() -> Path:
    """A browser without windows; it starts and opens pages in half the time."""
    return find_browsers(headless=True)[0]


def with_windows() -> Path:
    """The browser that a profile is made in: one without windows keeps none."""
    return find_browsers()[0]


@pytest.fixture(scope="session")
def profile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A profile in which the buyer has signed in."""
    folder = tmp_path_factory.mktemp("profile")

    async def sign_in() -> None:
        async with async_playwright() as playwright:
            context = await playwright.chromium.launch_persistent_context(
                str(folder),
                executable_path=with_windows(),
                args=sandbox_arguments(),
            )
            await context.add_cookies([cookie(NEVER)])
            await context.close()

    in_own_loop(sign_in())
    return folder


@pytest.fixture(scope="session")
def attached(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The endpoint of a browser that the buyer runs, signed in."""
    folder = tmp_path_factory.mktemp("own-browser")
    command = [
        str(windowless()), "--headless", f"--user-data-dir={folder}", "--no-first-run",
        "--remote-debugging-port=0", *sandbox_arguments(), "about:blank",
    ]  # fmt: skip
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        line = next(line for line in process.stderr if "DevTools listening on" in line)
        endpoint = "http://" + line.split("ws://", 1)[1].split("/", 1)[0]
        in_own_loop(sign_in_at(endpoint))
        yield endpoint
        process.kill()


async def sign_in_at(endpoint: str) -> None:
    """Give a running browser the cookie of a signed-in buyer."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.connect_over_cdp(endpoint)
        await browser.contexts[0].add_cookies([cookie(NEVER)])


@pytest.fixture(scope="session")
def connected() -> Iterator[str]:
    """The endpoint of a Playwright server."""
    with playwright_server() as endpoint:
        yield endpoint


@dataclass(frozen=True)
class Session:
    """How a run gets a signed-in session."""

    mode: str
    words: tuple[str, ...]


@pytest.fixture
def session(request: pytest.FixtureRequest, tmp_path: Path) -> Session:
    """The session mode of this case."""
    mode = str(request.param)
    fixture = {"profile": "profile", "attach": "attached", "connect": "connected"}.get(mode)
    words = (f"--{mode}", str(request.getfixturevalue(fixture))) if fixture else ()
    if mode in {"state", "connect"}:
        state = tmp_path / "state"
        state.mkdir(mode=0o700)
        kept = {"cookies": [cookie(-1)], "origins": []}
        (state / "session.json").write_text(json.dumps(kept), "utf-8")
    return Session(mode, words)


def walks() -> list[Any]:
    """Every command in every mode: the suite runs some of them once.

    A state folder is the mode of nearly every other test, a profile takes a whole Chromium, and
    tests/engine/session/{attach,connect} send the one request in the other two.
    """
    return [
        pytest.param(
            command,
            mode,
            marks=[] if is_in_suite(number, command, at) else pytest.mark.further,
        )
        for number, command in enumerate((*WALKS, *LOOKS))
        for at, mode in enumerate(MODES)
        if command != "teach" or mode == "attach"  # else it needs a display
    ]


def is_in_suite(number: int, command: str, at: int) -> bool:
    """Whether the suite runs this command in the mode at this place of the table."""
    return number % len(MODES) == at and command in {"advise", "session"}


@pytest.mark.parametrize(("command", "session"), walks(), indirect=["session"])
def test_a_walk(mimic: Mimic, call: Call, tmp_path: Path, session: Session, command: str) -> None:
    """GIVEN each kind of session WHEN a command walks THEN each of its options takes effect.

    The site asks for a sign-in, so that only the session named by the options gets through.
    """
    site = mimic("several-disputes", signed_out=True, **CALM)
    words = tmp_path / "words.toml"
    words.write_text(f'lang = "en"\n[labels]\ncancel_request = ["{TAUGHT}"]\n', "utf-8")
    browser = with_windows() if session.mode == "profile" else windowless()
    common = (
        "--site", site.url, "--gateway", site.gateway_url, "--timeout", "25",
        "--state-dir", str(tmp_path / "state"),
        "--browser", str(browser), "--site-data", str(words), "--allow-read", "mtop.x.pageQuery",
        "--surface", "web", "--headless", "--wait-for-human", "7",
        *session.words,
    )  # fmt: skip
    output = "--quiet" if session.mode == "profile" else "--json"

    ran = call(command, *own_words(command, site, tmp_path), *common, output)

    assert ran.code == (1 if command == "verify" else 0), ran.out + ran.err
    asked, [opened] = ran.request, ran.sessions
    assert (opened.timeout, asked.surface) == (25.0, "web")
    assert (asked.human and asked.human.seconds) == (7.0 if session.mode == "attach" else None)
    assert asked.addresses.gateway == site.gateway_url
    assert TAUGHT in str(asked.site.pack("en").labels)
    assert (opened.state_dir, opened.headless, opened.device) == (tmp_path / "state", True, None)
    assert (opened.browser, opened.attach) == (browser, _given(session, "attach"))
    assert opened.connect == _given(session, "connect")
    assert (opened.profile and str(opened.profile)) == _given(session, "profile")
    assert any(entry.kind == "page" for entry in site.ledger.entries)
    assert site.ledger.writes() == ()
    if output == "--json":
        check_document(command, ran.json, site)
    else:
        assert ran.err == ""
        assert 1 <= len(ran.out.splitlines()) <= 2
    if command == "cancel":
        carry_out(call, site, common, tmp_path / "state")


def _given(session: Session, mode: str) -> str | None:
    return session.words[1] if session.mode == mode else None


def own_words(command: str, site: MimicSite, folder: Path) -> list[str]:
    """A command's own options: the order's second dispute, if the command can name one."""
    order = next(order.id for order in site.state.orders if any(x.dispute for x in order.lines))
    own = {
        "advise": [order, *SAYS, "--item", "1"],
        "cancel": [order, *SAYS, "--item", "1", "--dry-run"],
        "verify": [order, "--item", "2"],
        "list": ["--every-order"],
        "session": [],
        "capture": [order, str(folder / "captured")],
        "doctor": [order, "--item", "2"],
        "teach": [order, "--item", "2"],
    }
    return own[command]


def check_document(command: str, document: dict[str, Any], site: MimicSite) -> None:
    """Checks an effect that only the option in ``own_words`` can have."""
    ids = [dispute.id for dispute in site.state.disputes()]
    if command == "cancel":
        assert document["plan"]["reverse_line_id"] == ids[0]
    elif command == "verify":
        assert document["dispute"]["dispute_id"] == ids[1]
    elif command == "list":
        assert [row["dispute_id"] for row in document["disputes"]] == ids
    elif command == "session":
        assert document["signed_in"] is True
    elif command == "capture":
        assert document["pages"]
    elif command in LOOKS:
        pages = document.get("pages", [document])
        states = {each["state"] for page in pages for each in page["landmarks"]}
        assert states <= {"known", "not_shown"}
        asked = [each for each in site.ledger.entries if ids[1] in str(each)]
        assert asked
        assert not [each for each in site.ledger.entries if ids[0] in str(each)]
    else:
        assert document["verdict"] in {"allow", "warn"}


def carry_out(call: Call, site: MimicSite, common: tuple[str, ...], state: Path) -> None:
    """``--plan``: the plan of the dry run, carried out in the same session, with one write."""
    order = next(order.id for order in site.state.orders if any(x.dispute for x in order.lines))
    with Journal.open(state) as journal:
        newest = journal.attempts()[0]
        [digest] = [
            str(each.details["digest"])
            for each in journal.events(newest.id)
            if "digest" in each.details
        ]

    ran = call("cancel", order, *SAYS, "--item", "1", "--plan", digest, *common, "--json")

    assert (ran.code, ran.json["outcome"]) == (0, "done"), ran.out + ran.err
    assert ran.json["guard"]["sent_by"] == "browser"
    assert len(site.ledger.cancels()) == len(site.ledger.writes()) == 1


BY_HAND = (("state", "mobile"), ("profile", "web"), ("attach", "mobile"))


@pytest.mark.parametrize(
    ("session", "surface"),
    [
        # A press counts alike wherever it is made; the modes themselves are in the walks above.
        pytest.param(mode, surface, marks=pytest.mark.further)
        for mode, surface in BY_HAND
    ],
    indirect=["session"],
)
def test_a_cancel_by_hand(
    mimic: Mimic,
    call: Call,
    tmp_path: Path,
    session: Session,
    surface: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """GIVEN each kind of session WHEN the buyer presses in its window THEN one write leaves."""
    site = mimic("waiting-seller", signed_out=True, **CALM)
    order = next(order.id for order in site.state.orders if any(x.dispute for x in order.lines))
    acts = by_a_hand(monkeypatch)
    here = (
        "cancel", order, *SAYS, "--by-hand", "--site", site.url, "--gateway", site.gateway_url,
        "--state-dir", str(tmp_path / "state"), "--surface", surface, "--timeout", "25", "--json",
        *session.words,
    )  # fmt: skip

    dry = call(*here, "--dry-run")
    assert dry.code == 0, dry.out + dry.err
    assert (acts, site.ledger.writes()) == ([], ())
    ran = call(*here, "--plan", dry.json["plan"]["digest"])

    assert (ran.code, ran.json["outcome"]) == (0, "done"), ran.out + ran.err
    assert acts == ["Cancel Request", "Confirm"]
    assert [press["words"] for press in ran.json["by_hand"]["presses"]] == acts
    site.ledger.assert_one_write()
    agents = {e.headers.get("user-agent", "") for e in site.ledger.entries if e.kind == "page"}
    assert {"Mobile" in each for each in agents} == {surface == "mobile"}


def by_a_hand(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Press what the bar asks for, with trusted input, in a browser that the tool keeps hidden."""
    acts: list[str] = []
    show: Callable[..., Awaitable[None]] = HumanWatch.show
    turns: set[asyncio.Future[None]] = set()

    async def press(context: BrowserContext) -> None:
        [page] = [each for each in context.pages if "reverse-pages" in each.url]
        for words in ("Cancel Request", "Confirm"):
            await page.get_by_text(words, exact=True).filter(visible=True).last.click()
            acts.append(words)

    async def shown(watch: HumanWatch, words: Notice) -> None:
        await show(watch, words)
        if words.title.startswith("You may press") and not turns:
            turns.add(asyncio.ensure_future(press(watch.context)))

    def hidden(_consent: object, browser: BrowserOptions) -> BrowserOptions:
        return replace(browser, headed=False)

    monkeypatch.setattr(HumanWatch, "show", shown)
    monkeypatch.setattr(cancel, "_with_window", hidden)
    return acts
