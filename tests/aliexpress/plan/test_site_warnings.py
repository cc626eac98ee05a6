from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from automation.aliexpress.plan.plan import LIFETIME
from automation.aliexpress.plan.site_warnings import UnseenWarningsError, site_warnings
from automation.aliexpress.site import SiteMap
from tests.aliexpress.plan.a_plan import NOW, PLAN

if TYPE_CHECKING:
    from automation.aliexpress.site import WordPack

EN, UNKNOWN = (SiteMap.load().pack(each) for each in ("en", "xx"))


def digests(*sentences: str, **other: str) -> list[str]:
    """Digests of warnings in a dialog about the plan's dispute, or about another one."""
    plan = PLAN.model_copy(update=other)
    return [each.digest for each in site_warnings(sentences, plan, EN)]


def test_a_digest_is_of_one_sentence_and_one_dispute() -> None:
    """Another sentence, number, order or dispute has another digest; case and space do not matter."""
    [one] = digests("You have 1 chance left.")

    assert digests("you have  1 chance left.") == [one]
    assert digests("You have 1 chance left.", "You have 1  chance left.") == [one]
    others = [
        *digests("You have 2 chances left."),
        *digests("You have 1 chance left.", order_id="8194370078150042"),
        *digests("You have 1 chance left.", reverse_line_id="11100482920610042"),
        *digests("You have 1 chance left.", trade_line_id="8194370215580042"),
    ]
    assert len({one, *others}) == 5


def test_a_later_plan_of_the_same_dispute_keeps_its_digests() -> None:
    """The plan may be a new one: the sentence is what was accepted."""
    later = PLAN.model_copy(update={"expires": NOW + 2 * LIFETIME, "status_words": "Other"})

    assert site_warnings(["It ends."], later, EN) == site_warnings(["It ends."], PLAN, EN)


def test_words_of_a_warning_are_safe_and_whole() -> None:
    """Control characters are gone; the error has plan and digests ready to paste."""
    warnings = site_warnings(["\x1b[2JYour \u202eprotection may end.", "Last chance."], PLAN, EN)
    error = UnseenWarningsError(warnings, PLAN)

    assert [each.words for each in warnings] == ["Your protection may end.", "Last chance."]
    assert int(error.exit_code) == 7
    accepting = " ".join(f"--accept-warning {each.digest}" for each in warnings)
    assert error.hint.endswith(f"--plan {PLAN.digest} {accepting}")


@pytest.mark.parametrize(
    ("sentence", "words", "is_loss"),
    [
        ("Your buyer protection may end.", EN, True),
        ("We value your feedback.", EN, False),
        ("We value your feedback.", UNKNOWN, True),
    ],
)
def test_only_words_that_are_read_and_speak_of_no_loss_mean_none(
    sentence: str, words: WordPack, *, is_loss: bool
) -> None:
    """GIVEN a sentence beyond the question THEN it means a loss, unless its language is known and it names none."""
    [warning] = site_warnings([sentence], PLAN, words)

    assert warning.means_loss is is_loss
    assert warning.as_json()["means_loss"] is is_loss
