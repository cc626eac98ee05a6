from __future__ import annotations

import pytest
from babel.units import format_unit

from automation.aliexpress.pages import Snapshot, read_dispute
from automation.aliexpress.pages.statuses import read_status
from automation.aliexpress.site import SiteMap

SITE = SiteMap.load()
ADDRESS = "https://www.aliexpress.com/p/reverse-pages/x.html?reverseOrderLineId=77"

TIMES = [
    "3 days 04:12:33", "(2 days left)", ": 4d 10h 3m 2s", "4 days 23 hours 59 minutes remaining",
    "until Dec 15, 2026 23:59 PST", "· 03:12:09", "by 15 Dec 2026", "2026-12-15 23:59:59",
    "Ends in 5 days", "- expires on Dec 3, 2026, 11:59 p.m.", "| 1 day, 2 hours and 3 seconds",
    "\N{BULLET} 12h", "06 d 23 h 59 m 10 s", "within 5 days",
]  # fmt: skip


@pytest.mark.parametrize("time", TIMES)
@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("Waiting for your response", "seller_responded"),
        ("Waiting for AliExpress’s feedback.", "mediating"),
        ("Waiting for the seller's response", "waiting_seller"),
        ("Final decision issued", "final_decision"),
    ],
)
def test_a_time_behind_known_words_changes_nothing(words: str, status: str, time: str) -> None:
    """GIVEN a countdown or date after a known status THEN the same meaning and words."""
    read = read_status(f"{words} {time}", SITE.pack("en"))

    assert (read.name, read.words.rstrip(".")) == (status, words.rstrip("."))


@pytest.mark.parametrize(
    ("line", "status"),
    [
        ("Request cancelled on Dec 3, 2026", "cancelled"),
        ("Request cancelled Dec 3, 2026 at 10:00 PST", "cancelled"),
        ("Request cancelled in 3 days", "unknown"),
        ("Dispute closed if nothing happens in 3 days", "unknown"),
        ("Closed in 3 days", "unknown"),
    ],
)
def test_what_is_yet_to_come_has_not_happened(line: str, status: str) -> None:
    """GIVEN a countdown after "cancelled" THEN it is not cancelled yet; a date is accepted."""
    assert read_status(line, SITE.pack("en")).name == status


def test_unknown_words_are_shown_without_the_time_behind_them() -> None:
    """GIVEN an unknown status with a countdown THEN the line for the words file has none."""
    read = read_status("Under inspection at the border (3 days 04:12 left)", SITE.pack("en"))

    assert read == ("unknown", "Under inspection at the border")


@pytest.mark.parametrize(
    ("lang", "line", "status"),
    [
        ("de", "Warten auf Ihre Antwort (noch 3 Tage)", "seller_responded"),
        ("fr", "En attente de votre réponse : 2 jours 4 heures", "seller_responded"),
        ("es", "Esperando tu respuesta hasta el 13 de agosto de 2026", "seller_responded"),
        ("pt", "Aguardando sua resposta: 3 dias", "seller_responded"),
        ("it", "In attesa della tua risposta, scade tra 3 giorni", "seller_responded"),
        ("ko", "환불 완료 2026년 5월 21일", "refund_complete"),
        ("ko", "AliExpress의 피드백을 기다리는 중입니다 3일 4시간 남음", "mediating"),
        ("pl", "Oczekiwanie na Twoją odpowiedź: pozostało 5 dni", "seller_responded"),
        ("ru", "Ожидание вашего ответа, осталось 2 дня 3 часа", "seller_responded"),
        ("nl", "Wachten op uw reactie: nog 3 dagen", "seller_responded"),
    ],
)
def test_times_of_other_languages(lang: str, line: str, status: str) -> None:
    """GIVEN the language's own units and dates THEN they are times there as well."""
    assert read_status(line, SITE.pack(lang)).name == status


@pytest.mark.parametrize(
    "line",
    [
        "Waiting for your response 2 refused",
        "Waiting for your response: the seller offers 5 USD",
        "Waiting for your response to the final decision of Dec 3, 2026",
        "Waiting for your response was closed 3 days ago by AliExpress",
        "Waiting for your responses 3 days",
        "3 days",
        "Waiting for your response left",
        "No longer waiting for your response 3 days",
        "You have opened a dispute and it was not accepted, do not wait for the supplier to respond",
        "Waiting for your response " + "3 days " * 200,
    ],
)
def test_other_words_behind_a_status_make_it_unknown(line: str) -> None:
    """GIVEN anything but a time after known words THEN the status is unknown, which blocks."""
    assert read_status(line, SITE.pack("en")).name == "unknown"


@pytest.mark.parametrize(
    ("line", "status"),
    [
        ("You have opened a dispute, please wait for the supplier to respond", "waiting_seller"),
        ("You have opened a dispute. Please wait for the supplier to respond.", "waiting_seller"),
        ("You have opened a dispute for this item and have to wait for the supplier to respond 4 days", "waiting_seller"),
        ("Supplier denied refund request", "seller_responded"),
        ("Waiting for the buyer to return the goods", "return_in_progress"),
        ("Your dispute was cancelled because evidence was not uploaded in time", "closed"),
        ("The request has been canceled because evidence was not uploaded in time.", "closed"),
    ],
)  # fmt: skip
def test_further_words_of_the_site(line: str, status: str) -> None:
    """GIVEN the statuses found since (site facts, section 9) THEN each has its meaning."""
    assert read_status(line, SITE.pack("en")).name == status


def test_a_ticking_countdown_does_not_change_what_was_read() -> None:
    """GIVEN one page at two moments THEN the same status words, so that a plan stays valid."""

    def status_at(seconds: int) -> str:
        digits = "".join(f"<span>{digit}</span>" for digit in f"{seconds:02d}")
        html = (
            '<div class="reminder--statusStr--x">Waiting for your response'
            f"<span class='timer'><b>3</b> d <b>04</b> h {digits} s</span></div>"
        )
        page = read_dispute(Snapshot(ADDRESS, html, "en"), SITE.hooks, SITE.pack("en"))
        assert page.status == "seller_responded"
        return page.status_words

    assert status_at(59) == status_at(8) == "Waiting for your response"


@pytest.mark.parametrize("lang", sorted(SITE.packs))
def test_every_pack_knows_what_stands_around_a_time(lang: str) -> None:
    """GIVEN any pack THEN a status followed by CLDR's words for "3 days" is still known."""
    pack = SITE.pack(lang)
    assert pack.until
    words = pack.dispute_status["mediating"][0]
    for unit in ("duration-day", "duration-hour", "duration-minute"):
        span = format_unit(3, unit, length="long", locale=lang)
        assert read_status(f"{words} {span}", pack).name == "mediating", span
