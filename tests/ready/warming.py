"""What every run reads and looks at, once: words, rules, and pages in English.

Lists of words become patterns when the first text is searched for them, and models build what
validates them when the first value comes. A run is a copy of a process that has done so.
"""

from __future__ import annotations

import os
from contextlib import redirect_stdout
from pathlib import Path
from typing import Final

from pydantic import BaseModel

from automation.aliexpress.pages import Snapshot, read_cards, read_dispute, read_order
from automation.aliexpress.pages.dialog import appeared, read_dialogs, standing
from automation.aliexpress.pages.dispute_list import read_listed
from automation.aliexpress.pages.text.dates import dates_in
from automation.aliexpress.site import SiteMap
from automation.aliexpress.site.traffic import site_traffic
from automation.cli.main import run
from fixtures import load_scenario
from fixtures.pages.wording import page_words
from rules.messages import read_message

_ADVICE: Final = ["advise", "--because", "seller-promised", "--seller-says", "I will refund you"]
_CANCEL: Final = "Cancel Request"
_PAGE: Final = """
<div class="order-item"><div class="order-item-header-right-info">Order ID: 8190000000004321</div></div>
<div class="order-block-title">Awaiting delivery</div>
<div class="order-detail-order-info"><div>Buyer protection ends on Dec 15, 2026 18:39 PST</div></div>
<div class="order-detail-item-content">Mug <a href="/p/reverse-pages/x.html?reverseOrderLineId=7">
Dispute in Progress</a></div><div class="reminder--statusStr--x">Waiting for your response</div>
<dl><dt>Seller</dt><dd>Hello dear friend, the parcel is on its way. Please wait.</dd><dt>You</dt>
<dd>I have not received it.</dd></dl><p>You asked for US $21.40. 2 of 4 edits used.</p>
<button>Cancel Request</button><button>Accept</button>"""
_DIALOG: Final = """
<div class="comet-v2-modal"><h3>Cancel Request</h3><p>Are you sure you want to cancel this request?
Your buyer protection may end. You cannot open it again.</p><button>Not now</button>
<button>Confirm</button></div><div role="alert">You have one chance left.</div>"""
_AT: Final = "https://www.aliexpress.com/p/reverse-pages/x.html?reverseOrderLineId=7"


def build_models() -> None:
    """Build every model that has been imported."""
    waiting = list(BaseModel.__subclasses__())
    while waiting:
        model = waiting.pop()
        model.model_rebuild()
        waiting += model.__subclasses__()


def read_data() -> None:
    """Read the words, dates, rules, the traffic table and the version."""
    dates_in("Dec 24, 2026 23:59 PST", SiteMap.load().pack("en"))
    site_traffic()
    with Path(os.devnull).open("w") as nowhere, redirect_stdout(nowhere):
        run([*_ADVICE, "--json"])
        run(_ADVICE)


def read_pages() -> None:
    """Read a page and a dialog with every reader, and all that a mimic in English may say."""
    site = SiteMap.load()
    hooks, words = site.hooks, site.pack("en")
    before, after = Snapshot(_AT, _PAGE, "en"), Snapshot(_AT, _PAGE + _DIALOG, "en")
    read_cards(before, hooks, words)
    read_listed(before, hooks, words)
    read_order(before, hooks, words)
    read_dispute(before, hooks, words)
    read_dialogs(after, hooks, words)
    appeared(before, after, hooks, words)
    standing(after, _CANCEL, hooks, words)
    read_message("\n".join(map(str, page_words(load_scenario("quick")).values())))
