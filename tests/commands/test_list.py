from __future__ import annotations

import os
import pty
import re
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from rich.cells import cell_len

from automation.aliexpress.pages import Snapshot
from automation.aliexpress.pages.dispute_list import read_listed
from automation.aliexpress.site import DisputeIds, SiteMap
from tests.conftest import CALM, disputed_order
from tests.fixtures.client import Client
from tests.ready.processes import HANGS_SECONDS, start
from tests.terminal import at_terminal

if TYPE_CHECKING:
    from fixtures import MimicSite
    from fixtures.pytest_plugin import Mimic
    from tests.conftest import Tool

ESCAPE = "\x1b"
# Looks of letters, and a line that is erased: nothing that outlives the run.
SHOWS = {"\x1b[0m", "\x1b[1m", "\x1b[2m", "\x1b[2K", "\x1b[30;42m", "\x1b[30;43m", "\x1b[30;101m"}
HOSTILE = f"[red]Lamp[/red] {ESCAPE}[2K{ESCAPE}]0;owned\x07 \u202e00.0 $SU\u202c \u200bend"
ARABIC = "سماعات رأس لاسلكية مع عزل الضوضاء وبطارية تدوم ستين ساعة كاملة"
KOREAN = "소음 차단 기능과 60시간 배터리를 갖춘 무선 오버이어 헤드폰, 접이식 여행용 케이스 포함"


def open_disputes(site: MimicSite) -> list[tuple[str, str, str]]:
    """Order, line and dispute of every open dispute, as the site itself has them."""
    return [
        (order.id, line.id, line.open_dispute.id)
        for order in site.state.orders
        for line in order.lines
        if line.open_dispute
    ]


def named(document: dict[str, Any]) -> list[tuple[str, str, str]]:
    """The same three ids as the tool prints them."""
    return [(row["order"], row["line_id"], row["dispute_id"]) for row in document["disputes"]]


def test_every_open_dispute_is_listed_with_what_its_pages_say(mimic: Mimic, tool: Tool) -> None:
    """GIVEN three disputed orders among others THEN a row for each, and only reads."""
    site = mimic("demo", **CALM)

    ran = tool.run("list", "--json", site=site)

    assert ran.code == 0, ran.out + ran.err
    document = ran.json
    assert named(document) == open_disputes(site)
    assert document["orders_seen"] == len(site.state.orders)
    assert (document["complete"], document["notes"], document["exit_code"]) == (True, [], 0)
    first, second, third = document["disputes"]
    assert (first["status"], first["verdict"], first["edits_used"]) == (
        "waiting_seller",
        "allow",
        1,
    )
    assert (second["status"], second["verdict"]) == ("seller_responded", "block")
    assert "seller-promise" in second["findings"]
    assert (third["status"], third["verdict"]) == ("final_decision", "block")
    assert "status-final" in third["findings"]
    assert first["refile_by"].endswith("Z")
    assert first["item"] == site.state.orders[2].lines[0].title
    assert [row["problem"] for row in document["disputes"]] == [None, None, None]
    assert document["guard"]["allowed"]
    assert {entry.kind for entry in site.ledger.entries} >= {"page", "read"}
    assert site.ledger.writes() == ()


@pytest.mark.further
def test_numbers_are_those_that_item_takes(mimic: Mimic, tool: Tool) -> None:
    """GIVEN two disputes in one order WHEN the listed number is used THEN it selects that one."""
    site = mimic("several-disputes", **CALM)
    order = disputed_order(site)

    listed = tool.run("list", "--json", site=site).json["disputes"]
    words = ("--because", "filed-by-mistake", "--received", "--checked", "--item", "2")
    planned = tool.dry_run(order, site, *words).json

    assert [row["item_number"] for row in listed] == [1, 2]
    assert listed[1]["dispute_id"] == planned["plan"]["reverse_line_id"]
    assert listed[1]["line_id"] == planned["plan"]["trade_line_id"]
    assert [row["status"] for row in listed] == ["waiting_seller", "mediating"]
    assert site.ledger.writes() == ()


@pytest.mark.further
def test_a_dispute_on_page_four_is_listed(mimic: Mimic, tool: Tool) -> None:
    """GIVEN a dispute behind three pages of orders THEN all orders are read and it is found."""
    site = mimic("long-list", **CALM)

    ran = tool.run("list", "--json", site=site)

    assert named(ran.json) == open_disputes(site)
    assert ran.json["orders_seen"] == len(site.state.orders)
    assert site.ledger.writes() == ()


