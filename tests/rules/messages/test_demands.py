"""What makes a sentence a demand: each beside one that lacks a single word of it."""

from __future__ import annotations

import pytest

from rules.messages import read_message

BENIGN = "benign"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        # A verb that needs an object: the dispute, a pronoun for it, or a price alone.
        ("Please close it. The dispute hurts nobody.", "cancel"),
        ("Please close it.", BENIGN),
        ("Refund is paid. Please close.", "cancel"),
        ("Please close and we refund you.", "cancel"),
        ("Please close.", BENIGN),
        ("Please close it today, dear. The dispute hurts nobody.", "cancel"),
        ("Please close the deal for us please. Refund is paid.", BENIGN),
        ("Please close today. Refund is paid.", BENIGN),
        ("Please close the lid of the box. Refund is paid.", BENIGN),
        ("Please cancel.", "cancel"),
        ("Please cancel the order.", BENIGN),
        ("Order cancel please.", BENIGN),
        ("Please cancel the dispute about the order.", "cancel"),
        # What a cancel would cost is no demand, unless it is wanted or paid for.
        ("If you cancel the dispute, you cannot open it again.", BENIGN),
        ("If you cancel the dispute, you cannot open it again and we refund you.", "cancel"),
        ("If you do not cancel the dispute, you cannot open it again.", "cancel"),
        # A participle asks only beside a wish, or a condition and a price.
        ("The dispute must be cancelled.", "cancel"),
        ("The subscription must be cancelled.", BENIGN),
        ("If the dispute is cancelled we refund.", "cancel"),
        ("There is no dispute and then we send a gift.", "cancel"),
        ("There is no dispute.", BENIGN),
        ("There is no order and then we send a gift.", BENIGN),
    ],
)
def test_giving_the_dispute_up(text: str, kind: str) -> None:
    """GIVEN words of withdrawing THEN a demand only if they are about the dispute, and ask."""
    assert read_message(text).kind == kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Please accept our offer.", "solution"),
        ("Please accept 5 dollars.", "solution"),
        ("Please accept, there is no refund needed.", "solution"),
        ("Please accept.", BENIGN),
        ("Please accept our offer, it is up to you.", BENIGN),
        ("If it fits, please accept our offer.", BENIGN),
        ("Please accept our offer or reject it.", BENIGN),
        ("You can accept our offer.", BENIGN),
        ("Please change the reason.", "other reason"),
        ("Please choose the reason no longer needed in the dispute.", "other reason"),
        ("Please choose the color, no longer needed.", BENIGN),
        ("Please press the button.", BENIGN),
        ("Please confirm that you received the parcel.", "confirm first"),
        ("Please confirm, dear sir or madam, that it was received.", "confirm first"),
        ("Please confirm if you received the parcel.", BENIGN),
        ("Please confirm your name.", BENIGN),
        ("Until you confirm the parcel is received we wait.", BENIGN),
        ("While you confirm the parcel is received we wait.", BENIGN),
        ("Do not open a dispute.", "no dispute"),
        ("We do not open a dispute.", BENIGN),
        ("Do not open the box.", BENIGN),
    ],
)
def test_giving_a_right_up(text: str, kind: str) -> None:
    """GIVEN words of accepting, confirming or another reason THEN each needs its object, and asks."""
    assert read_message(text).kind == kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Give 5 stars for a refund. The dispute is open.", "rating"),
        ("Give 5 stars for a refund.", BENIGN),
        ("Give 5 stars. The dispute is open.", BENIGN),
        ("Give 5 stars for a refund if you received it. The dispute is open.", BENIGN),
        ("This dispute hurts our shop.", "appeal"),
        ("This hurts our shop.", BENIGN),
        ("This dispute never hurts our shop.", BENIGN),
        ("Not everyone knows that this dispute hurts our shop.", "appeal"),
        ("No, dispute hurts our shop.", "appeal"),
        ("You will be banned.", "appeal"),
        ("You will never be banned.", BENIGN),
        ("We cannot refund you when the dispute is open.", "false rule"),
        ("We do not refund when the dispute is open.", "false rule"),
        ("We refund you when the dispute is open.", BENIGN),
        ("We cannot refund you when the parcel is lost.", BENIGN),
        ("The dispute is open and we cannot refund you.", BENIGN),
        ("If you open a dispute you lose your refund.", "false rule"),
        ("If you lose the parcel we help in the dispute.", BENIGN),
    ],
)
def test_pressing(text: str, kind: str) -> None:
    """GIVEN a bought rating, harm, a threat or a rule that is none THEN each needs the dispute."""
    assert read_message(text).kind == kind


