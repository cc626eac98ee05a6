"""``demo``: cancel a dispute on a mimic site, with the real commands and a real browser.

Each scene runs the real command, and the site's ledger is the judge.
"""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import click

from automation.cli.options.options import (
    OutputOptions,
    browser_option,
    headed_option,
    output_options,
    schema_option,
)
from automation.cli.screen.output import print_json
from automation.cli.screen.terminal import BAD, GOOD, echo, style
from automation.errors import ExitCode

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fixtures import MimicSite

_SCENE_SECONDS = 90


@click.command("demo")
@headed_option
@browser_option
@output_options
@schema_option
def command(headed: bool | None, browser: Path | None, output: OutputOptions) -> int:
    """Watch a refusal, a dry run, a cancel and its receipt on a mimic site.

    Runs on this machine only; your own orders are not touched.
    """
    chosen = str(browser) if browser else None
    demo = play(headed=bool(headed), browser=chosen, silent=not output.for_people)
    code = ExitCode.FAILED if demo.failures else ExitCode.OK
    if output.as_json:
        from automation.aliexpress.reports import DemoReport

        told = {"ok": not demo.failures, "scenes": demo.scenes, "failures": demo.failures}
        print_json(DemoReport.model_validate(told | {"exit_code": code}).as_json())
    elif output.quiet:
        echo("; ".join(demo.failures) or "ok")
    return code


@dataclass
class Demo:
    """Plays scenes against one mimic site and keeps what failed."""

    site: MimicSite
    state_dir: Path
    options: tuple[str, ...]
    silent: bool = False
    failures: list[str] = field(default_factory=list)
    scenes: list[dict[str, object]] = field(default_factory=list)

    def say(self, text: str = "", *looks: str) -> None:
        """Print a line of the play, unless only its end is wanted."""
        if not self.silent:
            echo(style(text, *looks) if looks else text)

    def command(self, *words: str, expect: int, shown: str = "") -> Mapping[str, object]:
        """Run one command, show it as a person would type it, and check its exit code."""
        self.say(f"\n$ dispute-guard {shown or ' '.join(words)}", "bold")
        site = ("--site", self.site.url, "--gateway", self.site.gateway_url)
        where = (*site, "--state-dir", str(self.state_dir), *self.options)
        code = _ended([sys.executable, "-m", "automation", *words, *where], silent=self.silent)
        self.scenes.append({"words": list(words), "exit_code": code})
        self.say(f"(exit code {code})", "dim")
        self.expect(code == expect, f"exit code {code} instead of {expect}")
        return self.newest()

    def newest(self) -> Mapping[str, object]:
        """The newest receipt, if there is one."""
        receipts = sorted(self.state_dir.glob("receipts/*/receipt.json"))
        newest: Mapping[str, object] = (
            json.loads(receipts[-1].read_text("utf-8")) if receipts else {}
        )
        return newest

    def expect(self, held: bool, problem: str) -> None:
        """Note a promise that was not kept."""
        if not held:
            self.failures.append(problem)
            self.say(f"NOT AS PROMISED: {problem}", BAD)

    def ledger_says(self, writes: int) -> None:
        """Compare what the site received with what should have reached it."""
        got = len(self.site.ledger.writes())
        self.say(f"Request ledger of the site: {got} write{'' if got == 1 else 's'}")
        self.expect(got == writes, f"{got} writes in the ledger instead of {writes}")


def _ended(command: list[str], *, silent: bool) -> int | None:
    """The exit code of a scene; ``None`` if it had to be stopped. It is never left running."""
    quiet = subprocess.DEVNULL if silent else None
    with subprocess.Popen(  # noqa: S603  our own command with our own words
        command, stdin=subprocess.DEVNULL, stdout=quiet, stderr=quiet
    ) as process:
        try:
            return process.wait(_SCENE_SECONDS)
        except subprocess.TimeoutExpired:
            process.terminate()
            return None
        except KeyboardInterrupt:
            process.terminate()
            raise


def play(*, headed: bool, browser: str | None, silent: bool = False) -> Demo:
    """Play all scenes; what was not as promised stands in ``failures``."""
    from fixtures import MimicSite, load_scenario

    options = (*(("--headed",) if headed else ()), *(("--browser", browser) if browser else ()))
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as stack:
        site = stack.enter_context(MimicSite(load_scenario("demo"), port=0))
        demo = Demo(site, Path(folder) / "state", options, silent)
        demo.say(
            f"A mimic shop runs at {site.url}. Every request that it gets goes into its ledger."
        )
        good, bad = _orders(site)
        _refusal(demo, bad)
        digest = _dry_run(demo, good)
        _cancel(demo, good, digest)
        _receipt(demo)
        _conclude(demo)
        return demo


def _title(demo: Demo, number: int, text: str) -> None:
    rule = "─" * 4
    demo.say(f"\n{rule} {number}. {text} {rule}", "bold")


def _orders(site: MimicSite) -> tuple[str, str]:
    """The order whose parcel came, and the one whose seller begs."""
    wanted = {"waiting_seller": "", "seller_responded": ""}
    for order in site.state.orders:
        for line in order.lines:
            if line.dispute is not None and line.dispute.status.value in wanted:
                wanted[line.dispute.status.value] = order.id
    return wanted["waiting_seller"], wanted["seller_responded"]


def _refusal(demo: Demo, order: str) -> None:
    _title(demo, 1, "The seller begs: cancel first, money later")
    demo.command(
        "cancel", order, "--because", "seller-promised", "--not-received", "--dry-run", expect=3
    )
    demo.ledger_says(0)
    demo.say("\nAnd if the buyer does not mention it, the message on the page does:")
    demo.command("advise", order, "--because", "filed-by-mistake", expect=3)
    demo.ledger_says(0)


def _dry_run(demo: Demo, order: str) -> str:
    _title(demo, 2, "The parcel came and was checked: a dry run")
    words = (
        "cancel",
        order,
        "--because",
        "package-arrived",
        "--received",
        "--checked",
        "--dry-run",
    )
    demo.command(*words, expect=0)
    demo.ledger_says(0)
    return _plan_digest(demo)


def _plan_digest(demo: Demo) -> str:
    from automation.engine.journal import Journal

    with contextlib.closing(Journal.open(demo.state_dir)) as journal:
        digests = [
            str(event.details["digest"])
            for attempt in journal.attempts()
            for event in journal.events(attempt.id)
            if "digest" in event.details
        ]
    demo.expect(bool(digests), "the dry run made no plan")
    return digests[0] if digests else "none"


def _cancel(demo: Demo, order: str, digest: str) -> None:
    _title(demo, 3, "The same plan, carried out")
    words = ("cancel", order, "--because", "package-arrived", "--received", "--checked")
    demo.command(*words, "--plan", digest, expect=0)
    demo.ledger_says(1)
    demo.expect(len(demo.site.ledger.cancels()) == 1, "the one write was not the cancel")


def _receipt(demo: Demo) -> None:
    _title(demo, 4, "Its receipt")
    receipt = demo.newest()
    demo.expect(receipt.get("outcome") == "done", "there is no receipt that says done")
    for key in ("attempt", "order_id", "item", "amount", "status_before", "outcome", "refile_by"):
        demo.say(f"  {key.replace('_', ' '):<14} {receipt.get(key, '')}")
    demo.say("The demo's journal and receipts go with its temporary folder; a real run keeps them.")


def _conclude(demo: Demo) -> None:
    if demo.failures:
        demo.say(f"\n{len(demo.failures)} promise(s) were not kept.", BAD)
        return
    demo.say("\nAll as promised: one refusal, one dry run, one cancel, one write.", GOOD)
