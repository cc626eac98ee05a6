"""``python -m tests.mutation [TARGET|MODULE …]``: change the code, and see which tests notice.

Each mutant has one comparison, boolean, sign, number or ``not`` changed. It is loaded in place
of its module in a process of its own, which then runs the target's tests. ``targets.toml``
names modules and tests. Survivors are changes that no test noticed.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import time
import tomllib
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.mutation.mutants import Mutant, mutants_of
from tests.mutation.trial import noticed

if TYPE_CHECKING:
    from collections.abc import Callable

HERE = Path(__file__).parent
ROOT = HERE.parent.parent


def main() -> int:
    """Run the mutants of the targets and print the score."""
    options = _options()
    targets = tomllib.loads((HERE / "targets.toml").read_text("utf-8"))
    for name in options.targets or targets:
        target = targets.get(name) or _target_of(name, targets)
        modules = [name] if name not in targets else _modules_of(target)
        mutants = [m for module in modules for m in mutants_of(module, _path_of(module))]
        if options.sample and options.sample < len(mutants):
            mutants = random.Random(options.seed).sample(mutants, options.sample)  # noqa: S311  no secret
        trial = partial(noticed, tests=_tests_of(target), select=str(target.get("select", "")))
        _run(name, mutants, trial, options.jobs)
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.mutation")
    parser.add_argument("targets", nargs="*", help="names in targets.toml, or modules of theirs")
    parser.add_argument("--sample", type=int, default=0, help="only so many, drawn by the seed")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    return parser.parse_args()


def _run(
    name: str, mutants: list[Mutant], trial: Callable[[Mutant | None], bool], jobs: int
) -> None:
    began = time.monotonic()
    if trial(None):
        sys.exit(f"{name}: the tests fail without any change")
    killed = 0
    with ThreadPoolExecutor(jobs) as pool:
        results = pool.map(trial, mutants)
        for mutant, found in zip(mutants, results, strict=True):
            killed += found
            if not found:
                sys.stdout.write(f"survived: {mutant}\n")
                sys.stdout.flush()
    sys.stdout.write(
        f"{name}: {killed} of {len(mutants)} changes noticed "
        f"({100 * killed / max(1, len(mutants)):.0f} %), {time.monotonic() - began:.0f} s\n"
    )


def _target_of(module: str, targets: dict[str, dict[str, Any]]) -> dict[str, Any]:
    for target in targets.values():
        if module in _modules_of(target):
            return target
    sys.exit(f"{module} is neither in targets.toml nor a module of a target there")


def _tests_of(target: dict[str, Any]) -> list[str]:
    return [str(ROOT / path) for path in target["tests"]]


def _modules_of(target: dict[str, Any]) -> list[str]:
    """The modules of a target: each file of its packages, without those left out."""
    found = [
        ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for place in target["modules"]
        for path in _files_of(place)
    ]
    left_out = tuple(target.get("without", ()))
    return [m for m in found if not m.endswith("__init__") and not m.startswith(left_out)]


def _files_of(module: str) -> list[Path]:
    folder = ROOT.joinpath(*module.split("."))
    return sorted(folder.rglob("*.py")) if folder.is_dir() else [folder.with_suffix(".py")]


def _path_of(module: str) -> Path:
    return ROOT.joinpath(*module.split(".")).with_suffix(".py")


if __name__ == "__main__":
    sys.exit(main())