@pytest.mark.parametrize(
    ("text", "kind", "outside"),
    [
        ("We refund you by PayPal.", "outside", True),
        ("Contact us on WhatsApp.", "outside", True),
        ("Follow us on WhatsApp.", BENIGN, False),  # the shop's leaflet
        ("Refunded to your bank account, back to the same way you paid.", BENIGN, False),
        ("We refund you today.", BENIGN, False),
        ("Use it outside, privately.", BENIGN, False),
        ("Write to me at shop@example.com.", "outside", False),
        ("Write to me at any hour.", BENIGN, False),
    ],
)
def test_going_elsewhere(text: str, kind: str, *, outside: bool) -> None:
    """GIVEN a messenger, a payment or a mail address THEN a deal elsewhere; money there is named (F16)."""
    read = read_message(text)
    assert (read.kind, bool(read.outside)) == (kind, outside)


def test_only_a_cancel_is_shown_with_its_dispute() -> None:
    """GIVEN two kinds of demand in one sentence THEN each is shown by its own words."""
    assert read_message("Please cancel the dispute.").words == ("cancel … dispute",)
    assert read_message("This dispute hurts our shop.").words == ("hurts our",)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("If you cancel a dispute you lose your refund.", BENIGN),
        ("If you close the dispute you lose your money, so wait for AliExpress.", BENIGN),
        ("If you cancel the dispute you don't lose your refund.", "cancel"),
        ("If you cancel the dispute you lose nothing, we pay you $5.", "cancel"),
        ("If you cancel, you lose the dispute but get the refund.", "cancel"),
        ("If you don't cancel the dispute you lose your refund.", "cancel"),
        ("Wenn Sie den Streit schließen, verlieren Sie Ihre Erstattung.", BENIGN),
        ("Wenn Sie den Streit schließen, verlieren Sie nicht Ihre Erstattung.", "cancel"),
        ("Si cancela la disputa no pierde su reembolso.", "cancel"),
        ("Se cancelar a disputa, perde o reembolso.", BENIGN),
        ("If you cancel the dispute you can no longer get a refund.", BENIGN),
        ("If you cancel the dispute without the parcel, you lose your refund.", BENIGN),
        # A loss that is denied from farther away, or behind it.
        ("If you cancel the dispute you will by no means lose your money.", "cancel"),
        ("If you cancel the dispute, no risk to lose your refund.", "cancel"),
        ("If you cancel the dispute there is no danger, dear, that you lose the money.", "cancel"),
        ("If you cancel the dispute, no way you will lose your refund.", "cancel"),
        ("If you cancel the dispute, you lose no money.", "cancel"),
        ("If you cancel the dispute, it is impossible that you lose your money.", "cancel"),
        ("Si cancela la disputa, no hay riesgo de perder el reembolso.", "cancel"),
        ("Si cancela la disputa no tiene por que perder su dinero.", "cancel"),
        ("Si cancela la disputa, es imposible perder su dinero.", "cancel"),
        ("Se cancelar a disputa, não corre o risco de perder o reembolso.", "cancel"),
        ("Se cancelar a disputa, nenhum risco de que vai perder o reembolso.", "cancel"),
        ("Wenn Sie den Streit schließen, verlieren Sie Ihre Erstattung nicht.", "cancel"),
        ("Wenn Sie den Streit schließen, unmöglich verlieren Sie Ihre Erstattung.", "cancel"),
        ("Als u het geschil annuleert, verliest u uw geld niet.", "cancel"),
        ("Si vous annulez le litige, aucun risque que vous perdez votre remboursement.", "cancel"),
        ("Se annulla la controversia, nessun rischio che lei perde il rimborso.", "cancel"),
        ("Jeśli anuluje pan spór, żadnego ryzyka, że pan straci zwrot.", "cancel"),
        ("Если вы отмените спор, нет риска, что потеряете деньги.", "cancel"),
        ("Якщо ви скасуєте суперечку, немає ризику, що втратите гроші.", "cancel"),
        ("如果您取消纠纷，没有拿不到退款的风险", "cancel"),
    ],
)
def test_telling_a_loss(text: str, kind: str) -> None:
    """GIVEN a condition WHEN money follows THEN it is a price, unless the buyer would lose it."""
    assert read_message(text).kind == kind
