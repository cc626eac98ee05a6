from __future__ import annotations

import pytest
from babel.units import format_unit

from automation.aliexpress.pages import Snapshot, read_dispute
from automation.aliexpress.pages.text.statuses import read_status
from automation.aliexpress.site import SiteMap

SITE = SiteMap.load()
ADDRESS = "https://www.aliexpress.com/p/reverse-pages/x.html?reverseOrderLineId=77"

TIMES = [
    "3 days 04:12:33", "(2 days left)", ": 4d 10h 3m 2s", "4 days 23 hours 59 minutes remaining",
    "until Dec 15, 2026 23:59 PST", "· 03:12:09", "by 15 Dec 2026", "2026-12-15 23:59:59",
    "Ends in 5 days", "- expires on Dec 3, 2026, 11:59 p.m.", "| 1 day, 2 hours and 3 seconds",
    "\N{BULLET} 12h", "06 d 23 h 59 m 10 s", "within 5 days",
]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("Waiting for your response", "seller_responded"),
        ("Waiting for AliExpress’s feedback.", "mediating"),
        ("Waiting for the seller's response", "waiting_seller"),
        ("Final decision issued", "final_decision"),
    ],
)
def test_a_time_behind_known_words_changes_nothing(words: str, status: str) -> None:
    """GIVEN a countdown or date after a known status THEN the same meaning and words."""
    for time in TIMES:
        read = read_status(f"{words} {time}", SITE.pack("en"))

        assert (read.name, read.words.rstrip(".")) == (status, words.rstrip(".")), time


@pytest.mark.parametrize(
    ("line", "status"),
    [
        ("Request cancelled on Dec 3, 2026", "cancelled"),
        ("Request cancelled (1 of 2)", "unknown"),
        ("Request cancelled 1/2", "unknown"),
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


@pytest.mark.parametrize(
    ("lang", "countdown"),
    [
        ("en", "Please respond within 3 days 12:30:11"),
        ("en", "Remaining 2d 03:04:05"),
        ("en", "Time left: 12:30:11"),
        ("en", "Please reply within 3 days"),
        ("en", "You have 3 days to respond"),
        ("en", "Respond by Nov 30, 2026"),
        ("en", "3 days 4 hours remaining"),
        ("en", "Time remaining 2 days 03:04:05"),
        ("en", "ends in 2 days"),
        ("id", "5 hari 10 jam"),
        ("id", "Sisa waktu: 5 hari 10 jam"),
        ("id", "Harap tanggapi dalam 5 hari 10 jam"),
        ("fr", "Il reste 3 jours 12:30:11"),
        ("fr", "Temps restant : 3 j 12 h"),
        ("fr", "Veuillez répondre sous 3 jours 12:30:11"),
        ("de", "Verbleibende Zeit: 3 Tage 12:30:11"),
        ("de", "Bitte antworten Sie innerhalb von 3 Tagen"),
        ("de", "Noch 3 Tage 12 Std."),
        ("es", "Tiempo restante: 3 días 12:30:11"),
        ("es", "Responde en un plazo de 3 días"),
        ("es", "Quedan 3 días 12 horas"),
        ("it", "Tempo rimanente: 3 giorni 12:30:11"),
        ("it", "Rispondi entro 3 giorni 12:30:11"),
        ("it", "3 giorni 5 ore rimanenti"),
        ("pt", "Tempo restante: 3 dias 12:30:11"),
        ("pt", "Responda em até 3 dias 12:30:11"),
        ("pt", "Faltam 3 dias"),
        ("nl", "Resterende tijd: 3 dagen 12:30:11"),
        ("nl", "Reageer binnen 3 dagen"),
        ("nl", "Nog 3 dagen 12 uur"),
        ("pl", "Pozostały czas: 3 dni 12:30:11"),
        ("pl", "Odpowiedz w ciągu 3 dni"),
        ("pl", "Pozostało 3 dni 12 godz."),
        ("ru", "Осталось 3 дня 12:30:11"),
        ("ru", "Оставшееся время: 3 дн. 12 ч."),
        ("ru", "Пожалуйста, ответьте в течение 3 дней"),
        ("uk", "Залишилося 3 дні 12:30:11"),
        ("uk", "Залишилось часу: 3 дні"),
        ("uk", "Будь ласка, дайте відповідь протягом 3 днів"),
        ("tr", "Kalan süre: 3 gün 12:30:11"),
        ("tr", "Lütfen 3 gün içinde yanıt verin"),
        ("tr", "3 gün 12 saat kaldı"),
        ("ja", "残り時間：3日12:30:11"),
        ("ja", "3日12時間以内に返信してください"),
        ("ja", "残り3日"),
        ("ko", "남은 시간: 3일 12:30:11"),
        ("ko", "3일 12시간 이내에 응답해 주세요"),
        ("ko", "3일 남음"),
        ("ar", "الوقت المتبقي: 3 أيام 12:30:11"),
        ("ar", "يرجى الرد خلال 3 أيام"),
        ("ar", "متبقي 3 أيام"),
        ("he", "זמן שנותר: 3 ימים 12:30:11"),
        ("he", "אנא השב תוך 3 ימים"),
        ("he", "נותרו 3 ימים"),
        ("th", "เหลือเวลา 3 วัน 12:30:11"),
        ("th", "โปรดตอบกลับภายใน 3 วัน"),
        ("th", "เวลาที่เหลือ: 3 วัน 12 ชั่วโมง"),
        ("vi", "Thời gian còn lại: 3 ngày 12:30:11"),
        ("vi", "Vui lòng phản hồi trong vòng 3 ngày"),
        ("vi", "Còn 3 ngày 12 giờ"),
    ],
)
def test_a_countdown_behind_known_words_leaves_them_known(lang: str, countdown: str) -> None:
    """GIVEN a countdown in the words of its language THEN the status before it is read."""
    words = SITE.pack(lang)
    known = words.dispute_status["seller_responded"][0]

    for between in (" ", " – ", ". "):
        read = read_status(f"{known}{between}{countdown}", words)
        assert read.name == "seller_responded", between


@pytest.mark.parametrize(
    "line",
    [
        "Waiting for your response. Your case was closed 3 days ago",
        "Waiting for your response. Please accept within 3 days",
        "Waiting for your response. Please respond",
        "Request cancelled. Please respond within 3 days",
        "Request cancelled in 3 days",
    ],
)
def test_other_words_behind_known_ones_are_unknown(line: str) -> None:
    """GIVEN more than a countdown, or one before the status holds THEN it is unknown."""
    assert read_status(line, SITE.pack("en")).name == "unknown"
