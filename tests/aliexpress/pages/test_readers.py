from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from automation.aliexpress.pages import Snapshot, read_cards, read_dispute, read_order
from automation.aliexpress.pages.dialog import read_dialogs
from automation.aliexpress.site import SiteMap

SITE = SiteMap.load()
EN = SITE.pack("en")
ORDER = "8190000000000001"
DISPUTE = f"https://www.aliexpress.com/p/reverse-pages/x.html?reverseOrderLineId=77&tradeOrderLineId={ORDER}"


def page(html: str, address: str = "https://www.aliexpress.com/p/order/index.html") -> Snapshot:
    """A snapshot of made-up markup."""
    return Snapshot(address, html, "en")


@pytest.mark.parametrize("label", ["Order ID:", "Ref. Number:", "주문번호:", "Nº de pedido:"])
def test_a_card_is_known_by_its_digits_whatever_the_label(label: str) -> None:
    """GIVEN any label before the number THEN the number is read."""
    html = f"""
      <div class="order-item">
        <div class="order-item-header-status"><span class="order-item-header-status-text">Awaiting delivery</span></div>
        <div class="order-item-header-right"><div class="order-item-header-right-info" data-pl="order_item_header_info">
          <div>Sep 13, 2026</div><div>{label} {ORDER}<span>Copy</span></div></div></div>
      </div>"""

    (card,) = read_cards(page(html), SITE.hooks)

    assert (card.order_id, card.status) == (ORDER, "Awaiting delivery")


def test_a_card_with_two_numbers_names_no_order() -> None:
    """GIVEN a link to another order inside a card THEN the number is unknown, not guessed."""
    html = f"""<div class="order-item"><div class="order-item-header-right-info"><div>{ORDER}</div></div>
      <a data-pl="order_item_header_detail" href="/p/order/detail.html?orderId=8190000000000002">Details</a></div>"""

    (card,) = read_cards(page(html), SITE.hooks)

    assert card.order_id == ""


def test_the_phone_card_is_itself_the_link() -> None:
    """GIVEN the mobile layout THEN the card's own address has the order (site facts, section 2)."""
    html = (
        f'<a class="order-item order-item-mobile" href="/p/order/detail.html?orderId={ORDER}">x</a>'
    )

    (card,) = read_cards(page(html), SITE.hooks)

    assert (card.order_id, card.link) == (ORDER, f"/p/order/detail.html?orderId={ORDER}")


def order_html(more: str) -> str:
    """Order Details with one line and something more."""
    return f"""
      <div class="order-status-content"><div class="order-block-title">Awaiting delivery</div></div>
      <div class="order-detail-order-info"><div class="info-row">Ref. Number: {ORDER} Copy</div>
        <div class="info-row">Order placed on: Sep 13, 2026</div></div>
      <div class="order-detail-item-content"><div class="item-title"><a href="/item/1.html">Mug</a></div></div>
      {more}"""


@pytest.mark.parametrize(
    ("more", "kinds"),
    [
        ("<div>Dispute in Progress</div>", ["box"]),
        ("<div><b>dispute  in progress</b><p>Waiting for the seller</p></div>", ["box"]),
        ('<a href="/p/reverse-pages/d.html?reverseOrderLineId=7">anything</a>', ["link"]),
        (
            '<a href="https://trade.aliexpress.com/issue/fastissue/Detail.htm?issueId=7">View</a>',
            ["link"],
        ),
        ("<button class='comet-btn'>Returns/refunds</button>", ["button"]),
        ("<div>… you can open a dispute within 90 days after order was placed.</div>", []),
        ("<div>No dispute in progress here</div>", []),
        ("<footer>Dispute in Progress</footer>", []),
        # Older and sister layouts (site facts, section 9).
        ("<div>Progress Dispute</div>", ["box"]),
        ("<div>Return/refund in progress</div>", ["box"]),
        ("<button class='comet-btn'>View Refund Application</button>", ["button"]),
    ],
)
def test_ways_to_a_dispute(more: str, kinds: list[str]) -> None:
    """GIVEN possible links to a dispute THEN whole labels and addresses count, parts do not."""
    order = read_order(page(order_html(more)), SITE.hooks, EN)

    assert [entry.kind for entry in order.entries] == kinds
    assert order.order_ids == (ORDER,)


