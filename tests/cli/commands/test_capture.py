from __future__ import annotations

import stat
from typing import TYPE_CHECKING

import pytest

from automation.aliexpress.pages import Snapshot
from automation.aliexpress.pages.redaction.markup import written
from automation.aliexpress.pages.redaction.masks import mask
from automation.aliexpress.pages.redaction.private_parts import private_parts
from automation.aliexpress.pages.redaction.redact import Redactor
from automation.aliexpress.site import SiteMap
from tests.conftest import CALM, disputed_order
from tests.personal_data import personal_data

if TYPE_CHECKING:
    from pathlib import Path

    from fixtures.pytest_plugin import Mimic
    from tests.conftest import Tool

SITE = SiteMap.load()
AT = "https://www.aliexpress.com/p/order/detail.html?orderId=8190000000000413"
NOTE = "Hallo Robin, ruf mich bitte an: 0171 5550123"


def files_of(folder: Path) -> dict[str, str]:
    """Texts of all files by name."""
    return {path.name: path.read_text("utf-8") for path in sorted(folder.iterdir())}


def redacted(html: str, *more: str) -> str:
    """One page, redacted together with others."""
    pages = [Snapshot(AT, text, "en", "Robin's orders") for text in (html, *more)]
    return written(pages[0], Redactor(SITE, private_parts(pages, SITE))).html


@pytest.mark.parametrize(
    ("scenario", "opened", "words"),
    [
        # A test below captures it for its messages.
        pytest.param("seller-responded", 1, "Cancel Request", marks=pytest.mark.further),
        pytest.param("several-disputes", 2, "Cancel Request", marks=pytest.mark.further),
        pytest.param("order-box", 1, "Cancel Request", marks=pytest.mark.further),
        # One of its buttons asks a question.
        pytest.param("line-button-entry", 2, "Cancel Request", marks=pytest.mark.further),
        ("unreadable-status", 1, "under joint evaluation"),  # new words: the point of a report
    ],
)
def test_no_personal_data_is_in_any_file_and_nothing_is_sent(
    mimic: Mimic, tool: Tool, tmp_path: Path, scenario: str, opened: int, words: str
) -> None:
    """GIVEN an order WHEN captured THEN its pages are kept without its data, and no write.

    GIVEN an empty folder with a wide mode THEN it and its files are the buyer's alone.
    """
    site = mimic(scenario, **CALM)
    folder = tmp_path / "report"
    folder.mkdir(mode=0o755)

    ran = tool.run("capture", disputed_order(site), str(folder), "--json", site=site)

    assert (ran.code, len(ran.json["pages"])) == (0, 2 + opened), ran.out
    kept = files_of(folder)
    pages = {page["file"] for page in ran.json["pages"]}
    assert set(kept) == {"README.txt", "scenario.toml", *pages}
    leaked = [(name, s) for s in personal_data(site) for name in kept if s in kept[name]]
    assert leaked == []
    assert site.ledger.writes() == ()
    # Positive control: the pages were not blank; private parts show as placeholders.
    details = kept["2-order-details.html"]
    assert mask(site.scenario.buyer.street) in details
    assert mask(site.scenario.buyer.email) in details
    assert 'class="order-detail-item-content"' in details
    assert "Order ID:" in details
    assert words in "".join(kept.values())
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}
    assert "1-my-orders.html" in kept["README.txt"]
    assert "Every page was recognised" in kept["README.txt"]


def test_messages_of_both_sides_leave_only_their_length(
    mimic: Mimic, tool: Tool, tmp_path: Path
) -> None:
    """GIVEN a chat with a name, a number and an address WHEN captured THEN only its shape is kept."""
    site = mimic("seller-responded", **CALM)
    for order in site.state.orders:
        for line in order.lines:
            if line.dispute:
                line.dispute.spec.messages[0].__dict__["text"] = NOTE
    folder = tmp_path / "report"

    ran = tool.run("capture", disputed_order(site), str(folder), "--json", site=site)

    page = files_of(folder)["3-dispute-1.html"]
    assert ran.code == 0, ran.out
    assert mask(NOTE) in page
    assert not [word for word in NOTE.replace(",", "").split() if f"{word} " in page]


