"""The reader of dates against the browser's own Intl: two sources that share no code."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from automation.aliexpress.pages.text.dates import PACIFIC, dates_in
from automation.aliexpress.site import SiteMap

if TYPE_CHECKING:
    from playwright.sync_api import Browser

SITE = SiteMap.load()
LANGUAGES = sorted(SITE.packs)
DAYS = [f"2026-{month:02}-{day:02}" for month in range(1, 13) for day in (3, 21)]
CLOCKS = ["00:05", "12:30", "23:59"]
WRITE = """({ locales, moments }) => {
  const day = { year: 'numeric', month: 'long', day: 'numeric' };
  const clock = { hour: '2-digit', minute: '2-digit' };
  const styles = {
    long: [day, false], short: [{ ...day, month: 'short' }, false],
    weekday: [{ ...day, weekday: 'long' }, false],
    clock24: [{ ...day, ...clock, hour12: false }, true],
    clock12: [{ ...day, ...clock, hour12: true }, true],
    spoken: [{ ...day, hour: 'numeric', minute: '2-digit', hour12: true, dayPeriod: 'long' }, true],
    full: [{ dateStyle: 'full', timeStyle: 'short' }, true],
    seconds: [{ dateStyle: 'long', timeStyle: 'long' }, true],
    zoned: [{ ...day, ...clock, timeZoneName: 'shortOffset' }, true],
    numbers: [{ year: 'numeric', month: 'numeric', day: 'numeric' }, false],
  };
  const written = [];
  for (const locale of locales) for (const [style, [options, timed]] of Object.entries(styles))
    for (const moment of moments) {
      const format = new Intl.DateTimeFormat(locale, { ...options, timeZone: 'America/Los_Angeles' });
      written.push({ locale, style, timed, moment, text: format.format(new Date(moment)) });
    }
  return written;
}"""


@pytest.fixture(scope="module")
def written(browser: Browser) -> list[dict[str, Any]]:
    """Every day and time in every language and style, as the browser writes it."""
    locales = [*LANGUAGES, "ar-MA", "ar-EG", "pt-PT", "es-MX", "en-GB", "th-u-ca-gregory"]
    moments = [f"{day}T{CLOCKS[n % 3]}:00-08:00" for n, day in enumerate(DAYS)]
    page = browser.new_page()
    found: list[dict[str, Any]] = page.evaluate(WRITE, {"locales": locales, "moments": moments})
    page.close()
    return found


def meant(entry: dict[str, Any]) -> str:
    """The moment to expect: a day, a local time, or UTC if a zone is named."""
    moment = datetime.fromisoformat(entry["moment"]).astimezone(PACIFIC)
    if not entry["timed"]:
        return moment.date().isoformat()
    if entry["style"] in {"zoned", "seconds"}:
        return moment.astimezone(UTC).isoformat()
    return moment.replace(tzinfo=None).isoformat()


def read(entry: dict[str, Any]) -> list[str | None]:
    """What the reader returns for a text in the words of its language."""
    return dates_in(f"{entry['text']}", SITE.pack(entry["locale"]))


def is_numbers(entry: dict[str, Any]) -> bool:
    """Portugal's short form has no words either."""
    return not any(char.isalpha() for char in entry["text"])


def is_buddhist(entry: dict[str, Any]) -> bool:
    """Thai writes years of the Buddhist era unless another calendar is asked for."""
    return bool(entry["locale"] == "th")


@pytest.mark.further
def test_every_language_and_style_is_read(written: list[dict[str, Any]]) -> None:
    """GIVEN Intl's text of a moment THEN the reader returns that moment, in every language."""
    wrong = []
    for entry in written:
        if is_numbers(entry) or is_buddhist(entry):
            continue
        found = read(entry)
        if found != [meant(entry)]:
            wrong.append((entry["locale"], entry["style"], entry["text"], found))
    assert wrong == []
    assert len(written) > 5000


def test_numbers_alone_are_read_only_where_one_day_is_meant(written: list[dict[str, Any]]) -> None:
    """GIVEN a date in numbers THEN the right day, or none, but never another."""
    numbers = [e for e in written if is_numbers(e) and not is_buddhist(e)]
    wrong = [(e["text"], found) for e in numbers if (found := read(e)) not in ([meant(e)], [None])]
    assert wrong == []
    sure = [e for e in numbers if read(e) == [meant(e)]]
    assert len(numbers) / 3 < len(sure) < len(numbers)


def test_a_buddhist_year_without_its_era_is_unknown(written: list[dict[str, Any]]) -> None:
    """GIVEN a Thai date of the year 2569 THEN it is unknown, unless its era is named."""
    thai = [entry for entry in written if is_buddhist(entry)]
    assert len(thai) > 100
    for entry in thai:
        named = "พ.ศ." in entry["text"]
        assert read(entry) == [meant(entry) if named else None], entry["text"]
