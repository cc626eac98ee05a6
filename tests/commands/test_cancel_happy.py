from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from automation.aliexpress.walk.album import (
    AFTERWARDS,
    CONTROL,
    DIALOG,
    DISPUTE,
    MY_ORDERS,
    ORDER_DETAILS,
)
from fixtures import load_scenario
from tests.conftest import CALM, disputed_order

if TYPE_CHECKING:
    from fixtures import MimicSite
    from fixtures.pytest_plugin import Mimic
    from fixtures.scenario import Scenario
    from tests.conftest import Tool


DETAILS = "/p/order/detail.html?orderId="


@pytest.mark.further  # nearly every other test cancels, and the rules know these statuses
@pytest.mark.parametrize(
    "status",
    [
        "waiting_seller",
        "seller_responded",
        "mediating",
    ],
)
def test_each_cancellable_status_is_cancelled_with_one_write(
    mimic: Mimic, tool: Tool, status: str
) -> None:
    """GIVEN a cancellable dispute WHEN cancelled THEN one write, the right one (F1, F3).

    Its receipt has a picture of every page; one that cannot be written changes nothing.
    """
    unwritable = status == "seller_responded"
    if unwritable:
        tool.state_dir.mkdir(mode=0o700)
        (tool.state_dir / "receipts").write_text("no folder")
    site = mimic("quick", dispute={"status": status, "proposals": []})
    order = disputed_order(site)
    dispute = site.state.dispute()

    ran = tool.cancel_typed(order, site)

    assert (ran.code, ran.json["outcome"]) == (0, "done"), ran.out + ran.err
    assert [entry.effect for entry in site.ledger.writes()] == [f"cancelled {dispute.id}"]
    assert site.state.dispute(dispute.id).status == "cancelled"
    assert ran.json["plan"]["reverse_line_id"] == dispute.id
    assert ran.json["stopped_at"] == "finished"
    assert ran.json["refile_by"]
    if unwritable:
        assert ran.json["receipt"] is None
        assert "cannot write the receipt" in ran.json["receipt_problem"]
        assert "\n" not in ran.json["receipt_problem"]
    else:
        told = json.loads((Path(ran.json["receipt"]) / "receipt.json").read_text("utf-8"))
        shown = [each["step"] for each in told["pictures"] if each["step"] != CONTROL]
        assert shown == [MY_ORDERS, ORDER_DETAILS, DISPUTE, DIALOG, AFTERWARDS]
        assert (told["sent"], told["sent_by"]) == ("one request was sent", "the browser itself")
        assert (told["site"], told["order_address"]) == ("mimic", f"{site.url}{DETAILS}{order}")


# Pages that differ up to the button, and requests and dialogs that differ behind it, several in one
# run. 'make further' has them, and cancels on each alone as well, so that a failure
# has one cause.
PAGES = (
    "blank-first-load",
    "late-buttons",
    "legacy-link",
    "line-button-entry",
    "long-list",  # the order is on its fourth page
    "new-wording",
    "old-wording",
    "other-class-hash",
    "same-tab",
    "several-items-one-dispute",
)
REQUESTS = (
    "cancel-by-form",
    "cancel-by-get",
    "cancel-dispute-wording",
    "double-send",
    "hidden-twin",
    "lookalike-buttons",
    "other-cancel-api",
)
PAGES_AT_ONCE: dict[str, dict[str, Any]] = {
    "new-wording": {"blank_loads": 1, "same_tab": True},
    "old-wording": {"class_hash": "Zz81_b", "legacy_link": True},
    "late-buttons": {},
    "several-items-one-dispute": {"filler_before": 34, "filler_after": 9},
    "line-button-entry": {"class_hash": "Zz81_b"},
}
OTHER_API = {
    "api": "mtop.aliexpress.reverse.buyer.withdraw",
    "fields": ["reverseOrderLineId"],
}
REQUESTS_AT_ONCE: dict[str, dict[str, Any]] = {
    "cancel-by-form": {"dispute": {"cancel_button": "hidden-twin"}},
    "cancel-by-get": {"dispute": {"cancel_button": "lookalikes"}},
    "cancel-dispute-wording": {"cancel": {"sends": 2, **OTHER_API}},
}


def test_each_shape_is_in_a_run() -> None:
    """GIVEN what a shape's own file changes THEN one of the runs below has it too."""
    together = [
        load_scenario(name, **more)
        for name, more in (*PAGES_AT_ONCE.items(), *REQUESTS_AT_ONCE.items())
    ]
    plain = load_scenario("waiting-seller")
    for name in (*PAGES, *REQUESTS):
        changed = changes(load_scenario(name), plain)
        assert changed, name
        assert any(changed.items() <= changes(each, plain).items() for each in together), name


def changes(scenario: Scenario, plain: Scenario) -> dict[str, str]:
    """What differs from a plain scenario, but for its texts, its moment and what else is sold."""
    own, other = described(scenario), described(plain)
    return {key: value for key, value in own.items() if value != other.get(key)}


