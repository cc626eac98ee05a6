"""Time a newcomer's first minutes: from the clone to a first answer, and to a watched cancel.

They do what the README says, in a folder of their own: clone, install, ask ``advise`` at a terminal,
and watch ``demo``, in a window where there is a display. The reading is left out: nothing waits for
the person. ``python -m tests.benchmarks.newcomer`` prints the seconds since the start.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from automation.engine.session.choice import has_display
from tests.pictures.recording import recorded

_SOURCE: Final = Path(__file__).parents[2]
_ANSWERS: Final = {
    "Number [10]: ": "1",
    "just Enter if there is none): ": "Cancel first, then we refund you by PayPal.",
}
_ANSWER_SECONDS, _CANCEL_SECONDS = 60, 180


@dataclass
class FirstMinutes:
    """What was done, and how long after the start each was over."""

    began: float = field(default_factory=time.monotonic)
    times: list[tuple[str, float]] = field(default_factory=list)

    def over(self, what: str) -> None:
        """Note that something is over."""
        self.times.append((what, time.monotonic() - self.began))
        sys.stdout.write(f"{self.times[-1][1]:6.1f} s  {what}\n")
        sys.stdout.flush()

    def took(self, what: str) -> float:
        """The seconds from the start to the end of something."""
        return dict(self.times)[what]


def first_minutes(folder: Path) -> FirstMinutes:
    """Do it all in an empty folder; a command that fails ends it."""
    done, source = FirstMinutes(), folder / "dispute-guard"
    _run("git", "clone", "--quiet", "--depth", "1", _SOURCE.as_uri(), str(source))
    done.over("cloned")
    tool = _installed(source, folder)
    done.over("installed")
    screen = recorded(("advise",), answers=_ANSWERS, folder=folder, program=(str(tool),))
    if "BLOCK" not in screen or "Reply to the seller" not in screen:
        raise SystemExit(f"no answer: {screen}")
    done.over("first answer")
    _run(str(tool), "demo", *(["--headed"] if has_display() else []), cwd=folder)
    done.over("watched a cancel")
    return done


def _installed(source: Path, folder: Path) -> Path:
    """Install as the README says, with uv where there is one; its command."""
    if uv := shutil.which("uv"):
        home = {"UV_TOOL_DIR": str(folder / "tools"), "UV_TOOL_BIN_DIR": str(folder / "bin")}
        _run(uv, "tool", "install", "--quiet", ".", cwd=source, more=home)
        return folder / "bin" / "dispute-guard"
    _run(sys.executable, "-m", "venv", str(folder / "venv"))
    _run(str(folder / "venv" / "bin" / "pip"), "install", "--quiet", ".", cwd=source)
    return folder / "venv" / "bin" / "dispute-guard"


def _run(*words: str, cwd: Path | None = None, more: dict[str, str] | None = None) -> None:
    env = os.environ | (more or {})
    process = subprocess.run(
        words,
        cwd=cwd,
        env=env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if process.returncode:
        raise SystemExit(f"{' '.join(words)} failed: {process.stdout}{process.stderr}")


def main() -> None:
    """Print the seconds, and exit with 1 if the answer or the cancel took too long."""
    with tempfile.TemporaryDirectory() as folder:
        done = first_minutes(Path(folder))
    late = (
        done.took("first answer") > _ANSWER_SECONDS
        or done.took("watched a cancel") > _CANCEL_SECONDS
    )
    sys.exit(late)


if __name__ == "__main__":
    main()
