"""The real command on pages of several languages; the ledger is the judge."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from automation.aliexpress.site import SiteMap
from tests.conftest import CALM, GOOD_REASON, QUESTION, disputed_order
from tests.languages.talking import talk

if TYPE_CHECKING:
    from pathlib import Path

    from fixtures.pytest_plugin import Mimic
    from tests.conftest import Tool


@pytest.mark.further  # its words: test_pages.py, test_words_of_a_page.py; a cancel: the two below
def test_portuguese_is_cancelled_with_one_write(mimic: Mimic, tool: Tool) -> None:
    """GIVEN an account in Portuguese, dates and all WHEN cancelled THEN one write, the right one."""
    site = mimic("portuguese", **CALM)

    ran = tool.cancel_typed(disputed_order(site), site)

    assert (ran.code, ran.json["outcome"]) == (0, "done"), ran.out + ran.err
    assert [e.effect for e in site.ledger.writes()] == [f"cancelled {site.state.dispute().id}"]
    assert ran.json["plan"]["protection_deadline"]


def add(lines: list[str], file: Path) -> None:
    """Copy the tool's lines into a words file, as a buyer does."""
    had = file.read_text("utf-8").splitlines() if file.exists() else []
    file.write_text("\n".join(dict.fromkeys([*had, *lines])) + "\n", "utf-8")


@pytest.mark.further
def test_german_stops_until_its_words_are_taught(mimic: Mimic, tool: Tool, tmp_path: Path) -> None:
    """GIVEN an unverified pack THEN each stop shows words and lines; with them it commits once."""
    site = mimic("quick", language="de")
    order, file = disputed_order(site), tmp_path / "words.toml"
    stops: list[Any] = []

    def step(*how: str) -> Any:  # noqa: ANN401  a JSON document
        words = ("--words", str(file)) if file.exists() else ()
        return tool.run("cancel", order, *GOOD_REASON, *how, "--json", *words, site=site).json

    for _ in range(4):
        answer = step("--dry-run")
        if answer["exit_code"] == 0:
            answer = step("--plan", answer["plan"]["digest"])
        if answer["exit_code"] != 5:
            break
        assert site.ledger.writes() == ()
        assert answer["outcome"] == "not_done"
        stops.append(answer["words"])
        add(answer["words"]["lines"], file)

    assert [stop["seen"] for stop in stops] == [
        ["Anfrage stornieren"],
        [
            (
                "Anfrage stornieren Der Streitfall wird danach geschlossen. "
                "Möchtest du diese Anfrage wirklich stornieren?"
            ),
            "Bestätigen",
        ],
    ]
    assert stops[0]["lines"] == ['lang = "de"', 'labels.cancel_request = ["Anfrage stornieren"]']
    assert answer["outcome"] == "done", answer
    assert "not yet seen" in answer["plan"]["unverified"][0]
    assert [e.effect for e in site.ledger.writes()] == [f"cancelled {site.state.dispute().id}"]


@pytest.mark.further
def test_words_can_be_confirmed_by_hand(mimic: Mimic, tool: Tool) -> None:
    """GIVEN a terminal WHEN the buyer types yes to the words shown THEN one write."""
    site = mimic("quick", language="ja")
    order = disputed_order(site)
    yes = ("type yes:", "yes")

    code, out, screen = talk(
        tool.words("cancel", order, *GOOD_REASON, "--json", site=site),
        [yes, (QUESTION, order[-8:-4]), yes],
    )

    assert code == 0, screen + out
    assert "リクエストをキャンセル" in screen
    assert json.loads(out)["outcome"] == "done"
    assert len(site.ledger.writes()) == len(site.ledger.cancels()) == 1


def test_a_no_to_the_words_declines(mimic: Mimic, tool: Tool) -> None:
    """GIVEN a terminal WHEN anything but yes is typed to the words THEN exit 6 and no write."""
    site = mimic("quick", language="ru")

    code, out, screen = talk(
        tool.words("cancel", disputed_order(site), *GOOD_REASON, "--json", site=site),
        [("type yes:", "y")],
    )

    assert code == 6, screen
    assert json.loads(out)["error"]["code"] == "declined"
    assert site.ledger.writes() == ()


@pytest.mark.parametrize(
    ("language", "entry", "code", "error"),
    [
        pytest.param("pl", "line-button", 5, "words_unverified", marks=pytest.mark.further),
        pytest.param("sv", "box", 3, "refused", marks=pytest.mark.further),
        ("sv", "line-button", 5, "language_unknown"),
    ],
)
def test_words_that_nobody_knows_are_never_clicked(
    mimic: Mimic, tool: Tool, language: str, entry: str, code: int, error: str
) -> None:
    """GIVEN an unverified way to the dispute, or no words THEN a clear stop, no write."""
    site = mimic("quick", language=language, entry=entry)

    ran = tool.dry_run(disputed_order(site), site)

    assert (ran.code, ran.error) == (code, error), ran.out
    told = json.dumps(ran.json["error"]) + json.dumps(ran.json.get("words", {}))
    assert f"'{language}'" in told or f'lang = \\"{language}' in told.replace("\\\\", "\\")
    assert site.ledger.writes() == ()


def test_a_words_file_repairs_a_status(tmp_path: Path) -> None:
    """GIVEN a wrong status in a pack WHEN a words file moves it THEN only the new one counts."""
    file = tmp_path / "words.toml"
    file.write_text('lang = "de"\ndispute_status.closed = ["Warten auf deine Antwort"]\n', "utf-8")

    pack = SiteMap.load(file).pack("de-DE")

    assert pack.status("Warten auf deine Antwort.") == "closed"
    assert pack.is_verified("dispute_status.closed", "warten auf deine antwort")
    assert not pack.is_verified("dispute_status.closed", "Geschlossen")
    assert pack.is_guess
