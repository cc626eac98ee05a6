"""The file of ``cancel --from``: every spelling of a spreadsheet, and all bad lines at once."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from automation.aliexpress.batch.problems import BadRowsError
from automation.aliexpress.batch.rows import digest_of_rows, read_rows
from rules import MoneyReceived, Reason, ReplacementTracking
from tests.aliexpress.batch.a_file import NOW, ONE, PLAIN, TWO, problems, read
from tests.docs.pages import ROOT, Page

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    "content",
    [
        PLAIN,
        "\ufeff" + PLAIN,
        PLAIN.replace("\n", "\r\n"),
        PLAIN.replace(",", ";"),
        PLAIN.replace(",", "\t"),
        "sep=;\r\n" + PLAIN.replace(",", ";"),
        PLAIN.encode("utf-16"),
        "\n\n" + PLAIN + "\n,,,\n",
        PLAIN.replace(ONE, f'"=""{ONE}"""'),
        PLAIN.replace(ONE, f"'{ONE}"),
        PLAIN.replace(ONE, "8190 0000 0000 0001"),
        PLAIN.replace("order,reason", "Order ID,Because").replace("package-arrived", "Package Arrived"),
        PLAIN.replace("received,checked", "item_received,item_verified"),
    ],
    ids=["plain", "bom", "crlf", "semicolon", "tab", "sep", "utf16", "empty-lines", "formula",
         "apostrophe", "spaces", "other-names", "fact-names"],
)  # fmt: skip
def test_what_spreadsheets_write_is_read(tmp_path: Path, content: str | bytes) -> None:
    """GIVEN one row in any of these forms THEN it is the same row."""
    [row] = read(tmp_path, content)

    assert (row.order, row.item, row.accepted) == (ONE, None, ())
    said = row.said
    assert (said.buyer_reason, said.item_received, said.item_verified, said.now) == (
        Reason.PACKAGE_ARRIVED, True, False, NOW,
    )  # fmt: skip


def test_json_lines_say_what_options_and_facts_files_say(tmp_path: Path) -> None:
    """GIVEN one JSON object a line, with names of either kind THEN the facts are theirs."""
    rows = read(
        tmp_path,
        "\n".join(
            [
                json.dumps({"order": ONE, "because": "replacement-arrived", "replacement": "LP1CN",
                            "replacement_checked": True, "money": "full-cleared", "item": 2}),
                "",
                json.dumps({"order": int(TWO), "reason": "other", "seller_says": ["a", "b"],
                            "accept_risk": ["seller-promise"], "facts": {"item_received": True}}),
            ]
        ),
        "file.jsonl",
    )  # fmt: skip

    first, second = rows
    looked_up = ReplacementTracking(number="LP1CN", checked_by_buyer=True)
    assert first.said.replacement_tracking == looked_up
    assert (first.said.money_received, first.item) == (MoneyReceived.FULL_CLEARED, "2")
    assert (second.order, second.line, second.said.seller_messages) == (TWO, 3, ("a", "b"))
    assert second.said.item_received is True


def test_a_message_of_several_lines_is_one_message(tmp_path: Path) -> None:
    """GIVEN a quoted cell with a line break THEN it is one text, and later lines keep their number."""
    content = f'order,reason,seller_says\n{ONE},other,"first\nsecond"\n'

    assert read(tmp_path, content)[0].said.seller_messages == ("first\nsecond",)
    assert problems(tmp_path, f"{content}{TWO},\n") == [(4, "no reason")]


def test_all_bad_lines_are_told_at_once(tmp_path: Path) -> None:
    """GIVEN several bad lines THEN each is named with its number, and the nearest known word."""
    content = (
        "order,reason,received,edits_used\n"
        f"{ONE},packge-arrived,yes,\n"
        f"{ONE[:9]},other,,\n"
        "8.19E+15,other,,\n"
        f"{TWO},other,maybe,two\n"
        f"{TWO},,,\n"
    )

    assert problems(tmp_path, content) == [
        (2, "unknown reason 'packge-arrived', did you mean 'package-arrived'?"),
        (3, f"'{ONE[:9]}' is not an order number (15 to 19 digits)"),
        (4, "'8.19E+15' is a rounded order number"),
        (5, "received is 'maybe': expected yes or no"),
        (5, "edits_used is 'two': expected a whole number"),
        (6, "no reason"),
        (6, f"order {TWO} is already in line 5"),
    ]


