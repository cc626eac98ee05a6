"""A picture of a page without its words: what is on it, and the page as it was afterwards."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, cast

import pytest
from playwright.async_api import Error

from automation.aliexpress.pages import take_snapshot
from automation.aliexpress.pages.redaction import picture as pictures_of
from automation.aliexpress.pages.redaction.picture import take_redacted_picture
from tests.engine.guard.rig.campaign import Bench, open_quiet
from tests.own_loop import in_own_loop

if TYPE_CHECKING:
    from playwright.async_api import Page

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
    const after = getComputedStyle(document.querySelector(".late"), "::after").content;
    (window.seen ||= []).push(document.documentElement.innerText, fields, drawn(".photo"), after);
  }).observe(document.documentElement, { childList: true });
}
"""


def test_a_picture_shows_no_text_that_was_not_kept(bench: Bench) -> None:
    """GIVEN a page with secrets in texts, inputs and styles WHEN pictured THEN only kept words are on it.

    The page itself is as before afterwards.
    """
    html = (
        "<style>.late.late::after{content:'Dana after' !important} p{list-style:square}</style><h1>Dana Quillfeather</h1>"
        "<p>US $21.40</p><p>constructor</p><input value='dana@example.org'><p class=late>17 Heron Lane</p>"
        "<iframe srcdoc='Dana in a frame'></iframe><textarea></textarea><dana-card>x</dana-card>"
        "<style>.photo{background:url(data:image/gif;base64,R0lGODlhAQABAAAAACw=);height:20px}</style>"
        "<div class=photo></div><script>customElements.define('dana-card', class extends HTMLElement {"
        " connectedCallback() { this.textContent = 'Dana again' } })</script>"
    )
    shown: list[str] = []
    pictures: list[bytes] = []

    async def work() -> None:
        browser = await open_quiet(bench.playwright)
        page = await browser.new_page()
        await page.set_content(html)
        await page.evaluate(_WATCH)
        shown.append((await take_snapshot(page)).html)
        pictures.append(await take_redacted_picture(page, {"US $21.40": "US $21.40"}))
        shown.extend(await page.evaluate("window.seen.slice(0, 4)"))
        shown.append((await take_snapshot(page)).html)
        await browser.close()

    bench.run(work())

    [picture], (before, on_picture, typed, photo, drawn, after) = pictures, shown
    assert picture.startswith(b"\x89PNG")
    assert "US $21.40\n" in on_picture
    assert "xxxxxxxxxxx\n" in on_picture, "the name of what every object has is a text as any other"
    assert [word for word in ("Dana", "Quill", "Heron", "17", "frame") if word in on_picture] == []
    assert typed == "xxxx@xxxxxxx.xxx xxxx xxxxx"
    assert (photo, drawn) == ("none", "none")
    assert "Dana Quillfeather" in before
    assert before == after
    assert "Dana after" in after, "control: the page draws it, and says that nothing may change it"


# What a page may say of its own elements, whatever any style sheet says.
_DRAWN = "url(data:image/gif;base64,R0lGODlhAQABAAAAACw=)"
_OWN = f"""
<body style="background-image: {_DRAWN} !important">
<p style="background: {_DRAWN} !important">x</p><p style="background-image: {_DRAWN} !important">x</p>
<p style="border-image-source: {_DRAWN} !important">x</p><p style="content: {_DRAWN} !important">x</p>
<ul><li style="list-style: square {_DRAWN} !important">x</li></ul>
<p style="color: red; --photo: {_DRAWN}; background: var(--photo) !important">x</p>
"""
_DRAWS = """
() => {
  const drawn = (el) => {
    const style = getComputedStyle(el);
    return [style.backgroundImage, style.borderImageSource, style.listStyleImage, style.content];
  };
  const all = () => [document.body, ...document.body.querySelectorAll("p, li")].flatMap(drawn).filter((each) => each.includes("url"));
  window.before = all();
  return new MutationObserver(() => {
    window.during ||= all();
    window.colour ||= getComputedStyle(document.body.querySelector("p:last-of-type")).color;
  }).observe(document.documentElement, { childList: true });
}
"""


def test_a_picture_has_no_image_that_an_element_calls_important(bench: Bench) -> None:
    """GIVEN images in the styles of elements, which outweigh any sheet WHEN pictured THEN they are not drawn."""
    found: list[Any] = []

    async def work() -> None:
        browser = await open_quiet(bench.playwright)
        page = await browser.new_page()
        await page.set_content(_OWN)
        await page.evaluate(_DRAWS)
        assert await take_redacted_picture(page, {})
        found.extend(await page.evaluate("[window.before, window.during, window.colour]"))
        await browser.close()

    bench.run(work())

    before, during, colour = found
    assert len(before) == 7, "control: the page draws each"
    assert during == []
    assert colour == "rgb(255, 0, 0)", "what draws no image stays"


class Slow:
    """A page whose script answers late, or never."""

    def __init__(self, *late: str) -> None:
        self.late, self.asked = late, list[str]()

    async def evaluate(self, script: str, *_: object) -> object:
        """Answer, unless it is one of those that hang."""
        name = {pictures_of._SHOW: "show", pictures_of._BACK: "back"}.get(script, "size")  # noqa: SLF001
        self.asked.append(name)
        if name in self.late:
            await asyncio.Event().wait()
        return [9, 9] if name == "size" else 9

    async def screenshot(self, **_: object) -> bytes:
        """Fail if it is asked to hang."""
        self.asked.append("picture")
        if "picture" in self.late:
            raise Error("Target page has been closed")
        return b"PNG"


@pytest.mark.parametrize(
    ("late", "taken", "asked"),
    [
        ((), b"PNG", ["show", "size", "picture", "back"]),
        (("show",), b"", ["show", "back"]),
        (("picture",), b"", ["show", "size", "picture", "back"]),
        (("back",), b"PNG", ["show", "size", "picture", "back"]),
        (("show", "back"), b"", ["show", "back"]),
    ],
)
def test_the_page_is_always_put_back_and_never_waited_for_long(
    monkeypatch: pytest.MonkeyPatch, late: tuple[str, ...], taken: bytes, asked: list[str]
) -> None:
    """GIVEN a page that hangs or fails at any step THEN no picture, or the one there is, and a way back."""
    monkeypatch.setattr(pictures_of, "_SECONDS", 0.01)
    page = Slow(*late)

    assert in_own_loop(take_redacted_picture(cast("Page", page), {})) == taken
    assert page.asked == asked
