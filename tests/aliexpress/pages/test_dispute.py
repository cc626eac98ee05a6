"""The dispute page: its status, the control that cancels, and whose ids it shows."""

from __future__ import annotations

import pytest

from automation.aliexpress.pages import Snapshot, read_dispute
from automation.aliexpress.site import SiteMap

SITE = SiteMap.load()
EN = SITE.pack("en")
DISPUTE = "https://www.aliexpress.com/p/reverse-pages/x.html?reverseOrderLineId=77&tradeOrderLineId=8190000000000001"


def page(html: str) -> Snapshot:
    """A dispute's page in made-up markup."""
    return Snapshot(DISPUTE, html, "en")


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("Waiting for your response", "seller_responded"),
        ("Waiting for AliExpress's feedback", "mediating"),
        ("We're reviewing your request.", "mediating"),
        ("Waiting for the seller's response", "waiting_seller"),
        ("Refund complete", "refund_complete"),
        ("Final decision issued", "final_decision"),
        ("Proposal accepted", "accepted_proposal"),
        ("Under inspection at the border", "unknown"),
        ("Not waiting for your response", "unknown"),
    ],
)
def test_a_status_counts_only_as_a_whole(words: str, status: str) -> None:
    """GIVEN a status line THEN known words have a meaning, all others are unknown."""
    html = f'<div class="reminder--statusStr--9zZ">{words}</div>'

    assert read_dispute(page(html), SITE.hooks, EN).status == status


@pytest.mark.parametrize(
    ("control", "labels"),
    [
        ("<button>Cancel Request</button>", 1),
        ("<a role='button'><span>cancel</span> <span>request</span></a>", 1),
        ("<button>Cancel dispute</button>", 1),
        ("<button>Do not cancel request</button>", 0),
        ("<button>Cancel</button>", 0),
        ("<button>Cancel order</button>", 0),
        ("<button disabled>Cancel Request</button>", 0),
        ("<button class='comet-v2-btn-disabled'>Cancel Request</button>", 0),
        ("<p>Cancel Request</p>", 0),
        ("<div class='comet-v2-modal'><button>Cancel Request</button></div>", 0),
        ("<button>Cancel Request</button><a href='#'>Cancel Request</a>", 2),
        ("<button>Accept</button>", 0),
        ("<button>Cancel Dispute</button>", 1),
        ("<button>Modify Dispute</button><button>File a claim</button>", 0),
    ],
)
def test_cancel_controls(control: str, labels: int) -> None:
    """GIVEN possible cancel controls THEN only enabled ones with the whole label count."""
    html = f'<div class="reminder--statusStr--1">Waiting for your response</div>{control}'

    assert len(read_dispute(page(html), SITE.hooks, EN).cancel_labels) == labels


def test_ids_of_another_dispute_on_the_page_are_kept_apart() -> None:
    """GIVEN a link to another dispute THEN its ids are foreign, and this page's own are not."""
    html = '<a href="/p/reverse-pages/d.html?reverseOrderLineId=88">other</a>'

    read = read_dispute(page(html), SITE.hooks, EN)

    assert (read.ids.reverse_line_id, read.foreign_ids) == ("77", ("88",))
