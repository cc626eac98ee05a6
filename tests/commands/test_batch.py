"""``cancel --from FILE``: many disputes with one plan, each cancelled once, whatever ends the run."""

from __future__ import annotations

import json
import os
import pty
import signal
import tempfile
import time
from typing import TYPE_CHECKING, Any

import pytest

from tests.engine.session.remote import playwright_server
from tests.ready.processes import start

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from fixtures import MimicSite
    from fixtures.pytest_plugin import Mimic
    from tests.conftest import Ran, Tool

# Slow: make further and the gate run it.
pytestmark = pytest.mark.further

WAITING: dict[str, Any] = {"protection_ends": "+20d", "dispute": {"status": "waiting_seller"}}
TWO_ITEMS: dict[str, Any] = {
    "protection_ends": "+20d",
    "line": [{"dispute": {"status": "waiting_seller"}}, {"dispute": {"status": "mediating"}}],
}
_SECONDS = 240.0


def disputed(site: MimicSite) -> list[str]:
    """The orders with a dispute, as the site lists them."""
    return [order.id for order in site.state.orders if any(line.dispute for line in order.lines)]


def file_of(folder: Path, rows: Sequence[str]) -> Path:
    """A CSV file with good reasons for these orders; an item may follow an order after a comma."""
    path = folder / "disputes.csv"
    lines = [
        f"{row},package-arrived,yes,yes" if "," in row else f"{row},,package-arrived,yes,yes"
        for row in rows
    ]
    path.write_text("\n".join(["order,item,reason,received,checked", *lines, ""]), "utf-8")
    return path


def batch(tool: Tool, site: MimicSite, path: Path, *words: str) -> Ran:
    """Run the file."""
    return tool.run("cancel", "--from", str(path), *words, "--json", site=site)


def ends(ran: Ran) -> list[tuple[str, bool]]:
    """What became of each line, and whether it was begun."""
    return [(each["outcome"], each["started"]) for each in ran.json["answers"]]


def each_once(site: MimicSite) -> set[str]:
    """The disputes that were cancelled, after a check that none was asked for twice."""
    cancels = [entry.body + entry.query for entry in site.ledger.cancels()]
    assert len(set(cancels)) == len(cancels)
    effects = [entry.effect for entry in site.ledger.writes()]
    assert len(set(effects)) == len(effects), effects
    return {effect.removeprefix("cancelled ") for effect in effects if effect}


def test_every_dispute_of_a_file_is_cancelled_once(
    mimic: Mimic, tool: Tool, tmp_path: Path
) -> None:
    """GIVEN a plan for a file that is carried out twice THEN each of its disputes has one write.

    One order has two disputes, and the rules refuse another.
    """
    site = mimic("quick", order=[TWO_ITEMS, WAITING])
    twin, last = disputed(site)
    path = file_of(tmp_path, [f"{twin},1", f"{twin},2"])
    with path.open("a", encoding="utf-8") as more:
        more.write(f"{last},,seller-promised,,\n")

    dry = batch(tool, site, path, "--dry-run")
    assert dry.code == 3, dry.out + dry.err
    assert dry.json["totals"] | {"sent": 0} == dry.json["totals"]
    assert [each["line"] for each in dry.json["plan"]["orders"]] == [2, 3]
    site.ledger.assert_no_writes()

    digest = dry.json["plan"]["digest"]
    ran = batch(tool, site, path, "--plan", digest)
    assert ends(ran) == [("done", True)] * 2 + [("not_done", True)], ran.out + ran.err
    assert (ran.code, ran.json["totals"]["sent"]) == (3, 2)
    planned = {each["dispute"] for each in ran.json["plan"]["orders"]}
    assert each_once(site) == planned
    answers = ran.json["answers"][:2]
    assert len({each["attempt"] for each in answers}) == 2
    assert len({each["receipt"] for each in answers if each["receipt"]}) == 2
    assert [each["guard"]["summary"].count("1 write let through") for each in answers] == [1] * 2

    again = batch(tool, site, path, "--plan", digest)
    assert ends(again) == ends(ran), again.out
    assert again.json["totals"]["sent"] == 0
    assert len(site.ledger.writes()) == 2


def test_a_batch_that_was_ended_goes_on_with_the_same_command(
    mimic: Mimic, tool: Tool, tmp_path: Path
) -> None:
    """GIVEN a run that is killed at its first request WHEN repeated THEN it settles that one first.

    GIVEN Ctrl-C at the second request THEN its outcome is waited for, and the third is not begun.
    ``tests/aliexpress/batch/test_course.py`` has each end that a batch stops at.
    """
    site = mimic("quick", order=[WAITING, WAITING, WAITING])
    path = file_of(tmp_path, disputed(site))
    digest = batch(tool, site, path, "--dry-run").json["plan"]["digest"]
    words = tool.words("cancel", "--from", str(path), "--plan", digest, "--json", site=site)

    code, shown = ended(words, site, signal.SIGKILL)
    assert (code, len(site.ledger.writes())) == (-signal.SIGKILL, 1), shown

    code, shown = ended(words, site, signal.SIGINT)

    assert code == 130, shown
    document = json.loads(shown)
    assert [(each["outcome"], each["started"]) for each in document["answers"]] == [
        ("done", True),
        ("done", True),
        ("not_done", False),
    ]
    assert document["totals"]["done"] == 2
    assert len(each_once(site)) == 2


