"""Every option of every command is run by a test: a new one without a row here fails."""

from __future__ import annotations

import ast
import traceback
from collections import Counter
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, get_type_hints

import click
import pytest
from pydantic import ConfigDict, TypeAdapter, ValidationError

import automation.cli
from automation.cli.commands.cancel import ConsentOptions
from automation.cli.commands.login import LoginOptions
from automation.cli.main import group
from automation.cli.options import options as module
from automation.cli.options.buyer_words import BuyerWords
from automation.cli.options.options import BrowserOptions, OutputOptions, ReceiptOutput, group_of
from tests.cli.calls import NO_SITE, ORDER, SAYS, WALKS, least

if TYPE_CHECKING:
    from tests.cli.calls import Call

BUYER = {
    "--because", "--received", "--not-received", "--checked", "--not-checked", "--replacement",
    "--replacement-checked", "--protection-extended", "--protection-not-extended", "--money",
    "--seller-says", "--protection-ends", "--delivered", "--dispute-status", "--edits-used",
}  # fmt: skip
OUTPUT = {"--json", "--quiet"}
# One test covers a run with a browser in each session mode; see ``test_a_walk``.
WALKED = {
    "--site", "--gateway", "--surface", "--attach", "--connect", "--profile", "--headless", "--browser", "--timeout",
    "--site-data", "--words", "--allow-read", "--wait-for-human", "--state-dir", *OUTPUT,
}  # fmt: skip
# Options and the tests that run them. A pair of flags is two rows.
PROVEN: dict[str, set[str]] = {
    "": {"--config", "--version"},
    "advise": {"--json-schema", *BUYER, "--facts", "--facts-schema", "--calendar", "--explain", "--item", "--headed",
        *WALKED,
    },
    "cancel": {"--json-schema", *BUYER, "--explain", "--item", "--dry-run", "--plan", "--from", "--accept-risk", "--accept-warning", "--by-hand", "--headed",
        "--keep-receipts", *WALKED,
    },
    "verify": {"--json-schema", "--item", "--headed", *WALKED},
    "list": {"--json-schema", "--calendar", "--every-order", "--headed", *WALKED},
    "session": {"--json-schema", "--headed", *WALKED},
    "capture": {"--json-schema", "--headed", *WALKED},
    "rules": {"--json-schema", *OUTPUT},
    "history": {"--json-schema", "--limit", "--open", "--state-dir", *OUTPUT},
    "login": {
        "--json-schema", "--site", "--gateway", "--browser", "--keep-in", "--profile", "--timeout", "--headless", "--state-dir", *OUTPUT
    },
    "doctor": {"--json-schema", "--accept-lost-journal", "--item", "--headed", *WALKED},
    "teach": {"--json-schema", "--item", "--save", "--open-dialog", "--headed", *WALKED},
    "install-browser": {"--json-schema", "--yes", *OUTPUT},
    "demo": {"--json-schema", "--headed", "--headless", "--browser", *OUTPUT},
    "serve": {"--json-schema", "--port", "--list", *OUTPUT},
    "mcp": {"--headed", *(WALKED - OUTPUT)},
    "config": set(),
    "completion": set(),
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


def test_the_table_would_miss_a_new_option() -> None:
    """Positive control: an option without a row is a difference."""
    known = tree()
    known["list"].add("--brand-new")

    assert known != PROVEN


@pytest.mark.parametrize("command", [*WALKS, "login"])
def test_a_window_needs_a_display(
    call: Call, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, command: str
) -> None:
    """GIVEN no display WHEN a window is wanted THEN exit 4 says so before a browser starts."""
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    window = [] if command == "login" else ["--headed"]

    ran = call(*least(command, tmp_path), *window, "--json", opens=False)

    assert (ran.code, ran.json["error"]["code"]) == (4, "no_display")
    assert ran.sessions == []


@pytest.mark.parametrize(
    ("words", "display", "headless"),
    [((), ":99", False), ((), "", True), (("--headless",), ":99", True), (NO_SITE, ":99", True)],
    ids=["real", "no display", "a choice", "mimic"],
)
def test_the_real_site_is_shown_where_there_is_a_display(
    call: Call,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    words: tuple[str, ...],
    display: str,
    *,
    headless: bool,
) -> None:
    """GIVEN no choice THEN a window on the real site; somebody is asked only where there is one."""
    monkeypatch.setenv("DISPLAY", display)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)

    ran = call("session", *words, "--state-dir", str(tmp_path), "--json", opens=False)

    [opened] = ran.sessions
    assert opened.headless is headless
    assert (ran.request.human is None) is headless


@pytest.mark.parametrize("command", WALKS)
def test_what_is_not_the_default_reaches_the_browser(
    call: Call, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, command: str
) -> None:
    """GIVEN a window, a phone and a short timeout THEN the browser gets exactly these."""
    monkeypatch.setenv("DISPLAY", ":99")
    words = ("--headed", "--surface", "mobile", "--timeout", "7.5")

    ran = call(*least(command, tmp_path), *words, "--json", opens=False)

    assert ran.json["error"]["code"] == "interrupted", ran.out
    [opened], asked = ran.sessions, ran.request
    assert (opened.headless, opened.device, opened.timeout) == (False, "Pixel 7", 7.5)
    assert asked.surface == "mobile"


