"""Run tests on one mutant, in a process of its own."""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import importlib.util
import os
import sys
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence
    from importlib.machinery import ModuleSpec
    from types import ModuleType

    from tests.mutation.mutants import Mutant

_LONGEST: Final = 300.0
_ENDS: Final = 10.0
_NOT_LOADED: Final = 99
# What every trial imports that is not ours: it is loaded once, and each trial is a fork of that.
_FORKS: Final = get_context("forkserver")
_FORKS.set_forkserver_preload(
    ["_pytest.config", "pytest", "hypothesis.strategies", "pydantic", "playwright.async_api"]
)


def noticed(mutant: Mutant | None, tests: list[str], select: str = "") -> bool:
    """True if a test fails, hangs or cannot start; ``None`` is the unchanged code.

    Args:
        mutant: the change.
        tests: files of tests, or folders of them.
        select: pytest's ``-k`` expression for those that run.

    Raises:
        RuntimeError: the tests passed without loading the changed module.
    """
    change = (mutant.module, mutant.source) if mutant else ("", "")
    trial = _FORKS.Process(target=_try, args=(*change, tests, select))
    trial.start()
    trial.join(_LONGEST)
    if trial.is_alive():
        trial.kill()
        trial.join(_ENDS)
    if trial.exitcode == _NOT_LOADED:
        raise RuntimeError(f"no test loads the changed {mutant}")
    return trial.exitcode != 0


class _Changed(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Loads changed source for one module; all others come from their files."""

    def __init__(self, module: str, source: str) -> None:
        self._module, self._source = module, source
        self.loaded = False

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, _target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """The place of the changed module."""
        if fullname != self._module:
            return None
        spec = importlib.machinery.PathFinder.find_spec(fullname, path)
        changed = importlib.util.spec_from_loader(
            fullname, self, origin=spec.origin if spec else None
        )
        if changed is not None:
            changed.has_location = True  # so it has the `__file__` that data is found beside
        return changed

    def exec_module(self, module: ModuleType) -> None:
        """Run the changed source."""
        self.loaded = True
        exec(compile(self._source, self._module, "exec"), module.__dict__)  # noqa: S102  our own code


def _try(module: str, source: str, tests: list[str], select: str) -> None:
    """Run the tests on the change, in a process that ends with their code."""
    import hypothesis  # noqa: PLC0415  only the trial needs it
    import pytest  # noqa: PLC0415

    sys.dont_write_bytecode = True  # what a change makes must not be kept as what the code makes
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    # The same examples for every change, and none that fails because the machine is busy.
    hypothesis.settings.register_profile("trial", deadline=None, derandomize=True, database=None)
    hypothesis.settings.load_profile("trial")
    changed = _Changed(module, source)
    sys.meta_path.insert(0, changed)
    # Only the fixtures beside these tests: the suite's own start browsers and processes.
    folder = os.path.commonpath([Path(test).resolve().parent for test in tests])
    # pytest's own loader, which rewrites asserts, would load the unchanged module.
    options = ["-x", "-q", "--assert=plain", "--confcutdir", folder, "--import-mode=importlib"]
    plugins = ("cacheprovider", "playwright", "xdist", "dispute-guard-mimic")
    chosen = ["-k", select] if select else []
    without = [f"-pno:{name}" for name in plugins]
    code = int(pytest.main([*options, *without, *chosen, "--override-ini=addopts=", *tests]))
    sys.exit(_NOT_LOADED if module and not changed.loaded and code == 0 else code)
