"""What a config file and a variable can set, and what only the command line can."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import product
from typing import TYPE_CHECKING

import click
import pytest
from click.testing import CliRunner, Result

from automation.cli.main import group
from automation.cli.options.settings import CallOnly

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.calls import Call

ORDER = "8190000000000001"
CANCEL = (
    "cancel",
    ORDER,
    "--because",
    "package-arrived",
    "--dry-run",
    "--site",
    "http://127.0.0.1:9",
)
ADVISE = ("advise", "--because", "other", "--json")

Run = Callable[..., Result]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """The command line in this process, with a config folder and an environment of its own."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))

    def call(*words: str, config: str | bytes | None = None, **variables: str) -> Result:
        given: tuple[str, ...] = ()
        if config is not None:
            file = tmp_path / "given.toml"
            file.write_bytes(config if isinstance(config, bytes) else config.encode())
            given = ("--config", str(file))
        runner = CliRunner(
            env={f"DISPUTE_GUARD_{name}": value for name, value in variables.items()}
        )
        return runner.invoke(group, [*given, *words])

    return call


def rules(ran: Result) -> set[str]:
    """The rules of a JSON answer's findings."""
    return {finding["rule"] for finding in json.loads(ran.stdout)["findings"]}


def call_only() -> dict[str, list[CallOnly]]:
    """The options of each command that only the command line can set."""
    with click.Context(group) as ctx:
        commands = {name: group.get_command(ctx, name) for name in group.list_commands(ctx)}
    return {
        name: [option for option in command.params if isinstance(option, CallOnly)]
        for name, command in commands.items()
        if command
    }


RISKS = [
    "dry-run",
    "plan",
    "from",
    "accept-risk",
    "accept-warning",
    "by-hand",
    "accept-lost-journal",
    "save",
    "open-dialog",
]


def test_these_options_and_no_other_belong_to_the_call() -> None:
    """GIVEN every command THEN options about a risk or the send are marked."""
    options = [option for each in call_only().values() for option in each]

    assert {option.opts[0][2:] for option in options} == set(RISKS)


def test_what_the_buyer_says_may_come_from_a_variable_or_file(run: Run) -> None:
    """GIVEN a fact that is set elsewhere THEN it counts, as every option does."""
    assert "good-reason" not in rules(run("advise", "--json"))
    for ran in (
        run("advise", "--json", BECAUSE="seller-promised"),
        run("advise", "--json", config='because = "seller-promised"\n'),
    ):
        assert "seller-promise" in rules(ran), ran.output


@pytest.mark.parametrize("name", RISKS)
@pytest.mark.parametrize("words", [CANCEL, ADVISE, ("rules", "F12"), ("list",)], ids=" ".join)
def test_no_variable_takes_a_risk_in_any_command(
    run: Run, words: tuple[str, ...], name: str
) -> None:
    """GIVEN a variable for such an option, short or long, with any value THEN exit 2 and why."""
    upper = name.replace("-", "_").upper()
    variables = (upper, f"CANCEL_{upper}", f"DOCTOR_{upper}")

    for variable, value in product(variables, ("1", "0", "")):
        ran = run(*words, **{variable: value})

        assert ran.exit_code == 2, (variable, value, ran.output)
        assert f"DISPUTE_GUARD_{variable}" in ran.output
        assert f"--{name} can only be set on the command line" in ran.output


@pytest.mark.parametrize("name", [*RISKS, "dry_run", "plan_digest", "accept_risk"])
@pytest.mark.parametrize(
    "text", ["{} = {}\n", "[cancel]\n{} = {}\n", "[doctor]\n{} = {}\n", "cancel.{} = {}\n"]
)
def test_no_config_file_takes_a_risk(run: Run, name: str, text: str) -> None:
    """GIVEN such an option in a config file THEN exit 2, for any command and value."""
    for words, value in product((CANCEL, ("rules", "F12")), ("false", '["x"]')):
        ran = run(*words, config=text.format(name, value))

        assert ran.exit_code == 2, (words, value, ran.output)
        assert name in ran.output
        assert "can only be set on the command line" in ran.output


