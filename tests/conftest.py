"""Shared fixtures: the mimic site, a browser for pytest-playwright, and the real command."""

from __future__ import annotations

import gc
import json
import os
import sys
from collections import Counter
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

from automation.aliexpress.advice_answer import Advised
from automation.aliexpress.answer import Answer
from automation.aliexpress.batch_answer import BatchAnswer
from automation.aliexpress.list_answer import ListAnswer
from automation.aliexpress.reports import COMMANDS, contract_of
from automation.engine.session.launch.discovery import find_browsers, sandbox_arguments
from tests.engine.guard.rig.campaign import Bench
from tests.faults.processes import hear_ctrl_c
from tests.ready.camera import VARIABLE as REAL_PICTURES
from tests.ready.driver import on_driver
from tests.ready.processes import driver_address, ready_processes, run
from tests.shelf import Planned, Plans, Shelf
from tests.terminal import at_terminal

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from playwright.sync_api import BrowserType

    from fixtures import MimicSite
    from fixtures.pytest_plugin import Mimic

# On a busy machine the duration of one example means nothing.
settings.register_profile("suite", deadline=None, max_examples=40)
settings.register_profile("torture", deadline=None, max_examples=400)
settings.load_profile(os.environ.get("EXAMPLES", "suite"))

GOOD_REASON = ("--because", "package-arrived", "--received", "--checked")
# Pages without what costs time and is not the subject of a test; the scenario "quick" has the same.
CALM: dict[str, Any] = {
    "hydration_ms": 0,
    "animations": False,
    "inline": True,
    "telemetry": False,
    "recommendations": 0,
}
BROWSERS = frozenset({"planned", "place", "bench", "theirs", "window", "browser"})
"""Fixtures of tests that drive a browser."""
CALLS = frozenset({"tool", "call", "with_window"})
"""Fixtures that run a command, on a mimic site in a browser."""
_PAGES = BROWSERS | {"mimic", "page", "playwright", "shared_driver"}
STEP_SECONDS = "15"
# A test whose own wait ran out on a busy machine goes once more; a wrong value never does.
_AGAIN = pytest.mark.flaky(reruns=1, only_rerun="^TimeoutError:")
# A test with so long a limit of its own, in seconds, takes as long as so many runs of a command.
_LONG_LIMIT, _LONG_WEIGHT = 600, 40
QUESTION = "type the group before the last one"
"""Words of the prompt for consent; it wants ``order[-8:-4]``."""


@pytest.fixture(scope="session", autouse=True)
def _processes(pytestconfig: pytest.Config) -> Iterator[None]:
    """Runs of the command start at once, and hear Ctrl-C even if the suite runs in the background."""
    hear_ctrl_c()
    with ready_processes(), pytest.MonkeyPatch.context() as patch:
        # `make coverage` measures what tests run themselves, not the processes below them.
        patch.delenv("COVERAGE_PROCESS_START", raising=False)
        if getattr(pytestconfig, "cache", None) is not None:
            # Playwright's driver is Node: it compiles its own code once, not in each run.
            patch.setenv("NODE_COMPILE_CACHE", str(pytestconfig.cache.mkdir("node")))
        yield


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """What collecting makes stays: none of it is looked through for garbage."""
    gc.disable()
    collected = yield
    gc.freeze()
    gc.enable()
    return collected


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files with the most runs of a command or a browser come first, so that no long one is last.

    Those wait for pages; files that only compute come between them, and use the time. Each file
    goes to one process of the suite as a whole, with what its tests share.
    """
    weights: Counter[Path] = Counter()
    for item in items:
        weights[item.path] += weight(item)
        if _may_wait(item):
            item.add_marker(_AGAIN)
    tests = Counter(item.path for item in items)
    waiting = sorted((path for path in tests if weights[path]), key=lambda path: -weights[path])
    computing = [path for path in tests if not weights[path]]
    places = _places(waiting, weights) | _places(computing, tests)
    items.sort(key=lambda item: places[item.path])


def _places(files: list[Path], sizes: Counter[Path]) -> dict[Path, float]:
    """Where in a whole each file begins, from 0 to 1."""
    begins = accumulate((sizes[path] for path in files), initial=0)
    whole = sum(sizes[path] for path in files) or 1
    return {path: begin / whole for path, begin in zip(files, begins, strict=False)}


def weight(item: pytest.Item) -> int:
    """How long a test takes beside others: 1 for a run of a command or a browser, more with a limit of its own."""
    limit = item.get_closest_marker("timeout")
    if limit and limit.args[0] >= _LONG_LIMIT:
        return _LONG_WEIGHT
    names = set(getattr(item, "fixturenames", ()))
    return not names.isdisjoint(BROWSERS) or ("mimic" in names and not names.isdisjoint(CALLS))


def _may_wait(item: pytest.Item) -> bool:
    """Whether a test waits for a page: it asks for a mimic site or a browser.

    For each test with the mark its plugin asks the main process, and waits: several times the test itself.
    """
    return not _PAGES.isdisjoint(getattr(item, "fixturenames", ()))


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """A run's pictures are blank, unless its test has the mark."""
    if item.get_closest_marker("pictures"):
        os.environ[REAL_PICTURES] = "1"
    else:
        os.environ.pop(REAL_PICTURES, None)


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish() -> None:
    """What `make coverage` measured here is on disk before the suite ends its processes.

    It ends one by force that takes more than ten seconds to leave, as on a busy machine.
    """
    coverage = sys.modules.get("coverage")
    if coverage is not None and (measuring := coverage.Coverage.current()) is not None:
        measuring.save()


