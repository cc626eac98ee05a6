"""What was found and taught, as it is reported however a walk ends."""

from __future__ import annotations

from automation.aliexpress.pages.landmarks import LANDMARKS, Finding
from automation.aliexpress.site.additions import Additions
from automation.aliexpress.teach.lessons import Lessons, still_missing
from automation.errors import ErrorCode, ExitCode

CARD, NUMBER = LANDMARKS[:2]
OPTIONAL = next(each for each in LANDMARKS if not each.needed)


def test_a_later_finding_of_a_part_replaces_the_earlier_one() -> None:
    """GIVEN a part that was missing and then taught THEN it is there once, as taught."""
    lessons = Lessons()
    for finding in (Finding(CARD), Finding(NUMBER, "1"), Finding(CARD, "1", taught=True)):
        lessons.note(finding)

    assert [(each.landmark, each.state) for each in lessons.findings] == [
        (NUMBER, "known"), (CARD, "taught"),
    ]  # fmt: skip


def test_only_what_a_cancel_needs_is_missing() -> None:
    """GIVEN parts that were not found THEN those that a cancel can do without are not missing."""
    lessons = Lessons([Finding(CARD), Finding(NUMBER, "1"), Finding(OPTIONAL)])

    assert [each.landmark for each in lessons.missing] == [CARD]


def test_calls_count_as_taught_and_as_names_of_this_site() -> None:
    """GIVEN additions of each kind THEN whether anything was learned, and whether calls are named."""
    hooks, calls = (
        Additions(hooks={"card": (".x",)}),
        Additions(traffic={"reads": ("mtop.x.query",)}),
    )

    assert [(each.anything, each.names_calls) for each in (
        Lessons(), Lessons(additions=hooks), Lessons(additions=calls), Lessons(calls=calls),
    )] == [(False, False), (True, False), (True, True), (True, True)]  # fmt: skip


def test_the_report_has_the_lines_of_all_that_was_learned() -> None:
    """GIVEN lessons THEN parts, lines of both kinds, choices and what was read again."""
    lessons = Lessons(
        [Finding(CARD, "1", (".x",), taught=True)], Additions(hooks={"card": (".x",)}),
        Additions(traffic={"reads": ("mtop.x.query",)}), ("closed",), "waiting",
    )  # fmt: skip

    told = lessons.as_json()

    assert [each["state"] for each in told["landmarks"]] == ["taught"]  # type: ignore[attr-defined]
    assert told["lines"] == ['hooks.card = [".x"]', 'traffic.reads = ["mtop.x.query"]']
    assert (told["status_choices"], told["read_again"]) == (["closed"], "waiting")


def test_what_is_still_missing_names_each_part_with_its_page() -> None:
    """GIVEN missing parts THEN exit 5 with their names, and the command that goes on."""
    error = still_missing([Finding(CARD), Finding(NUMBER)], "8190000000000001")

    assert error.message == (
        "still unknown: the card of an order on My Orders, the order's number on Order Details"
    )
    assert (error.code, error.exit_code) == (
        ErrorCode.PAGE_NOT_RECOGNISED, ExitCode.PAGE_NOT_RECOGNISED,
    )  # fmt: skip
    assert "teach 8190000000000001 --headed" in error.hint