def test_the_call_itself_takes_them(run: Run) -> None:
    """Control: GIVEN the same options on the command line THEN they are read."""
    bad_rule = run(*CANCEL, "--accept-risk", "no-such-rule")
    both = run(*CANCEL, "--plan", "0123456789ab")

    assert "no such rule" in str(bad_rule.exception)
    assert "--dry-run and --plan" in str(both.exception)


def test_help_and_version_stay_in_reach(run: Run) -> None:
    """GIVEN a bad variable THEN --help and --version still answer."""
    for words in (("--help",), ("--version",)):
        assert run(*words, DRY_RUN="1").exit_code == 0


@pytest.mark.parametrize(
    ("config", "says"),
    [
        ("sit = 'http://127.0.0.1:9'", "unknown key 'sit'; did you mean 'site'?"),
        ("[cancel]\ndry_runn = true", "did you mean 'dry-run' (--dry-run can only"),
        ("[cancl]\nsite = 'x'", "[cancl] is not a command; did you mean [cancel]?"),
        ("[zzz]\nsite = 'x'", "[zzz] is not a command; see 'dispute-guard --help'"),
        ("zzz = 1", "unknown key 'zzz'; docs/configuration.md has all"),
        ("[rules]\nsite = 'x'", "[rules] unknown key 'site'"),
        ("cancel = true", "unknown key 'cancel'"),
        ("[[cancel]]\nsite = 'x'", "unknown key 'cancel'"),
        ("[cancel.site]\nurl = 'x'", "[cancel] site must be a value, not a table"),
        ("surface = ['web']", "surface must be one value, not a list"),
        ("surface = true", "surface must be a value, not true or false"),
        ("site = [['a']]", "site must be one value, not a list"),
        ("[list]\nsite = {a = 1}", "[list] site must be a value, not a table"),
        ("quiet = 'yes'", "quiet must be true or false"),
        ("quiet = 1", "quiet must be true or false\n"),
        ("list = 5", "list must be true or false; it is --list of [serve]\n"),
        ("[serve]\nlist = 5", "[serve] list must be true or false\n"),
        ("json = true\nas_json = false", "--json is set twice"),
        ("[cancel]\nstate-dir = 'a'\nstate_dir = 'b'", "--state-dir is set twice"),
        ("site = ", "Invalid value"),
        ("a = 1\na = 2", "Cannot overwrite a value"),
        (b"site = '\xff'", "not UTF-8 text"),
        (b"\x00", "Invalid"),
        ("a = " + "[" * 100_000, ""),
        (b"#" * (256 * 1024 + 1), "larger than 256 KiB"),
    ],
)
def test_a_config_file_that_says_nothing_clear_is_an_error(
    run: Run, config: str | bytes, says: str
) -> None:
    """GIVEN invalid keys, tables, values or bytes THEN exit 2, the file and the cause."""
    ran = run(*ADVISE, config=config)

    assert ran.exit_code == 2, ran.output
    assert "given.toml" in ran.output
    assert says in ran.output


@pytest.mark.parametrize(
    ("config", "says"),
    [
        ("timeout = 'abc'", "line 1: timeout: 'abc' is not a valid number of seconds"),
        (
            "# timeout\n[cancel]\n\ntimeout = 0.1",
            "line 4: [cancel] timeout: 0.1 is not in the range",
        ),
        ("[list]\ntimeout = 9\n[cancel]\ntimeout = 'abc'", "line 4: [cancel] timeout: 'abc'"),
        ("cancel = {timeout = 'nan'}", "line 1: [cancel] timeout: "),
        (
            "json = true\ncancel.surface = 'phone'",
            "line 2: [cancel] surface: 'phone' is not one of",
        ),
        ("[serve]\nport = 'http'", "line 2: [serve] port: 'http' is not a valid whole number"),
        ("quiet = 1", "line 1: quiet must be true or false"),
        ("timeout = '30'", "line 1: timeout must be a number, without quotes"),
        ("[history]\nlimit = '3'", "line 2: [history] limit must be a number, without quotes"),
        ("site = 5", "line 1: site must be in quotes"),
        ("\nprofile = 1.5", "line 2: profile must be in quotes"),
        ("allow-read = ['a', 5]", "line 1: allow-read must be in quotes"),
        ("site = 2026-12-01", "line 1: site must be in quotes"),
        ("protection-ends = 20261201", "line 1: protection-ends must be in quotes"),
        ("\n[cancl]\nsite = 'x'", "line 2: [cancl] is not a command"),
        ("[cancel]\ndry-run = true", "line 2: [cancel] 'dry-run' is not allowed"),
    ],
)
@pytest.mark.parametrize("words", [("rules", "F12"), ("history",)], ids=" ".join)
def test_every_command_notices_a_wrong_value(
    run: Run, words: tuple[str, ...], config: str, says: str
) -> None:
    """GIVEN a value that an option of any command does not take THEN exit 2, with its line."""
    ran = run(*words, config=config)

    assert ran.exit_code == 2, ran.output
    assert f"given.toml, {says}" in ran.output


