"""What a run found is written in one place."""

from __future__ import annotations

import re
from pathlib import Path

import automation


def test_only_the_run_folds_what_its_work_found() -> None:
    """GIVEN the code of the product THEN only the run, its work and its end write results.

    All else returns them.
    """
    root = Path(automation.__file__).parent
    writers = {
        path.relative_to(root).as_posix()
        for path in root.rglob("*.py")
        if re.search(r"\brun\.(found\b[^=\n(]* = |take\()", path.read_text("utf-8"))
    }

    assert writers == {f"aliexpress/{name}.py" for name in ("run", "work", "ending")}