@pytest.mark.parametrize("name", ["file.csv", "file.jsonl"])
def test_all_mistakes_of_a_line_are_told_at_once(tmp_path: Path, name: str) -> None:
    """GIVEN a line with a mistake in every cell THEN each of them, so that one correction is enough."""
    said = {
        "order": "12", "reason": "oter", "received": "maybe", "money": "much",
        "protection_ends": "soon", "accept_risk": "seller-promis",
    }  # fmt: skip
    table = f"{','.join(said)}\n{','.join(said.values())}\n"

    told = problems(tmp_path, table if name.endswith("csv") else json.dumps(said), name)

    line = 2 if name.endswith("csv") else 1
    assert told == [
        (line, "received is 'maybe': expected yes or no"),
        (line, "'12' is not an order number (15 to 19 digits)"),
        (line, "unknown reason 'oter', did you mean 'other'?"),
        (line, "no such rule 'seller-promis', did you mean 'seller-promise'?"),
        (line, "protection_ends is 'soon': expected a date such as 2026-12-24"),
        (line, "money is 'much': expected none, announced_only, partial or full_cleared"),
    ]


def test_all_bad_facts_of_a_line_are_told(tmp_path: Path) -> None:
    """GIVEN two impossible facts THEN each with its own hint, and not the first and a number."""
    line = json.dumps({"order": ONE, "reason": "other", "edits_used": "many", "money": "partal"})

    with pytest.raises(BadRowsError) as stop:
        read(tmp_path, line, "file.jsonl")

    edits, money = sorted(stop.value.problems, key=lambda each: each.what)
    assert (edits.what, edits.hint) == (
        "edits_used is 'many': expected a whole number",
        "leave it out if you do not know",
    )
    assert (money.what, money.hint) == ("money is 'partal', did you mean 'partial'?", "")


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ({"money_received": "full-cleard"}, "money_received is 'full-cleard', did you mean 'full_cleared'?"),
        ({"facts": {"money_received": 5}}, "money_received is 5: expected none, announced_only, partial or full_cleared"),
        ({"seller_says": ["a", 5]}, "seller_says is 5: expected text"),
        ({"seller_says": {"a": 1}}, 'seller_says is {"a": 1}: expected a list of texts'),
        ({"Edits-used": 1_000_001}, "Edits-used is 1000001: expected at most 1000000"),
        ({"open_disputes_in_order": -1}, "open_disputes_in_order is -1: expected at least 0"),
        ({"order_status": 5}, "order_status is 5: expected text"),
        ({"delivered_at": 5}, "delivered_at is 5: expected text"),
        ({"delivered_at": "soon"}, "delivered_at is 'soon': expected a date such as 2026-12-24"),
        ({"replacement": 5}, "replacement is 5: expected text"),
        ({"replacement_tracking": {"number": 5}}, "replacement_tracking.number is 5: expected text"),
        ({"Replacement\ttracking": {"number": 5}}, "Replacement tracking.number is 5: expected text"),
        ({"replacement_tracking": {"numbr": "x"}}, "unknown column 'replacement_tracking.numbr'"),
        ({"replacement_tracking": "LP"}, "replacement_tracking is 'LP': expected an object, such as {\"number\": \"LP00987654321CN\"}"),
        ({"edits_used": float("inf")}, "the line contains Infinity, which is not valid JSON"),
    ],
    ids=lambda each: str(each)[:40],
)  # fmt: skip
def test_a_value_that_cannot_be_is_told_as_the_file_calls_it(
    tmp_path: Path, said: dict[str, object], wanted: str
) -> None:
    """GIVEN an impossible value THEN one line with the column's name in the file, the value, and what fits."""
    line = json.dumps({"order": ONE, "reason": "other"} | said)

    assert problems(tmp_path, f"\n{line}", "file.jsonl") == [(2, wanted)]


