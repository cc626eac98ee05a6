"""Pictures of real pages: what may not be read is gone from the pixels, and no page notices."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

import pytest
from PIL import Image

from automation.engine.pictures import Camera, PlacedText, Shot, covered
from tests.engine.guard.rig.campaign import Bench, open_quiet

if TYPE_CHECKING:
    from playwright.async_api import Page

HARMLESS: Final = frozenset({"Waiting", "seller", "Total:", "US $23.40", "Cancel", "Sure?", "Mine"})
# Every way in which a page puts words before a person's eyes; each part with a secret has an id.
SECRETS: Final = """
<!doctype html><html lang=en><style>
  body { font: 16px/1.5 sans-serif; margin: 8px; background: #fff; }
  #before::before { content: "Dana Quill "; }
  #attribute::after { content: attr(data-name); }
  #free { position: relative; height: 30px; }
  #free::after { content: "Heron Lane 17"; position: absolute; left: 300px; top: 4px; width: 160px; }
  #behind { width: 300px; height: 40px; background: url("data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='300' height='40'%3E%3Ctext x='90' y='30'%3EDana Quill%3C/text%3E%3C/svg%3E"); }
  #big { font-size: 60px; line-height: 1; }
  #turned { transform: rotate(20deg); display: inline-block; margin: 20px; }
  .spare { display: none; }
</style>
<p><span id=kept1>Waiting</span> for <span id=kept2>seller</span></p>
<p><span id=kept3>Total:</span> <b id=price><i>U</i><i>S</i><i> </i><i>$</i><i>2</i><i>3</i><i>.</i><i>4</i><i>0</i></b></p>
<p id=plain>Dana Quillfeather, Heron Lane 17</p>
<p id=split><b>D</b><b>a</b><b>n</b><b>a</b></p>
<p id=before>Waiting</p>
<p id=attribute data-name="dana@example.org">seller</p>
<div id=free></div>
<div id=behind>seller</div>
<p id=big>Dana</p><p id=turned>Dana Quill</p>
<input id=field value="dana@example.org"><input id=hint placeholder="Dana Quill">
<textarea id=area>Heron Lane</textarea><select id=choice><option>Dana Quill</option></select>
<svg id=drawn width=160 height=30><text x=5 y=20>Dana Quill</text></svg>
<img id=alt width=160 height=30 alt="Dana Quill" src="data:,">
<iframe id=framed width=160 height=40 srcdoc="Dana Quill"></iframe>
<canvas id=canvas width=160 height=30></canvas>
<div id=shadow></div><odd-box id=sealed style="display:block;width:200px;height:24px"></odd-box>
<script>
  const paint = canvas.getContext("2d"); paint.font = "16px sans-serif"; paint.fillText("Dana Quill", 5, 20);
  shadow.attachShadow({ mode: "open" }).innerHTML = "<p>Dana Quill</p>";
  sealed.attachShadow({ mode: "closed" }).innerHTML = "<span>Dana Quill</span>";
</script>
"""
HIDDEN: Final = (
    "plain", "split", "big", "turned", "field", "hint", "area", "choice", "drawn", "alt", "framed",
    "canvas", "shadow", "sealed",
)  # fmt: skip
# Parts of an element that hold a secret beside words that may be read.
BESIDE: Final = {"before": (0, 70), "attribute": (55, 120), "free": (300, 150), "behind": (90, 80)}


def harmless(words: PlacedText) -> list[bool]:
    """What a reader would say: only these words may be read."""
    if any(text in HARMLESS for text in words.near):
        return [True] * len(words.boxes)
    return [word in HARMLESS for word in words.text.split()]


def colours(image: Image.Image, box: tuple[float, ...]) -> int:
    """How many colours a part of a picture has: one, if nothing can be read there."""
    found = image.crop(tuple(map(round, box))).getcolors(1 << 20)  # type: ignore[arg-type]
    return len(found or ())


async def boxes_of(page: Page, *ids: str) -> dict[str, tuple[float, float, float, float]]:
    """Where elements are, asked of the page itself."""
    found = {}
    for name in ids:
        box = await page.locator(f"#{name}").bounding_box()
        assert box is not None
        left, top = box["x"] + 1, box["y"] + 1
        found[name] = (left, top, box["x"] + box["width"] - 1, box["y"] + box["height"] - 1)
    return found


@pytest.mark.parametrize("scale", [1, 2], ids=["plain screen", "fine screen"])
def test_no_secret_of_a_page_is_on_its_picture(bench: Bench, scale: int) -> None:
    """GIVEN secrets in texts, fields, styles, drawings and frames THEN their place is one grey.

    Controls: the browser's own picture shows each of them, and harmless words stay readable.
    """
    shots: list[Shot] = []
    places: dict[str, tuple[float, float, float, float]] = {}
    kept = ("kept1", "kept2", "kept3", "price")

    async def work() -> None:
        browser = await open_quiet(bench.playwright)
        page = await browser.new_page(
            viewport={"width": 700, "height": 1000}, device_scale_factor=scale
        )
        await page.set_content(SECRETS)
        shot = await Camera(seconds=20).take(page)
        assert shot is not None
        shots.append(shot)
        places.update(await boxes_of(page, *kept, *HIDDEN, *BESIDE))
        await browser.close()

    bench.run(work())

    raw = Image.open(io.BytesIO(shots[0].image)).convert("RGB")
    shown = Image.open(io.BytesIO(covered(shots[0], harmless))).convert("RGB")
    assert shown.size == (700, 1000)
    for name, (skip, width) in BESIDE.items():
        left, top, _, bottom = places[name]
        places[name] = (left + skip, top, left + skip + width - 4, bottom)
    dots = raw.width / 700
    fine = {name: tuple(dots * side for side in box) for name, box in places.items()}
    # Two colours are the grey and the page beside it: letters have more, at their edges.
    assert [name for name in fine if colours(raw, fine[name]) <= 2] == []
    assert [name for name in places if colours(shown, places[name]) > 2] == list(kept)


NOTICING: Final = """
<!doctype html><body style="height: 3000px"><h1>Orders</h1><div class=modal
 style="position:fixed;left:50px;top:80px;width:300px;height:120px;background:#fff">Sure? <button>Cancel</button></div>
<img loading=lazy style="position:absolute;top:2500px" width=10 height=10 src="/late.png">
<script>
  window.noticed = [];
  const note = (what) => window.noticed.push(what);
  new MutationObserver(() => note("mutation")).observe(document,
    { childList: true, subtree: true, attributes: true, characterData: true });
  for (const name of ["resize", "scroll", "focus", "blur", "visibilitychange", "beforeprint", "pagehide", "pageshow",
                      "mousemove", "pointermove", "mouseover", "pointerover", "selectionchange", "fullscreenchange",
                      "freeze", "beforeunload", "keydown", "click"])
    for (const target of [window, document]) target.addEventListener(name, () => note(name), true);
  for (const query of ["print", "(prefers-color-scheme: dark)", "(prefers-reduced-motion: reduce)", "(max-width: 600px)"])
    matchMedia(query).addEventListener("change", () => note(query));
  const settled = () => {
    window.noticed.length = 0;
    new ResizeObserver(() => note("resized")).observe(document.documentElement);
    new IntersectionObserver(() => note("seen")).observe(document.querySelector("img"));
    for (const [of, names] of [
      [Element.prototype, ["getBoundingClientRect", "getClientRects", "checkVisibility", "matches", "closest", "querySelectorAll", "getAttribute"]],
      [Document.prototype, ["querySelectorAll", "createRange", "elementFromPoint", "createTreeWalker"]],
      [Range.prototype, ["getClientRects", "getBoundingClientRect", "setStart", "selectNodeContents"]],
    ]) for (const name of names) {
      const real = of[name];
      of[name] = function (...given) { note(name); return real.apply(this, given); };
    }
    const style = getComputedStyle;
    window.getComputedStyle = (...given) => { note("getComputedStyle"); return style(...given); };
  };
</script>
"""


def test_no_page_notices_its_picture(bench: Bench) -> None:
    """GIVEN a page that watches its document, window, media and built-ins THEN it sees nothing.

    Control: Playwright's own picture of the whole page is noticed.
    """
    noticed: list[list[str]] = []

    async def work() -> None:
        browser = await open_quiet(bench.playwright)
        page = await browser.new_page(viewport={"width": 640, "height": 480})
        await page.set_content(NOTICING)
        settle = "() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 100)))"
        await page.evaluate(settle)
        await page.evaluate("settled()")
        await page.evaluate(settle)
        before = await page.evaluate("window.noticed.splice(0)")
        assert set(before) <= {"resized", "seen"}  # observers always tell once
        assert await Camera(seconds=20).take(page, covers=".modal") is not None
        await page.evaluate(settle)
        noticed.append(await page.evaluate("window.noticed.splice(0)"))
        await page.screenshot(full_page=True)
        await page.evaluate(settle)
        noticed.append(await page.evaluate("window.noticed"))
        await browser.close()

    bench.run(work())

    unseen, seen = noticed
    assert unseen == []
    assert seen != []


def test_a_tab_that_shows_the_same_is_not_photographed_again(bench: Bench) -> None:
    """GIVEN an earlier picture THEN it is the picture as long as no word or place changes."""
    found: list[bool] = []

    async def work() -> None:
        browser = await open_quiet(bench.playwright)
        page = await browser.new_page(viewport={"width": 640, "height": 480})
        await page.set_content("<p id=a>Waiting</p><p>Cancel Request</p>")
        camera = Camera(seconds=20)
        first = await camera.take(page)
        assert first is not None
        found.append(await camera.take(page, known=first) is first)
        for change in ("a.textContent = 'Closed'", "a.style.marginTop = '40px'"):
            await page.evaluate(change)
            found.append(await camera.take(page, known=first) is first)
        await browser.close()

    bench.run(work())

    assert found == [True, False, False]


DIALOG: Final = """
<!doctype html><body style="margin:0;font:16px sans-serif"><p style="position:absolute;left:120px;top:120px" id=under>Dana
 Quillfeather of Heron Lane</p><div style="position:fixed;inset:0;background:rgba(0,0,0,.4)"><div class=modal
 style="position:absolute;left:100px;top:100px;width:300px;height:100px;background:BACK"><span id=asks>Sure?</span></div></div>
"""


@pytest.mark.parametrize(("back", "is_under"), [("#fff", True), ("rgba(255,255,255,.6)", False)])
def test_what_a_dialog_hides_does_not_cover_it(bench: Bench, back: str, *, is_under: bool) -> None:
    """GIVEN secret words under a dialog THEN nothing is covered where it is solid, else they are."""
    found: list[tuple[Shot, tuple[float, float, float, float]]] = []

    async def work() -> None:
        browser = await open_quiet(bench.playwright)
        page = await browser.new_page(viewport={"width": 500, "height": 300})
        await page.set_content(DIALOG.replace("BACK", back))
        shot = await Camera(seconds=20).take(page, covers=".modal")
        assert shot is not None
        found.append((shot, (await boxes_of(page, "under"))["under"]))
        await browser.close()

    bench.run(work())

    [(shot, under)] = found
    secret = [words for words in shot.words if "Dana" in words.text]
    assert bool(secret) is not is_under
    shown = Image.open(io.BytesIO(covered(shot, harmless))).convert("RGB")
    word = (under[0], under[1] + 2, under[0] + 30, under[3] - 2)
    assert colours(shown, word) == 1
    assert (min(shown.getpixel((round(under[0]), round(under[1]) + 5))) > 250) is is_under  # type: ignore[arg-type]


def test_words_that_move_are_covered_wherever_they_were(bench: Bench) -> None:
    """GIVEN words that never stand still THEN no picture, or one on which they are covered."""
    shots: list[Shot | None] = []
    page_text = (
        "<style>@keyframes go { to { margin-left: 400px } } #moves { animation: go 2s infinite linear }</style>"
        "<p id=moves>Dana</p><p>Waiting</p>"
    )

    async def work() -> None:
        browser = await open_quiet(bench.playwright)
        page = await browser.new_page(viewport={"width": 600, "height": 200})
        await page.set_content(page_text)
        shots.append(await Camera(seconds=20).take(page))
        await browser.close()

    bench.run(work())

    [shot] = shots
    assert shot is not None
    [moving] = [words for words in shot.words if words.text == "Dana"]
    shown = Image.open(io.BytesIO(covered(shot, lambda words: [True] * len(words.boxes)))).convert(
        "RGB"
    )
    [[(left, top, right, bottom)]] = moving.boxes
    assert moving.moved
    assert colours(shown, (left, top, right, bottom)) == 1
    assert colours(shown, (0, top, min(600, right + 200), bottom)) == 2


def test_a_tab_that_is_gone_or_draws_nothing_gives_no_picture(bench: Bench) -> None:
    """GIVEN a closed tab, or one that hangs THEN none, and after the latter no more are tried.

    A human who acts in the tab may make it draw again: then the camera goes on.
    """
    works: list[tuple[Shot | None, bool]] = []

    async def work() -> None:
        browser = await open_quiet(bench.playwright)
        page, hangs = await browser.new_page(), await browser.new_page()
        camera = Camera(seconds=0.5)
        await page.close()
        works.append((await camera.take(page), camera.works))
        async with hangs.expect_event("dialog"):
            await hangs.evaluate("setTimeout(() => alert('answer me'), 0)")
        works.append((await camera.take(hangs, hurried=True), camera.works))
        works.append((await camera.take(hangs), camera.works))
        await browser.close()

    bench.run(work())

    assert works == [(None, True), (None, True), (None, False)]