@pytest.mark.further
def test_a_list_that_lags_is_contradicted_aloud(mimic: Mimic, tool: Tool) -> None:
    """GIVEN a cancelled dispute that My Orders still shows THEN no row, a note, no second write."""
    site = mimic("list-lags", **CALM)
    order = disputed_order(site)
    with closing(Client(site)) as elsewhere:
        elsewhere.cancel()
    site.ledger.assert_one_write()

    ran = tool.run("list", "--json", site=site)

    assert (ran.code, ran.json["disputes"]) == (0, []), ran.out
    assert any(
        order in note and "Waiting for the seller's response" in note for note in ran.json["notes"]
    )
    assert len(site.ledger.writes()) == 1


@pytest.mark.further
def test_a_card_that_says_nothing_is_caught_by_the_dispute_list(mimic: Mimic, tool: Tool) -> None:
    """GIVEN a card without its dispute line THEN the dispute list has the order, with a note."""
    site = mimic("quick", dispute={"status_text": " "})

    ran = tool.run("list", "--json", site=site)

    assert named(ran.json) == open_disputes(site)
    assert any("shows no dispute" in note for note in ran.json["notes"])
    assert site.ledger.writes() == ()


@pytest.mark.further
def test_without_the_dispute_list_the_answer_says_that_it_may_lack_some(
    mimic: Mimic, tool: Tool
) -> None:
    """GIVEN no dispute list page THEN the rows of My Orders, and no claim to be complete."""
    gone = {"at": "dispute-list-page", "kind": "status", "status": 404, "times": -1}
    site = mimic("quick", fault=[gone])

    ran = tool.run("list", "--json", site=site)

    assert ran.code == 0, ran.out
    assert named(ran.json) == open_disputes(site)
    assert (ran.json["complete"], ran.json["sources"]) == (False, ["my_orders"])
    assert any("--every-order" in note for note in ran.json["notes"])


@pytest.mark.further
@pytest.mark.parametrize(
    "scenario",
    [
        "empty-list",
        "no-dispute",
        "closed",
    ],
)
def test_nothing_open_is_a_good_answer(mimic: Mimic, tool: Tool, scenario: str) -> None:
    """GIVEN no orders, no dispute or only a closed one THEN an empty list and exit 0."""
    site = mimic(scenario, **CALM)

    ran = tool.run("list", "--json", site=site)

    assert (ran.code, ran.json["disputes"]) == (0, []), ran.out + ran.err
    assert ran.json["orders_seen"] == len(site.state.orders)
    assert ran.json["complete"]


@pytest.mark.further
def test_an_order_that_cannot_be_read_is_a_row_and_not_the_end(mimic: Mimic, tool: Tool) -> None:
    """GIVEN Order Details that fails for one order THEN its row says so, the others are read."""
    broken = {"at": "detail-page", "kind": "status", "status": 404}
    site = mimic("demo", **CALM, fault=[broken])

    ran = tool.run("list", "--json", site=site)

    first, *others = ran.json["disputes"]
    assert (ran.code, first["order"]) == (0, open_disputes(site)[0][0]), ran.out
    assert "HTTP 404" in first["problem"]
    assert first["verdict"] is None
    assert named({"disputes": others}) == open_disputes(site)[1:]
    assert site.ledger.writes() == ()


def test_an_account_of_which_nothing_can_be_read_fails(mimic: Mimic, tool: Tool) -> None:
    """GIVEN Order Details that never loads THEN the error's exit code, and the rows anyway."""
    broken = {"at": "detail-page", "kind": "status", "status": 404, "times": -1}
    site = mimic("quick", fault=[broken])

    ran = tool.run("list", "--json", site=site)

    assert (ran.code, ran.error) == (1, "page_not_there")
    assert ran.json["disputes"][0]["problem"]


def test_signed_out_needs_a_human(mimic: Mimic, tool: Tool) -> None:
    """GIVEN a session that is over THEN exit 4 and one document."""
    site = mimic("signed-out", **CALM)

    ran = tool.run("list", "--json", site=site)

    assert (ran.code, ran.error, ran.json["disputes"]) == (4, "signed_out", [])
    assert site.ledger.writes() == ()


@pytest.mark.further
def test_a_captcha_on_the_way_keeps_what_was_read(mimic: Mimic, tool: Tool) -> None:
    """GIVEN a captcha at the second order THEN exit 4 at once, with the first order's row."""
    slider = {"at": "detail", "kind": "captcha", "skip": 1, "times": -1}
    site = mimic("demo", **CALM, fault=[slider])

    ran = tool.run("list", "--json", site=site)

    assert (ran.code, ran.error) == (4, "captcha")
    assert named(ran.json) == open_disputes(site)[:1]


@pytest.mark.further
def test_quiet_prints_one_line_of_fields_for_each(mimic: Mimic, tool: Tool) -> None:
    """GIVEN --quiet THEN tab-separated fields on stdout and nothing on stderr."""
    site = mimic("quick")
    [(order, line, dispute)] = open_disputes(site)

    ran = tool.run("list", "--quiet", site=site)

    assert ran.out == f"{order}\t1\t{line}\t{dispute}\twaiting_seller\tallow\n"
    assert ran.err == ""


