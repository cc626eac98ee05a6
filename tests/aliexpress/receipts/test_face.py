from __future__ import annotations

import base64
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from selectolax.lexbor import LexborHTMLParser

from automation.aliexpress.receipts.face import DisputeReceipt
from automation.engine.receipts import StepPicture
from automation.text import when_short
from tests.aliexpress.receipts.conftest import write_shown

if TYPE_CHECKING:
    from pathlib import Path

MakeReceipt = Callable[..., DisputeReceipt]

HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(1)>{{ 7*7 }}"
    "\x1b[2J\x1b]0;own\x07\u202eevil\u202c\u200b\x9b31m\"'><b>&amp;"
)


def page(folder: Path, receipt: DisputeReceipt, pictures: list[StepPicture]) -> LexborHTMLParser:
    """The written page, parsed."""
    written = write_shown(folder, receipt, pictures)
    return LexborHTMLParser((written / "receipt.html").read_text("utf-8"))


def words(tree: LexborHTMLParser, selector: str) -> list[str]:
    """The text of each element that matches, white space folded."""
    return [" ".join(node.text().split()) for node in tree.css(selector)]


def test_a_full_receipt_has_these_parts_in_this_order(
    folder: Path, make_receipt: MakeReceipt, pictures: list[StepPicture]
) -> None:
    """Outcome, moment, what it was about, evidence, advice, steps, guard, pictures."""
    tree = page(folder, make_receipt(), pictures)
    assert words(tree, "h1, h2") == [
        "Done: the dispute is cancelled",
        "Latest time to file again",
        "The dispute",
        "What the site showed afterwards",
        "Advice and consent",
        "Pictures",
        "Steps (1)",
        "What the guard let through and refused",
    ]
    labels = dict(zip(words(tree, "dt"), words(tree, "dd"), strict=True))
    assert labels == {
        "Item": "USB-C hub with HDMI",
        "Amount": "US $23.40",
        "Order": "8201234567891234",
        "Dispute": "9300000000771",
        "Order line": "8201234567901234",
        "Status before": "Waiting for the seller's response",
        "Answer to the request": "HTTP 200, SUCCESS",
        "Freshly loaded pages": "Dispute page: closed",
        "": "Order Details: no dispute",
        "Verdict": "warn",
        "Risks accepted by name": "window-closing-soon",
        "Consent": "typed at the terminal",
        "Plan": "3f9a0c",
    }
    assert words(tree, ".steps li > *") == ["Opened My Orders https://site.example/p", "1.31 s"]
    assert words(tree, "#guard ~ h3") == [
        "Changes let through (0)",
        "Reads and pages let through (1)",
        "Requests refused (3)",
    ]
    assert words(tree, "#guard ~ ul .tag") == ["2 times"]
    assert words(tree, ".findings .tag") == ["warn", "F6", "F7"]


def test_titles_tell_orders_of_one_buyer_apart(folder: Path, make_receipt: MakeReceipt) -> None:
    """Two orders that end alike have titles and folders of their own."""
    receipts = [make_receipt(order_id=each) for each in ("8201234567891234", "8201234567901234")]
    titles = [words(page(folder, receipt, []), "title") for receipt in receipts]
    assert titles == [
        ["Receipt 7: order \N{HORIZONTAL ELLIPSIS} 6789 1234, done"],
        ["Receipt 7: order \N{HORIZONTAL ELLIPSIS} 6790 1234, done"],
    ]
    assert len({path.name for path in folder.iterdir()}) == 2


def test_accepted_warnings_are_kept_as_they_were_said(
    folder: Path, make_receipt: MakeReceipt
) -> None:
    """Every warning that the buyer accepted is listed beside the consent."""
    said = ["Your buyer protection may end.", "<b>You have one chance.</b>"]
    tree = page(folder, make_receipt(accepted_warnings=said), [])
    assert [text for text in words(tree, "dd") if text in said] == said


def test_an_accepted_warning_stands_beside_the_time_to_file_again(
    folder: Path, make_receipt: MakeReceipt
) -> None:
    """GIVEN a site that warned WHEN the date is large THEN what the warning may mean stands with it."""
    warned = page(folder, make_receipt(accepted_warnings=["You have only one chance."]), [])
    plain = page(folder, make_receipt(attempt=8), [])
    kind = make_receipt(attempt=9, accepted_warnings=["Thank you."], warned_of_loss=False)
    assert "treat this cancel as final" in words(warned, "body")[0]
    assert "well before. The site warned you" in words(warned, "body")[0]
    assert "treat this cancel as final" not in words(plain, "body")[0]
    assert "treat this cancel as final" not in words(page(folder, kind, []), "body")[0]


OUTCOMES = {
    "done": ("Done: the dispute is cancelled", "the seller is no longer under pressure", True),
    "not_done": ("Not done: the dispute was not cancelled", "The dispute stays as it was", False),
    "unknown": ("Unknown: the request may have reached the site", "Do not try again.", True),
}


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_each_outcome_is_worded_honestly(
    folder: Path, make_receipt: MakeReceipt, outcome: str
) -> None:
    """It says what is known and what to do; only an unknown one names the verify command."""
    headline, advice, has_moment = OUTCOMES[outcome]
    tree = page(folder, make_receipt(outcome=outcome), [])
    assert words(tree, "h1") == [headline]
    assert advice in words(tree, "header")[0]
    command = ["dispute-guard verify 8201234567891234"] if outcome == "unknown" else []
    assert words(tree, "header code") == command
    assert bool(tree.css("#again")) == has_moment
    others = {text for name, texts in OUTCOMES.items() if name != outcome for text in texts[:2]}
    assert not any(text in words(tree, "body")[0] for text in others)


