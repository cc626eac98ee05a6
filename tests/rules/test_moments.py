"""Moments as pages state them: never later than they can be."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from rules.moments import instant, iso_text, read_moment

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


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        (" 2026-06-10T12:00Z ", "2026-06-10T12:00Z"),
        ("2026-06-10", "2026-06-10"),
        ("20260610T1200", "20260610T1200"),
        ("2026-06-10 12:00", "2026-06-10 12:00"),
        ("2026-W24-3t12:00Z", "2026-W24-3t12:00Z"),
        ("soon", None),
        ("10 Jun 2026", None),
        ("20260610012300000", None),
        (f"2026-06-10T12:00:00.{'0' * 80}", None),
    ],
)
def test_iso_is_taken_as_it_is_typed(text: str, iso: str | None) -> None:
    """GIVEN any form of ISO 8601 THEN its text; words are for whoever knows languages."""
    assert iso_text(text) == iso


@pytest.mark.parametrize(
    "text",
    [
        "2026-06-10年12:00:00",
        "20260610012300000",
        "2026-06-10-08:00",
        "2026-06-10+01:00",
        f"2026-06-10T12:00:00.{'0' * 80}",
    ],
)
def test_what_only_looks_like_iso_is_unknown(text: str) -> None:
    """GIVEN a foreign sign, a long number, a zone as a time THEN no moment; the plain form has one."""
    assert read_moment(text) is None
    assert read_moment("2026-06-10T12:00:00.000") is not None
