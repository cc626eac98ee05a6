"""Plans that are made once and lent to many tests, each in a state folder of its own.

A test whose promise lies behind the consent needs a plan, and its dry run would only repeat what
other tests show. The site's moment stands still, so that all sites of a scenario show the same.
"""

from __future__ import annotations

import shutil
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Protocol

from fixtures import MimicSite, load_scenario

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from fixtures.pytest_plugin import Mimic
    from fixtures.scenario import Scenario

_LIVES: Final = 600.0
"""Seconds; a plan expires after 900."""
BEHIND: Final = frozenset({"cancel", "fault", "human_pages_leak", "solved_after_ms"})
"""Keys of a scenario that change nothing up to the plan."""


class Planned(NamedTuple):
    """A running site, its disputed order, and the digest of a plan for it."""

    site: MimicSite
    order: str
    digest: str


class Plans(Protocol):
    """Starts a site whose plan is already in the tool's state folder."""

    def __call__(self, scenario: str, **overrides: Any) -> Planned:  # noqa: ANN401  values of a scenario file
        """``planned("quick", cancel={…})``."""


@dataclass
class Shelf:
    """State folders with one plan each.

    Args:
        dry_run: makes a plan for a site's disputed order in a state folder; its digest.
    """

    folder: Path
    dry_run: Callable[[Path, MimicSite], tuple[str, str]]
    now: datetime = field(default_factory=lambda: datetime.now(UTC))
    _made: dict[str, tuple[str, str, Path, float]] = field(default_factory=dict)

    def plan(self, mimic: Mimic, state_dir: Path, scenario: str, **overrides: Any) -> Planned:  # noqa: ANN401  values of a scenario file
        """Start a site and put a plan for it into a state folder that does not exist yet."""
        before = {key: value for key, value in overrides.items() if key not in BEHIND}
        order, digest, template = self._lent(load_scenario(scenario, now=self.now, **before))
        shutil.copytree(template, state_dir)
        return Planned(mimic(scenario, now=self.now, **overrides), order, digest)

    def _lent(self, scenario: Scenario) -> tuple[str, str, Path]:
        key = scenario.model_dump_json(exclude={"fault"})
        order, digest, template, made = self._made.get(key, ("", "", self.folder, -_LIVES))
        if time.monotonic() - made < _LIVES and digest:
            return order, digest, template
        template = self.folder / f"plan-{len(self._made)}-{time.monotonic_ns()}"
        with MimicSite(scenario) as site:
            order, digest = self.dry_run(template, site)
            site.ledger.assert_no_writes()
        self._made[key] = (order, digest, template, time.monotonic())
        return order, digest, template
