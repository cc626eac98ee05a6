"""What a buyer taught a run: added up, and told in words."""

from __future__ import annotations

from automation.aliexpress.cancel.escort.taught import Taught
from automation.aliexpress.site.additions import Additions
from rules import DisputeStatus

ONE = Additions(hooks={"card": (".one",)})
TWO = Additions(hooks={"card": (".two",)}, traffic={"reads": ("mtop.a.query",)})


def test_site_data_is_added_and_the_first_value_stays_as_it_is() -> None:
    """GIVEN more site data THEN both, in a new value."""
    first = Taught(ONE)

    both = first.plus(TWO)

    assert both.additions == ONE | TWO
    assert first == Taught(ONE)


def test_what_they_read_a_status_as_is_kept_each_once() -> None:
    """GIVEN two readings, and the same again after a hand-over THEN each once, in order."""
    before = Taught(ONE).naming("Under review", DisputeStatus.MEDIATING)
    later = Taught(TWO).naming("Under review", DisputeStatus.MEDIATING).naming("Over", DisputeStatus.CLOSED)  # fmt: skip

    after = before.then(later)

    assert after.additions == ONE | TWO
    assert [words for words, _ in after.statuses] == ["Under review", "Over"]
    assert before.then(Taught()) == before


def test_a_second_reading_of_the_same_words_does_not_hide_the_first() -> None:
    """GIVEN words that they read differently later THEN both are told: the receipt shows who said what."""
    both = Taught().naming("Over", DisputeStatus.CLOSED).then(Taught().naming("Over", DisputeStatus.APPEAL))  # fmt: skip

    assert len(both.in_words) == 2


def test_who_said_it_is_told_in_safe_words() -> None:
    """GIVEN words of a page with a terminal's command, and long ones THEN one short, safe line."""
    [told] = Taught().naming("Ov\x1b[2Jer " + "x" * 200, DisputeStatus.CLOSED).in_words

    assert told.startswith("you read 'Over xxx")
    assert told.endswith(f"…' as: {DisputeStatus.CLOSED.words}")
    assert len(told) < 140
