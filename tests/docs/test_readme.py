"""Every command in the documentation is right, and the README's way through a cancel works."""

from __future__ import annotations

import contextlib
import re
from typing import TYPE_CHECKING

import click
import pytest

from automation.aliexpress.site import SiteMap
from automation.cli.main import group, run
from tests.conftest import QUESTION, disputed_order
from tests.docs.pages import PAGES, ROOT, Page, pages
from tests.terminal import at_terminal

if TYPE_CHECKING:
    from pathlib import Path

    from fixtures.pytest_plugin import Mimic
    from tests.conftest import Tool

DOCS = pages(*PAGES)
README = Page(ROOT / "README.md")
COMMANDS = [(page.name, words) for page in DOCS for words in page.commands()]
ORDER = "8190000000000001"
# They need no site; what they print is tested elsewhere.
PURE = ("advise", "rules")
# Where the README's other commands are run; the way of the README has the rest.
ELSEWHERE = {
    "demo": "tests/cli/commands/test_demo.py",
    "install-browser": "tests/engine/session/launch/test_install.py",
    "login": "tests/cli/commands/test_login.py",
    "list": "tests/commands/test_list.py",
    "history": "tests/cli/commands/test_history.py",
}


@pytest.mark.parametrize(("doc", "words"), COMMANDS, ids=str)
def test_a_command_can_be_typed(
    doc: str, words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its command, options and values are accepted, without running it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "case.json").write_text("{}")
    context = click.Context(group, info_name="dispute-guard", **group.context_settings)
    command = group.get_command(context, words[0])
    assert command is not None, doc
    with contextlib.suppress(click.exceptions.Exit):  # such as --json-schema
        command.make_context(words[0], words[1:], parent=context)


def test_a_wrong_command_is_noticed() -> None:
    """The control: an unknown option or reason is an error."""
    for words in (["--recieved"], ["--because", "no-such-reason"]):
        command = group.get_command(click.Context(group), "advise")
        assert command is not None
        with pytest.raises(click.UsageError):
            command.make_context("advise", words)


@pytest.mark.parametrize(
    "words", [words for _, words in COMMANDS if words[0] in PURE and "--facts" not in words],
    ids=str,
)  # fmt: skip
def test_a_command_without_a_site_runs(
    words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It ends with a verdict's or a plain exit code."""
    monkeypatch.chdir(tmp_path)
    assert run([*words, "--quiet"]) in {0, 3}


def test_site_data_in_the_docs_is_valid(tmp_path: Path) -> None:
    """GIVEN each example of a user's file THEN it is loaded."""
    file = tmp_path / "site.toml"
    examples = Page(ROOT / "docs" / "when-the-site-differs.md").blocks("toml")
    for example in examples:
        file.write_text(example, "utf-8")
        assert SiteMap.load(file) != SiteMap.load()
    assert len(examples) > 3


def test_the_config_file_in_the_docs_is_valid(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """GIVEN the example of a config file THEN it is read; and one with a slip is not."""
    (example,) = Page(ROOT / "docs" / "configuration.md").blocks("toml")
    file = tmp_path / "config.toml"
    file.write_text(example, "utf-8")
    assert run(["--config", str(file), "rules", "--quiet"]) == 0
    file.write_text(example.replace("timeout", "timout"), "utf-8")
    assert run(["--config", str(file), "rules", "--quiet"]) == 2
    assert "did you mean 'timeout'?" in capfd.readouterr().err


OF_PLAYWRIGHT = ("--unsafe",)


def test_every_command_and_no_other_option_is_in_the_docs() -> None:
    """Each command is shown or named, and each option in inline code exists."""
    context = click.Context(group)
    names = group.list_commands(context)
    commands = [found for name in names if (found := group.get_command(context, name))]
    told = "\n".join(page.text for page in DOCS)
    assert [name for name in names if not re.search(rf"`{name}`|dispute-guard {name}", told)] == []

    parameters = (each for command in (group, *commands) for each in command.params)
    known = {"--help", *OF_PLAYWRIGHT} | {
        name for each in parameters for name in (*each.opts, *each.secondary_opts)
    }
    inline = "\n".join(code for page in DOCS for code in page.code())
    assert set(re.findall(r"(?<!\S)--[a-z-]+", inline)) - known == set()


def test_every_command_of_the_readme_is_run_by_a_test() -> None:
    """Each is run here, by the way of the README, or by the tests of its own."""
    told = {words[0] for words in README.commands()}

    assert told - {*PURE, "cancel", "verify"} <= set(ELSEWHERE)
    for name, file in ELSEWHERE.items():
        assert f'"{name}"' in (ROOT / file).read_text("utf-8"), file


@pytest.mark.further
def test_the_way_of_the_readme(mimic: Mimic, tool: Tool) -> None:
    """GIVEN its dry run, cancel and verify, as printed THEN one write, and each ends well."""
    site = mimic("quick")
    order = disputed_order(site)
    ours = [[order if word == ORDER else word for word in words] for words in README.commands()]
    dry, real, verify = (words for words in ours if words[0] in {"cancel", "verify"})

    assert tool.run(*dry, site=site).code == 0
    assert site.ledger.writes() == ()
    command = tool.words(*real, site=site)
    assert at_terminal(command, wait_for=QUESTION, answer=order[-8:-4]).code == 0
    site.ledger.assert_one_write()
    assert tool.run(*verify, site=site).code == 0
    site.ledger.assert_one_write()