def test_where_a_path_leads_matters_only_to_its_command(run: Run) -> None:
    """GIVEN a browser that is not there THEN other commands work; the control is a good file."""
    for config in (
        "browser = '/nowhere'",
        "[cancel]\ntimeout = 20\nallow-read = ['a', 'b']",
        "item = 2\nreplacement = 123\nattach = 9222\nedits-used = 1",
        "delivered = 2026-12-01\nprotection-ends = 2026-12-01T10:00:00Z",
        "item = '2'\ndelivered = '2026-12-01'",
    ):
        assert run("rules", "F12", config=config).exit_code == 0


@pytest.mark.parametrize("what", ["missing", "folder", "endless"])
def test_a_config_file_that_cannot_be_read_is_an_error(run: Run, tmp_path: Path, what: str) -> None:
    """GIVEN --config with a missing file THEN exit 2 and its name."""
    path = {"missing": tmp_path / "none.toml", "folder": tmp_path, "endless": "/dev/zero"}[what]

    ran = run("--config", str(path), *ADVISE)

    assert ran.exit_code == 2, ran.output
    assert str(path) in ran.output


def test_a_usual_config_file_that_is_broken_is_an_error(run: Run, tmp_path: Path) -> None:
    """GIVEN config.toml in the config folder THEN it is read, and its errors are reported."""
    usual = tmp_path / "dispute-guard" / "config.toml"
    usual.parent.mkdir()
    usual.write_text("dry-run = true\n")

    ran = run(*CANCEL)

    assert ran.exit_code == 2, ran.output
    assert str(usual) in ran.output


def test_a_config_file_sets_what_is_no_risk(run: Run) -> None:
    """GIVEN keys, lists, times and tables THEN they count; the command line beats them."""
    config = (
        "\ufeffjson = true\nsite = 'http://127.0.0.1:9/path'\n[serve]\nlist = true\nport = 9\n"
        "[cancel]\nheadless = true\ntimeout = 20\n"
    )

    by_file, by_call = run("list", config=config), run("list", "--site", "x", config=config)

    assert "has more than a host and a port" in str(by_file.exception)
    assert "is neither" in str(by_call.exception)
    assert "quick" in json.loads(run("serve", config=config).stdout)["scenarios"]


def test_config_and_version(call: Call, tmp_path: Path) -> None:
    """GIVEN a config file THEN its options count; the version is one line."""
    config = tmp_path / "config.toml"
    config.write_text("quiet = true\n", "utf-8")

    assert (
        call("--config", str(config), "serve", "--list").out.splitlines()[0] == "accepted-proposal"
    )
    assert call("--version").out.startswith("dispute-guard ")


def test_a_lasting_state_folder_is_the_same_from_everywhere(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """GIVEN a relative folder in a file or variable THEN a usage error; in the call it is its own.

    With another journal in each working directory, a second request would be possible.
    """
    monkeypatch.chdir(tmp_path)
    for ran in (run("history", config='state-dir = "here"'), run("history", STATE_DIR="here")):
        assert (ran.exit_code, "needs its whole path" in ran.stderr) == (2, True)
    assert not (tmp_path / "here").exists()

    said = run("history", "--state-dir", "here")
    assert (said.exit_code, str(tmp_path / "here") in said.output) == (0, True)
