"""Every option of every command, run: a new option without a row here fails."""

from __future__ import annotations

import json
import subprocess
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any
from unittest.mock import Mock

import click
import pytest
from playwright.async_api import async_playwright

from automation.aliexpress import opening, request
from automation.cli import demo_script, run_cancel
from automation.cli.main import group, run
from automation.engine.journal import Journal
from automation.engine.session.browser import open_session
from automation.engine.session.discovery import find_browsers, sandbox_arguments
from automation.errors import ErrorCode, ToolError
from tests.own_loop import in_own_loop

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from automation.engine.session.options import SessionOptions
    from fixtures import MimicSite
    from fixtures.pytest_plugin import Mimic
    from rules import Facts

pytestmark = pytest.mark.usefixtures("shared_driver")

MODES = ("state", "profile", "attach")
WALKS = ("advise", "cancel", "verify", "list", "session", "capture")
BUYER = {
    "--because": ("filed-by-mistake", "buyer_reason", "filed_by_mistake"),
    "--received": (None, "item_received", True),
    "--not-received": (None, "item_received", False),
    "--checked": (None, "item_verified", True),
    "--not-checked": (None, "item_verified", False),
    "--replacement": ("LP00123", "replacement_tracking.number", "LP00123"),
    "--replacement-checked": (None, "replacement_tracking.checked_by_buyer", True),
    "--protection-extended": (None, "protection_extended", True),
    "--protection-not-extended": (None, "protection_extended", False),
    "--money": ("full-cleared", "money_received", "full_cleared"),
    "--seller-says": ("please wait", "seller_messages", ("please wait",)),
    "--protection-ends": ("2026-12-24", "protection_deadline", "2026-12-24"),
    "--delivered": ("2026-12-01", "delivered_at", "2026-12-01"),
    "--dispute-status": ("mediating", "dispute_status", "mediating"),
    "--edits-used": ("3", "edits_used", 3),
}
OUTPUT = {"--json", "--quiet"}
# One test covers a run with a browser in each session mode; see ``test_a_walk``.
WALKED = {
    "--site", "--gateway", "--surface", "--attach", "--profile", "--headless", "--browser", "--timeout",
    "--site-data", "--words", "--allow-read", "--state-dir", *OUTPUT,
}  # fmt: skip
# Options and the tests that run them. A pair of flags is two rows.
PROVEN: dict[str, set[str]] = {
    "": {"--config", "--version"},
    "advise": {"--json-schema", *BUYER, "--facts", "--item", "--headed", *WALKED},
    "cancel": {"--json-schema", *BUYER, "--item", "--dry-run", "--plan", "--accept-risk", "--accept-warning", "--headed",
        *WALKED,
    },
    "verify": {"--json-schema", "--item", "--headed", *WALKED},
    "list": {"--every-order", "--headed", *WALKED},
    "session": {"--headed", *WALKED},
    "capture": {"--headed", *WALKED},
    "rules": OUTPUT,
    "history": {"--limit", "--state-dir", *OUTPUT},
    "login": {
        "--site", "--gateway", "--browser", "--profile", "--timeout", "--headless", "--state-dir", *OUTPUT
    },
    "doctor": {"--accept-lost-journal", "--browser", "--words", "--state-dir", *OUTPUT},
    "install-browser": {"--yes", *OUTPUT},
    "demo": {"--headed", "--headless", "--browser", *OUTPUT},
    "serve": {"--port", "--list", *OUTPUT},
}  # fmt: skip


def tree() -> dict[str, set[str]]:
    """Every spelling of every option, from Click's own tree; short forms belong to long ones."""
    context = click.Context(group)
    commands: dict[str, click.Command | None] = {"": group}
    commands |= {name: group.get_command(context, name) for name in group.list_commands(context)}
    return {
        name: {
            spelling
            for option in (command.params if command else ())
            if isinstance(option, click.Option)
            for spelling in (*option.opts, *option.secondary_opts)
            if spelling.startswith("--")
        }
        for name, command in commands.items()
    }


def test_every_option_has_its_row() -> None:
    """GIVEN the command tree THEN each option is run by a test here, and no row is stale."""
    assert tree() == PROVEN


# ------------------------------------------------------------------ one call in this process


@dataclass
class Called:
    """What one call returned, and what it asked the browser for."""

    code: int = -1
    out: str = ""
    err: str = ""
    requests: list[dict[str, Any]] = field(default_factory=list)
    sessions: list[SessionOptions] = field(default_factory=list)

    @property
    def json(self) -> dict[str, Any]:
        """The one document."""
        document: dict[str, Any] = json.loads(self.out)
        return document