@pytest.mark.parametrize(
    ("column", "cell", "wanted"),
    [
        (
            "money",
            "much",
            "money is 'much': expected none, announced_only, partial or full_cleared",
        ),
        ("Money received", "partal", "Money received is 'partal', did you mean 'partial'?"),
        ("edits_used", "1000001", "edits_used is 1000001: expected at most 1000000"),
        ("delivered_at", "soon", "delivered_at is 'soon': expected a date such as 2026-12-24"),
    ],
)
def test_a_cell_that_cannot_be_is_told_as_the_header_calls_it(
    tmp_path: Path, column: str, cell: str, wanted: str
) -> None:
    """GIVEN an impossible cell THEN its line, the header's own name, and what fits."""
    assert problems(tmp_path, f"order,reason,{column}\n{ONE},other,{cell}\n") == [(2, wanted)]


def test_cells_that_cannot_be_told_apart_are_one_mistake(tmp_path: Path) -> None:
    """GIVEN more cells than columns THEN that alone: each cell may stand under the wrong name."""
    assert problems(tmp_path, "order,reason\n12,oter,more\n") == [(2, "3 cells under 2 columns")]


@pytest.mark.parametrize(
    ("content", "wanted"),
    [
        (f"order,reson\n{ONE},other\n", [(1, "unknown column 'reson', did you mean 'reason'?"), (1, "no column 'reason'")]),
        (f"order,reason,now\n{ONE},other,\n", [(1, "'now' cannot be given")]),
        (f"order,reason,because\n{ONE},other,other\n", [(1, "two columns 'reason'")]),
        (f"order,reason\n{ONE},other,more\n", [(2, "3 cells under 2 columns")]),
        (f"order,reason,accept_risk\n{ONE},other,seller-promis\n", [(2, "no such rule 'seller-promis', did you mean 'seller-promise'?")]),
    ],
    ids=["unknown", "now", "twice", "too-many-cells", "rule"],
)  # fmt: skip
def test_a_bad_column_is_told(tmp_path: Path, content: str, wanted: list[tuple[int, str]]) -> None:
    """GIVEN a column that nobody knows or that cannot be THEN the line says so."""
    assert problems(tmp_path, content) == wanted


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("{", "not valid JSON: Expecting property name enclosed in double quotes at column 2"),
        ("[]", "not a JSON object"),
        ('{"order": "1", "order": "2"}', "order is given twice"),
        (f'{{"order": "{ONE}", "reason": "other", "recieved": true}}', "unknown column 'recieved', did you mean 'received'?"),
        ('{"order": 8.19e15, "reason": "other"}', "'8190000000000000.0' is a rounded order number"),
        (f'{{"order": "{ONE}", "reason": "other", "received": "maybe"}}', "received is 'maybe': expected yes or no"),
        (f'{{"order": "{ONE}", "reason": "other", "received": 2}}', "received is 2: expected yes or no"),
        (f'{{"order": "{ONE}", "reason": ["a"]}}', 'reason is ["a"]: expected one word'),
        ('{"order": ["a"], "reason": "other"}', 'order is ["a"]: expected one number'),
        (f'{{"order": "{ONE}", "reason": "other", "item": [1]}}', "item is [1]: expected a number or an id"),
        (f'{{"order": "{ONE}", "reason": "other", "item": true}}', "item is true: expected a number or an id"),
        (f'{{"order": "{ONE}", "reason": "other", "dispute_status": []}}', "dispute_status is []: expected text"),
        (f'{{"order": "{ONE}", "reason": "other", "accept_risk": {{"a": 1}}}}', 'accept_risk is {"a": 1}: expected the names of rules'),
        (f'{{"order": "{ONE}", "reason": "other", "accept_risk": true}}', "accept_risk is true: expected the names of rules"),
        (f'{{"order": "{ONE}", "reason": "other", "edits_used": "1234567890"}}', "edits_used is '1234567890': expected a whole number"),
        (f'{{"order": "{ONE}", "reason": "other", "replacement": "LP1", "replacement_tracking": {{"number": "LP2"}}}}', "replacement_tracking is given twice, in two ways"),
        (f'{{"order": "{ONE}", "reason": "other", "replacement": "LP1", "replacement_tracking": "x"}}', "replacement_tracking is given twice, in two ways"),
        (f'{{"order": "{ONE}", "reason": "other", "received": true, "item_received": false}}', "'item_received' is given twice, under two names"),
        (f'{{"order": "{ONE}", "reason": "other", "received": true, "facts": {{"received": false}}}}', "received is given twice"),
    ],
    ids=["cut", "list", "twice", "unknown", "float", "text", "number", "reason", "order", "item", "no-item", "status", "rules", "yes", "digits", "nested", "whole", "alias", "facts"],
)  # fmt: skip
def test_a_bad_line_of_json_is_told(tmp_path: Path, line: str, wanted: str) -> None:
    """GIVEN a line that is no such object THEN it is named, after good ones too."""
    good = json.dumps({"order": TWO, "reason": "other"})

    assert problems(tmp_path, f"{good}\n{line}\n", "file.jsonl") == [(2, wanted)]


