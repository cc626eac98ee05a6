"""How a receipt looks: on paper at most two pages, on a phone nothing sticks out, no request."""

from __future__ import annotations

import io
import random
import re
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from automation.engine.receipts import StepPicture
from tests.aliexpress.receipts.conftest import write_shown

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

    from automation.aliexpress.receipts.face import DisputeReceipt

STEPS = [{"name": f"Step {n}", "note": "what it found", "seconds": 0.25} for n in range(14)]
READ = {"method": "POST", "target": "mtop.aliexpress.trade.buyer.order.detail", "why": "a read"}
GUARD = {
    "allowed": [{**READ, "target": f"{READ['target']}.{n}", "times": n + 1} for n in range(9)],
    "refused": [{**READ, "kind": "telemetry", "times": 16}, {**READ, "times": 8}],
}


def pictures(number: int) -> list[StepPicture]:
    """Pictures of the usual size."""
    dots = random.Random(1).randbytes(3 * 64 * 36)  # noqa: S311  no secret
    out = io.BytesIO()
    Image.frombytes("RGB", (64, 36), dots).resize((1280, 720)).save(out, "PNG")
    return [StepPicture(f"Page {each}, as it was read", out.getvalue()) for each in range(number)]


@pytest.fixture
def written(folder: Path, make_receipt: Callable[..., DisputeReceipt]) -> Path:
    """The page of an ordinary run."""
    receipt = make_receipt(
        steps=STEPS,
        guard=GUARD,
        site="mimic",
        origin="http://127.0.0.1:8000",
        item="Wireless over-ear headphones with noise reduction and 60 h battery " * 2,
        buyer_says=["reason: package arrived", "package received", "checked: it works"],
    )
    return write_shown(folder, receipt, pictures(6)) / "receipt.html"


@pytest.mark.parametrize("paper", ["A4", pytest.param("Letter", marks=pytest.mark.further)])
def test_an_ordinary_receipt_takes_two_sheets(page: Page, written: Path, paper: str) -> None:
    """GIVEN a run with six pictures WHEN printed THEN two pages; control: on a postcard, more."""
    page.goto(written.as_uri())

    def sheets(size: str) -> int:
        return len(re.findall(rb"/Type\s*/Page\b(?!s)", page.pdf(format=size)))

    assert sheets(paper) <= 2
    assert sheets("A6") > 2


def test_nothing_sticks_out_on_a_phone_and_nothing_is_loaded(page: Page, written: Path) -> None:
    """GIVEN 360 pixels THEN no sideways scrolling; the page asks for itself alone; pictures show."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.set_viewport_size({"width": 360, "height": 640})
    page.goto(written.as_uri())

    assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert [each for each in asked if not each.startswith("data:")] == [written.as_uri()]
    shown = "[...document.images].map((one) => one.complete && one.naturalWidth)"
    assert page.evaluate(shown) == [1280] * 6
    page.goto(f"{written.as_uri()}#picture-2")
    assert page.locator("#picture-2 img").evaluate("(one) => one.clientWidth") == 1280
    assert page.evaluate("document.documentElement.scrollWidth") == 360
