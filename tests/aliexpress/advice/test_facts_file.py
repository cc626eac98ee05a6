"""The reader of facts files: one clear line for each error."""

from __future__ import annotations

import io
import sys
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

from automation.aliexpress.advice.facts_file import (
    MOST_BYTES,
    facts_from_bytes,
    read_facts_file,
    read_facts_lines,
)
from automation.errors import ExitCode, ToolError
from rules import Facts

NOW = datetime(2026, 6, 10, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "not valid JSON"),
        (b"{", "line 1, column 2"),
        (b"[]", "not a JSON object"),
        (b"\xff\xfe", "not UTF-8"),
        (b'{"edits": 1}', "unknown field"),
        (b'{"edits_used": "1"}', "edits_used"),
        (b'{"edits_used": true}', "edits_used"),
        (b'{"edits_used": NaN}', "NaN"),
        (b'{"edits_used": 1e999}', "too large"),
        (b'{"edits_used": ' + b"9" * 5000 + b"}", "cannot read"),
        (b'{"open_disputes_in_order": -1}', "open_disputes_in_order"),
        (b'{"buyer_reason": "bored"}', "buyer_reason"),
        (b'{"money_received": "lots"}', "money_received"),
        (b'{"now": "2026-06-10T12:00:00"}', "now"),
        (b'{"now": 5}', "expected a date and time"),
        (b'{"now": "1781092800"}', "expected a date and time"),
        (b'{"now": "0001-01-01T00:00:00Z"}', "between 2000 and 9000"),
        (b'{"now": "9999-12-31T23:59:59-12:00"}', "between 2000 and 9000"),
        (b'{"item_received": "yes"}', "true, false or null"),
        (b'{"replacement_tracking": "LP1"}', "an object"),
        (b'{"visible_buttons": "Cancel Request"}', "a list"),
        (b'{"dispute_status": "a", "dispute_status": "b"}', "twice"),
        (b'{"dispute_status": "\\ud800"}', "surrogate"),
        (b'{"replacement_tracking": {"nr": "1"}}', "replacement_tracking.nr"),
        (b"[" * 200_000, "nested"),
        (b'{"seller_message": ' + b"[" * 300 + b"]" * 300 + b"}", "nested"),
        (b'{"seller_message": ' + b'{"a":' * 900 + b"1" + b"}" * 901, "nested"),
        (b'{"seller_message": "a', "unterminated string starting at line 1, column 20"),
    ],
)
def test_bad_file_is_refused_in_one_line(raw: bytes, words: str) -> None:
    """Each error is a usage error with its cause, on one line."""
    with pytest.raises(ToolError, match=words) as caught:
        facts_from_bytes(raw, NOW)
    error = caught.value
    assert (error.code, error.exit_code) == ("bad_facts", ExitCode.USAGE)
    assert "\n" not in error.message


def test_near_name_is_suggested() -> None:
    """A misspelt field gets a suggestion."""
    with pytest.raises(ToolError) as caught:
        facts_from_bytes(b'{"edits_usd": 1}', NOW)
    assert caught.value.hint == 'did you mean "edits_used"?'


def test_own_clock_beats_the_given_one() -> None:
    """The file's moment counts; without one, the caller's."""
    stated = facts_from_bytes(b'{"now": "2026-01-01T00:00:00Z"}', NOW)
    assert (stated.now, facts_from_bytes(b"{}", NOW).now) == (datetime(2026, 1, 1, tzinfo=UTC), NOW)


def test_texts_of_unknown_authors_and_a_frozen_order_can_be_stated() -> None:
    """Both fields of the facts are fields of the file."""
    facts = facts_from_bytes(b'{"unattributed_messages": ["a"], "order_frozen": true}', NOW)
    assert (facts.unattributed_messages, facts.order_frozen) == (("a",), True)


def test_odd_count_is_left_to_the_rules() -> None:
    """A negative edit count can be read: the rules refuse it."""
    assert facts_from_bytes(b'{"edits_used": -1}', NOW).edits_used == -1


def test_huge_file_is_not_read(tmp_path: Path) -> None:
    """A file beyond the limit is refused."""
    huge = tmp_path / "facts.json"
    with huge.open("wb") as stream:
        stream.truncate(50 * MOST_BYTES)
    with pytest.raises(ToolError, match="larger than 1 MB"):
        read_facts_file(huge, NOW)


def test_missing_file_is_named(tmp_path: Path) -> None:
    """A file that is not there is a usage error."""
    with pytest.raises(ToolError, match="cannot read"):
        read_facts_file(tmp_path / "none.json", NOW)


def test_dash_reads_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    """A dash stands for standard input."""
    stdin = SimpleNamespace(buffer=io.BytesIO(b'{"dispute_status": "mediating"}'))
    monkeypatch.setattr(sys, "stdin", stdin)
    assert read_facts_file(Path("-"), NOW).dispute_status == "mediating"


