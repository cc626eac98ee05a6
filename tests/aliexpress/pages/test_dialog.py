"""Dialogs: which may be confirmed, and the sentences that the buyer must see before."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from automation.aliexpress.pages.dialog import Dialog, read_dialogs, standing
from automation.aliexpress.pages.snapshot import Snapshot
from automation.aliexpress.site import SiteMap
from automation.errors import ToolError
from automation.text import clean_text

if TYPE_CHECKING:
    from pathlib import Path

SITE = SiteMap.load()
ORDER = "8194370215560042"
TOLD = (ORDER, "1100482913300042", "US $25.00")
FOOTER = "<button>Not now</button><button>Confirm</button>"


def dialog(
    text: str, *, lang: str = "en", title: str = "", more: str = "", site: SiteMap = SITE
) -> Dialog:
    """The one dialog of a page with this text between its title and its buttons."""
    titles = {"fr": "Annuler la demande", "it": "Annulla richiesta", "pt": "Cancelar solicitação"}
    html = f"""<div class="comet-v2-modal"><button class="close">×</button>
      <div class="comet-v2-modal-body">
        <div class="comet-v2-confirm-title">{title or titles.get(lang, "Cancel Request")}</div>
        <div class="comet-v2-confirm-content">{text}</div></div>
      {more}<div class="comet-v2-modal-footer">{FOOTER}</div></div>"""
    [found] = read_dialogs(Snapshot("", html, lang), site.hooks, site.pack(lang), TOLD)
    return found


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Are you sure you want to cancel this request?"),
        ("en", "Do you really want to withdraw your dispute? It will be closed immediately."),
        (
            "en",
            "After cancelling, the dispute is closed and the order returns to its normal status.",
        ),
        ("en", "You are about to cancel the refund request for US $25.00. Continue?"),
        ("en", f"Order ID: {ORDER}<br>Please confirm that you want to cancel your claim."),
        ("en", "The seller will be notified that the dispute has been cancelled."),
        ("en", ""),
        ("fr", "Êtes-vous sûr(e) de vouloir annuler cette demande ? Le litige sera clos."),
        (
            "fr",
            "Voulez-vous vraiment annuler la demande ? Une fois annulée, la demande sera fermée.",
        ),
        ("it", "Sei sicuro di voler annullare questa richiesta? La controversia verrà chiusa."),
        ("pt", "Tem certeza de que deseja cancelar esta solicitação? A disputa será encerrada."),
    ],
)
def test_a_plain_question_needs_no_second_consent(lang: str, text: str) -> None:
    """GIVEN nothing but the question, in this wording or another THEN no warning."""
    read = dialog(text, lang=lang)

    assert (read.about_cancel, read.never, read.warnings, read.wants) == (True, (), (), False)


@pytest.mark.parametrize(
    ("lang", "warning"),
    [
        ("en", "Your buyer protection may end."),
        ("en", "The seller will be paid."),
        ("en", "Payment will be released to the seller."),
        ("en", "If you cancel this request you cannot open it again."),
        ("en", "You have only one chance left to cancel."),
        ("en", "This is your last chance."),
        ("en", "Once you cancel this request, it can't be undone."),
        ("en", "Your order will be closed."),
        ("en", "The order will be cancelled."),
        ("en", "You will get no refund."),
        ("en", "You are about to cancel a refund of US $26.00."),
        ("en", "Order ID: 8194370078150042"),
        ("en", "Quux frobnicates the zyzzy."),
        ("en", "La protección del comprador puede terminar."),
        ("en", "不能再次发起纠纷。"),
        ("fr", "Votre protection peut prendre fin."),
        ("fr", "Le vendeur sera payé."),
        ("it", "Non potrai aprire un'altra controversia."),
        ("it", "Il venditore verrà pagato."),
        ("pt", "Você só tem uma chance."),
        ("pt", "O vendedor será pago."),
    ],
)
def test_everything_beyond_the_question_is_a_warning(lang: str, warning: str) -> None:
    """GIVEN a warning or an unknown sentence, anywhere in the dialog THEN it is named."""
    word, _, rest = warning.partition(" ")
    places = {
        "text": dialog(warning, lang=lang),
        "title": dialog("", lang=lang, more=f"<h3>{warning}</h3>"),
        "notice": dialog("", lang=lang, more=f"<ul><li>OK</li><li>{warning}</li></ul>"),
        "footer": dialog("", lang=lang, more=f"<span>OK</span><small>{warning}</small>"),
        "link": dialog(f"<a href='#'>{word}</a> {rest}", lang=lang),
        "paragraph": dialog(f"<p data-dg-press=''>{warning}</p>", lang=lang),
    }

    for place, read in places.items():
        assert " ".join(read.warnings).removeprefix("OK").strip() == warning, place


@pytest.mark.parametrize(
    "field",
    [
        "<input type='radio'>",
        "<div class='comet-v2-radio'><i></i>Other</div>",
        "<div role='radiogroup'>Other</div>",
        "<select><option>Other</option></select>",
        "<textarea></textarea>",
        "<input type='checkbox'>",
        "<div class='reasonSelect--wrap--9x'>Other</div>",
    ],
)
def test_a_dialog_with_something_to_choose_wants_a_reason(field: str) -> None:
    """GIVEN a choice or a field, even one drawn by a library THEN the dialog is not confirmed."""
    read = dialog("Are you sure you want to cancel this request?", more=field)

    assert (read.wants, read.is_safe) == (True, False)


def test_a_frame_in_a_dialog_has_words_of_its_own() -> None:
    """GIVEN a frame in the dialog THEN it is not confirmed, and not called a wanted reason."""
    read = dialog("Cancel this request?", more="<iframe src='/more.html'></iframe>")

    assert (read.frame, read.wants, read.is_safe) == (True, False, False)
    assert dialog("Cancel this request?").is_safe  # control


def test_a_dialog_that_is_still_loading_is_not_whole() -> None:
    """GIVEN a loading sign in the dialog THEN it is not confirmed yet."""
    read = dialog("Are you sure?", more="<i class='comet-v2-loading-wrap'>…</i>")

    assert (read.grows, read.is_safe) == (True, False)


def test_payment_beside_the_question_is_a_warning_and_alone_forbids() -> None:
    """GIVEN words of payment THEN they are a warning only if another sentence asks to cancel."""
    beside = dialog("Cancel this request? The seller will be paid.")
    title = dialog("The payment will be released to the seller", title="Cancel Request")
    alone = dialog("Pay the seller and cancel the request.", title="Complete the purchase")

    assert (beside.is_safe, beside.warnings) == (True, ("The seller will be paid.",))
    assert (title.is_safe, title.warnings) == (
        True,
        ("The payment will be released to the seller",),
    )
    assert (alone.is_safe, alone.never) == (False, ("pay", "pay the seller"))


def taught(tmp_path: Path, lang: str, question: str) -> SiteMap:
    """The site's words with a buyer's own file over them."""
    file = tmp_path / "words.toml"
    file.write_text(f'lang = "{lang}"\ndialog_questions = ["{question}"]\n', "utf-8")
    return SiteMap.load(file)


@pytest.mark.parametrize(
    ("lang", "harmless", "loss"),
    [
        ("de", "Der Streitfall wird geschlossen.", "Der Käuferschutz kann enden."),
        ("es", "La disputa se cerrará.", "No podrás abrirla otra vez."),
        ("ru", "Спор будет закрыт.", "Вы не сможете открыть его снова."),
        ("ja", "紛争は終了します。", "再度開くことはできません。"),
        ("ko", "분쟁이 종료됩니다.", "다시 열 수 없습니다."),
        ("ar", "سيتم إغلاق النزاع.", "قد تنتهي حماية المشتري."),
        ("he", "המחלוקת תיסגר.", "לא ניתן לפתוח שוב."),
        ("th", "ข้อพิพาทจะถูกปิด", "คุณมีโอกาสครั้งเดียวเท่านั้น"),
        ("vi", "Tranh chấp sẽ được đóng.", "Bạn không thể mở lại."),
        ("sv", "Tvisten avslutas.", "Your protection may end."),
    ],
)
def test_a_words_file_accepts_no_loss(tmp_path: Path, lang: str, harmless: str, loss: str) -> None:
    """GIVEN a question that a words file has as a whole THEN only its words of loss still warn."""
    question = f"Cancel Request {harmless} {loss}"
    plain = dialog(harmless, lang=lang, site=taught(tmp_path, lang, f"Cancel Request {harmless}"))
    warns = dialog(f"{harmless} {loss}", lang=lang, site=taught(tmp_path, lang, question))

    assert (plain.about_cancel, plain.warnings) == (True, ())
    assert warns.about_cancel
    assert loss in " ".join(warns.warnings)


def test_a_words_file_cannot_make_a_warning_plain(tmp_path: Path) -> None:
    """GIVEN dialog_plain in a words file THEN a usage error: risks are accepted per call."""
    file = tmp_path / "words.toml"
    file.write_text('lang = "en"\ndialog_plain = ["the moon will fall"]\n', "utf-8")
    with pytest.raises(ToolError, match="dialog_plain cannot be set") as caught:
        SiteMap.load(file)
    assert caught.value.exit_code == 2

    file.write_text('lang = "en"\ndialog_nouns = ["moon will fall"]\n', "utf-8")
    assert dialog("The moon will fall.", site=SiteMap.load(file)).warnings == (
        "The moon will fall.",
    )


def test_words_that_nobody_can_see_are_no_warning() -> None:
    """GIVEN invisible letters THEN there is nothing to accept, and nothing is hidden."""
    filler = "\u3164\u115f"

    assert dialog(f"<p>{filler}</p>").warnings == ()
    [warning] = dialog(f"Your pro{filler}tection may\u200b end.").warnings
    assert clean_text(warning) == "Your protection may end."


@given(st.lists(st.text(st.characters(categories=["L"]), min_size=2), min_size=1, max_size=4))
def test_no_word_of_a_dialog_is_lost(words: list[str]) -> None:
    """GIVEN words in any nesting THEN each is in a warning, unless it is harmless by itself."""
    inside = "".join(f"<div>{word} <p>{word}</p>{word}<b>{word}</b></div>" for word in words)

    said = " ".join(dialog(inside).warnings)

    assert [word for word in words if dialog(word).warnings and word not in said] == []


REMINDER = "You can modify the details of your dispute or cancel your dispute by clicking the button below."


def beside(text: str, *, elsewhere: str = "") -> tuple[str, ...]:
    """What counts of a page with this text beside Cancel Request."""
    html = f"""<div><h2>Dispute details</h2>{elsewhere}
      <div class="bottomAction--x"><p>{text}</p><button>Cancel Request</button></div></div>"""
    return standing(Snapshot("", html, "en"), " Cancel  request", SITE.hooks, SITE.pack("en"), TOLD)


@pytest.mark.parametrize(
    "words",
    [
        "Once cancelled, you cannot open it again.",
        "Your buyer protection may end.",
        "The seller will be paid.",
        "You have only one chance to open a dispute for this order.",
    ],
)
def test_words_of_loss_beside_cancel_request_are_a_warning(words: str) -> None:
    """GIVEN words of loss beside the control before the click THEN they are named."""
    assert beside(f"{REMINDER} {words}") == (words,)


def test_a_notice_about_cancelling_is_a_warning_wherever_it_stands() -> None:
    """GIVEN a notice that cancelling is final THEN it is named; the same as a message is not."""
    words = "If you cancel this request you cannot open it again."
    assert beside("", elsewhere=f"<div class='notice'>{words}</div>") == (words,)
    assert beside("", elsewhere=f"<div class='chat-message notice'>{words}</div>") == ()


@pytest.mark.parametrize(
    ("text", "elsewhere"),
    [
        (REMINDER, ""),
        ("You can only modify your dispute 3 more times.", ""),
        ("You can only upload pictures of up to 5 MB.", ""),
        (REMINDER, "<p>How it works: if you cancel a request you cannot open it again.</p>"),
        (REMINDER, "<div class='notice'>The seller has to respond before the deadline.</div>"),
        (REMINDER, "<footer class='notice'>Never cancel a payment outside the site.</footer>"),
    ],
)
def test_ordinary_words_of_a_page_are_no_warning(text: str, elsewhere: str) -> None:
    """GIVEN the site's reminder, help and limits THEN the buyer is not asked about them."""
    assert beside(text, elsewhere=elsewhere) == ()


