"""Another command with the options of this call."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
import pytest

from automation.cli.main import group
from automation.cli.screen.advice import show_advice, show_short_advice
from automation.cli.screen.other_call import OPTIONS_OF, with_given_options
from tests.cli.screen.advised import NOW, advice_on

if TYPE_CHECKING:
    from collections.abc import Iterator

ORDER = "8190000000000001"
SITE, API = "http://127.0.0.1:8001", "http://127.0.0.1:8002"
WHERE = f"--site {SITE} --gateway {API}"


@pytest.fixture
def on_a_mimic() -> Iterator[None]:
    """A call of ``advise`` on an order of a mimic."""
    with click.Context(group) as parent:
        command = group.get_command(parent, "advise")
        assert command is not None
        words = [ORDER, "--site", SITE, "--gateway", API]
        with command.make_context("advise", words, parent=parent):
            yield


TOLD = {
    "'dispute-guard list' shows it": f"'dispute-guard list {WHERE}' shows it",
    "'dispute-guard list --calendar d.ics'": f"'dispute-guard list --calendar d.ics {WHERE}'",
    "'dispute-guard advise ORDER'": f"'dispute-guard advise {ORDER} {WHERE}'",
    "('dispute-guard teach ORDER')": f"('dispute-guard teach {ORDER} {WHERE} --headed')",
    "'dispute-guard advise 8190000000000002 --item 2 --json'": f"'dispute-guard advise 8190000000000002 --item 2 --json {WHERE}'",
    "'dispute-guard teach 8190000000000002 --headed'": f"'dispute-guard teach 8190000000000002 {WHERE} --headed'",
    "'dispute-guard capture ORDER DIR' saves it": f"'dispute-guard capture {ORDER} DIR {WHERE}' saves it",
    "'dispute-guard session' or 'dispute-guard login'": f"'dispute-guard session {WHERE}' or 'dispute-guard login {WHERE}'",
    "'dispute-guard verify ORDER', 'dispute-guard doctor'": f"'dispute-guard verify {ORDER} {WHERE}', 'dispute-guard doctor {WHERE}'",
    f"'dispute-guard verify ORDER --site {API}'": f"'dispute-guard verify {ORDER} --site {API}'",
    "see 'dispute-guard rules F12'": "see 'dispute-guard rules F12'",
    "see 'dispute-guard login --help'": "see 'dispute-guard login --help'",
}


@pytest.mark.usefixtures("on_a_mimic")
@pytest.mark.parametrize(("text", "shown"), TOLD.items())
def test_a_call_in_a_text_has_the_options_of_this_one(text: str, shown: str) -> None:
    """GIVEN a call with a site and an order THEN a call that a text names has both."""
    assert with_given_options(text) == shown


@pytest.mark.usefixtures("on_a_mimic")
@pytest.mark.parametrize("name", OPTIONS_OF)
def test_a_call_gets_no_option_that_it_does_not_have(name: str) -> None:
    """GIVEN a command that hints name THEN it takes every option that a hint may add."""
    command = group.get_command(click.Context(group), name)

    assert command is not None
    assert set(OPTIONS_OF[name]) <= {each.name for each in command.params}


def test_without_options_it_stays_as_it_is() -> None:
    """GIVEN no call THEN the bare command."""
    assert with_given_options("'dispute-guard list'") == "'dispute-guard list'"


SHORT = {
    f"'dispute-guard list {WHERE}' shows": {"open_disputes_in_order": 2, "target_specified": False},
    f"'dispute-guard list --calendar dates.ics {WHERE}'": {"buyer_reason": "afraid_of_account_block"},
    f"'dispute-guard cancel {ORDER} --dry-run {WHERE}'": {"buyer_reason": "filed_by_mistake"},
}  # fmt: skip


@pytest.mark.usefixtures("on_a_mimic")
@pytest.mark.parametrize(("shown", "facts"), SHORT.items())
def test_short_advice_names_calls_that_can_be_pasted(
    capsys: pytest.CaptureFixture[str], shown: str, facts: dict[str, object]
) -> None:
    """GIVEN advice on a mimic THEN the call in its next step goes there too."""
    show_short_advice(advice_on(**facts), ORDER)

    assert shown in capsys.readouterr().out


@pytest.mark.usefixtures("on_a_mimic")
@pytest.mark.parametrize(
    ("facts", "shown"),
    [
        ({"open_disputes_in_order": 2, "target_specified": False}, f"--item N ('dispute-guard list {WHERE}' shows the numbers)"),
        ({"dispute_status": "Wird geprüft"}, f"('dispute-guard teach {ORDER} {WHERE} --headed')"),
    ],
)  # fmt: skip
def test_the_explanation_names_them_on_one_line(
    capsys: pytest.CaptureFixture[str], facts: dict[str, object], shown: str
) -> None:
    """GIVEN advice on a mimic in full THEN the call that says what is missing, unbroken."""
    show_advice(advice_on(**facts), NOW)

    assert shown in capsys.readouterr().out