@pytest.mark.parametrize(
    "width", [pytest.param(each, marks=pytest.mark.further) for each in (40, 60, 80, 120)]
)
def test_hostile_and_foreign_titles_stay_inside_the_table(
    mimic: Mimic, tool: Tool, width: int
) -> None:
    """GIVEN titles with markup, escapes and other scripts THEN a table that fits, no escapes."""
    lines = [
        {"title": title, "dispute": {"status": "waiting_seller"}}
        for title in (HOSTILE, ARABIC, KOREAN)
    ]
    site = mimic("quick", order=[{"line": lines, "protection_ends": "+20d"}])

    shown = on_screen(tool.words("list", site=site), width)

    assert "[red]Lamp" in shown
    assert shown.count(" allow ") == len(lines)
    assert ESCAPE not in shown
    assert "\u202e" not in shown
    assert "owned" not in shown
    assert site.ledger.writes() == ()


@pytest.mark.further
def test_a_long_list_is_read_in_one_walk_and_shows_how_far_it_is(mimic: Mimic, tool: Tool) -> None:
    """GIVEN nine disputes in eight orders THEN a line counts them, and each has its row.

    One is decided for good, and counted apart.
    """
    site = mimic("many-disputes", **CALM)

    seen = at_terminal(tool.words("list", site=site), wait_for="nothing is asked", answer=None)

    assert re.search(r"order [2-8] of 8, about \d+ s left", seen.screen)
    assert "\x1b[?25" not in seen.screen, "the cursor is never hidden: a kill would leave it so"
    rows = seen.out
    assert [d.id for d in site.state.disputes() if d.id not in rows] == []
    summary = " ".join(rows.split())  # a line of it may be broken anywhere
    assert "8 open disputes" in summary
    assert "1 decided for good" in summary
    assert len([entry for entry in site.ledger.entries if entry.path == "/p/order/index.html"]) == 1
    assert site.ledger.writes() == ()


def test_ctrl_c_while_a_page_loads_leaves_a_clean_terminal(mimic: Mimic, tool: Tool) -> None:
    """GIVEN a page that takes long THEN a line says which; Ctrl-C takes it away, and one error follows.

    Nothing ever hides the cursor or changes another mode, so kill -9 leaves none changed.
    """
    site = mimic("late-cards")

    seen = at_terminal(
        tool.words("list", site=site), wait_for="my orders        My Orders …", answer=None
    )

    left = re.sub(r"[^\n]*\r\x1b\[2K", "", re.sub(r"\x1b\[[0-9;]*m", "", seen.screen))
    assert seen.code == 130
    assert "My Orders …" not in left
    assert "\ndispute-guard: interrupted" in left.replace("\r", "")
    assert set(re.findall(r"\x1b\[[0-9;?]*[a-zA-Z]", seen.screen)) <= SHOWS
    assert site.ledger.writes() == ()


def on_screen(command: list[str], width: int) -> str:
    """Stdout at a terminal of this width, bold and dim marks aside; a wider line fails."""
    leader, follower = pty.openpty()
    environment = {**os.environ, "COLUMNS": str(width), "NO_COLOR": "1", "TERM": "xterm"}
    with Path(os.devnull).open("r+b") as nothing:
        process = start(
            command,
            stdin=nothing.fileno(),
            stdout=follower,
            stderr=nothing.fileno(),
            env=environment,
            shared_driver=True,
        )
        os.close(follower)
        shown = b""
        while True:
            try:
                piece = os.read(leader, 65536)
            except OSError:  # Linux raises EIO when the other side is closed
                break
            if not piece:
                break
            shown += piece
    os.close(leader)
    assert process.wait(HANGS_SECONDS) == 0
    text = re.sub(rf"{ESCAPE}\[[0-9;]*m", "", shown.decode())
    too_wide = [line for line in text.splitlines() if cell_len(line.rstrip()) > width]
    assert too_wide == []
    return text


def test_a_dispute_list_without_links_is_still_read() -> None:
    """GIVEN a card with a button THEN its number, its words without the date, no link."""
    html = (
        '<div class="x orderItem--orderItem--Ab1"><div class="orderItem--orderSKUId--Ab1">ID: '
        '1100482913300042</div><div class="orderItem--orderStatusDesc--Ab1">Waiting for your '
        "response · 2026-03-23 21:19:58</div><button>View</button></div>"
    )

    site = SiteMap.load()
    [entry] = read_listed(Snapshot("", html), site.hooks, site.pack("en"))

    assert (entry.status_words, entry.status) == ("Waiting for your response", "seller_responded")
    assert entry.is_of(DisputeIds("1100482913300042", None))
    assert not entry.is_of(DisputeIds("11100482920610042", None))
    assert (entry.href, bool(re.search(r"\d{4}-", entry.status_words))) == ("", False)
