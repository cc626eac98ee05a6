"""The config file that ``config init`` writes."""

from __future__ import annotations

import re
import tomllib

import click
import pytest

from automation.cli.main import group
from automation.cli.options.config import _default_map
from automation.cli.options.options import all_of, site_option, timeout_option
from automation.cli.options.template import template
from automation.cli.options.values import Seconds

OPTION = re.compile(r"^#(?=[a-z_]+ = )", re.MULTILINE)


def test_every_commented_option_is_one() -> None:
    """GIVEN each option without its # THEN the file is valid; a misspelt one is not (control)."""
    options = tomllib.loads(OPTION.sub("", template(group)))

    _default_map(group, options)
    assert {"site", "state_dir", "timeout", "json"} <= set(options)
    assert not {"plan", "dry_run", "accept_risk", "because", "received"} & set(options)
    with pytest.raises(ValueError, match="did you mean 'site'"):
        _default_map(group, {**options, "sites": "x"})


def test_each_kind_of_option_has_an_example_of_its_kind() -> None:
    """GIVEN two commands with the same options THEN each once, with its default or what it takes."""
    some = click.Group("some")
    for name in ("one", "two"):
        some.add_command(_command(name))
    alone = click.Command("three", params=[click.Option(["--alone"])])
    some.add_command(alone)

    text = template(some)

    assert tomllib.loads(text) == {}
    assert tomllib.loads(OPTION.sub("", text)) == {
        "site": "URL", "timeout": 30.0, "many": [], "on": True, "word": 'a "quoted" one',
    }  # fmt: skip
    assert "\n# Time limit.\n#timeout = 30.0\n" in text


def _command(name: str) -> click.Command:
    """A command with an option of each kind."""
    declared = (
        site_option,
        timeout_option("Time limit.", Seconds(0.5, 600), 30.0),
        click.option("--many", multiple=True),
        click.option("--on", is_flag=True),
        click.option("--word", default='a "quoted" one'),
    )
    return click.command(name)(all_of(*declared)(lambda **_: 0))
