"""Seller messages: labelled, disguised and harmless ones."""

from __future__ import annotations

from importlib import resources
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.messages import lexicon, preload, read_message
from rules.word_files import word_tables


def test_labels_are_met(messages: list[dict[str, Any]]) -> None:
    """Each labelled message is classified: pressure or benign."""
    wrong = [
        each["id"]
        for each in messages
        if read_message(each["text"]).is_pressure is not (each["label"] == "pressure")
    ]
    assert wrong == []


@pytest.mark.parametrize(
    "plea",
    [
        "Bitte nehmen Sie die Reklamation zurück, wir schicken Ihnen ein neues Paket",
        "Annuleer het geschil alstublieft, wij sturen een nieuw pakket",
        "Si retiras la reclamación te mando otro gratis",
        "Indique circunstâncias pessoais como motivo da disputa",
        "Please accept our offer",
        "Merci de ne pas ouvrir de litige, le colis est seulement retardé, nous vous promettons qu'il arrivera",
        "Do not open a dispute, only wait",
        "Non apra una controversia, il pacco arriva presto",
        "Не открывайте спор, просто подождите",
        "请不要开纠纷，再等几天",
        "Please change the reason of your dispute",
        "Ändern Sie bitte den Grund des Streitfalls",
        "Cancel the return to cancel the dispute",
        "Acepte nuestra propuesta, por favor",
        "저희 제안을 수락해 주세요",
        "Give us 5 stars and the dispute closed, then you get your refund",
        "Set the refund amount to $2, we agree at once",
        "If you do not cancel the dispute, we lose our shop",
        "Your case we ask you to drop as early as you can, sir",
        "Put 'no longer needed' as the reason and we approve it",
        "Su cuenta puede quedar restringida si mantiene la disputa",
        "Das regeln wir unter uns, geben Sie mir Ihre Kontonummer",
        "Can you accept our 3 dollars partial refund?",
    ],
)
def test_kinds_of_pleas(plea: str) -> None:
    """Not to open, to take back, to accept, to give another reason: each is pressure."""
    assert read_message(plea).is_pressure


@pytest.mark.parametrize(
    "words",
    [
        "Do you want to cancel this dispute?",
        "You can modify the details of your dispute or cancel your dispute by clicking the button below",
        "I will close the dispute only after receiving refund",
        "Please accept our apologies for the delay",
        "Veuillez accepter nos excuses",
        "Please confirm your address",
        "Your dispute was cancelled.",
        "If you cancel the request, the dispute will be closed.",
        "Your request is closed automatically when the refund has arrived.",
        "If you do not receive the parcel by Friday, open a dispute.",
        "We have cancelled the old label.",
        "You may keep the dispute open.",
        "Es ist nicht nötig, den Streitfall zu schließen.",
        "Não precisa fechar a disputa.",
        "Wir respektieren die Entscheidung von AliExpress.",
        "Our shop is closed on Sunday.",
        "You can accept the seller's proposal, modify your request or wait for AliExpress.",
        "The phone case is out of stock, can we send the blue case?",
        "Модель закончилась, отменить заказ и вернуть деньги?",
    ],
)
def test_kinds_of_harmless_words(words: str) -> None:
    """Questions and notices of the site, the buyer's own words, apologies and advice."""
    assert not read_message(words).is_pressure


@pytest.mark.parametrize(
    "disguised",
    [
        "PLEASE CANCEL THE DISPUTE",
        "please c.a.n.c.e.l the dispute",
        "please can\u200bcel the dis\u00adpute",
        "please \uff43\uff41\uff4e\uff43\uff45\uff4c the dispute",
        "please c\u0430nc\u0435l the dispute",
        "please canc3l the d1spute",
        "please c a n c e l the dispute",
        "pl\u00e9ase c\u00e0ncel the d\u00efspute",
    ],
)
def test_disguises_come_off(disguised: str) -> None:
    """Case, accents, look-alike and invisible letters do not hide the wish."""
    assert read_message(disguised).is_pressure


