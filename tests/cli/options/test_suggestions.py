"""The values that a shell offers for an argument or option."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from automation.cli.options.suggestions import own_orders, risks, rule_ids, scenarios
from automation.engine.journal import Journal
from automation.engine.target import Target
from rules import all_rules

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest
    from click.shell_completion import CompletionItem

    Suggestions = Callable[[click.Context, click.Parameter, str], list[CompletionItem[str]]]

AT = datetime(2026, 11, 26, tzinfo=UTC)
PARAMETER = click.Argument(["x"])


def offered(ask: Suggestions, incomplete: str = "", **given: object) -> dict[str, str | None]:
    """What is offered, with its help."""
    ctx = click.Context(click.Command("x"))
    ctx.params = given
    return {item.value: item.help for item in ask(ctx, PARAMETER, incomplete)}


def test_orders_are_those_of_the_journal_in_the_given_folder(tmp_path: Path) -> None:
    """GIVEN attempts in one folder THEN its orders, the newest first; another folder has none."""
    with Journal.open(tmp_path / "mine") as journal:
        for order in ("8190000000000001", "8200000000000002", "8190000000000001"):
            target = Target(ids={"order": order}, words="x", exact=False)
            journal.begin(target, "cancel", "", "web", "1", AT)

    assert list(offered(own_orders, state_dir=tmp_path / "mine")) == [
        "8190000000000001",
        "8200000000000002",
    ]
    assert list(offered(own_orders, "82", state_dir=tmp_path / "mine")) == ["8200000000000002"]
    assert offered(own_orders, state_dir=tmp_path / "other") == {}
    assert not (tmp_path / "other").exists(), "asking makes no folder"


def test_without_the_option_it_is_the_folder_of_the_system(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """GIVEN no --state-dir, or one that is no path yet THEN the usual folder is looked at."""
    looked: list[Path] = []

    def recent(folder: Path, _role: str) -> tuple[str, ...]:
        looked.append(folder)
        return ()

    monkeypatch.setattr("automation.engine.journal.glance.recent_ids", recent)
    monkeypatch.setattr("automation.engine.session.state.default_state_dir", lambda: tmp_path)

    assert offered(own_orders) == offered(own_orders, state_dir="typed") == {}
    assert looked == [tmp_path, tmp_path]


def test_rules_come_with_their_titles() -> None:
    """GIVEN the beginning of rules THEN those and no others, each with what it says."""
    titles = {rule.id: rule.title for rule in all_rules()}

    assert offered(rule_ids) == titles
    assert offered(rule_ids, "status-f") == {"status-final": titles["status-final"]}
    assert offered(rule_ids, "tatus-f") == {}, "only a beginning is completed"


def test_risks_are_the_rules_that_can_be_accepted() -> None:
    """GIVEN --accept-risk THEN what no buyer can override is not offered."""
    assert offered(risks) == {rule.id: rule.title for rule in all_rules() if rule.overridable}


def test_scenarios_are_those_of_the_mimic() -> None:
    """GIVEN the beginning of a scenario's name THEN the rest of it, without help."""
    assert offered(scenarios, "quic") == {"quick": ""}
