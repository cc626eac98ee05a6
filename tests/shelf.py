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

from automation.aliexpress.plan.plan import Plan
from automation.aliexpress.site import Addresses
from automation.engine.journal import Journal, StoredPlan
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
        dry_run: makes a plan for a site's disputed order in a state folder: the ``plan`` of its JSON.
    """

    folder: Path
    dry_run: Callable[[Path, MimicSite], dict[str, Any]]
    now: datetime = field(default_factory=lambda: datetime.now(UTC))
    _made: dict[str, tuple[Plan, Path, float]] = field(default_factory=dict)

    def plan(self, mimic: Mimic, state_dir: Path, scenario: str, **overrides: Any) -> Planned:  # noqa: ANN401  values of a scenario file
        """Start a site and put a plan for it into a state folder that does not exist yet."""
        before = {key: value for key, value in overrides.items() if key not in BEHIND}
        plan, template = self._lent(load_scenario(scenario, now=self.now, **before))
        shutil.copytree(template, state_dir)
        site = mimic(scenario, now=self.now, **overrides)
        return Planned(site, plan.order_id, _made_on(site, plan, state_dir))

    def _lent(self, scenario: Scenario) -> tuple[Plan, Path]:
        key = scenario.model_dump_json(exclude={"fault"})
        if key in self._made:
            plan, template, made = self._made[key]
            if time.monotonic() - made < _LIVES:
                return plan, template
        template = self.folder / f"plan-{len(self._made)}-{time.monotonic_ns()}"
        with MimicSite(scenario) as site:
            told = self.dry_run(template, site)
            site.ledger.assert_no_writes()
        plan = Plan.model_validate({name: told[name] for name in Plan.model_fields})
        self._made[key] = (plan, template, time.monotonic())
        return plan, template


def _made_on(site: MimicSite, plan: Plan, state_dir: Path) -> str:
    """Keep the same plan as one of this site, which a plan is bound to; its digest."""
    here = plan.model_copy(update={"origin": Addresses.for_site(site.url, None).origin})
    with Journal.open(state_dir) as journal:
        journal.save_plan(
            StoredPlan(here.digest, here.target, here.created, here.expires, here.kept())
        )
    return here.digest