def test_what_is_unknown_from_before_is_not_this_runs_request(
    folder: Path, make_receipt: MakeReceipt
) -> None:
    """GIVEN an unsettled attempt WHEN a later run sends nothing THEN its receipt says whose it was."""
    tree = page(folder, make_receipt(outcome="unknown", sent="nothing was sent"), [])
    assert words(tree, "h1") == ["Unknown: an earlier request may have reached the site"]
    assert words(tree, "header code") == ["dispute-guard verify 8201234567891234"]


def test_the_moment_is_in_three_zones_and_no_promise(
    folder: Path, make_receipt: MakeReceipt
) -> None:
    """Local, UTC and Pacific time are there, and that it is the latest time, not a promise."""
    receipt = make_receipt()
    text = words(page(folder, receipt, []), "section")[0]
    assert receipt.refile_by is not None
    assert f"{when_short(receipt.refile_by)} (your time)" in text
    assert "Tue 23 Jun 2026, 12:00 UTC" in text
    assert "Tue 23 Jun 2026, 05:00 PDT" in text
    assert "the latest time, not a promise" in text
    assert "Calendar file" in text


def test_an_unknown_moment_is_said_to_be_unknown(folder: Path, make_receipt: MakeReceipt) -> None:
    """No date is invented, no calendar file is linked or written."""
    tree = page(folder, make_receipt(refile_by=None), [])
    assert "Unknown: no page showed" in words(tree, "section")[0]
    assert not tree.css("time")
    assert not tree.css('a[href$=".ics"]')
    assert not list(folder.rglob("*.ics"))


def test_hostile_text_stays_text(
    folder: Path, make_receipt: MakeReceipt, pictures: list[StepPicture]
) -> None:
    """In every field: no element, no template, no control and no override gets through."""
    receipt = make_receipt(
        item=HOSTILE,
        amount=HOSTILE,
        order_id=HOSTILE,
        dispute_id=HOSTILE,
        line_id=HOSTILE,
        status_before=HOSTILE,
        reason=HOSTILE,
        consent=HOSTILE,
        plan_digest=HOSTILE,
        accepted_risks=[HOSTILE],
        verified_by=[HOSTILE],
        answer={"status": 200, "ret": HOSTILE},
        findings=[{"rule": HOSTILE, "severity": HOSTILE, "meaning": HOSTILE, "instead": HOSTILE}],
        guard={"summary": HOSTILE, "refused": [{"method": HOSTILE, "target": HOSTILE}]},
        steps=[{"name": HOSTILE, "page": HOSTILE, "seconds": 1}],
    )
    shown = [StepPicture(HOSTILE, picture.image) for picture in pictures]
    tree = page(folder, receipt, shown)
    assert not tree.css("script, b, [onerror], [onclick], iframe, object, embed, base")
    assert len(tree.css("img[src^='data:image/png;base64,']")) == len(tree.css("img")) == 2
    assert words(tree, "dd bdi")[0] == (
        "<script>alert(1)</script><img src=x onerror=alert(1)>{{ 7*7 }}evil\"'><b>&amp;"
    )
    for path in folder.rglob("receipt.*"):
        text = path.read_text("utf-8")
        assert not set("\x1b\x07\x9b\u202e\u202c\u200b") & set(text)
        assert "\\u001b" not in text


def test_the_page_needs_no_other_file(
    folder: Path, make_receipt: MakeReceipt, pictures: list[StepPicture]
) -> None:
    """Pictures and calendar are in it, it forbids to load anything, and links only to the order."""
    order = "https://www.aliexpress.com/p/order/detail.html?orderId=8201234567891234"
    tree = page(folder, make_receipt(order_address=order), pictures)
    policy = tree.css('meta[http-equiv="Content-Security-Policy"]')[0].attributes["content"]
    assert policy is not None
    assert policy.startswith("default-src 'none'; img-src data:;")
    links = {
        (value or "").partition(";")[0]
        for node in tree.css("[href], [src]")
        for name, value in node.attributes.items()
        if name in {"href", "src"}
    }
    assert links == {
        "data:image/png", "data:text/calendar", "#picture-1", "#picture-2", order,
    }  # fmt: skip
    calendar = tree.css("a[download]")[0].attributes
    assert calendar["download"] == "refile-by.ics"
    embedded = base64.b64decode((calendar["href"] or "").partition(",")[2])
    (written,) = folder.iterdir()
    assert embedded == (written / "refile-by.ics").read_bytes()
    assert not tree.css("link, script")
    style = tree.css("style")[0].text()
    assert "url(" not in style
    for query in ("prefers-color-scheme: dark", "@media print", "max-width: 560px"):
        assert query in style


def test_a_bare_receipt_shows_no_empty_parts(folder: Path, make_receipt: MakeReceipt) -> None:
    """A run that stopped early has neither steps, nor advice, nor pictures to show."""
    receipt = DisputeReceipt(
        attempt=1,
        created=make_receipt().created,
        order_id="8201234567891234",
        outcome="not_done",
        reason="declined",
    )
    tree = page(folder, receipt, [])
    assert words(tree, "h2") == ["The dispute", "What the guard let through and refused"]
    assert words(tree, "dt") == ["Order"]
