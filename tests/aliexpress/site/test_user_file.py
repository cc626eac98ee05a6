"""A user's file lies over everything that is known of the site, and every slip in it is named."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from automation.aliexpress.site import LabelKind, SiteMap
from automation.aliexpress.site.traffic import site_traffic, traffic_of
from automation.engine.guard import SiteOrigins
from automation.engine.guard.requests.classify import RequestFacts, classify
from automation.errors import ExitCode, ToolError

if TYPE_CHECKING:
    from pathlib import Path

SITE = "http://127.0.0.1:8123"
NEW = "mtop.aliexpress.buyer.reverse.renderEverything"
FULL = f"""
lang = "en"
[labels]
cancel_request = ["Take my claim back"]

[words.de.labels]
cancel_request = ["Antrag zurücknehmen"]

[hooks]
dispute_status = [".case-state"]

[traffic]
reads = ["{NEW}"]
pages = ["/p/case/*"]
"""


def load(folder: Path, text: str) -> SiteMap:
    """The map with a file of this text."""
    path = folder / "site.toml"
    path.write_text(text, "utf-8")
    return SiteMap.load(path)


def test_words_hooks_and_traffic_lie_over_the_shipped_ones(tmp_path: Path) -> None:
    """GIVEN a file with all parts THEN each counts, and what shipped counts still."""
    site, shipped = load(tmp_path, FULL), SiteMap.load()

    for lang, mine in (("en", "Take my claim back"), ("de", "Antrag zurücknehmen")):
        labels = site.pack(lang).labels[LabelKind.CANCEL_REQUEST]
        assert labels == (*shipped.pack(lang).labels[LabelKind.CANCEL_REQUEST], mine)
        assert site.pack(lang).may_act_on(mine)
    hooks = site.hooks.dispute_status
    assert hooks == (".case-state", *shipped.hooks.dispute_status)
    assert site.hooks.card == shipped.hooks.card
    origins = SiteOrigins.only(SITE)
    call = RequestFacts(f"{SITE}/h5/{NEW}/1.0/", "POST", "xhr")
    page = RequestFacts(f"{SITE}/p/case/7", resource_type="document")
    for request in (call, page):
        assert not classify(request, origins, site_traffic()).allow
        assert classify(request, origins, traffic_of(site.traffic)).allow


def test_a_call_allowed_for_one_run_is_no_known_read(tmp_path: Path) -> None:
    """GIVEN --allow-read THEN the call passes as long as it can only read."""
    table = traffic_of(load(tmp_path, 'hooks = {}\nlang = "en"\n').traffic, ("mtop.x.pageQuery",))
    origins = SiteOrigins.only(SITE)
    address = f"{SITE}/h5/mtop.x.pageQuery/1.0/?data="

    assert classify(RequestFacts(address + "1", resource_type="xhr"), origins, table).allow
    with_id = RequestFacts(address + "8194370215560042", resource_type="xhr")
    assert not classify(with_id, origins, table).allow


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('lang = "en"\n[hooks]\ndispute_state = [".x"]\n', "unknown name, dispute_state; did you mean dispute_status?"),
        ('[hooks]\ncard = [".ok", "div["]\n', "line 2: hooks.card has 'div[', which is no CSS selector"),
        ('[hooks]\ncaptcha = [".ok", "p:has(b"]\n', "line 2: hooks.captcha has 'p:has(b', which is not closed"),
        ('[hooks]\nmodal = ["[class=box"]\n', "line 2: hooks.modal has '[class=box', which is not closed"),
        ('[hooks]\nmodal = ["[class=\'box"]\n', "which is not closed"),
        ('[hooks]\ncard = ".card"\n', "line 2: hooks.card is not a list of texts"),
        ("hooks = 1\n", "line 1: hooks is not a table"),
        ('[traffic]\nread = ["x"]\n', "line 2: [traffic] has an unknown name, read; did you mean reads?"),
        ('[traffic]\nnever = ["pay"]\n', "[traffic] has an unknown name, never"),
        ('[traffic]\nreads = [" "]\n', "traffic.reads has '', which is empty"),
        ('[traffic]\nallowed_reads = ["mtop.x.getAndSettle"]\n', "line 2: traffic.allowed_reads has 'mtop.x.getAndSettle', which lets nothing through"),
        ("[words.de]\nlabel = {}\n", "line 2: label: unknown field; did you mean labels?"),
        ('[words.de.dispute_status]\nwating_seller = ["x"]\n', "wating_seller is not a status; did you mean waiting_seller?"),
        ('[words.de.dispute_status]\nclosed = ["Zu", "\u200b…"]\n', "line 2: dispute_status.closed has '…', which is empty"),
        ('[words.de.dispute_status]\nclosed = ["Zu."]\nappeal = ["zu"]\n', "line 3: dispute_status.appeal has 'zu', as dispute_status.closed has"),
        ('[words.de.order_status]\nshiped = ["x"]\n', "line 2: order_status.shiped is not a status"),
        ('[words.de.order_status]\ndelivred = ["x"]\n', "order_status.delivred is not a status; did you mean delivered?"),
        ('lang = "en"\n[labels]\ncancel_request = ["»"]\n', "line 3: labels.cancel_request has '»', which is empty"),
        ('lang = "en"\n[labels]\nconfirm = ["\u200b"]\n', "line 3: labels.confirm has '\\u200b', which is empty"),
        ('lang = "en"\n[labels]\nconfirm = ["Accept"]\n', "line 3: labels.confirm has 'Accept', which is"),
        # A name that stands elsewhere too: the line is that of the wrong one.
        ('[words.de.labels]\nconfirm = ["Ja"]\n[words.fr.labels]\nconfirm = ["Accept"]\n', "line 4: labels.confirm has 'Accept'"),
        ('words.de.labels.confirm = ["Ja"]\nwords.fr.labels.confirm = ["Accept"]\n', "line 2: labels.confirm has 'Accept'"),
        ('# reads = 1\n[hooks]\ncard = [\n  "a[reads=b]",\n]\n[traffic]\nreads = 1\n', "line 7: traffic.reads is not a list"),
        ('[traffic]\nreads = ["mtop.x.query"]\n[hooks]\nreads = [".x"]\n', "line 4: [hooks] has an unknown name, reads"),
        ('lang = "en"\n[labels]\nconfirm = ["OK"]\n[words.de]\n"labels" = {confirm = 3}\n', "line 5: labels.confirm: "),
        ("", "it is empty"),
        ("lang = \n", "Invalid value"),
    ],
)  # fmt: skip
def test_a_slip_is_one_line_with_its_place(tmp_path: Path, text: str, told: str) -> None:
    """GIVEN something wrong THEN exit 2, where it stands, and the nearest right name."""
    with pytest.raises(ToolError) as caught:
        load(tmp_path, text)

    assert told in caught.value.message
    assert caught.value.message.startswith(f"invalid site data {tmp_path / 'site.toml'}")
    assert caught.value.exit_code is ExitCode.USAGE
    assert "\n" not in caught.value.message
    assert caught.value.hint
