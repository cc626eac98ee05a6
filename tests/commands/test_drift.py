"""Pages with unknown markup: named, with what they show, and kept without personal data."""

from __future__ import annotations

import json
import stat
from pathlib import Path
from typing import TYPE_CHECKING

from automation.aliexpress.pages import take_snapshot
from automation.aliexpress.pages.redaction.picture import take_redacted_picture
from automation.aliexpress.walk.album import MY_ORDERS, ORDER_DETAILS, STOPPED
from tests.conftest import CALM, GOOD_REASON, disputed_order
from tests.engine.guard.rig.campaign import Bench, launch
from tests.personal_data import personal_data

if TYPE_CHECKING:
    from fixtures.pytest_plugin import Mimic
    from tests.conftest import Tool

# Notes what takes the place of the body.
_WATCH = """
() => {
  const beside = document.createElement("div");
  beside.textContent = "Dana beside";
  document.documentElement.append(beside);
  document.querySelector("textarea").value = "Dana typed";
  const drawn = (css) => getComputedStyle(document.querySelector(css)).backgroundImage;
  return new MutationObserver(() => {
    const fields = [...document.body.querySelectorAll("input, textarea")].map((el) => el.value).join(" ");
    (window.seen ||= []).push(document.documentElement.innerText, fields, drawn(".photo"));
  }).observe(document.documentElement, { childList: true });
}
"""
QUICK = {"telemetry": False, "recommendations": 0, "cookie_bar": False, "hydration_ms": 0}


def test_a_dispute_page_in_other_markup_is_named_and_kept(mimic: Mimic, tool: Tool) -> None:
    """GIVEN other class names WHEN dry-run THEN exit 5, headings, page and picture; no write."""
    site = mimic("drifted-dispute", **CALM)

    ran = tool.dry_run(disputed_order(site), site)

    assert (ran.code, ran.error) == (5, "page_not_recognised"), ran.out
    error = ran.json["error"]
    assert "it has loaded, but shows none of its landmarks" in error["message"]
    assert "'Refund request'" in error["message"]
    folder = Path(error["evidence"])
    assert folder.parent == tool.state_dir / "drift"
    assert {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {
        "page.html": 0o600,
        "page.png": 0o600,
    }
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    page = (folder / "page.html").read_text("utf-8")
    assert [each for each in personal_data(site) if each in page + ran.out] == [
        disputed_order(site)
    ]
    assert disputed_order(site) not in page
    # Control: the page was there, with what tells a person where they are.
    assert "Waiting for the seller's response" in page
    assert (folder / "page.png").read_bytes().startswith(b"\x89PNG")
    receipt = Path(ran.json["receipt"])
    told = json.loads((receipt / "receipt.json").read_text("utf-8"))
    assert (told["exit_code"], told["stop"]["evidence"]) == (5, str(folder))
    assert [each["step"] for each in told["pictures"]] == [MY_ORDERS, ORDER_DETAILS, STOPPED]
    assert [
        each
        for each in personal_data(site)
        if each in (receipt / "receipt.html").read_text("utf-8")
    ] == [disputed_order(site)]
    assert site.ledger.writes() == ()


def test_orders_in_other_markup_are_no_empty_list(mimic: Mimic, tool: Tool) -> None:
    """GIVEN My Orders with unknown cards WHEN listed THEN exit 5 that says so, with its page."""
    site = mimic("waiting-seller", drifted=["list"], **QUICK)

    ran = tool.run("list", "--json", site=site)

    assert (ran.code, ran.error) == (5, "page_not_recognised"), ran.out
    assert "it shows orders, but no card that is known" in ran.json["error"]["message"]
    assert (Path(ran.json["error"]["evidence"]) / "page.html").is_file()


def test_late_cards_are_no_drift(mimic: Mimic, tool: Tool) -> None:
    """GIVEN cards 7 s after the rest of My Orders, without any mark THEN the dry run makes its plan."""
    site = mimic("late-cards", cards_late_ms=7000)

    ran = tool.dry_run(disputed_order(site), site, *GOOD_REASON)

    assert ran.code == 0, ran.out


def test_a_picture_shows_no_text_that_was_not_kept(bench: Bench) -> None:
    """GIVEN a page with secrets in texts, inputs and styles WHEN pictured THEN only kept words are on it.

    The page itself is as before afterwards.
    """
    html = (
        "<style>.late::after{content:'Dana after'}</style><h1>Dana Quillfeather</h1>"
        "<p>US $21.40</p><input value='dana@example.org'><p class=late>17 Heron Lane</p>"
        "<iframe srcdoc='Dana in a frame'></iframe><textarea></textarea><dana-card>x</dana-card>"
        "<style>.photo{background:url(data:image/gif;base64,R0lGODlhAQABAAAAACw=);height:20px}</style>"
        "<div class=photo></div><script>customElements.define('dana-card', class extends HTMLElement {"
        " connectedCallback() { this.textContent = 'Dana again' } })</script>"
    )
    shown: list[str] = []
    pictures: list[bytes] = []

    async def work() -> None:
        browser = await launch(bench.playwright)
        page = await browser.new_page()
        await page.set_content(html)
        shown.append((await take_snapshot(page)).html)
        await page.evaluate(_WATCH)
        pictures.append(await take_redacted_picture(page, {"US $21.40": "US $21.40"}))
        shown.extend(await page.evaluate("window.seen.slice(0, 3)"))
        shown.append((await take_snapshot(page)).html)
        await browser.close()

    bench.run(work())

    [picture], (before, on_picture, typed, photo, after) = pictures, shown
    assert picture.startswith(b"\x89PNG")
    assert "US $21.40" in on_picture
    assert [word for word in ("Dana", "Quill", "Heron", "17", "frame") if word in on_picture] == []
    assert typed == "xxxx@xxxxxxx.xxx xxxx xxxxx"
    assert photo == "none"
    assert "Dana Quillfeather" in before
    assert before == after