@pytest.mark.parametrize("command", WALKS)
@pytest.mark.parametrize("mode", ["--attach", "--connect"])
def test_options_that_a_running_browser_leaves_unused_are_named(
    call: Call, tmp_path: Path, command: str, mode: str
) -> None:
    """GIVEN a running browser WHEN a window or another one is asked for THEN it says: no effect."""
    words = (mode, "http://127.0.0.1:9", "--headed", "--browser", "/bin/true")

    ran = call(*least(command, tmp_path), *words, opens=False)

    for name in ("--headed", "--browser"):
        assert f"{name} has no effect with {mode}" in ran.err


SESSIONS = {"--attach": "chrome", "--connect": "ws://127.0.0.1:9/", "--profile": "/"}


@pytest.mark.parametrize("command", WALKS)
@pytest.mark.parametrize("pair", list(combinations(SESSIONS, 2)), ids=" ".join)
def test_only_one_session_can_be_named(
    call: Call, tmp_path: Path, command: str, pair: tuple[str, str]
) -> None:
    """GIVEN two sessions WHEN both are named THEN exit 2 names them."""
    words = (word for name in pair for word in (name, SESSIONS[name]))

    ran = call(*least(command, tmp_path), *words, "--json", opens=False)

    assert (ran.code, ran.json["error"]["code"]) == (2, "usage")
    assert ran.json["error"]["message"] == f"{' and '.join(pair)} cannot be combined"


@pytest.mark.parametrize("command", WALKS)
def test_a_browser_elsewhere_has_no_window_and_nobody_to_ask(
    call: Call, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, command: str
) -> None:
    """GIVEN --connect on the real site, with a display THEN no window is opened, and the run does not wait for a human."""
    monkeypatch.setenv("DISPLAY", ":99")
    words = [word for word in least(command, tmp_path) if word not in NO_SITE]

    ran = call(*words, "--connect", SESSIONS["--connect"], "--json", opens=False)

    [opened] = ran.sessions
    assert (opened.connect, opened.headless, opened.mode) == ("ws://127.0.0.1:9/", True, "connect")
    assert ran.request.human is None


def test_a_mimic_elsewhere_is_on_the_other_machine(call: Call, tmp_path: Path) -> None:
    """GIVEN a browser on another machine WHEN it is to open 127.0.0.1 THEN it is said whose that is."""
    there, here = (
        call(*least("list", tmp_path), "--connect", f"ws://{host}:9/", opens=False)
        for host in ("grid.example", "127.0.0.1")
    )

    assert "the remote machine's own address" in there.err
    assert "the remote machine's own address" not in here.err


# Every option of a group, each with a value, and how the command is called otherwise.
SAID_IN_FULL = (
    "--because", "other", "--received", "--checked", "--replacement", "LP1", "--replacement-checked",
    "--protection-extended", "--money", "none", "--seller-says", "wait", "--protection-ends",
    "2026-12-24", "--delivered", "2026-12-01", "--dispute-status", "mediating", "--edits-used", "1",
)  # fmt: skip
WHERE = (
    "--site", "http://127.0.0.1:9", "--gateway", "http://127.0.0.1:9", "--browser", "/bin/true",
    "--profile", "/", "--timeout", "7", "--state-dir", "/",
)  # fmt: skip
SIDE = BuyerWords.__struct_fields__
CONSENT = (
    "--dry-run",
    "--plan",
    "0",
    "--accept-risk",
    "a",
    "--accept-warning",
    "0a1b2c3d4e5f",
    "--by-hand",
)
BROWSER = (
    *WHERE,
    "--surface",
    "mobile",
    "--attach",
    "chrome",
    "--connect",
    "ws://127.0.0.1:9/",
    "--words",
    "/bin/true",
    "--headed",
    "--allow-read",
    "a",
)
LEAST = {
    "cancel": (ORDER, "--because", "other"), "verify": (ORDER,), "capture": (ORDER, "folder"),
    "advise": (), "login": (),
}  # fmt: skip


def parsed(command: str, *words: str) -> dict[str, object]:
    """What Click would hand over; callbacks of the command itself do not run."""
    found = group.get_command(click.Context(group), command)
    assert found is not None
    with found.make_context(command, [*LEAST[command], *words]) as context:
        return dict(context.params)


def mistyped(options: type[object], given: dict[str, object]) -> list[str]:
    """Fields whose value is not of the type that the command relies on."""
    wrong = []
    for name, kind in get_type_hints(options, localns={"Path": Path}).items():
        plain = ConfigDict(arbitrary_types_allowed=True, strict=True)
        adapter = TypeAdapter[object](kind, config=plain)
        try:
            adapter.validate_python(given[name])
        except ValidationError:
            wrong.append(name)
    return wrong