@pytest.fixture
def open_umask() -> Iterator[None]:
    """A umask of zero, so that only the tool's own modes protect."""
    before = os.umask(0)
    yield
    os.umask(before)


@pytest.fixture(scope="module")
def bench() -> Iterator[Bench]:
    """One loop and one Playwright driver for the browser tests of a module."""
    made = Bench()
    yield made
    made.close()


@pytest.fixture
def shared_driver() -> Iterator[None]:
    """A command that a test runs in its own process uses the driver that is already there."""
    with on_driver(driver_address()):
        yield


@pytest.fixture(scope="session")
def browser_type_launch_args(
    browser_type_launch_args: dict[str, Any], browser_type: BrowserType
) -> dict[str, Any]:
    """Use the machine's Chromium where Playwright's own is missing; no sandbox only as root."""
    arguments = dict(browser_type_launch_args)
    found = find_browsers(headless=True)
    if not Path(browser_type.executable_path).exists() and found:
        arguments["executable_path"] = str(found[0])
    arguments["args"] = [*arguments.get("args", []), *sandbox_arguments()]
    return arguments


@pytest.fixture(scope="session")
def base_url() -> None:
    """No base address: pytest-playwright's own fixture warns under pytest 9."""


@dataclass(frozen=True)
class Ran:
    """What one call of the real command returned."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        """The one document on stdout; those of runs keep to the published schema."""
        document: dict[str, Any] = json.loads(self.out)
        if "totals" in document:
            BatchAnswer.model_validate(document)
        elif "outcome" in document:
            Answer.model_validate(document)
        elif "verdict" in document:
            Advised.model_validate(document)
        elif "disputes" in document:
            ListAnswer.model_validate(document)
        if (command := document.get("command", "")) in COMMANDS:
            contract_of(command).validate_json(self.out)
        return document

    @property
    def error(self) -> str:
        """The error's code in the JSON answer, empty if there is none."""
        error: dict[str, str] = self.json.get("error") or {}
        return error.get("code", "")


@dataclass(frozen=True)
class Tool:
    """The real command in a process of its own, with a state folder of its own."""

    state_dir: Path

    def words(self, *words: str, site: MimicSite | None = None) -> list[str]:
        """The whole command line."""
        origins = ("--site", site.url, "--gateway", site.gateway_url) if site else ()
        where = (*origins, "--timeout", STEP_SECONDS) if site else ()
        state = ("--state-dir", str(self.state_dir)) if site else ()
        return [sys.executable, "-m", "automation", *words, *where, *state]

    def run(self, *words: str, site: MimicSite | None = None, stdin: str | None = None) -> Ran:
        """Run it without a terminal and wait for its end."""
        code, out, err = run(self.words(*words, site=site), stdin or "")
        assert "Traceback" not in err, err
        return Ran(code, out, err)

    def dry_run(self, order: str, site: MimicSite, *words: str) -> Ran:
        """A dry run with a good reason and JSON."""
        said = words or GOOD_REASON
        return self.run("cancel", order, *said, "--dry-run", "--json", site=site)

    def commit(self, order: str, site: MimicSite, digest: str, *words: str) -> Ran:
        """Carry a plan out, with JSON."""
        said = words or GOOD_REASON
        return self.run("cancel", order, *said, "--plan", digest, "--json", site=site)

    def cancel_typed(self, order: str, site: MimicSite, *words: str) -> Ran:
        """Cancel at a terminal, typing the consent: half the runs of a plan and its commit."""
        said = words or GOOD_REASON
        command = self.words("cancel", order, *said, "--json", site=site)
        seen = at_terminal(command, wait_for=QUESTION, answer=order[-8:-4])
        assert "Traceback" not in seen.screen, seen.screen
        return Ran(seen.code, seen.out, seen.screen)

    def plan_and_commit(self, order: str, site: MimicSite, *words: str) -> Ran:
        """A dry run and, if it made a plan, its commit."""
        dry = self.dry_run(order, site, *words)
        assert dry.code == 0, dry.out + dry.err
        assert site.ledger.writes() == ()
        return self.commit(order, site, dry.json["plan"]["digest"], *words)


@pytest.fixture
def tool(tmp_path: Path) -> Tool:
    """The real command."""
    return Tool(tmp_path / "state")


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    """Plans for the good reason, made once on each scenario."""

    def dry_run(folder: Path, site: MimicSite) -> dict[str, Any]:
        order = disputed_order(site)
        ran = Tool(folder).dry_run(order, site)
        assert ran.code == 0, ran.out + ran.err
        plan: dict[str, Any] = ran.json["plan"]
        return plan

    return Shelf(tmp_path_factory.mktemp("shelf"), dry_run)


@pytest.fixture
def planned(shelf: Shelf, mimic: Mimic, tool: Tool) -> Plans:
    """Start a site whose plan is already in the tool's state folder: ``planned("quick", cancel=…)``."""

    def start(scenario: str, **overrides: Any) -> Planned:  # noqa: ANN401  values of a scenario file
        return shelf.plan(mimic, tool.state_dir, scenario, **overrides)

    return start


def disputed_order(site: MimicSite) -> str:
    """The id of the first order that has a dispute."""
    return next(
        order.id for order in site.state.orders for line in order.lines if line.dispute is not None
    )
