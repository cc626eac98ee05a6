from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from rules.catalogue import catalogue
from rules.messages.lexicon import entries
from rules.replies.templates import asks, replies_in

if TYPE_CHECKING:
    from pathlib import Path

# What these commands may load besides the standard library; msgspec brings typing_extensions along.
ALLOWED = {"automation", "click", "msgspec", "platformdirs", "rules", "typing_extensions"}
# Documents are pydantic's, and what is not compiled yet is checked by it; it brings these along.
PYDANTIC = {"annotated_types", "pydantic", "pydantic_core", "typing_inspection"}
_PLEA = "please cancel the dispute"
PROBE = """
import json, sys
from automation.cli.main import run
before = set(sys.stdlib_module_names)
code = run({words!r})
loaded = sorted({{name.split(".")[0] for name in sys.modules}} - before)
print("\\nLOADED " + json.dumps(loaded))
"""


@pytest.fixture(scope="module")
def compiled() -> None:
    """What the calls below find compiled, whatever the suite's own settings."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "dont_write_bytecode", False)
        catalogue.__wrapped__()
        entries.__wrapped__()
        replies_in.__wrapped__("en")
        asks.__wrapped__()


@pytest.mark.usefixtures("compiled")
@pytest.mark.parametrize(
    ("words", "more"),
    [
        (["--help"], set()),
        (["cancel", "--help"], set()),
        (["mcp", "--help"], set()),
        (["cancel", "--json"], PYDANTIC),
        (["rules"], set()),
        (["rules", "seller-promise"], set()),
        (["advise", "--because", "fair-agreement", "--replacement", "LP1", "--edits-used", "1"], set()),
        (["advise", "--explain", "--seller-says", _PLEA, "--money", "partial", "--received"], set()),
        (["advise", "--seller-says", _PLEA, "--protection-ends", "2099-01-01"], set()),
        (["advise", "--seller-says", _PLEA, "--json"], PYDANTIC),
    ],
)  # fmt: skip
def test_a_quick_command_loads_nothing_slow(words: list[str], more: set[str]) -> None:
    """GIVEN help, a usage error, rules or advise THEN only listed modules are imported, never Playwright.

    Control: a JSON document needs pydantic.
    """
    done = subprocess.run(
        [sys.executable, "-c", PROBE.format(words=words)],
        check=True,
        capture_output=True,
        text=True,
    )
    loaded = set(json.loads(done.stdout.rsplit("LOADED ", 1)[1]))

    extra = {name for name in loaded - ALLOWED if not name.startswith(("_", "sitecustomize"))}
    assert extra == more


COMMANDS = """
import sys
from automation.cli.main import run
run(["rules", "seller-promise"])
print("\\nLOADED", *sorted(name for name in sys.modules if name.startswith("automation.cli.commands.")))
"""


@pytest.mark.parametrize("config", ["", "timeout = 20"], ids=["no config file", "a config file"])
def test_a_command_imports_no_other_one(tmp_path: Path, config: str) -> None:
    """GIVEN no config file THEN the call imports its own command only.

    Control: a file's options are looked up in all of them.
    """
    if config:
        folder = tmp_path / "dispute-guard"
        folder.mkdir()
        (folder / "config.toml").write_text(config, "utf-8")
    done = subprocess.run(
        [sys.executable, "-c", COMMANDS],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, "XDG_CONFIG_HOME": str(tmp_path), "HOME": str(tmp_path)},
    )
    loaded = done.stdout.rsplit("LOADED ", 1)[1].split()

    assert (loaded == ["automation.cli.commands.rules"]) is not bool(config)


def test_the_probe_would_see_playwright() -> None:
    """Positive control: a module that is not listed is found."""
    done = subprocess.run(
        [sys.executable, "-c", "import pydantic\n" + PROBE.format(words=["--help"])],
        check=True,
        capture_output=True,
        text=True,
    )

    assert "pydantic" in done.stdout.rsplit("LOADED ", 1)[1]
