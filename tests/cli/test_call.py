from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from automation.aliexpress.running import Run
from automation.cli.call import Signals
from automation.engine.interrupts import Interrupts
from tests.conftest import GOOD_REASON, disputed_order

if TYPE_CHECKING:
    from pathlib import Path

    from fixtures.pytest_plugin import Mimic
    from tests.conftest import Tool

ENDS = (signal.SIGTERM, signal.SIGHUP)
# A page that never loads keeps the command busy until the signal comes.
SILENT = {"at": "list-page", "kind": "hang", "times": -1}


class Sent(Run):
    """A run whose request was sent."""

    @property
    def request_left(self) -> bool:
        """True from the start."""
        return True


def raised_by(number: int) -> bool:
    """Whether a signal interrupts here."""
    try:
        signal.raise_signal(number)
        time.sleep(0)
    except KeyboardInterrupt:
        return True
    return False


@pytest.mark.parametrize("number", ENDS)
def test_a_polite_kill_interrupts_also_where_ctrl_c_is_ignored(number: int) -> None:
    """GIVEN SIGINT ignored, as in a background job WHEN SIGTERM comes THEN it is interrupted."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    # The tests themselves may run under nohup, which the tool respects.
    own = signal.signal(number, signal.SIG_DFL)
    try:
        with Signals().caught():
            assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
            assert raised_by(number)
    finally:
        signal.signal(signal.SIGINT, before)
        signal.signal(number, own)


def test_nothing_cuts_off_the_answer_after_a_request() -> None:
    """GIVEN a sent request WHEN a signal comes THEN no effect; before it, one (control)."""
    signals = Signals()
    with signals.caught():
        signals.run = Run("cancel")
        assert raised_by(signal.SIGTERM)
        signals.run = Sent("cancel")
        assert not raised_by(signal.SIGTERM)
        signals.run, signals.over = None, True
        assert not raised_by(signal.SIGINT)


@pytest.mark.parametrize("run", [Run("cancel"), Sent("cancel")], ids=["unsent", "sent"])
def test_signals_are_themselves_again(run: Run) -> None:
    """GIVEN any run, even one that sent a request WHEN it has ended THEN signals are as before."""
    numbers = (signal.SIGINT, *ENDS)
    before = [signal.getsignal(number) for number in numbers]
    heard = [b is not signal.SIG_IGN for b in before]  # under nohup SIGHUP stays ignored

    with Signals(run=run).caught(), Interrupts(run.place, 1.0):
        during = [signal.getsignal(number) for number in numbers]
        assert [now != b for now, b in zip(during, before, strict=True)] == heard

    assert [signal.getsignal(number) for number in numbers] == before


def ended_in_background(command: list[str], ready: Path) -> int:
    """Exit code of a job of ``sh -c 'command &'`` after SIGTERM; -9 if it does not end."""
    quoted = " ".join(f"'{word}'" for word in command)
    script = f"{quoted} >'{ready}' 2>&1 & echo $!; wait $!; echo $?"
    with subprocess.Popen(
        ["/bin/sh", "-c", script], stdout=subprocess.PIPE, text=True, start_new_session=True
    ) as shell:
        assert shell.stdout is not None
        pid = int(shell.stdout.readline())
        end = time.monotonic() + 30
        while not at_work(ready) and time.monotonic() < end:
            time.sleep(0.1)  # a shell job gives no sign when it starts
        os.kill(pid, signal.SIGTERM)
        try:
            shell.wait(20)
        except subprocess.TimeoutExpired:
            os.kill(pid, signal.SIGKILL)
            shell.wait(20)
            return -9
        return int(shell.stdout.read())


def at_work(output: Path) -> bool:
    """True once the command has printed its first line."""
    return output.exists() and output.stat().st_size > 0


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("list",), 130),
        pytest.param(("session",), 130, marks=pytest.mark.further),
        pytest.param(("login", "--headless"), 130, marks=pytest.mark.further),
        (("serve", "quick", "--port", "0"), 0),
        (("cancel", "ORDER", *GOOD_REASON, "--dry-run"), 130),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
)
def test_a_background_job_ends(
    mimic: Mimic, tool: Tool, tmp_path: Path, words: tuple[str, ...], code: int
) -> None:
    """GIVEN a command behind ``&`` at a silent site WHEN SIGTERM comes THEN it ends by itself."""
    site = mimic("quick", fault=[SILENT])
    named = [disputed_order(site) if word == "ORDER" else word for word in words]
    command = tool.words(*named) if words[0] == "serve" else tool.words(*named, site=site)

    got = ended_in_background(command, tmp_path / "output")

    assert got == code, (tmp_path / "output").read_text("utf-8")
    assert site.ledger.writes() == ()


def test_the_job_would_be_seen_to_hang(tmp_path: Path) -> None:
    """Positive control: SIGTERM passed on as Ctrl-C, as before, ends nothing here."""
    source = (
        "import signal, time\n"
        "signal.signal(signal.SIGTERM, lambda *_: signal.raise_signal(signal.SIGINT))\n"
        "print(1, flush=True)\n"
        "time.sleep(60)\n"
    )
    script = tmp_path / "job.py"
    script.write_text(source, "utf-8")

    with pytest.raises(subprocess.TimeoutExpired):
        in_background_with_patience([sys.executable, str(script)], tmp_path / "output")


def in_background_with_patience(command: list[str], output: Path) -> None:
    """Send SIGTERM to a job and wait two seconds; it is always ended afterwards."""
    quoted = " ".join(f"'{word}'" for word in command)
    with subprocess.Popen(
        ["/bin/sh", "-c", f"{quoted} >'{output}' & echo $!; wait $!"],
        stdout=subprocess.PIPE,
        text=True,
    ) as shell:
        assert shell.stdout is not None
        pid = int(shell.stdout.readline())
        while not at_work(output):
            time.sleep(0.05)  # as above
        os.kill(pid, signal.SIGTERM)
        try:
            shell.wait(2)
        finally:
            os.kill(pid, signal.SIGKILL)