@pytest.fixture
def call(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Called]:
    """Run the command line in this process; ``opens=False`` stops where a browser would start."""
    asked = Mock(wraps=request.Request)
    opened = Mock(wraps=open_session)
    stop = Mock(side_effect=ToolError("here a browser would start", code=ErrorCode.INTERRUPTED))

    def in_process(*words: str, opens: bool = True) -> Called:
        opener = opened if opens else stop
        monkeypatch.setattr(request, "Request", asked)
        monkeypatch.setattr(opening, "open_session", opener)
        asked.reset_mock()
        opener.reset_mock()
        with ThreadPoolExecutor(1) as thread:
            code = thread.submit(run, list(words)).result()
        told = capsys.readouterr()
        assert "Traceback" not in told.err
        requests = [dict(each.kwargs) for each in asked.call_args_list]
        sessions = [each.args[0] for each in opener.call_args_list]
        return Called(code, told.out, told.err, requests, sessions)

    return in_process


# ------------------------------------------------------------------ signed-in sessions


NEVER = 4102444800.0  # a persistent cookie, which a profile keeps


def cookie(expires: float) -> Any:  # noqa: ANN401  Playwright keeps the type to itself
    """The cookie of a signed-in buyer."""
    return {
        "name": "mimic_session", "value": "1", "domain": "127.0.0.1", "path": "/",
        "expires": expires, "httpOnly": True, "secure": False, "sameSite": "Lax",
    }  # fmt: skip


def browser_with_windows() -> Path:
    """The browser that a profile is made in and that a buyer runs."""
    return find_browsers()[0]


