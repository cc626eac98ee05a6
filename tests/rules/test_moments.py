"""Moments as pages state them: never later than they can be."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from rules.moments import instant

BERLIN, SHANGHAI = ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize(
    ("local", "zone", "utc"),
    [
        (datetime(2026, 6, 10, 12), SHANGHAI, datetime(2026, 6, 10, 4, tzinfo=UTC)),  # noqa: DTZ001  of the zone beside it
        (datetime(2026, 7, 1, 2, 30), BERLIN, datetime(2026, 7, 1, 0, 30, tzinfo=UTC)),  # noqa: DTZ001
        (datetime(2026, 12, 1, 2, 30), BERLIN, datetime(2026, 12, 1, 1, 30, tzinfo=UTC)),  # noqa: DTZ001
        (datetime(2026, 10, 25, 2, 30), BERLIN, datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),  # noqa: DTZ001  twice
        (datetime(2026, 3, 29, 2, 30), BERLIN, datetime(2026, 3, 29, 0, 30, tzinfo=UTC)),  # noqa: DTZ001  never
    ],
)
def test_of_two_readings_the_earlier_counts(local: datetime, zone: ZoneInfo, utc: datetime) -> None:
    """GIVEN a local time THEN its moment; one that the clock change has twice, or never, is the earlier."""
    assert instant(local, zone) == utc
    assert instant(local.replace(fold=1), zone) == utc
