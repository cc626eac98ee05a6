"""Masks and made-up numbers: as long as what they stand for."""

from __future__ import annotations

from automation.aliexpress.pages.redaction.masks import StandIns, mask


def test_stand_ins_keep_their_length_and_the_buyers_suffix() -> None:
    """GIVEN numbers of 15 to 19 digits THEN as long ones that differ before the last four digits."""
    numbers = [str(10**length + 7) for length in range(14, 19)]
    made = StandIns()

    found = [made.of(number) for number in numbers]

    assert [len(each) for each in found] == [15, 16, 17, 18, 19]
    assert {each[-4:] for each in found} == {"0413"}
    assert len({each[-8:-4] for each in found}) == 5
    assert [made.of(number) for number in numbers] == found


def test_a_mask_shows_lengths_and_formats_only() -> None:
    """GIVEN letters, marks, digits and signs of several scripts THEN only their kind is left."""
    assert mask("Ana Müller,\t+44 (0)20-7") == "xxx xxxxxx, +00 (0)00-0"
    assert mask("Дом №5 «Ё»") == "xxx x0 xxx"