def test_box_and_link_to_one_dispute_count_once() -> None:
    """GIVEN two links to the same dispute THEN it is one."""
    link = '<a href="/p/reverse-pages/d.html?reverseOrderLineId=7&spm={}">x</a>'

    order = read_order(page(order_html(link.format(1) + link.format(2))), SITE.hooks, EN)

    assert len(order.entries) == 1


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

    assert read_dispute(page(html, DISPUTE), SITE.hooks, EN).status == status


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

    assert len(read_dispute(page(html, DISPUTE), SITE.hooks, EN).cancel_labels) == labels


def test_ids_of_another_dispute_on_the_page_are_kept_apart() -> None:
    """GIVEN a link to another dispute THEN its ids are foreign, and this page's own are not."""
    html = '<a href="/p/reverse-pages/d.html?reverseOrderLineId=88">other</a>'

    read = read_dispute(page(html, DISPUTE), SITE.hooks, EN)

    assert (read.ids.reverse_line_id, read.foreign_ids) == ("77", ("88",))


@pytest.mark.parametrize(
    ("title", "text", "buttons", "safe"),
    [
        ("Cancel request", "Are you sure?", ("Confirm", "Cancel"), True),
        ("Tips", "Do you want to cancel this dispute?", ("Yes", "No"), True),
        ("Cancel request", "Are you sure?", ("Cancel Request", "Keep it"), True),
        ("Cancel request", "Are you sure?", ("Confirm", "OK"), False),
        ("Cancel request", "Are you sure?", ("Go on",), False),
        ("Confirm receipt", "Cancel the request and confirm receipt?", ("Confirm",), False),
        ("Cancel request", "You accept a refund of US $0.00", ("Confirm",), False),
        ("Cancel the order", "Cancel this order and the request?", ("Confirm",), False),
        ("Log out", "Do you want to log out?", ("Confirm",), False),
    ],
)
def test_only_a_dialog_about_this_cancel_is_safe(
    title: str, text: str, buttons: tuple[str, ...], safe: bool
) -> None:
    """GIVEN a dialog THEN its words and its only confirm button decide."""
    controls = "".join(f"<button class='comet-v2-btn'>{label}</button>" for label in buttons)
    html = f"""<div class="comet-v2-modal"><div class="comet-v2-modal-content">
      <div class="comet-v2-confirm-title">{title}</div>
      <div class="comet-v2-confirm-content">{text}</div>
      <div class="comet-v2-modal-footer">{controls}</div></div></div>"""

    (dialog,) = read_dialogs(page(html, DISPUTE), SITE.hooks, EN)

    assert dialog.is_safe is safe


@given(st.text(max_size=300))
def test_no_markup_crashes_a_reader(html: str) -> None:
    """GIVEN any markup THEN the readers answer, and noise has no dispute to cancel."""
    snapshot = page(html, DISPUTE)

    read_cards(snapshot, SITE.hooks)
    read_order(snapshot, SITE.hooks, EN)
    read_dialogs(snapshot, SITE.hooks, EN)
    assert read_dispute(snapshot, SITE.hooks, EN).cancel_labels == ()


@pytest.mark.parametrize(
    ("words", "frozen"),
    [
        ("This order is frozen because the seller's account was suspended.", True),
        ("Awaiting delivery", False),
    ],
)
def test_an_order_that_the_site_froze(words: str, frozen: bool) -> None:
    """GIVEN the order's own status or reminder THEN whether the site froze it."""
    html = f'<div class="order-status-info">{words}</div>{order_html("<p>Frozen peas</p>")}'

    assert read_order(page(html), SITE.hooks, EN).frozen is frozen
