"""Python source in processes of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Start = Callable[..., subprocess.Popen[str]]


def killed_once_ready(source: str, *words: str) -> None:
    """Run source until it prints "ready", and kill -9 it with all its processes."""
    run = subprocess.Popen(
        [sys.executable, "-c", source, *words],
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    with run:
        assert run.stdout is not None
        assert run.stdout.readline().strip() == "ready"
        os.killpg(run.pid, signal.SIGKILL)


@contextmanager
def started_sources(stderr: int | None = None) -> Iterator[Start]:
    """Start Python source with arguments; all processes are ended after the body."""
    running: list[subprocess.Popen[str]] = []

    def run(source: str, *words: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-c", source, *words],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=stderr,
            text=True,
        )
        running.append(process)
        return process

    yield run
    for process in running:
        process.kill()
        process.communicate()