def test_a_folder_that_holds_something_is_refused_before_anything_is_opened(
    mimic: Mimic, tool: Tool, tmp_path: Path
) -> None:
    """GIVEN a folder with a file WHEN named THEN exit 2, the file unchanged, no request."""
    site = mimic("quick")
    (tmp_path / "mine.txt").write_text("mine", "utf-8")

    ran = tool.run("capture", disputed_order(site), str(tmp_path), "--json", site=site)

    assert (ran.code, ran.error) == (2, "folder_not_empty")
    assert files_of(tmp_path) == {"mine.txt": "mine"}
    assert site.ledger.entries == ()


@pytest.mark.further
def test_a_page_that_is_not_recognised_is_kept_and_named_as_evidence(
    mimic: Mimic, tool: Tool, tmp_path: Path
) -> None:
    """GIVEN a dispute page without landmarks WHEN captured THEN exit 5, and that page is kept."""
    fault = {"at": "dispute", "kind": "status", "status": 500, "times": -1}
    site = mimic("quick", fault=[fault])
    folder = tmp_path / "report"

    ran = tool.run(
        "capture", disputed_order(site), str(folder), "--timeout", "3", "--json", site=site
    )

    assert (ran.code, ran.error) == (5, "page_not_recognised"), ran.out
    assert ran.json["error"]["evidence"] == str(folder)
    kept = files_of(folder)
    assert "reminder--statusStr" not in kept["3-dispute-1.html"]
    assert "page_not_recognised" in kept["README.txt"]
    assert [s for s in personal_data(site) if any(s in text for text in kept.values())] == []


@pytest.mark.further
def test_order_details_are_kept_also_where_the_list_lacks_the_order(
    mimic: Mimic, tool: Tool, tmp_path: Path
) -> None:
    """GIVEN an unknown order number WHEN captured THEN exit 5, and the list page is kept."""
    folder = tmp_path / "report"
    number = "8111111111111113"

    ran = tool.run("capture", number, str(folder), "--timeout", "3", "--json", site=mimic("quick"))

    assert (ran.code, ran.error) == (5, "order_not_found"), ran.out
    assert [page["file"] for page in ran.json["pages"]][:1] == ["1-my-orders.html"]
    assert not [name for name, text in files_of(folder).items() if number in text]


def test_sign_in_needs_a_human_and_keeps_nothing(mimic: Mimic, tool: Tool, tmp_path: Path) -> None:
    """GIVEN a site that asks for a sign-in WHEN captured THEN exit 4 and no folder."""
    site = mimic("signed-out")
    folder = tmp_path / "report"

    ran = tool.run("capture", disputed_order(site), str(folder), "--json", site=site)

    assert (ran.code, ran.error, ran.json["folder"]) == (4, "signed_out", None)
    assert not folder.exists()


@pytest.mark.further
def test_what_was_captured_is_a_scenario_that_the_tool_reads_like_the_site(
    mimic: Mimic, tool: Tool, tmp_path: Path
) -> None:
    """GIVEN a captured folder WHEN the mimic serves it THEN a dry run plans the same, without the data."""
    site = mimic("seller-responded", **CALM)
    order, folder = disputed_order(site), tmp_path / "report"
    real = tool.dry_run(order, site).json
    ran = tool.run("capture", order, str(folder), "--json", site=site)
    made_up = ran.json["captured_order"]

    again = mimic(folder)
    dry = tool.dry_run(made_up, again)

    assert dry.code == 0, dry.out
    assert made_up == disputed_order(again) != order
    same = ("amount", "status_words", "protection_deadline", "verdict", "offers", "refile_by")
    plan = dry.json["plan"]
    assert {key: plan[key] for key in same} == {key: real["plan"][key] for key in same}
    assert plan["order_id"] == made_up
    # Its pages make the calls that they made, with keys and no values, and nothing writes.
    asked = {entry.api for entry in again.ledger.entries if entry.kind == "read"}
    assert asked == {entry.api for entry in site.ledger.entries if entry.kind == "read"}
    assert again.ledger.writes() == ()