@pytest.mark.parametrize(
    ("options", "command", "words"),
    [
        (OutputOptions, "verify", ("--json", "--quiet")),
        (BrowserOptions, "verify", BROWSER),
        (BrowserOptions, "capture", BROWSER),
        (BuyerWords, "advise", SAID_IN_FULL),
        (BuyerWords, "cancel", SAID_IN_FULL),
        (ConsentOptions, "cancel", CONSENT),
        (ReceiptOutput, "cancel", ("--json", "--quiet", "--explain", "--keep-receipts", "7")),
        (LoginOptions, "login", (*WHERE, "--headless", "--keep-in", "file")),
    ],
    ids=lambda value: value.__name__ if isinstance(value, type) else None,
)
@pytest.mark.parametrize("full", [True, False])
def test_a_group_has_the_types_that_it_declares(
    options: type[BrowserOptions], command: str, words: tuple[str, ...], full: bool
) -> None:
    """GIVEN each option, or none THEN what Click hands over has the type of its field."""
    given = parsed(command, *(words if full else ()))

    assert mistyped(options, given) == []
    if full:
        assert [name for name in options.__struct_fields__ if given[name] is None] == []


def test_all_groups_are_unpacked_in_one_call() -> None:
    """GIVEN a command with options of its own between two groups THEN one call of this module is behind it."""
    told: list[tuple[object, ...]] = []

    @click.command("told")
    @group_of("side", BuyerWords, *(click.option(f"--{name.replace('_', '-')}") for name in SIDE))
    @click.option("--own")
    @group_of("output", OutputOptions, click.option("--as-json"), click.option("--quiet"))
    def command(own: str, side: BuyerWords, output: OutputOptions) -> int:
        """Tell what came."""
        calls = [each.filename for each in traceback.extract_stack()]
        told.append((own, side.because, output, calls.count(module.__file__)))
        return 0

    command.main(["--own", "a", "--because", "b", "--quiet", "c"], standalone_mode=False)

    assert told == [("a", "b", OutputOptions(as_json=None, quiet="c"), 1)]  # type: ignore[arg-type]
    assert (command.help, [each.name for each in command.params]) == (
        "Tell what came.",
        [*SIDE, "own", "as_json", "quiet"],
    )


def test_a_wrong_type_would_be_seen() -> None:
    """Positive control: a text in place of seconds is one."""
    given = parsed("verify") | {"timeout": "30"}

    assert mistyped(BrowserOptions, given) == ["timeout"]


def declared() -> Counter[str]:
    """How often each option is declared in the sources."""
    found: Counter[str] = Counter()
    for path in Path(str(automation.cli.__file__)).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "click.option":
                found[ast.literal_eval(node.args[0])] += 1
    return found


def test_an_option_is_declared_once() -> None:
    """GIVEN the sources THEN no two commands declare the same option."""
    found = declared()

    assert {"--browser", "--timeout", "--json"} <= set(found)
    assert [name for name, times in found.items() if times > 1] == []


@pytest.mark.parametrize(
    "pasted",
    ["8190 0000 0000 0001", "Order ID: 8190000000000001", "Ref. Number: 8190 0000 0000 0001",
     "81900000 00000001"],
)  # fmt: skip
def test_an_order_needs_no_quotes(call: Call, tmp_path: Path, pasted: str) -> None:
    """GIVEN an order pasted with spaces or its label WHEN the shell splits it THEN it is one number."""
    words = ("--because", "filed-by-mistake", *NO_SITE, "--state-dir", str(tmp_path))

    assert call("advise", *pasted.split(), *words, opens=False).request.order_id == ORDER


@pytest.mark.parametrize(
    ("words", "stray"),
    [
        ("8190000000000001 2", "2"),
        ("8190000000000001 8190000000000002", "8190000000000002"),
        ("8190000000000001 dry-run", "dry-run"),
        ("dry-run 8190000000000001", "8190000000000001"),
        ("8190 0000 0000 0001 quiet", "quiet"),
        ("https://www.aliexpress.com/p/order/detail.html?orderId=8190000000000001 2", "2"),
    ],
)
def test_a_word_beside_an_order_is_never_taken_for_a_part_of_it(
    call: Call, words: str, stray: str
) -> None:
    """GIVEN an item's number, a second order or an option without hyphens THEN exit 2 names it."""
    ran = call("cancel", *words.split(), *SAYS, "--dry-run", *NO_SITE, opens=False)

    assert (ran.code, ran.sessions) == (2, [])
    assert repr(stray) in ran.err


@pytest.mark.parametrize(
    ("words", "lacks"), [(("capture", ORDER), "DIR"), (("capture",), "ORDER"), (("verify",), "ORDER")]
)  # fmt: skip
def test_a_missing_argument_is_named(call: Call, words: tuple[str, ...], lacks: str) -> None:
    """GIVEN a call without its order or folder THEN exit 2 says which one is missing."""
    ran = call(*words, opens=False)

    assert (ran.code, f"missing argument '{lacks}'" in ran.err) == (2, True), ran.err
