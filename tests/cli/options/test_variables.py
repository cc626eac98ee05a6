"""Options from environment variables, and variables that nothing reads."""

from __future__ import annotations

import click
import pytest
from click.testing import CliRunner

from automation.cli.main import group, run
from automation.cli.options.settings import CallOnly
from automation.cli.options.variables import check_variables, with_variables


@pytest.mark.parametrize(
    ("variable", "near"),
    [
        ("DISPUTE_GUARD_DRYRUN", "DISPUTE_GUARD_DRY_RUN (--dry-run can only be"),
        ("DISPUTE_GUARD_TIMEOT", "DISPUTE_GUARD_TIMEOUT"),
        ("DISPUTE_GUARD_CANCEL_BECUASE", "DISPUTE_GUARD_CANCEL_BECAUSE"),
        ("dispute_guard_json", "DISPUTE_GUARD_JSON"),
        ("Dispute_Guard_Dry_Run", "DISPUTE_GUARD_DRY_RUN (--dry-run can only be"),
        ("DISPUTE_GUARD_CONFIGG", "DISPUTE_GUARD_CONFIG"),
        ("DISPUTE_GUARD_", "; docs/configuration.md has all"),
        ("DISPUTE_GUARD_ZZZ", "; docs/configuration.md has all"),
    ],
)
def test_a_variable_that_nothing_reads_is_an_error(variable: str, near: str) -> None:
    """GIVEN a misspelt variable THEN an error with its name and the nearest known one."""
    with pytest.raises(ValueError, match="unknown variable") as caught:
        check_variables(group, {"HOME": "/root", "DISPUTEGUARD": "1", variable: "1"})

    assert variable in str(caught.value)
    assert near in str(caught.value)


def test_variables_of_others_are_none_of_our_business() -> None:
    """GIVEN other programs' variables, and valid ones of ours THEN no error."""
    read = (
        "CONFIG",
        "JSON",
        "SITE",
        "STATE_DIR",
        "TIMEOUT",
        "CANCEL_TIMEOUT",
        "SERVE_PORT",
        "PORT",
    )

    check_variables(group, {"XDG_CONFIG_HOME": "x", "_DISPUTE_GUARD_COMPLETE": "bash_source"})
    check_variables(group, {f"DISPUTE_GUARD_{name}": "1" for name in read})


def test_every_option_has_a_short_variable() -> None:
    """GIVEN an option of one command only THEN its short variable is read, and its long one."""
    for name in ("PORT", "SERVE_PORT"):
        ran = CliRunner(env={f"DISPUTE_GUARD_{name}": "nowhere"}).invoke(group, ["serve"])
        assert "'nowhere' is not a valid whole number" in ran.output

    @click.command()
    @click.option("--one/--other")
    @click.option("--mine", envvar="MINE")
    @click.option("--risk", cls=CallOnly)
    def some() -> None:
        """Have options."""

    assert [option.envvar for option in with_variables(some).params] == [
        "DISPUTE_GUARD_ONE",
        "MINE",
        None,
    ]


@pytest.mark.parametrize(
    ("variables", "words", "told"),
    [
        ({"QUIET": "maybe"}, (), " (from DISPUTE_GUARD_QUIET)"),
        ({"LIST_TIMEOUT": "abc"}, (), " (from DISPUTE_GUARD_LIST_TIMEOUT)"),
        ({"SURFACE": "x"}, (), "'mobile' (from DISPUTE_GUARD_SURFACE)"),
        ({"TIMEOUT": "30"}, ("--timeout", "abc"), "is not a valid number of seconds"),
    ],
)
def test_a_wrong_value_of_a_variable_is_told_with_its_name(
    variables: dict[str, str], words: tuple[str, ...], told: str,
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    """GIVEN a variable with a wrong value THEN exit 2 names it; one that was overruled is not named."""
    for name, value in variables.items():
        monkeypatch.setenv(f"DISPUTE_GUARD_{name}", value)

    code = run(["list", *words])

    assert code == 2
    message = next(
        line for line in capsys.readouterr().err.splitlines() if "dispute-guard:" in line
    )
    assert message.endswith(told)