@pytest.mark.parametrize(
    ("given", "fact"),
    [
        *(('"yes"', True), ('"Y"', True), ("1", True), ('"1"', True), ("true", True)),
        *(('"no"', False), ('" No "', False), ("0", False), ("false", False)),
    ],
)
def test_yes_and_no_are_the_same_in_both_kinds_of_file(
    tmp_path: Path, given: str, *, fact: bool
) -> None:
    """GIVEN a yes or no in a line of JSON THEN it is the fact, as in a cell."""
    tracking = f'{{"number": "LP1", "checked_by_buyer": {given}}}'
    line = f'{{"order": "{ONE}", "reason": "other", "received": {given}, "replacement_tracking": {tracking}}}'

    said = read(tmp_path, line, "file.jsonl")[0].said

    assert said.item_received is fact
    assert said.replacement_tracking is not None
    assert said.replacement_tracking.checked_by_buyer is fact


@pytest.mark.parametrize("column", ["seller_says", "edits_used", "item", "order"])
def test_a_value_that_is_nested_too_deeply_is_told(tmp_path: Path, column: str) -> None:
    """GIVEN lists in lists, at depths where one parser after the other gives up THEN the line is refused."""
    for depth in (1, 150, 230, 400, 900, 2000):
        said = {"order": f'"{ONE}"', "reason": '"other"', column: "[" * depth + "]" * depth}
        line = ", ".join(f'"{name}": {value}' for name, value in said.items())
        if (column, depth) == ("seller_says", 1):
            assert read(tmp_path, f"{{{line}}}", "file.jsonl"), "an empty list says nothing"
            continue

        told = problems(tmp_path, f"{{{line}}}", "file.jsonl")

        assert [number for number, _ in told] == [1], told


def test_an_order_stands_there_once_unless_each_line_names_an_item(tmp_path: Path) -> None:
    """GIVEN the same order twice THEN the second line is bad; with two items both are good."""
    head = "order,reason,item\n"

    assert problems(tmp_path, f"{head}{ONE},other,\n{TWO},other,\n{ONE},other,2\n") == [
        (4, f"order {ONE} is already in line 2")
    ]
    assert [row.item for row in read(tmp_path, f"{head}{ONE},other,1\n{ONE},other,2\n")] == [
        "1",
        "2",
    ]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "has no orders"),
        ("order,reason\n", "has no orders"),
        (b"order,reason\n\xff\xfe\xff", "is not UTF-8 text"),
    ],
    ids=["empty", "header", "latin"],
)
def test_a_file_without_orders_is_no_batch(
    tmp_path: Path, content: str | bytes, words: str
) -> None:
    """GIVEN an empty file, or none in UTF-8 THEN exit 2."""
    with pytest.raises(BadRowsError, match=words):
        read(tmp_path, content)
    with pytest.raises(BadRowsError, match="cannot read"):
        read_rows(tmp_path / "none.csv", NOW)


