"""An option that only the command line can set."""

from __future__ import annotations

import click
from click.testing import CliRunner

from automation.cli.options.settings import CallOnly


def test_an_option_of_the_call_is_safe_by_itself() -> None:
    """GIVEN a command called without checks THEN neither the default map nor a variable counts."""

    @click.command("risky")
    @click.option("--risk", cls=CallOnly, is_flag=True)
    def risky(risk: bool) -> None:
        click.echo(str(risk))

    runner = CliRunner()
    by_file = runner.invoke(risky, default_map={"risk": True})
    by_variable = runner.invoke(risky, env={"X_RISK": "1"}, auto_envvar_prefix="X")
    by_call = runner.invoke(risky, ["--risk"], default_map={}, env={}, auto_envvar_prefix="X")

    assert (by_file.exit_code, by_variable.exit_code) == (2, 2)
    assert by_call.output == "True\n"
