from __future__ import annotations

import json
import subprocess
import sys

import pytest

# What these commands may load besides the standard library.
ALLOWED = {"automation", "click", "platformdirs", "rules"}
# The rules' catalogue and facts are checked by pydantic and what it brings along.
WITH_RULES = {
    "annotated_types", "pydantic", "pydantic_core", "typing_extensions", "typing_inspection",
}  # fmt: skip
PROBE = """
import json, sys
from automation.cli.main import run
before = set(sys.stdlib_module_names)
code = run({words!r})
loaded = sorted({{name.split(".")[0] for name in sys.modules}} - before)
print("\\nLOADED " + json.dumps(loaded))
"""


@pytest.mark.parametrize(
    "words",
    [
        ["--help"],
        ["cancel", "--help"],
        ["mcp", "--help"],
        ["cancel", "--json"],
        ["rules"],
        ["rules", "seller-promise"],
        ["advise", "--because", "seller-promised", "--seller-says", "please cancel the dispute"],
    ],
)
def test_a_quick_command_loads_nothing_slow(words: list[str]) -> None:
    """GIVEN help, a usage error, rules or advise THEN only listed modules are imported, never Playwright."""
    done = subprocess.run(
        [sys.executable, "-c", PROBE.format(words=words)],
        check=True,
        capture_output=True,
        text=True,
    )
    loaded = set(json.loads(done.stdout.rsplit("LOADED ", 1)[1]))

    allowed = ALLOWED if words == ["--help"] else ALLOWED | WITH_RULES
    extra = {name for name in loaded - allowed if not name.startswith(("_", "sitecustomize"))}
    assert extra == set()


def test_the_probe_would_see_playwright() -> None:
    """Positive control: a module that is not listed is found."""
    done = subprocess.run(
        [sys.executable, "-c", "import pydantic\n" + PROBE.format(words=["--help"])],
        check=True,
        capture_output=True,
        text=True,
    )

    assert "pydantic" in done.stdout.rsplit("LOADED ", 1)[1]
