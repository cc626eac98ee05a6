"""Draw the architecture again: ``make picture``."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from tests.architecture.drawing import House, as_svg

PICTURE: Final = Path(__file__).parents[2] / "docs" / "architecture.svg"

if __name__ == "__main__":
    PICTURE.write_text(as_svg(House.built()), encoding="utf-8")
