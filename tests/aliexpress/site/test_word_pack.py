"""What the words of one language may decide, and how a buyer's own words lie over them."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from pydantic import ValidationError

from automation.aliexpress.site.word_pack import WHOLE_PACK, LabelKind, WordPack
from rules import DisputeStatus, OrderStatus


def pack(**lists: Any) -> WordPack:  # noqa: ANN401  lists of a pack
    """A pack of an invented language."""
    return WordPack.model_validate({"lang": "xx", **lists})


def test_words_may_decide_a_click_if_the_pack_or_they_themselves_were_seen() -> None:
    """GIVEN a pack that is a guess THEN only its seen words may be acted on, as a whole label."""
    guess = pack(unverified=(WHOLE_PACK,), seen=("Take back",))

    assert guess.is_guess
    assert guess.may_act_on("TAKE  back.")
    assert not any(map(guess.may_act_on, ("Take", "Take back now", "", "Withdraw")))
    assert pack(unverified=("labels.confirm",)).may_act_on("Withdraw"), (
        "some lists alone are guessed"
    )


def test_words_are_verified_by_their_list() -> None:
    """GIVEN a list, or the whole pack, that was not seen THEN its words are not, but for the seen ones."""
    one, all_of_them = pack(unverified=("of",), seen=("von",)), pack(unverified=(WHOLE_PACK,))

    assert one.is_verified("until", "bis")
    assert not one.is_verified("of", "aus")
    assert one.is_verified("of", "von")
    assert not all_of_them.is_verified("until", "bis")


STATUSES = {"closed": ("Over", "Done"), "appeal": ("Appealed", "Done"), "cancelled": ("…",)}


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("over.", DisputeStatus.CLOSED),
        ("Appealed", DisputeStatus.APPEAL),
        ("Done", DisputeStatus.UNKNOWN),
        ("Over and done", DisputeStatus.UNKNOWN),
        ("", DisputeStatus.UNKNOWN),
        ("…", DisputeStatus.UNKNOWN),
    ],
)
def test_a_status_is_sure_or_unknown(text: str, status: DisputeStatus) -> None:
    """GIVEN words of two statuses, more words, or none THEN unknown; words of one mean that one."""
    assert pack(dispute_status=STATUSES).status(text) is status


def test_an_order_has_a_state_or_none() -> None:
    """GIVEN words of one state THEN that; of two, or of no one THEN none."""
    words = pack(order_status={"completed": ("Done", "Over"), "delivered": ("Over", "Here")})

    found = [words.order_state(text) for text in ("DONE", "here:", "Over", "Gone", "")]

    assert found == [OrderStatus.COMPLETED, OrderStatus.DELIVERED, None, None, None]


def test_a_buyers_words_are_added_and_count_as_seen() -> None:
    """GIVEN words over a guessed pack THEN both are there, and the buyer's may be acted on."""
    base = pack(
        unverified=(WHOLE_PACK,), labels={"confirm": ("Yes",)}, until=("until",), seen=("Old",)
    )
    mine = pack(
        labels={"confirm": ("Sure",), "cancel_request": ("Take back",)}, until=("up to",),
        dialog_questions=("Take it back?",), dispute_status={"closed": ("Over",)},
        order_status={"completed": ("Done",)}, unverified=("of",),
    )  # fmt: skip

    both = mine.laid_over(base)

    assert both.labels[LabelKind.CONFIRM] == ("Yes", "Sure")
    assert both.until == ("until", "up to")
    assert both.unverified == base.unverified, "a file cannot say what the site was seen to write"
    acted = ("Old", "Sure", "Take back", "Take it back?", "Over", "Done")
    assert [word for word in (*acted, "Yes", "until") if both.may_act_on(word)] == list(acted)


def test_a_buyers_status_takes_the_words_from_the_old_one() -> None:
    """GIVEN words that the buyer reads as another status THEN they mean that one alone."""
    base = pack(dispute_status={"closed": ("Over", "Finished"), "appeal": ("Asked again",)})

    both = pack(dispute_status={"appeal": ("OVER.",)}).laid_over(base)

    assert [both.status(text) for text in ("over", "Finished", "Asked again")] == [
        DisputeStatus.APPEAL, DisputeStatus.CLOSED, DisputeStatus.APPEAL,
    ]  # fmt: skip


def test_a_file_cannot_make_words_of_a_dialog_plain() -> None:
    """GIVEN plain words in a buyer's pack THEN they are not added: the buyer sees what a dialog says."""
    both = pack(dialog_plain=("You lose all",), dialog_loss=("lose",)).laid_over(
        pack(dialog_plain=("claim",))
    )

    assert (both.dialog_plain, both.dialog_loss) == (("claim",), ("lose",))


def test_what_is_pressed_is_named_with_its_list() -> None:
    """GIVEN labels THEN those of buttons and links, each with the list that has it."""
    words = pack(
        labels={"confirm": ("Yes", "Sure"), "order_label": ("Order",), "dispute_entry": ("Case",)}
    )

    assert list(words.pressed()) == [
        ("labels.dispute_entry", "Case"), ("labels.confirm", "Yes"), ("labels.confirm", "Sure"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "wrong",
    [{"lang": "english"}, {"lang": "EN"}, {"labels": {"ok": ("x",)}}, {"labels": {"confirm": "Yes"}}, {"lables": {}}],
)  # fmt: skip
def test_a_pack_has_no_list_that_is_not_declared(wrong: dict[str, object]) -> None:
    """GIVEN a slip in a name or a type THEN it is refused; the same without it is not."""
    with pytest.raises(ValidationError):
        pack(**wrong)

    assert pack(labels={"confirm": ("Yes",)}).labels


def test_the_order_of_two_files_makes_no_difference_to_what_is_seen() -> None:
    """GIVEN two additions over one pack THEN the words of both may be acted on, in either order."""
    base, one, two = (
        pack(unverified=(WHOLE_PACK,)),
        pack(labels={"confirm": ("Sure",)}),
        pack(labels={"confirm": ("Go on",)}),
    )
    ways = [two.laid_over(one.laid_over(base)), one.laid_over(two.laid_over(base))]

    for each, other in pairwise(ways):
        assert set(each.seen) == set(other.seen) == {"Sure", "Go on"}