def ended(words: Sequence[str], site: MimicSite, how: signal.Signals) -> tuple[int, str]:
    """Send a signal to a run at its first effect; its exit code and what it printed."""
    before = site.ledger.effects()
    with (
        tempfile.TemporaryFile() as nothing,
        tempfile.TemporaryFile() as out,
        tempfile.TemporaryFile() as err,
    ):
        running = start(words, stdin=nothing.fileno(), stdout=out.fileno(), stderr=err.fileno(), new_session=True)  # fmt: skip
        site.ledger.wait_for(lambda e: bool(e.effect) and e.effect not in before, _SECONDS)
        os.kill(running.pid, how)
        code = running.wait(_SECONDS)
        out.seek(0)
        err.seek(0)
        return code, out.read().decode() or err.read().decode()


def test_a_server_that_ends_after_the_first_order_leaves_the_others(
    mimic: Mimic, tool: Tool, tmp_path: Path
) -> None:
    """GIVEN --connect WHEN its server ends at the first request THEN no other, and so it is said.

    The same command, with another server, verifies the first and cancels the second.
    """
    site = mimic("quick", order=[WAITING, WAITING])
    path = file_of(tmp_path, disputed(site))
    with tempfile.TemporaryFile() as nothing, tempfile.TemporaryFile() as out:
        with playwright_server() as endpoint:
            dry = batch(tool, site, path, "--dry-run", "--connect", endpoint)
            assert dry.code == 0, dry.out + dry.err
            site.ledger.assert_no_writes()
            words = ("cancel", "--from", str(path), "--plan", dry.json["plan"]["digest"], "--json")
            running = start(tool.words(*words, "--connect", endpoint, site=site), stdin=nothing.fileno(), stdout=out.fileno(), stderr=out.fileno(), shared_driver=True)  # fmt: skip
            site.ledger.wait_for(lambda entry: bool(entry.effect), _SECONDS)
        code = running.wait(_SECONDS)
        out.seek(0)
        shown = out.read().decode()
    assert len(site.ledger.writes()) == 1
    assert (code, '"unknown": 1' in shown, '"not_started": 1' in shown) == (8, True, True), shown
    assert "ended the connection to its browser" in shown

    with playwright_server() as endpoint:
        ran = batch(tool, site, path, *words[3:5], "--connect", endpoint)

    assert ends(ran) == [("done", True), ("done", True)], ran.out + ran.err
    assert len(each_once(site)) == 2


def typed_at_each(command: Sequence[str], answers: Sequence[str]) -> tuple[int, str]:
    """Run a command at a terminal, and type one answer at each question."""
    leader, follower = pty.openpty()
    process = start(command, stdin=follower, stderr=follower, stdout=follower, new_session=True, shared_driver=True)  # fmt: skip
    os.close(follower)
    shown, left, end = b"", list(answers), time.monotonic() + _SECONDS
    try:
        while time.monotonic() < end:
            piece = os.read(leader, 65536)
            shown += piece
            asked = shown.count(b"type the group before the last one")
            if left and asked > len(answers) - len(left):
                os.write(leader, left.pop(0).encode() + b"\n")
    except OSError:  # the other side is closed
        code = process.wait(_SECONDS)
        return code, shown.decode(errors="replace")
    finally:
        os.close(leader)
    pytest.fail(f"the command did not end; the terminal showed: {shown!r}")


def test_each_order_is_agreed_to_by_its_own_digits(
    mimic: Mimic, tool: Tool, tmp_path: Path
) -> None:
    """GIVEN two orders WHEN those of the first are typed for both THEN nothing is sent.

    When each gets its own, the second at the second try, the first is sent. The site does not
    carry it out, so that its outcome is unclear: exit 8, one write, and the second is not begun.
    """
    fault = {"at": "cancel", "kind": "success-unchanged"}
    site = mimic("quick", order=[WAITING, WAITING], fault=[fault])
    first, second = disputed(site)
    path = file_of(tmp_path, [first, second])
    command = tool.words("cancel", "--from", str(path), site=site)

    code, screen = typed_at_each(command, [first[-8:-4]] * 3)
    assert code == 6, screen
    site.ledger.assert_no_writes()

    code, screen = typed_at_each(command, [first[-8:-4], first[-8:-4], second[-8:-4]])
    assert code == 8, screen
    assert len(site.ledger.writes()) == 1
    assert "1 unknown" in screen
    assert "1 not started" in screen
