"""The real command at a later hour: ``python -m tests.faults.later MINUTES words…``.

Only the run's clocks differ: the wall clock, and the one that counts from the
machine's start. A test that waited for the quiet time after a lost answer would take minutes.
"""

from __future__ import annotations

import sys
from datetime import datetime, timedelta, tzinfo

from automation.aliexpress import request
from automation.cli.main import main
from automation.engine import elapsed

_SHIFT = timedelta(minutes=float(sys.argv[1])) if len(sys.argv) > 1 else timedelta()


class _Later(datetime):
    """A clock that is ahead."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> _Later:
        """Now and some minutes."""
        return super().now(tz) + _SHIFT


def _later_uptime() -> elapsed.Uptime:
    now = elapsed.this_uptime()
    return elapsed.Uptime(now.seconds + _SHIFT.total_seconds(), now.boot)


if __name__ == "__main__":
    vars(request)["datetime"] = _Later
    vars(request)["this_uptime"] = _later_uptime
    main(sys.argv[2:])