def test_a_thousand_rows_are_read_and_told_apart(tmp_path: Path) -> None:
    """GIVEN 1,000 rows THEN all are read; another word in one of them is another digest."""
    lines = [f"{int(ONE) + 10_000 * number},package-arrived,yes" for number in range(1000)]
    rows = read(tmp_path, "\n".join(["order,reason,received", *lines]))
    other = read(
        tmp_path, "\n".join(["order,reason,received", *lines[:-1], lines[-1].replace("yes", "no")])
    )

    assert len(rows) == len({row.order for row in rows}) == 1000
    assert digest_of_rows(rows) == digest_of_rows(
        read(
            tmp_path,
            "\ufeff"
            + "\r\n".join(["order;reason;received", *(each.replace(",", ";") for each in lines)]),
        )
    )
    assert digest_of_rows(rows) != digest_of_rows(other)


@pytest.mark.parametrize(("kind", "name"), [("csv", "file.csv"), ("json", "file.jsonl")])
def test_the_examples_of_the_documentation_are_files(tmp_path: Path, kind: str, name: str) -> None:
    """GIVEN an example of the page about batches THEN it is read."""
    examples = Page(ROOT / "docs" / "batch.md").blocks(kind)

    assert [len(read(tmp_path, each, name)) for each in examples] == [
        each.count("819000") for each in examples
    ]
    assert examples


def test_a_quote_that_is_never_closed_swallows_no_line(tmp_path: Path) -> None:
    """GIVEN an open quote in the first line THEN the file is refused, not read as one order."""
    content = f'order,reason,seller_says\n{ONE},package-arrived,"Sorry\n{TWO},package-arrived,\n'

    [(line, what)] = problems(tmp_path, content)
    assert line == 2
    assert what.startswith("not CSV")


@pytest.mark.parametrize(
    ("cells", "wrong"),
    [(("soon", ""), "protection_ends is 'soon'"), (("", "yesterday"), "delivered is 'yesterday'")],
)
def test_a_date_that_cannot_be_read_is_told(
    tmp_path: Path, cells: tuple[str, str], wrong: str
) -> None:
    """GIVEN words in place of a date THEN its line is refused, as the option is."""
    content = (
        f"order,reason,protection_ends,delivered\n{ONE},package-arrived,{cells[0]},{cells[1]}\n"
    )

    [(line, what)] = problems(tmp_path, content)
    assert line == 2
    assert what.startswith(wrong)
    assert read(tmp_path, content.replace("soon", "2026-12-24").replace("yesterday", "2026-05-24"))


def test_a_replacement_may_be_told_in_two_parts(tmp_path: Path) -> None:
    """GIVEN a number beside an object without one THEN both are one replacement."""
    told = {"order": ONE, "reason": "other", "replacement": "LP1"}
    row = told | {"replacement_tracking": {"checked_by_buyer": True}}
    path = tmp_path / "file.jsonl"
    path.write_text(json.dumps(row), "utf-8")

    [read] = read_rows(path, NOW)

    assert read.said.replacement_tracking is not None
    assert read.said.replacement_tracking.number == "LP1"
    assert read.said.replacement_tracking.checked_by_buyer is True


def test_an_empty_item_names_none(tmp_path: Path) -> None:
    """GIVEN an item of spaces THEN the line is about the whole order, as another one is then."""
    first, second = ({"order": ONE, "reason": "other", "item": each} for each in (" ", "1"))

    found = problems(tmp_path, f"{json.dumps(first)}\n{json.dumps(second)}\n", "file.jsonl")

    assert found == [(2, f"order {ONE} is already in line 1")]
