from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.conftest import CALM, GOOD_REASON, QUESTION, disputed_order
from tests.terminal import at_terminal

if TYPE_CHECKING:
    from fixtures import MimicSite
    from fixtures.pytest_plugin import Mimic
    from tests.conftest import Tool
    from tests.shelf import Plans

REVERSE = "mtop.aliexpress.buyer.reverse"
RENDER = f"{REVERSE}.reverseOrderLineRenderForBuyer"


def writes(site: MimicSite) -> list[str]:
    """What the writes in the ledger did."""
    return [entry.effect for entry in site.ledger.writes()]


def droplet(**more: Any) -> dict[str, Any]:  # noqa: ANN401  values of a scenario file
    """A cancel that goes through the call which renders the page."""
    return {"shape": "droplet", **more}


@pytest.mark.parametrize(
    "cancel",
    [
        pytest.param(droplet(), marks=pytest.mark.further),
        pytest.param(
            droplet(envelope="base64", order={"operator": "cancel_btn", "operateType": "render"}),
            marks=pytest.mark.further,
        ),
        pytest.param(
            droplet(envelope="json", order={"buttonCode": "cancel_reverse"}, by="GET"),
            marks=pytest.mark.further,
        ),
        pytest.param(
            {"before": ["mtop.aliexpress.buyer.reverse.cancel.precheck"]}, marks=pytest.mark.further
        ),
    ],
    ids=["gzip", "base64 by its block", "json by GET", "after a precheck"],
)
def test_a_cancel_in_the_shape_of_the_site_is_sent_once(
    mimic: Mimic, tool: Tool, cancel: dict[str, Any]
) -> None:
    """GIVEN a cancel in a render call, packed, or after a precheck THEN it alone is sent.

    How each envelope is judged is in ``tests/engine/guard/requests/known_reads/test_content.py``.
    """
    site = mimic("quick", cancel=cancel)
    dispute = site.state.dispute()

    ran = tool.cancel_typed(disputed_order(site), site)

    assert (ran.code, ran.json["outcome"]) == (0, "done"), ran.out + ran.err
    assert writes(site) == [f"cancelled {dispute.id}"]


@pytest.mark.further
def test_what_was_held_back_is_shown_and_kept(planned: Plans, tool: Tool) -> None:
    """GIVEN a confirm button that accepts THEN nothing is sent; name, keys and page are shown.

    They are on the terminal, in the JSON answer and in the history, without values.
    """
    site, order, digest = planned("quick", cancel=droplet(order={"operationType": "ACCEPT"}))
    dispute = site.state.dispute()
    as_json = tool.commit(order, site, digest)
    command = tool.words("cancel", order, *GOOD_REASON, site=site)
    seen = at_terminal(command, wait_for=QUESTION, answer=order[-8:-4])
    number = str(as_json.json["attempt"])
    told = tool.run("history", number, "--json", "--state-dir", str(tool.state_dir)).json

    assert (seen.code, as_json.code, as_json.error) == (1, 1, "nothing_sent")
    assert writes(site) == []
    (held,) = [one for one in as_json.json["guard"]["held_back"] if one["name"] == RENDER]
    assert held["page"] == "/p/reverse-pages/detail.html"
    assert {"params", "operationType", "reverseOrderLineId"} <= set(held["keys"])
    assert "held back: POST" in seen.screen
    assert RENDER in seen.screen
    (failed,) = [each for each in told["events"] if each["event"] == "failed"]
    (kept,) = [text for key, text in failed["details"].items() if key.startswith("held_back")]
    assert RENDER in kept
    assert "operationType" in kept
    for text in (str(as_json.json["guard"]), kept):
        assert dispute.id not in text


@pytest.mark.further
def test_ids_of_the_pages_own_read_are_known(mimic: Mimic, tool: Tool) -> None:
    """GIVEN a read that names the reverse order and an answer that names nothing THEN it is sent.

    The cancel names the dispute by its reverse order alone, which no address has.
    """
    site = mimic(
        "quick",
        dispute_ids="request",
        cancel={
            "api": f"{REVERSE}.reverseOrderConfirmCancel",
            "fields": ["reverseOrderId", "tradeOrderId"],
        },
    )
    dispute = site.state.dispute()

    ran = tool.cancel_typed(disputed_order(site), site)

    assert (ran.code, ran.json["outcome"]) == (0, "done"), ran.out + ran.err
    assert writes(site) == [f"cancelled {dispute.id}"]


def test_a_dry_run_lets_no_known_read_write(mimic: Mimic, tool: Tool) -> None:
    """GIVEN pages that write in a known read, packed or by a button's code THEN 0 writes.

    The control is the run of the same ways without a guard (``tests/matrix``).
    """
    ways = (
        "read_with_gzip_cancel",
        "read_with_base64_accept",
        "read_with_button_code",
        "read_with_event",
    )
    site = mimic("quick", leaks=ways)

    ran = tool.dry_run(disputed_order(site), site)

    assert ran.code == 0, ran.out + ran.err
    assert site.ledger.writes() == ()
    held = [one for one in ran.json["guard"]["held_back"] if one["name"] == RENDER]
    assert {"/p/order/index.html", "/p/order/detail.html"} <= {one["page"] for one in held}


@pytest.mark.further
def test_the_ledger_reads_what_is_packed(mimic: Mimic, tool: Tool) -> None:
    """GIVEN this shape WHEN nothing is cancelled THEN the page's own reads are not writes."""
    site = mimic("cancel-in-droplet", **CALM)

    ran = tool.dry_run(disputed_order(site), site)

    assert ran.code == 0, ran.out + ran.err
    assert site.ledger.writes() == ()
    assert any(entry.step == "dispute" for entry in site.ledger.entries)