@pytest.mark.parametrize(
    ("raw", "line", "hint"),
    [
        (b'{\n"item_received": true,\n"edits_usd": 1}', "line 3", 'did you mean "edits_used"?'),
        (
            b'{\n"replacement_tracking": {\n"numbr": "1"}}',
            "line 3",
            'did you mean "number"?',
        ),
        (
            b'{"edits_used": 1,\n"buyer_reason": "package-arived"}',
            "line 2",
            'did you mean "package_arrived"?',
        ),
        (
            b'\n\n{"money_received": "xyz"}',
            "line 3",
            "known: none, announced_only, partial, full_cleared",
        ),
        (b'{\n"edits_used": "1"}', "line 2", "use null for unknown"),
        (b'{"edits_used": "1",\n"edits_use": 2}', "line 2", 'did you mean "edits_used"?'),
        (b'{"edits_used": 1,\n\n"edits_used": 2}', "lines 1 and 3", "keep one of them"),
        (b'{\n"visible_buttons": ["a", 5]}', "line 2", "use null for unknown"),
        (b'{\n"account_role": 7}', "line 2", "known: buyer, seller"),
        (
            b'{\n"order_status": 7}',
            "line 2",
            "known: processing, awaiting_delivery, delivered, completed",
        ),
    ],
)
def test_error_names_line_field_and_nearest_word(raw: bytes, line: str, hint: str) -> None:
    """The message names the line and the field, the hint the nearest known name or choice."""
    with pytest.raises(ToolError) as caught:
        facts_from_bytes(raw, NOW)
    assert f"({line})" in caught.value.message
    assert caught.value.hint == hint


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b'{"order_status": 7}', 'the fact "order_status" is 7: input should be text (line 1)'),
        (b'{"dispute_status": []}', 'the fact "dispute_status" is []: input should be text (line 1)'),
        (
            b'{"account_role": 7,\n"item_received": 3}',
            'the fact "item_received" is 3: input should be true, false or null (and 1 more) (line 2)',
        ),
    ],
)  # fmt: skip
def test_a_state_of_another_kind_is_named_as_in_the_file(raw: bytes, says: str) -> None:
    """GIVEN a number for a state THEN the fact's own name, and one problem for each fact."""
    with pytest.raises(ToolError) as caught:
        facts_from_bytes(raw, NOW)
    assert caught.value.message == says


def test_words_for_a_state_are_read() -> None:
    """GIVEN words that no list has THEN they are a fact, as a page can show them (control)."""
    assert facts_from_bytes(b'{"dispute_status": "being looked at"}', NOW).dispute_status == (
        "being looked at"
    )


def test_a_whole_number_can_have_a_point() -> None:
    """GIVEN 1.0, an integer for a JSON schema THEN it is 1; 1.5 is none (control)."""
    facts = facts_from_bytes(b'{"edits_used": 1.0, "open_disputes_in_order": 2e0}', NOW)
    assert (facts.edits_used, facts.open_disputes_in_order) == (1, 2)
    with pytest.raises(ToolError, match="whole number"):
        facts_from_bytes(b'{"edits_used": 1.5}', NOW)


def test_half_characters_of_a_page_are_no_error() -> None:
    """Lone surrogates, which a page can hold, are replaced."""
    facts = Facts(seller_messages=("close it \ud83d",), order_status="\ude00")
    assert facts.seller_messages == ("close it \N{REPLACEMENT CHARACTER}",)
    assert facts.order_status == "\N{REPLACEMENT CHARACTER}"


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (b"{", "not valid JSON"),
        (b"[]", "not a JSON object"),
        (b"\xff\xfe{}", "not UTF-8"),
        (b'{"edits": 1}', 'unknown field "edits"'),
        (b'{"edits_used": "1"}', "whole number"),
        (b'{"dispute_status": "a", "dispute_status": "b"}', "twice"),
        (b'{} {"edits_used": 1}', "not valid JSON"),
    ],
)
def test_a_bad_line_is_named_once(tmp_path: Path, line: bytes, says: str) -> None:
    """GIVEN an error in line 4 THEN file, line and cause; no other number of a line."""
    file = tmp_path / "cases.jsonl"
    file.write_bytes(b"\xef\xbb\xbf{}\n\n{}\n" + line + b"\n{}\n")

    with pytest.raises(ToolError, match=says) as caught:
        read_facts_lines(file, NOW)

    assert caught.value.message.startswith("cases.jsonl, line 4: ")
    assert (caught.value.code, caught.value.message.count("line")) == ("bad_facts", 1)


def test_lines_are_counted_as_an_editor_counts_them(tmp_path: Path) -> None:
    """GIVEN empty lines, CRLF and no final line end THEN each object has its own line."""
    file = tmp_path / "cases.jsonl"
    file.write_bytes(
        b'{"edits_used": 1}\r\n\r\n{"edits_used": 3,"dispute_status":"a\xe2\x80\xa8b"}'
    )

    facts = read_facts_lines(file, NOW)

    assert {line: each.edits_used for line, each in facts.items()} == {1: 1, 3: 3}


def test_a_file_without_a_line_is_an_error(tmp_path: Path) -> None:
    """GIVEN empty lines only THEN no silent success."""
    file = tmp_path / "cases.jsonl"
    file.write_text("\n\n", "utf-8")

    with pytest.raises(ToolError, match=r"cases\.jsonl is empty"):
        read_facts_lines(file, NOW)
