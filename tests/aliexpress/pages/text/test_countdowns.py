"""Until when a status waits: a whole reading, or nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from babel.units import format_unit

from automation.aliexpress.pages import Snapshot, read_dispute
from automation.aliexpress.pages.text.countdowns import Countdown, read_countdown
from automation.aliexpress.site import SiteMap

SITE = SiteMap.load()
NOW = datetime(2026, 11, 26, 12, 0, 40, tzinfo=UTC)
ADDRESS = "https://www.aliexpress.com/p/reverse-pages/x.html?reverseOrderLineId=77"


def ends(rest: str, lang: str = "en") -> datetime | None:
    """When the countdown behind a status ends."""
    return read_countdown(rest, SITE.pack(lang)).ends(NOW)


@pytest.mark.parametrize(
    ("rest", "left"),
    [
        ("(2 days left)", timedelta(days=2)),
        (": 3 days 04:12:33 left", timedelta(days=3, hours=4, minutes=12, seconds=33)),
        ("(3 d 04:12 left)", timedelta(days=3, hours=4, minutes=12)),
        ("4 days 23 hours 59 minutes remaining", timedelta(days=4, hours=23, minutes=59)),
        ("- please respond within 5 days", timedelta(days=5)),
        ("You have 36 hrs to answer", timedelta(hours=36)),
        ("1 week left", timedelta(days=7)),
        ("time: 03:12:09", timedelta(hours=3, minutes=12, seconds=9)),
        (": 4d 10h 3m 2s", timedelta(days=4, hours=10, minutes=3, seconds=2)),
        ("3 days 04:12:33", timedelta(days=3, hours=4, minutes=12, seconds=33)),
    ],
)
def test_a_span_that_is_left_ends_then(rest: str, left: timedelta) -> None:
    """GIVEN a span with words that say so, or one that ticks THEN its end, to the minute before."""
    assert ends(rest) == (NOW + left).replace(second=0)


@pytest.mark.parametrize(
    "rest",
    [
        "", "(3 days)", "for 3 days", "since 3 days", "since 4d 10h 3m 2s", "· 03:12:09", "04:12 left",
        "3 left", "2 days 5 left", "3 hours 2 days left", "2 days 2 days left", "1.5 days left", "0 days left",
        "400 days left", "1 of 2 days left", "3 days 04:12:33 5 left",
    ],
)  # fmt: skip
def test_what_may_mean_something_else_tells_nothing(rest: str) -> None:
    """GIVEN a span that may have gone by, or numbers without a unit THEN no end."""
    assert ends(rest) is None


@pytest.mark.parametrize(
    ("rest", "at"),
    [
        ("until Dec 15, 2026 23:59 PST", datetime(2026, 12, 16, 7, 59, tzinfo=UTC)),
        ("by 15 Dec 2026", datetime(2026, 12, 14, 10, tzinfo=UTC)),
        ("since Nov 20, 2026", None),
        ("until 03/04/2027", None),
        ("from Nov 20, 2026 until Dec 15, 2026", None),
        ("until Dec 15, 2029", None),
    ],
    ids=["zone", "earliest meaning", "past", "unclear", "two", "years away"],
)
def test_a_date_counts_if_it_is_one_and_ahead(rest: str, at: datetime | None) -> None:
    """GIVEN a date behind the status THEN it, unless it is past, unclear, or not the only one."""
    assert ends(rest) == at


@pytest.mark.parametrize("lang", sorted(SITE.packs))
def test_every_language_counts_days_and_hours(lang: str) -> None:
    """GIVEN "4 days 5 hours left" in the words of each language THEN its end."""
    pack = SITE.pack(lang)
    locale = pack.locales[0] if pack.locales else lang
    days, hours = (
        format_unit(n, f"duration-{unit}", locale=locale) for n, unit in ((4, "day"), (5, "hour"))
    )

    assert ends(f"{days} {hours} {pack.remaining[0]}", lang) == (
        NOW + timedelta(days=4, hours=5)
    ).replace(second=0)


@pytest.mark.parametrize(
    ("status", "has_one"),
    [("Waiting for your response", True), ("Waiting for the seller's response", False)],
)
def test_only_the_buyers_own_time_is_read(status: str, has_one: bool) -> None:
    """GIVEN a countdown of the buyer, or of the seller THEN only the first is until when to answer."""
    html = f'<p class="reminder--statusStr--x">{status} (2 days left)</p>'

    page = read_dispute(Snapshot(ADDRESS, html, "en"), SITE.hooks, SITE.pack("en"))

    assert page.status_words == status
    assert page.countdown == Countdown(left=timedelta(days=2) if has_one else None)