def described(scenario: Scenario) -> dict[str, str]:
    """The scenario's keys, those of its cancel, and where its dispute is with which button."""
    whole = scenario.model_dump()
    order = whole.pop("order")[0]
    lines = order["line"] or [order]
    dispute = next(line["dispute"] for line in lines if line["dispute"])
    for key in ("name", "about", "now"):
        whole.pop(key)
    tables = {key: whole.pop(key) for key in ("words", "cancel")}
    tables["order"] = {
        "lines": [bool(line["dispute"]) for line in lines],
        "button": dispute["cancel_button"],
    }
    flat = {f"{name}.{key}": repr(value) for name in tables for key, value in tables[name].items()}
    return flat | {key: repr(value) for key, value in whole.items()}


@pytest.mark.further
@pytest.mark.parametrize("scenario", PAGES_AT_ONCE)
def test_every_known_shape_of_the_pages_leads_to_the_one_button(
    mimic: Mimic, tool: Tool, scenario: str
) -> None:
    """GIVEN known variations of the pages WHEN dry-run THEN the plan is for the one dispute.

    A dry run is a run without the permit, and its trial click finds the button that the
    cancel would press. ``make further`` cancels on these pages as well, with the requests.
    """
    site = mimic(scenario, **PAGES_AT_ONCE[scenario])

    ran = tool.dry_run(disputed_order(site), site)

    assert ran.code == 0, ran.out + ran.err
    assert ran.json["plan"]["reverse_line_id"] == site.state.dispute().id
    assert site.ledger.writes() == ()


@pytest.mark.further
@pytest.mark.parametrize("scenario", REQUESTS_AT_ONCE)
def test_every_known_shape_of_the_request_gives_one_right_write(
    mimic: Mimic, tool: Tool, scenario: str
) -> None:
    """GIVEN known variations of button, dialog and request WHEN cancelled THEN the one right write."""
    one_right_write(mimic(scenario, **REQUESTS_AT_ONCE[scenario]), tool)


@pytest.mark.further
@pytest.mark.parametrize("scenario", [*REQUESTS, *PAGES])
def test_every_known_shape_of_the_site_gives_one_right_write(
    mimic: Mimic, tool: Tool, scenario: str
) -> None:
    """GIVEN a known variation of the site WHEN cancelled THEN the one right write."""
    one_right_write(mimic(scenario), tool)


def one_right_write(site: MimicSite, tool: Tool) -> None:
    """Cancel, and ask the ledger."""
    dispute = site.state.dispute()

    ran = tool.cancel_typed(disputed_order(site), site)

    assert (ran.code, ran.json["outcome"]) == (0, "done"), ran.out + ran.err
    assert [entry.effect for entry in site.ledger.writes()] == [f"cancelled {dispute.id}"]


@pytest.mark.further
def test_pages_that_fill_after_eight_seconds_are_waited_for(mimic: Mimic, tool: Tool) -> None:
    """GIVEN late pages WHEN dry-run THEN a plan; a commit would only wait more often."""
    site = mimic("slow-hydration")

    ran = tool.dry_run(disputed_order(site), site)

    assert (ran.code, ran.json["plan"]["status"]) == (0, "waiting_seller"), ran.out + ran.err


@pytest.mark.further
def test_an_item_of_several_is_cancelled_alone_and_its_number_means_no_other(
    mimic: Mimic, tool: Tool
) -> None:
    """GIVEN two disputes WHEN --item 1 is cancelled THEN the second stays open.

    WHEN the number is named again THEN verify reports the first, and a cancel is refused. The
    second is verified by its line.
    """
    site = mimic("several-disputes", **CALM)
    order = disputed_order(site)
    first, second = [line for _, line in site.state.pairs() if line.dispute]
    assert first.dispute is not None
    assert second.dispute is not None
    untouched = second.dispute.status
    words = ("--because", "filed-by-mistake", "--received", "--checked", "--item", "1")

    ran = tool.cancel_typed(order, site, *words)

    assert ran.json["outcome"] == "done", ran.out
    assert [entry.effect for entry in site.ledger.writes()] == [f"cancelled {first.dispute.id}"]
    assert site.state.dispute(second.dispute.id).status == untouched
    by_number = tool.run("verify", order, "--item", "1", "--json", site=site)
    other = tool.run("verify", order, "--item", second.id, "--json", site=site)
    again = tool.dry_run(order, site, *words)

    assert [(ran.code, ran.json["outcome"]) for ran in (by_number, other)] == [
        (0, "done"),
        (1, "not_done"),
    ]
    assert (again.code, again.error) == (5, "item_moved")
    assert len(site.ledger.writes()) == 1


@pytest.mark.further
def test_an_item_is_named_by_its_line(mimic: Mimic, tool: Tool) -> None:
    """GIVEN two disputes WHEN the second is named by its line THEN one cancel, of that line."""
    site = mimic("several-disputes", **CALM)
    first, second = [line for _, line in site.state.pairs() if line.dispute]
    assert first.dispute is not None
    assert second.dispute is not None
    untouched = first.dispute.status
    words = ("--because", "filed-by-mistake", "--received", "--checked", "--item", second.id)

    ran = tool.cancel_typed(disputed_order(site), site, *words)

    assert (ran.code, ran.json["plan"]["trade_line_id"]) == (0, second.id), ran.out
    assert [entry.effect for entry in site.ledger.writes()] == [f"cancelled {second.dispute.id}"]
    assert len(site.ledger.cancels()) == 1
    assert site.state.dispute(first.dispute.id).status == untouched
