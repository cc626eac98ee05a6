"""The real command at a later hour: ``python -m tests.faults.later MINUTES words…``.

Only the clock of the run is another one. A test that waited for the quiet time after a
lost answer would take minutes.
"""

from __future__ import annotations

import sys
from datetime import datetime, timedelta, tzinfo

from automation.cli import main
from automation.flow import request

_SHIFT = timedelta(minutes=float(sys.argv[1])) if len(sys.argv) > 1 else timedelta()


class _Later(datetime):
    """A clock that is ahead."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> _Later:
        """Now and some minutes."""
        return super().now(tz) + _SHIFT


if __name__ == "__main__":
    vars(request)["datetime"] = _Later
    main(sys.argv[2:])
