"""Run tests on one mutant, in a process of its own."""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from importlib.machinery import ModuleSpec
    from types import ModuleType

    from tests.mutation.mutants import Mutant

_LONGEST = 300.0


def noticed(mutant: Mutant | None, tests: list[str]) -> bool:
    """True if a test fails, hangs or cannot start; ``None`` is the unchanged code."""
    change = [mutant.module, mutant.source] if mutant else ["", ""]
    done = subprocess.Popen(
        [sys.executable, "-m", "tests.mutation.trial", *tests],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        done.communicate(json.dumps(change), timeout=_LONGEST)
    except subprocess.TimeoutExpired:
        done.kill()
        done.wait()
    return done.returncode != 0


class _Changed(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Loads changed source for one module; all others come from their files."""

    def __init__(self, module: str, source: str) -> None:
        self._module, self._source = module, source

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, _target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """The place of the changed module."""
        if fullname != self._module:
            return None
        spec = importlib.machinery.PathFinder.find_spec(fullname, path)
        origin = spec.origin if spec else None
        return importlib.util.spec_from_loader(fullname, self, origin=origin)

    def exec_module(self, module: ModuleType) -> None:
        """Run the changed source."""
        exec(compile(self._source, self._module, "exec"), module.__dict__)  # noqa: S102  our own code


def main() -> int:
    """Run the tests named in the arguments, on the change from standard input."""
    import pytest  # noqa: PLC0415  only the child process needs it

    module, source = json.load(sys.stdin)
    if module:
        sys.meta_path.insert(0, _Changed(module, source))
    tests = sys.argv[1:]
    # Only the fixtures beside these tests: the suite's own start browsers and processes.
    folder = os.path.commonpath([Path(test).resolve().parent for test in tests])
    plain = ["-x", "-q", "--confcutdir", folder, "--override-ini=addopts=--import-mode=importlib"]
    without = [f"-pno:{name}" for name in ("cacheprovider", "playwright", "xdist")]
    return int(pytest.main([*plain, *without, *tests]))


if __name__ == "__main__":
    sys.exit(main())