@pytest.mark.parametrize(
    ("text", "is_pressure"),
    [
        ("Do not cancel the dispute.", False),
        ("If you do not cancel the dispute, we lose our shop.", True),
        ("Why don't you cancel the dispute?", True),
        ("Don't worry and cancel the dispute.", True),
        ("No, cancel the dispute.", True),
        ("We cannot refund before you cancel the dispute.", True),
        ("You can keep the dispute; it is not necessary to cancel the dispute.", False),
    ],
)
def test_negation_reaches_its_own_verb_only(text: str, is_pressure: bool) -> None:
    """A denied cancel is harmless; a threat or another verb's negation is not a denial."""
    assert read_message(text).is_pressure is is_pressure


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        # The choice is left to the buyer, unless there is a wish behind it, or a price.
        ("If you wish, cancel the dispute.", "benign"),
        ("If you wish, please cancel the dispute.", "cancel"),
        ("If you wish, cancel the dispute and we refund you.", "cancel"),
        # It is to be cancelled when everything has arrived.
        ("When you have received it, cancel the dispute.", "benign"),
        ("When you have not received it, cancel the dispute.", "cancel"),
        ("When you cancel the dispute it is received.", "cancel"),
        # What other sellers may ask, with a warning or as a condition; or what somebody did ask.
        ("Some sellers ask you to cancel the dispute, never do that.", "benign"),
        ("Some sellers ask you to cancel the dispute.", "cancel"),
        ("If sellers ask you to cancel the dispute, tell AliExpress.", "benign"),
        ("Please cancel the dispute, a seller may not pay.", "cancel"),
        ("When the seller tells you to cancel the dispute, wait.", "benign"),
        ("Beware: sellers tell you to cancel the dispute.", "benign"),
        ("He asks you to cancel the dispute. Ignore it.", "benign"),
        ("He asks you to cancel the dispute.", "cancel"),
        ("Please cancel the dispute, it is a scam.", "cancel"),
        # The site's own questions and reminders, without a wish of a writer's own.
        ("Do you want to cancel the dispute?", "benign"),
        ("Möchten Sie diesen Streitfall abbrechen?", "benign"),
        ("Do you want to cancel the dispute? We resend it.", "cancel"),
        ("Please, are you sure you want to cancel the dispute?", "cancel"),
        ("You can change or cancel the dispute with the button below.", "benign"),
        ("You can change or cancel the dispute with the button below, please.", "cancel"),
        ("You can change or cancel the dispute with the button below for 5 usd.", "cancel"),
        ("You can change or cancel the dispute.", "cancel"),
    ],
)
def test_words_that_are_only_told(text: str, kind: str) -> None:
    """GIVEN a cancel that is only told of THEN no pressure; one word more or less makes it a wish."""
    assert read_message(text).kind == kind


@pytest.mark.parametrize(
    ("text", "is_promised"),
    [
        ("Please cancel the dispute, we will pay the return shipping.", True),
        ("Please cancel the dispute, we'll pay the fee.", True),
        ("Please cancel the dispute, our shop will pay customs for you.", True),
        ("Cancel the dispute, we pay the fine.", True),
        ("Cancel the dispute, we will pay a fine.", True),
        ("Bitte schließen Sie den Streit, wir werden den Rückversand zahlen.", True),
        ("Bitte schließen Sie den Streit, die Strafe zahlen wir.", True),
        ("Sie müssen den Streit schließen, dann zahlen wir.", True),
        ("Por favor cancele la disputa, vamos a pagar el envío.", True),
        ("Por favor cancele a disputa, vamos pagar o frete.", True),
        ("Veuillez annuler le litige, nous allons payer les frais.", True),
        ("Per favore annulli la controversia, possiamo pagare la spedizione.", True),
        ("Drop the case and I'll make it right", True),
        ("亲，撤诉后给您返现", True),
        ("Close ur dispute n i snd u mony", True),
        ("Please cancel the dispute or you pay a fine.", False),
        ("Please cancel the dispute, otherwise pay return shipping.", False),
        ("Please cancel the dispute or you will have to pay the fee.", False),
        ("Bitte schließen Sie den Streit, sonst müssen Sie den Rückversand zahlen.", False),
        ("Por favor cancele la disputa o tendrá que pagar el envío.", False),
        ("Por favor cancele a disputa ou terá que pagar o frete.", False),
        ("Veuillez annuler le litige ou vous devrez payer les frais.", False),
        ("Per favore annulli la controversia o dovrà pagare la spedizione.", False),
    ],
)
def test_who_pays_decides_whether_it_is_a_promise(text: str, *, is_promised: bool) -> None:
    """GIVEN a payment THEN what the writer pays is promised, and what the buyer would pay is not."""
    read = read_message(text)
    assert (read.kind, bool(read.promises)) == ("cancel", is_promised)


