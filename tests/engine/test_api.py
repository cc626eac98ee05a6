"""The engine's README is true: its names exist, and the API is all in it."""

from __future__ import annotations

import re
from pathlib import Path

import automation.engine
from automation.engine import api
from tests.engine.example import delete_address

ENGINE = Path(automation.engine.__file__).parent
ROOT = ENGINE.parent.parent
README = (ENGINE / "README.md").read_text("utf-8")
# Names of the README that belong to no module of the engine.
ELSEWHERE = {"automation/aliexpress", "done", "not_done", "unknown", "sure=True"}
DATA = {"hosts", "pages", "reads", "api_path", "id_words", "permitted_words"}


def section(title: str) -> str:
    """The text under a heading."""
    return README.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def first_cells(text: str) -> list[str]:
    """The code in the first column of a table."""
    return re.findall(r"(?m)^\| `([^`]+)` \|", text)


def known(name: str) -> bool:
    """True for a file, a name of the API, or an attribute of one."""
    if "/" in name or name.endswith((".py", ".md")):
        return (ENGINE / name).exists() or (ROOT / name).exists()
    if name == "automation.engine.api" or (ENGINE / name / "__init__.py").exists():
        return True
    first, _, rest = name.partition(".")
    holders = {"guard": api.Guard, "log": api.AttemptLog}
    if rest:
        return hasattr(holders.get(first) or getattr(api, first), rest)
    fields = (api.Guard(api.SiteOrigins.only("http://127.0.0.1:1"), delete_address.TRAFFIC),)
    return hasattr(api, name) or any(hasattr(each, name) for each in (*fields, api.Session))


def test_the_readme_has_the_whole_api_and_nothing_else() -> None:
    """GIVEN the table of the API THEN it names what the module exports, each once."""
    assert sorted(first_cells(section("The API"))) == sorted(api.__all__)


def test_every_part_has_its_line() -> None:
    """GIVEN the folder THEN each package and module of it stands in the table of the parts."""
    there = {path.name for path in ENGINE.glob("*.py")} - {"__init__.py", "api.py"}
    there |= {path.parent.name for path in ENGINE.glob("*/__init__.py")}

    assert set(first_cells(section("Its parts"))) == there


def test_every_name_exists() -> None:
    """GIVEN any name in code type THEN the engine, the example or the data has it."""
    named = set(re.findall(r"`([^`\n]+)`", README)) - ELSEWHERE - DATA

    assert [name for name in sorted(named) if not known(name)] == []
    assert set(api.Traffic.model_fields) >= DATA


def test_a_name_that_does_not_exist_is_found() -> None:
    """Positive control."""
    assert not any(known(each) for each in ("commit_all", "guard.grunt", "nothing.py"))