@pytest.mark.parametrize(
    ("title", "text", "buttons", "safe"),
    [
        ("Cancel request", "Are you sure?", ("Confirm", "Cancel"), True),
        ("Tips", "Do you want to cancel this dispute?", ("Yes", "No"), True),
        ("Cancel request", "Are you sure?", ("Cancel Request", "Keep it"), True),
        ("Cancel request", "Are you sure?", ("Confirm", "OK"), False),
        ("Cancel request", "Are you sure?", ("Go on",), False),
        ("Confirm receipt", "Cancel the request and confirm receipt?", ("Confirm",), False),
        ("Cancel request", "You accept a refund of US $0.00", ("Confirm",), False),
        ("Cancel the order", "Cancel this order and the request?", ("Confirm",), False),
        ("Log out", "Do you want to log out?", ("Confirm",), False),
    ],
)
def test_only_a_dialog_about_this_cancel_is_safe(
    title: str, text: str, buttons: tuple[str, ...], safe: bool
) -> None:
    """GIVEN a dialog THEN its words and its only confirm button decide."""
    controls = "".join(f"<button class='comet-v2-btn'>{label}</button>" for label in buttons)
    html = f"""<div class="comet-v2-modal"><div class="comet-v2-modal-content">
      <div class="comet-v2-confirm-title">{title}</div>
      <div class="comet-v2-confirm-content">{text}</div>
      <div class="comet-v2-modal-footer">{controls}</div></div></div>"""

    [found] = read_dialogs(Snapshot("", html, "en"), SITE.hooks, SITE.pack("en"))

    assert found.is_safe is safe