@pytest.mark.parametrize(
    ("text", "is_promised"),
    [
        ("Change the dispute reason to personal, and I give you 20 dollars.", True),
        ("Change the dispute reason to personal and get 20 dollars.", True),
        ("Change the reason of the dispute for 20 dollars.", True),
        ("20 dollars for you if you change the reason of the dispute.", True),
        ("Please modify the dispute to 10 dollars, we give you 20 dollars more.", True),
        ("Please modify the dispute to 10 dollars and get 20 dollars later.", True),
        ("Please modify the dispute to 10 dollars.", False),
        ("Please reduce the dispute amount to 10 usd.", False),
    ],
)
def test_a_sum_to_claim_is_no_promise(text: str, *, is_promised: bool) -> None:
    """GIVEN another reason or amount THEN a sum beside it is its price, unless it is to be claimed."""
    read = read_message(text)
    assert (read.kind, bool(read.promises)) == ("other reason", is_promised)


def test_a_promise_counts_only_as_a_price() -> None:
    """GIVEN a promise and no demand THEN there is nothing that it could be the price of."""
    assert read_message("We refund you today. The weather is fine.").promises == frozenset()
    priced = read_message("We refund you today. Cancel the dispute.")
    assert priced.promises == frozenset(("refund",))


@pytest.mark.parametrize(
    ("text", "promise"),
    [
        ("Cancel the dispute and we refund you.", "refund"),
        ("Cancel the dispute, we send a new one.", "resend"),
        ("Cancel the dispute for a coupon.", "gift"),
        ("Cancel the dispute, then we extend the protection.", "extend"),
    ],
)
def test_promise_is_named(text: str, promise: str) -> None:
    """The seller's offer for the cancel is named, because only a kept promise counts."""
    assert promise in read_message(text).promises


def test_a_promise_is_named_in_disguise_too() -> None:
    """GIVEN a message whose every word is disguised THEN its promise is read with its demand."""
    read = read_message("please c.a.n.c.e.l the d1spute and we r.e.f.u.n.d you")

    assert read.is_pressure
    assert read.promises == frozenset(("refund",))


def test_words_that_matched_are_shown() -> None:
    """The buyer can see which words of the message decided."""
    assert read_message("Please withdraw your claim").words == ("withdraw … claim",)


def test_every_demand_is_kept_and_the_cancel_decides() -> None:
    """GIVEN a cancel behind another demand THEN both kinds are known, and the cancel is shown."""
    read = read_message("Please confirm receipt of goods. Please cancel the dispute.")
    assert (read.kind, read.sentence) == ("cancel", "Please cancel the dispute")
    assert read.kinds == {"cancel", "confirm first"}
    assert read_message("We wish you a nice day.").kinds == frozenset()


def test_the_sentence_that_decided_is_shown_as_it_was_written() -> None:
    """Case and accents are kept, the sentences around it are left out."""
    read = read_message("¡Hola! Cierre la Disputa, por favor. Gracias.")
    assert read.sentence == "Cierre la Disputa, por favor"


@given(st.text(max_size=300))
def test_any_text_can_be_read(text: str) -> None:
    """No text makes the reader fail, and the same text always reads the same."""
    assert read_message(text) == read_message(text)


@given(st.text(alphabet="ac. ,'dislptue\n-", max_size=400))
def test_near_words_can_be_read(text: str) -> None:
    """Text made of the letters of the word lists is read in time too."""
    assert read_message(text).text == text


def test_of_a_huge_message_its_beginning_and_its_end_are_read() -> None:
    """GIVEN more text than is read THEN a wish at either end is found; one between them is not."""
    wish, filler = "please cancel the dispute.", "\n" * 60_000
    assert read_message(f"{wish}{filler}{filler}").is_pressure
    assert read_message(f"{filler}{filler}{wish}").is_pressure
    assert not read_message(f"{filler}{filler[:-20_000]}{wish}{filler}").is_pressure


def test_a_long_sentence_is_read_in_pieces_that_overlap() -> None:
    """GIVEN a sentence without an end THEN a wish is found wherever it stands, cut or not."""
    for before in range(400, 640, 20):
        assert read_message(f"{'x' * before} please cancel the dispute {'y' * 400}").is_pressure


@pytest.mark.further
@pytest.mark.timeout(120)
def test_a_long_message_is_read_quickly() -> None:
    """A huge message ends within the test's time limit, and its wish is still found."""
    assert read_message("please cancel the dispute. " + "a.b " * 10_000).is_pressure


