"""How big the house is, at any commit: ``python -m tests.architecture.figures [COMMIT…]``."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import PurePosixPath
from statistics import median

PRODUCT = ("automation", "rules", "fixtures")


@dataclass(frozen=True)
class Figures:
    """Sizes of the product's Python files.

    Args:
        fullest: the folder with the most files, and their number.
    """

    files: int
    lines: int
    median: int
    longest: int
    fullest: tuple[str, int]

    @classmethod
    def of(cls, sizes: dict[str, int]) -> Figures:
        """From the lines of each file."""
        folders = Counter(str(PurePosixPath(path).parent) for path in sizes)
        return cls(
            len(sizes),
            sum(sizes.values()),
            int(median(sizes.values())),
            max(sizes.values()),
            folders.most_common(1)[0],
        )

    def __str__(self) -> str:
        """One line for people."""
        folder, most = self.fullest
        return (
            f"{self.lines:,} lines in {self.files} files, {1000 * self.files / self.lines:.1f} files per"
            f" 1,000 lines; a file has {self.median} lines (median), {self.longest} at most; "
            f"{most} files at most in a folder ({folder})"
        )


def sizes_at(commit: str) -> dict[str, int]:
    """Lines of each Python file of the product at a commit."""
    listed = _git("ls-tree", "-r", "--name-only", commit, *PRODUCT).splitlines()
    paths = [path for path in listed if path.endswith(".py")]
    return {path: _git("show", f"{commit}:{path}").count("\n") for path in paths}


def _git(*words: str) -> str:
    return subprocess.run(
        ["git", *words],  # noqa: S607  git of the path
        check=True,
        capture_output=True,
        text=True,
    ).stdout


if __name__ == "__main__":
    for each in sys.argv[1:] or ["HEAD"]:
        sys.stdout.write(f"{each}: {Figures.of(sizes_at(each))}\n")
