"""Commands in hints: with the order and the options that this call was given."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
import pytest

from automation.aliexpress.plan.order_number import advise_it
from automation.cli.main import group
from automation.cli.runs import answering, cancel_dry_run, verify_command
from automation.cli.screen.other_call import with_given_options
from automation.errors import ErrorCode, ToolError
from tests.cli.calls import ORDER

if TYPE_CHECKING:
    from pathlib import Path

HINT = "run 'dispute-guard verify ORDER' or 'dispute-guard list' to see what is open"
TEACH = "or show the way with 'dispute-guard teach ORDER --headed', or put this into your site data"
SITE, API = "http://127.0.0.1:8510", "http://127.0.0.1:8511"


def made(name: str, *words: str) -> click.Context:
    """The context of a call."""
    command = group.get_command(click.Context(group), name)
    assert command is not None
    return command.make_context(name, list(words))


def test_a_hint_names_order_and_site_of_the_call(tmp_path: Path) -> None:
    """GIVEN a refusal on a mimic WHEN it ends the call THEN its hint leads to the same mimic."""
    where = ("--site", SITE, "--gateway", API, "--state-dir", str(tmp_path))
    options = " ".join(where)

    with (
        made("advise", ORDER, *where),
        pytest.raises(ToolError) as caught,
        answering(lambda _: {}, None),
    ):
        raise ToolError("nothing to cancel", code=ErrorCode.REFUSED, hint=HINT)

    assert caught.value.hint == (
        f"run 'dispute-guard verify {ORDER} {options}' or 'dispute-guard list {options}' "
        "to see what is open"
    )


def test_a_hint_to_teach_leads_to_the_same_site_and_browser(tmp_path: Path) -> None:
    """GIVEN a mimic, or the buyer's own browser THEN ``teach`` is called there, and opens a window of its own if it must."""
    where = ("--site", SITE, "--gateway", API, "--state-dir", str(tmp_path))
    with made("cancel", ORDER, *where):
        own = with_given_options(TEACH)
    with made("cancel", ORDER, "--attach", "9222"):
        attached = with_given_options(TEACH)

    assert f"'dispute-guard teach {ORDER} {' '.join(where)} --headed', or put" in own
    assert f"'dispute-guard teach {ORDER} --attach 9222', or put" in attached
    assert with_given_options(TEACH) == TEACH


@pytest.mark.parametrize(("item", "named"), [(None, ""), (2, " --item 2")])
def test_a_hint_of_a_list_leads_to_its_order_on_the_same_site(
    tmp_path: Path, item: int | None, named: str
) -> None:
    """GIVEN a note of ``list`` on a mimic THEN ``advise`` of that order reads the same mimic."""
    where = ("--site", SITE, "--gateway", API, "--surface", "mobile", "--state-dir", str(tmp_path))
    note = f"unknown status 'new'; {advise_it(ORDER, item)} shows the line"

    with made("list", *where, "--every-order"):
        told = with_given_options(note)
    with made("list"):
        real = with_given_options(note)

    line = f"'dispute-guard advise {ORDER}{named} --json {' '.join(where)}'"
    assert told == f"unknown status 'new'; {line} shows the line"
    assert real == note


def test_the_dry_run_that_is_advised_is_on_the_same_site(tmp_path: Path) -> None:
    """GIVEN advice on a mimic THEN the dry run that comes next is on that mimic, with no reason to fill in."""
    where = ("--site", SITE, "--gateway", API, "--item", "2", "--state-dir", str(tmp_path))
    with made("advise", ORDER, *where, "--received"):
        told = cancel_dry_run(ORDER)
    with made("advise", ORDER):
        real = cancel_dry_run(ORDER)

    assert set(told.split()) == {"dispute-guard", "cancel", ORDER, "--dry-run", *where}
    assert real == f"dispute-guard cancel {ORDER} --dry-run"


def test_without_options_only_the_order_is_added() -> None:
    """GIVEN a call on the real site THEN nothing but its order; without a call, nothing (control)."""
    with made("advise", ORDER):
        assert with_given_options(HINT) == HINT.replace("verify ORDER", f"verify {ORDER}")

    assert with_given_options(HINT) == HINT


def test_a_command_names_a_place_that_a_variable_gave(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """GIVEN site and folder from variables THEN the command has them, as another shell may not."""
    folder = tmp_path / "my state"
    monkeypatch.setenv("DISPUTE_GUARD_SITE", SITE)
    monkeypatch.setenv("DISPUTE_GUARD_STATE_DIR", str(folder))
    monkeypatch.setenv("DISPUTE_GUARD_SURFACE", "mobile")

    with click.Context(group, auto_envvar_prefix="DISPUTE_GUARD") as parent:
        command = group.get_command(parent, "verify")
        assert command is not None
        with command.make_context("verify", [ORDER], parent=parent):
            told = verify_command(ORDER)

    assert told == f"dispute-guard verify {ORDER} --site {SITE} --state-dir '{folder}'"