@pytest.fixture(scope="session")
def profile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A profile in which the buyer has signed in."""
    folder = tmp_path_factory.mktemp("profile")

    async def sign_in() -> None:
        async with async_playwright() as playwright:
            context = await playwright.chromium.launch_persistent_context(
                str(folder),
                executable_path=browser_with_windows(),
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
        str(browser_with_windows()), "--headless", f"--user-data-dir={folder}", "--no-first-run",
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


@dataclass(frozen=True)
class Session:
    """How a run gets a signed-in session."""

    mode: str
    words: tuple[str, ...]


@pytest.fixture(params=MODES)
def session(request: pytest.FixtureRequest, tmp_path: Path) -> Session:
    """Each session mode in turn."""
    mode = str(request.param)
    if mode != "state":
        fixture = {"profile": "profile", "attach": "attached"}[mode]
        return Session(mode, (f"--{mode}", str(request.getfixturevalue(fixture))))
    state = tmp_path / "state"
    state.mkdir(mode=0o700)
    kept = {"cookies": [cookie(-1)], "origins": []}
    (state / "session.json").write_text(json.dumps(kept), "utf-8")
    return Session(mode, ())


# ------------------------------------------------------------------ walks, in each session mode


CALM = {"hydration_ms": 0, "animations": False, "telemetry": False, "recommendations": 0}
TAUGHT = "Take the claim back for good"
SAYS = ("--because", "filed-by-mistake", "--received", "--checked")


@pytest.mark.parametrize("command", WALKS)
def test_a_walk(
    mimic: Mimic, call: Callable[..., Called], tmp_path: Path, session: Session, command: str
) -> None:
    """GIVEN each kind of session WHEN a command walks THEN each of its options takes effect.

    The site asks for a sign-in, so that only the session named by the options gets through.
    """
    site = mimic("several-disputes", signed_out=True, **CALM)
    words = tmp_path / "words.toml"
    words.write_text(f'lang = "en"\n[labels]\ncancel_request = ["{TAUGHT}"]\n', "utf-8")
    browser = find_browsers(headless=True)[0] if session.mode == "state" else browser_with_windows()
    common = (
        "--site", site.url, "--gateway", site.gateway_url, "--timeout", "25",
        "--state-dir", str(tmp_path / "state"),
        "--browser", str(browser), "--site-data", str(words), "--allow-read", "mtop.x.pageQuery",
        "--surface", "web", "--headless",
        *session.words,
    )  # fmt: skip
    output = "--quiet" if session.mode == "profile" else "--json"

    ran = call(command, *own_words(command, site, tmp_path), *common, output)

    assert ran.code == (1 if command == "verify" else 0), ran.out + ran.err
    [asked], [opened] = ran.requests, ran.sessions
    assert (opened.timeout, asked["surface"]) == (25.0, "web")
    assert asked["addresses"].gateway == site.gateway_url
    assert TAUGHT in str(asked["site"].pack("en").labels)
    assert (opened.state_dir, opened.headless, opened.device) == (tmp_path / "state", True, None)
    assert (opened.browser, opened.attach) == (browser, _given(session, "attach"))
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
    else:
        assert document["verdict"] in {"allow", "warn"}


def carry_out(
    call: Callable[..., Called], site: MimicSite, common: tuple[str, ...], state: Path
) -> None:
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
    assert len(site.ledger.cancels()) == len(site.ledger.writes()) == 1


# ------------------------------------------------------------------ up to the browser's start


NO_SITE = ("--site", "http://127.0.0.1:9")
ORDER = "8190000000000001"


def least(command: str, folder: Path) -> list[str]:
    """The shortest call of a command that would open a browser."""
    more = {
        "advise": [ORDER, *SAYS],
        "cancel": [ORDER, *SAYS, "--dry-run"],
        "verify": [ORDER],
        "capture": [ORDER, str(folder / "captured")],
    }
    return [command, *more.get(command, []), *NO_SITE, "--state-dir", str(folder / "state")]


@pytest.mark.parametrize("command", [*WALKS, "login"])
def test_a_window_needs_a_display(
    call: Callable[..., Called], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, command: str
) -> None:
    """GIVEN no display WHEN a window is wanted THEN exit 4 says so before a browser starts."""
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    window = [] if command == "login" else ["--headed"]

    ran = call(*least(command, tmp_path), *window, "--json", opens=False)

    assert (ran.code, ran.json["error"]["code"]) == (4, "no_display")
    assert ran.sessions == []


@pytest.mark.parametrize("command", WALKS)
def test_what_is_not_the_default_reaches_the_browser(
    call: Callable[..., Called], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, command: str
) -> None:
    """GIVEN a window, a phone and a short timeout THEN the browser gets exactly these."""
    monkeypatch.setenv("DISPLAY", ":99")
    words = ("--headed", "--surface", "mobile", "--timeout", "7.5")

    ran = call(*least(command, tmp_path), *words, "--json", opens=False)

    assert ran.json["error"]["code"] == "interrupted", ran.out
    [opened], [asked] = ran.sessions, ran.requests
    assert (opened.headless, opened.device, opened.timeout) == (False, "Pixel 7", 7.5)
    assert asked["surface"] == "mobile"


@pytest.mark.parametrize("command", WALKS)
def test_options_that_an_attached_browser_leaves_unused_are_named(
    call: Callable[..., Called], tmp_path: Path, command: str
) -> None:
    """GIVEN --attach WHEN a window or another browser is asked for THEN it says that it has no effect."""
    words = ("--attach", "http://127.0.0.1:9", "--headed", "--browser", "/bin/true")

    ran = call(*least(command, tmp_path), *words, opens=False)

    for name in ("--headed", "--browser"):
        assert f"{name} has no effect with --attach" in ran.err


@pytest.mark.parametrize("command", WALKS)
def test_a_profile_and_a_running_browser_cannot_be_combined(
    call: Callable[..., Called], tmp_path: Path, command: str
) -> None:
    """GIVEN two sessions WHEN both are named THEN exit 2."""
    words = ("--attach", "http://127.0.0.1:9", "--profile", str(tmp_path))

    ran = call(*least(command, tmp_path), *words, "--json", opens=False)

    assert (ran.code, ran.json["error"]["code"]) == (2, "usage")


@pytest.mark.parametrize("option", BUYER)
def test_what_the_buyer_says_is_a_fact(
    call: Callable[..., Called], monkeypatch: pytest.MonkeyPatch, option: str
) -> None:
    """GIVEN one fact from the buyer THEN advise and cancel get exactly that fact."""
    weighed = ToolError("weighed", code=ErrorCode.REFUSED)
    advise, cancel = Mock(side_effect=weighed), Mock(side_effect=weighed)
    monkeypatch.setattr("rules.advise_on_words", advise)
    monkeypatch.setattr(run_cancel, "cancel_order", cancel)
    value, fact, expected = BUYER[option]
    words = [option] if value is None else [option, value]
    reason = [] if option == "--because" else ["--because", "other"]

    call("advise", *words)
    call("cancel", ORDER, *reason, *words, "--dry-run")

    heard = [advise.call_args.args[0], cancel.call_args.args[1]]
    assert [_fact(facts, fact) for facts in heard] == [expected, expected]


def _fact(facts: Facts, name: str) -> object:
    found: object = facts
    for part in name.split("."):
        found = getattr(found, part)
    return found


def test_a_risk_is_accepted_by_its_name(call: Callable[..., Called], tmp_path: Path) -> None:
    """GIVEN a risky block WHEN its rule is named THEN the run goes on; without that it is refused."""
    words = ("cancel", ORDER, "--because", "seller-promised", "--not-received", "--dry-run",
             *NO_SITE, "--state-dir", str(tmp_path), "--json")  # fmt: skip
    refused = call(*words, opens=False)
    risks = [f["rule"] for f in refused.json["findings"] if f["severity"] == "block"]
    assert (refused.code, refused.sessions) == (3, [])

    accepted = call(*words, *(w for rule in risks for w in ("--accept-risk", rule)), opens=False)

    assert accepted.json["error"]["code"] == "interrupted", accepted.out
    assert accepted.requests[0]["accepted"] == tuple(risks)


def test_a_warning_is_accepted_by_its_digest(call: Callable[..., Called], tmp_path: Path) -> None:
    """GIVEN digests of warnings THEN the run accepts exactly these; else a usage error."""
    words = ("cancel", ORDER, *SAYS, "--dry-run", *NO_SITE, "--state-dir", str(tmp_path), "--json")

    taken = call(*words, "--accept-warning", "0a1b2c3d4e5f", opens=False)

    assert taken.requests[0]["accepted_warnings"] == {"0a1b2c3d4e5f"}
    assert call(*words, "--accept-warning", "yes", opens=False).code == 2


# ------------------------------------------------------------------ commands without a walk


def test_facts_from_a_file(call: Callable[..., Called], tmp_path: Path) -> None:
    """GIVEN a file of facts THEN they decide."""
    file = tmp_path / "facts.json"
    file.write_text('{"dispute_status": "final_decision"}', "utf-8")

    ran = call("advise", "--facts", str(file), "--json")

    assert (ran.code, ran.json["verdict"]) == (3, "block")
    assert call("advise", "--facts", str(file), "--quiet").out == "block\n"


def test_config_and_version(call: Callable[..., Called], tmp_path: Path) -> None:
    """GIVEN a config file THEN its options count; the version is one line."""
    config = tmp_path / "config.toml"
    config.write_text("quiet = true\n", "utf-8")

    assert (
        call("--config", str(config), "serve", "--list").out.splitlines()[0] == "accepted-proposal"
    )
    assert call("--version").out.startswith("dispute-guard ")


def test_rules_and_history(call: Callable[..., Called], tmp_path: Path) -> None:
    """GIVEN rules and two attempts THEN --json, --quiet, --limit and --state-dir work."""
    assert call("rules", "--json").json["rules"]
    assert "seller-promise" in call("rules", "--quiet").out.splitlines()
    where = ("--state-dir", str(tmp_path))
    for _ in range(2):
        call("cancel", ORDER, *SAYS, "--dry-run", *NO_SITE, *where, opens=False)

    assert [row["attempt"] for row in call("history", *where, "--json").json["attempts"]] == [2, 1]
    assert len(call("history", *where, "--quiet", "--limit", "1").out.splitlines()) == 1


def test_login(mimic: Mimic, call: Callable[..., Called], tmp_path: Path) -> None:
    """GIVEN a signed-in site THEN the session is saved under --state-dir, or in --profile."""
    site = mimic("quick")
    state, profile = tmp_path / "state", tmp_path / "profile"
    common = ("login", "--site", site.url, "--gateway", site.gateway_url, "--headless", "--browser", str(browser_with_windows()),
              "--timeout", "20", "--state-dir", str(state))  # fmt: skip

    kept = call(*common, "--json")
    in_profile = call(*common, "--profile", str(profile), "--quiet")

    assert (kept.code, kept.json["file"]) == (0, str(state / "session.json")), kept.out + kept.err
    assert in_profile.code == 0, in_profile.err
    assert len(in_profile.out.splitlines()) == 1
    assert (profile / "Default").is_dir()


def test_login_ends_when_its_time_is_over(
    mimic: Mimic, call: Callable[..., Called], tmp_path: Path
) -> None:
    """GIVEN no sign-in WHEN --timeout is over THEN exit 4."""
    where = ("--site", mimic("signed-out").url, "--state-dir", str(tmp_path))

    assert call("login", *where, "--headless", "--timeout", "1", "--json").code == 4


def test_doctor(call: Callable[..., Called], tmp_path: Path) -> None:
    """GIVEN a damaged journal THEN it is accepted on request, and each path is reported."""
    (tmp_path / "journal.sqlite3").write_bytes(b"no database at all")
    words = tmp_path / "words.toml"
    words.write_text('lang = "en"\n', "utf-8")
    missing = ("--browser", str(tmp_path / "none"), "--words", str(words))
    where = ("--state-dir", str(tmp_path))

    first = call("doctor", *where, *missing, "--json")
    accepted = call("doctor", *where, *missing, "--accept-lost-journal", "--quiet")

    found = {check["name"]: check for check in first.json["checks"]}
    assert found["state folder"]["found"] == str(tmp_path)
    assert str(words) in found["words"]["found"]
    assert str(tmp_path / "none") in found["browser and guard"]["found"]
    assert not found["journal"]["ok"]
    assert "accepted" in accepted.err
    assert "may send" not in accepted.out


def test_the_config_file_that_counts_is_reported(
    call: Callable[..., Called], tmp_path: Path
) -> None:
    """GIVEN --config WHEN examined THEN the doctor names that file, not the default one."""
    config = tmp_path / "mine.toml"
    config.write_text("", "utf-8")
    words = ("doctor", "--state-dir", str(tmp_path), "--browser", str(tmp_path / "none"), "--json")

    found = {c["name"]: c["found"] for c in call("--config", str(config), *words).json["checks"]}

    assert str(config) in found["config"]


def test_install_browser(call: Callable[..., Called], monkeypatch: pytest.MonkeyPatch) -> None:
    """GIVEN no browser THEN --yes asks nothing, and the result has the requested form."""
    agreed: list[bool] = []

    def ensure(*, yes: bool, say: Callable[[str], None]) -> bool:
        agreed.append(yes)
        say("browser: /somewhere")
        return True

    monkeypatch.setattr("automation.engine.session.install.ensure_browser", ensure)

    assert call("install-browser", "--yes", "--json").json["said"] == ["browser: /somewhere"]
    assert call("install-browser", "--quiet").out == ""
    assert agreed == [True, False]


def test_demo(call: Callable[..., Called], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """GIVEN the demo's options THEN each scene gets them, and the result has that form."""
    scenes: list[list[str]] = []

    def ended(command: list[str], *, silent: bool) -> int:
        assert silent
        scenes.append(command)
        return 0

    monkeypatch.setattr(demo_script, "_ended", ended)
    monkeypatch.setattr(demo_script, "_plan_digest", lambda _demo: "none")

    told = call("demo", "--headed", "--browser", str(tmp_path), "--json")
    line = call("demo", "--headless", "--quiet")

    # Scenes that do nothing break the promise, and both forms of the result say so.
    assert (told.code, told.json["ok"], line.code) == (1, False, 1)
    assert len(line.out.splitlines()) == 1
    with_window, without = scenes[: len(scenes) // 2], scenes[len(scenes) // 2 :]
    assert all("--headed" in each and str(tmp_path) in each for each in with_window)
    assert not any("--headed" in each or str(tmp_path) in each for each in without)


def test_serve(call: Callable[..., Called], monkeypatch: pytest.MonkeyPatch) -> None:
    """GIVEN a port THEN the site answers there; --list prints scenarios as text, lines or JSON."""
    site = SimpleNamespace(url="http://127.0.0.1:8299", gateway_url="http://127.0.0.1:8300")
    serve = Mock(side_effect=lambda *_, started, **__: started(site))
    monkeypatch.setattr("fixtures.serve.serve", serve)

    assert call("serve", "quick", "--port", "8299", "--json").json["gateway"].endswith(":8300")
    assert call("serve", "quick", "--quiet").out == "http://127.0.0.1:8299\n"
    assert [each.args for each in serve.call_args_list] == [("quick", 8299), ("quick", 8190)]
    assert "quick" in call("serve", "--list", "--json").json["scenarios"]
    assert "quick" in call("serve", "--list", "--quiet").out.splitlines()


def test_the_table_would_miss_a_new_option() -> None:
    """Positive control: an option without a row is a difference."""
    known = tree()
    known["list"].add("--brand-new")

    assert known != PROVEN
