"""The commands of the matrix, each run for real against pages full of ways out."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from fixtures import MimicSite, load_scenario
from fixtures.pages import leaks
from tests.conftest import GOOD_REASON, QUESTION, Ran, Tool, disputed_order
from tests.terminal import at_terminal

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from fixtures import Entry

NOW: Final = "2026-03-02T12:00:00Z"
"""The mimic's clock stands, so that a plan made on clean pages holds on the others."""
FINAL: Final = "final_decision"
EXPECTED: Final = {
    "advise": 0,
    "list": 0,
    "dry run": 0,
    "refused": 3,
    "declined": 6,
    "stale": 7,
    "commit": 0,
}
"""Exit codes by command, where nothing on the pages disturbs the run."""
STOPPED: Final = 5
"""Exit code where a page leads away from itself."""
COMMANDS: Final = tuple(EXPECTED)
_GRACE: Final = 0.2


@dataclass(frozen=True)
class Cell:
    """What one command did while some ways were on its pages.

    ``writes`` is the ledger's word, ``reached`` the ways that came through, and
    ``fired`` how many were tried, by page and moment.
    """

    code: int
    answer: dict[str, Any]
    writes: tuple[Entry, ...]
    reached: frozenset[str]
    fired: dict[tuple[str, str], int]

    @property
    def steps(self) -> list[str]:
        """The part of a run that each write served."""
        return [entry.step for entry in self.writes]

    @property
    def refused_leaks(self) -> int:
        """How many requests of the ways, or hops to them, the guard reports as refused."""
        refused = self.answer["guard"]["refused"]
        return sum(
            row["count"]
            for row in refused
            if leaks.PREFIX in row["request"] or row["request"].endswith("/hop.html")
        )

    @property
    def is_clean(self) -> bool:
        """Nothing was written but the one cancel of a command that ended well."""
        allowed: list[list[str]] = [[]]
        if self.answer.get("outcome") == "done":
            allowed = [["cancel"]]
        return not self.reached and self.steps in allowed


@dataclass(frozen=True)
class Stage:
    """One mimic site and one state folder for all commands of a batch."""

    site: MimicSite
    state_dir: Path

    @property
    def tool(self) -> Tool:
        """The real command."""
        return Tool(self.state_dir)

    def play(self, **overrides: Any) -> str:  # noqa: ANN401  values of a scenario file
        """Start the scenario anew with an empty ledger; the disputed order's id."""
        self.site.play(load_scenario("quick", now=NOW, **overrides))
        return disputed_order(self.site)

    def plan(self) -> str:
        """The digest of a plan, made by a dry run on pages without any way out."""
        dry = self.tool.dry_run(self.play(), self.site)
        assert dry.code == 0, dry.out + dry.err
        digest: str = dry.json["plan"]["digest"]
        return digest


@contextmanager
def stage(folder: str | Path) -> Iterator[Stage]:
    """A running site and a state folder inside ``folder``."""
    with MimicSite(load_scenario("quick")) as site:
        yield Stage(site, Path(folder) / "state")


def run_command(place: Stage, command: str, ways: Collection[str], **more: Any) -> Cell:  # noqa: ANN401  values of a scenario file
    """Run one command on pages that try ``ways``; ``more`` are further scenario settings."""
    ran = _RUNS[command](place, {"leaks": tuple(ways), **more})
    _late_arrivals(place.site)
    entries = place.site.ledger.entries
    return Cell(
        code=ran.code,
        answer=ran.json,
        writes=place.site.ledger.writes(),
        reached=frozenset(leaks.arrived(entries)),
        fired=leaks.fired(entries),
    )


def _late_arrivals(site: MimicSite) -> None:
    """Give a request under way time to arrive."""
    try:
        site.ledger.wait_for(lambda entry: leaks.trace(entry)[0] != "", _GRACE)
    except TimeoutError:
        return


def _advise(place: Stage, leaky: dict[str, Any]) -> Ran:
    order = place.play(**leaky)
    return place.tool.run("advise", order, *GOOD_REASON, "--json", site=place.site)


def _list(place: Stage, leaky: dict[str, Any]) -> Ran:
    place.play(**leaky)
    return place.tool.run("list", "--json", site=place.site)


def _dry_run(place: Stage, leaky: dict[str, Any]) -> Ran:
    return place.tool.dry_run(place.play(**leaky), place.site)


def _refused(place: Stage, leaky: dict[str, Any]) -> Ran:
    """The pages show a case that is closed for good, and the reason is a good one."""
    return place.tool.dry_run(place.play(dispute={"status": FINAL}, **leaky), place.site)


def _declined(place: Stage, leaky: dict[str, Any]) -> Ran:
    order = place.play(**leaky)
    words = place.tool.words("cancel", order, *GOOD_REASON, "--json", site=place.site)
    seen = at_terminal(words, wait_for=QUESTION, answer="no")
    return Ran(seen.code, seen.out, seen.screen)


def _stale(place: Stage, leaky: dict[str, Any]) -> Ran:
    digest = place.plan()
    order = place.play(dispute={"status": "mediating"}, **leaky)
    return place.tool.commit(order, place.site, digest)


def _commit(place: Stage, leaky: dict[str, Any]) -> Ran:
    digest = place.plan()
    return place.tool.commit(place.play(**leaky), place.site, digest)


_RUNS: Final[dict[str, Callable[[Stage, dict[str, Any]], Ran]]] = {
    "advise": _advise,
    "list": _list,
    "dry run": _dry_run,
    "refused": _refused,
    "declined": _declined,
    "stale": _stale,
    "commit": _commit,
}