@pytest.mark.timeout(40)
@pytest.mark.parametrize(
    "text",
    [
        "canceled. ",
        *(
            pytest.param(text, marks=pytest.mark.further)
            for text in ("if you dont close it. ", "accept. ", "no or reject. accept 1. ", "取消。")
        ),
    ],
)
def test_a_long_hostile_message_is_read_quickly(text: str) -> None:
    """No sentence needs a pass over the whole message."""
    read_message(text * (30_000 // len(text)))


@pytest.mark.parametrize("loaded", [True, False])
def test_preloaded_words_are_not_read_again(
    monkeypatch: pytest.MonkeyPatch, *, loaded: bool
) -> None:
    """GIVEN ``preload`` THEN no file is opened for the first message; without it, one is (control)."""
    for kept in (word_tables, lexicon.entries, lexicon._starting_with, lexicon.hits_in):  # noqa: SLF001
        kept.cache_clear()
    if loaded:
        preload()
    opened: list[str] = []
    files = resources.files

    def counted(package: str) -> object:
        opened.append(package)
        return files(package)

    monkeypatch.setattr(resources, "files", counted)

    assert read_message("Please cancel the dispute").is_pressure
    assert bool(opened) is not loaded


_REMINDERS = """
You can modify the details of your dispute or cancel your dispute by clicking the button below
Puede modificar los detalles de su disputa o cancelar su disputa haciendo clic en el botón de abajo
Puedes modificar los detalles de tu disputa o cancelarla haciendo clic en el siguiente botón
Você pode modificar os detalhes da sua disputa ou cancelar a disputa clicando no botão abaixo
Vous pouvez modifier les détails de votre litige ou annuler votre litige en cliquant sur le bouton ci-dessous
Sie können die Details Ihres Streitfalls ändern oder den Streitfall abbrechen, indem Sie auf die Schaltfläche unten klicken
Sie können die Einzelheiten Ihres Streitfalls bearbeiten oder ihn über die Schaltfläche unten zurückziehen.
Puoi modificare i dettagli della tua controversia o annullare la controversia cliccando sul pulsante qui sotto
È possibile modificare i dettagli della contestazione o annullarla facendo clic sul pulsante in basso
Вы можете изменить детали спора или отменить спор, нажав кнопку ниже
Możesz zmienić szczegóły sporu lub anulować spór, klikając poniższy przycisk
U kunt de details van uw geschil wijzigen of uw geschil annuleren door op de onderstaande knop te klikken
Ви можете змінити деталі суперечки або скасувати суперечку, натиснувши кнопку нижче
Aşağıdaki düğmeye tıklayarak anlaşmazlığınızın ayrıntılarını değiştirebilir veya anlaşmazlığınızı iptal edebilirsiniz
يمكنك تعديل تفاصيل النزاع أو إلغاء النزاع بالنقر على الزر أدناه
아래 버튼을 클릭하여 분쟁 세부 정보를 수정하거나 분쟁을 취소할 수 있습니다
下のボタンをクリックして、紛争の詳細を変更するか、紛争をキャンセルできます
您可以点击下方按钮修改纠纷详情或取消纠纷
Anda dapat mengubah detail sengketa atau membatalkan sengketa dengan mengklik tombol di bawah
Bạn có thể sửa chi tiết tranh chấp hoặc hủy tranh chấp bằng cách nhấp vào nút bên dưới
คุณสามารถแก้ไขรายละเอียดข้อพิพาทหรือยกเลิกข้อพิพาทได้โดยคลิกปุ่มด้านล่าง
Můžete upravit podrobnosti sporu nebo spor zrušit kliknutím na tlačítko níže
Du kan ändra uppgifterna i din tvist eller avbryta tvisten genom att klicka på knappen nedan
Puteți modifica detaliile disputei sau anula disputa făcând clic pe butonul de mai jos
אתה יכול לשנות את פרטי המחלוקת או לבטל את המחלוקת על ידי לחיצה על הכפתור למטה
आप नीचे दिए गए बटन पर क्लिक करके विवाद का विवरण बदल सकते हैं या विवाद रद्द कर सकते हैं
Módosíthatja a vita részleteit, vagy visszavonhatja a vitát az alábbi gombra kattintva
Μπορείτε να τροποποιήσετε τις λεπτομέρειες της διαφοράς ή να ακυρώσετε τη διαφορά κάνοντας κλικ στο παρακάτω κουμπί
"""


@pytest.mark.parametrize("reminder", _REMINDERS.strip().splitlines())
def test_the_sites_reminder_is_no_plea_in_any_language(reminder: str) -> None:
    """That the buyer can change or cancel a dispute with the button below presses nobody."""
    assert not read_message(reminder).is_pressure


@pytest.mark.parametrize(
    "plea",
    [
        "Please cancel your dispute by clicking the button below",
        "You can change or cancel your dispute with the button below, then we refund you",
        "You must modify or cancel your dispute by clicking the button below",
        "Bitte brechen Sie den Streitfall ab, indem Sie auf die Schaltfläche unten klicken",
        "Haga clic en el botón de abajo para cancelar la disputa y le devolvemos el dinero",
        "아래 버튼을 클릭하여 분쟁을 취소해 주세요",
        "请点击下方按钮取消纠纷",
    ],
)
def test_a_seller_who_points_at_the_button_still_presses(plea: str) -> None:
    """Control: asking, demanding or promising beside the same button is pressure."""
    assert read_message(plea).is_pressure


_REFUNDS_TO_WHERE_IT_WAS_PAID = """
The refund goes back to the card you paid with, AliExpress does that on its own
El dinero volverá a su cuenta bancaria por el mismo medio de pago
La somme sera recréditée sur votre compte bancaire
O reembolso volta para a sua conta bancária
Il rimborso tornerà sul suo conto bancario
Die Erstattung geht auf Ihr PayPal-Konto, mit dem Sie bezahlt haben
Het bedrag staat weer op uw bankrekening
Pieniądze wrócą na Pana konto bankowe
Мы согласны с вашим спором, деньги вернутся на карту в течение 10 дней
Кошти повернуться на вашу картку протягом десяти днів
Para hesabınıza on gün içinde geri dönecek
سيعود المبلغ إلى حسابك البنكي خلال عشرة أيام
환불금은 고객님 계좌로 들어갑니다
返金はお客様の銀行口座に戻ります
退款会在十天内退回您的银行卡
"""


@pytest.mark.parametrize("notice", _REFUNDS_TO_WHERE_IT_WAS_PAID.strip().splitlines())
def test_a_refund_to_where_it_was_paid_is_no_deal_outside(notice: str) -> None:
    """The site itself pays back to the card or account that paid: no F16, and no pressure."""
    read = read_message(notice)
    assert not read.is_pressure
    assert not read.outside


@pytest.mark.parametrize(
    "offer",
    [
        "Please give us your bank account, we refund you there",
        "Deme su cuenta bancaria y le devolvemos el dinero",
        "Donnez-nous votre compte bancaire pour vous rembourser",
        "Informe sua conta bancária e devolvemos o valor",
        "Переведём вам деньги на карту, только напишите её номер",
        "Надішліть номер картки, перекажемо вам гроші",
        "返金しますので銀行口座を教えてください",
        "환불해 드릴 테니 계좌를 알려 주세요",
        "请提供您的银行卡号，我们把钱打给您",
    ],
)
def test_an_account_that_the_seller_pays_to_is_outside(offer: str) -> None:
    """Control: asking for an account, or paying to it, is a deal outside the site."""
    assert read_message(offer).outside


@pytest.mark.parametrize(
    "plea",
    [
        "He sends the money the same hour that the case disappears from our backend",
        "Quando a disputa sumir do sistema eu envio outro produto",
        "Cuando la disputa desaparezca le enviamos el dinero",
        "Dès que le litige aura disparu, nous vous rembourserons",
        "Appena la disputa sparisce dal sistema le rimborsiamo tutto",
        "بمجرد أن يختفي النزاع من النظام سنعيد لك المال",
        "紛争が消えたらすぐに返金します",
    ],
)
def test_a_promise_for_when_the_dispute_has_disappeared(plea: str) -> None:
    """Naming its end as a condition asks for it as much as a verb does."""
    assert read_message(plea).is_pressure


@pytest.mark.parametrize(
    "plea",
    [
        "One more open case and the platform shuts us down",
        "Una disputa más y la plataforma cierra nuestra tienda",
        "Encore un litige ouvert et la plateforme ferme notre boutique",
        "Noch ein offener Streitfall und die Plattform schließt unseren Laden",
        "Ancora una disputa aperta e la piattaforma chiude il nostro negozio",
        "Mais uma disputa aberta e a plataforma fecha a nossa loja",
        "Ещё один открытый спор, и площадка закроет наш магазин",
    ],
)
def test_a_plea_that_the_site_closes_the_shop(plea: str) -> None:
    """What the dispute does to the seller presses without asking for anything."""
    assert read_message(plea).is_pressure
