"""From the command to the click: ``python -m tests.architecture.walk`` prints each call between.

It cancels on the mimic site and looks at the stack where the confirm button is pressed.
"""

from __future__ import annotations

import contextlib
import io
import json
import sys
import tempfile
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Final
from unittest import mock

import automation
from automation.aliexpress.cancel import confirm
from automation.aliexpress.walk.locate import press
from automation.cli.main import run
from fixtures.loading import load_scenario
from fixtures.server import MimicSite
from tests.conftest import GOOD_REASON, disputed_order

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from playwright.async_api import Locator

_ROOT: Final = Path(automation.__file__).parents[1]


def calls_to_the_click() -> list[tuple[str, str]]:
    """File and function of each call of the product, from the command down to the click."""
    seen: list[list[tuple[str, str]]] = []
    with MimicSite(load_scenario("quick")) as site, tempfile.TemporaryDirectory() as folder:
        words = ["cancel", disputed_order(site), *GOOD_REASON, "--json"]
        words += ["--site", site.url, "--gateway", site.gateway_url, "--state-dir", folder]
        with _watched(seen):
            digest = json.loads(_told([*words, "--dry-run"]))["plan"]["digest"]
            _told([*words, "--plan", digest])
    return seen[-1]


def _watched(seen: list[list[tuple[str, str]]]) -> AbstractContextManager[object]:
    """Note the stack of each click of the product."""

    async def noted(target: Locator, seconds: float, *, touch: bool = False) -> None:
        stack = [(Path(f.filename), f.name) for f in traceback.extract_stack()[:-1]]
        ours = [(p.relative_to(_ROOT), name) for p, name in stack if _ROOT in p.parents]
        seen.append([(str(p), name) for p, name in ours if p.parts[0] == "automation"])
        await press(target, seconds, touch=touch)

    return mock.patch.object(confirm, "press", noted)


def _told(words: list[str]) -> str:
    """What the command prints."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        run(words)
    return out.getvalue()


if __name__ == "__main__":
    calls = calls_to_the_click()
    for file, name in calls:
        sys.stdout.write(f"{file}: {name}\n")
    files = len({file for file, _ in calls})
    sys.stdout.write(f"{len(calls)} calls in {files} files from the command to the click\n")
