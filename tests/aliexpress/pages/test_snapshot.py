"""A page that the browser translated: its words are not the site's, so none of them is read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pytest

from automation.aliexpress.pages import take_snapshot
from automation.errors import ErrorCode, ExitCode, ToolError
from tests.engine.guard.rig.campaign import Bench, launch

if TYPE_CHECKING:
    from playwright.async_api import Page

PAGE: Final = """<!doctype html><html lang=sv><body><h1>Ditt ärende</h1>
<p class="reminder--statusStr--x">Butiken tittar på saken</p><button>Ta tillbaka</button></body></html>"""
# What translators do with a page: each replaces its texts, and says in which language they are now.
_REPLACE: Final = """(write) => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) if (walker.currentNode.data.trim()) texts.push(walker.currentNode);
  for (const text of texts) write(text, "Request cancelled");
  document.documentElement.lang = "en";
}"""
_FONTS: Final = """(text, words) => {
  const [outer, inner] = [0, 0].map(() => document.createElement("font"));
  for (const font of [outer, inner]) font.style.verticalAlign = "inherit";
  outer.dir = "auto";
  inner.textContent = words;
  outer.append(inner);
  text.replaceWith(outer);
}"""
TRANSLATORS: Final = {
    "the class comes with the first words": f"""() => {{
        document.documentElement.classList.add("translated-ltr");
        ({_REPLACE})((text, words) => {{ text.data = words; }});
    }}""",
    "into a language from right to left": f"""() => {{
        document.documentElement.className = "translated-rtl";
        ({_REPLACE})({_FONTS});
    }}""",
    "the class is not there yet": f"() => ({_REPLACE})({_FONTS})",
    "marks on each element": f"""() => ({_REPLACE})((text, words) => {{
        text.parentElement.setAttribute("_msttexthash", "4821739");
        text.data = words;
    }})""",
    "beside the site's words": """() => {
        const added = document.createElement("font");
        added.className = "notranslate immersive-translate-target-wrapper";
        added.textContent = "Request cancelled";
        document.querySelector("p").append(added);
    }""",
}
# Pages that look a little like that, and that nobody translated.
OWN: Final = {
    "as it came": "() => {}",
    "another class": "() => document.documentElement.classList.add('translated', 'ltr')",
    "old markup": "() => { document.body.innerHTML += '<font color=red><font size=2>Sale</font></font>'; }",
    "marked for translators": "() => document.body.classList.add('notranslate')",
    "its own language switch": f"() => ({_REPLACE})((text, words) => {{ text.data = words; }})",
}


@dataclass(frozen=True)
class Read:
    """What came of reading a page, a part of it, and all of it whatever its words are."""

    page: ErrorCode | str
    part: ErrorCode | str
    anyway: str


@pytest.fixture(scope="module")
def read() -> dict[str, Read]:
    """Each page after its program ran in it."""
    bench, found = Bench(), dict[str, Read]()

    async def work() -> None:
        browser = await launch(bench.playwright, windowless=True)
        page = await browser.new_page()
        for name, program in (TRANSLATORS | OWN).items():
            await page.set_content(PAGE)
            await page.evaluate("document.documentElement.className = ''")
            await page.evaluate(program)
            anyway = await take_snapshot(page, own_words=False)
            found[name] = Read(await words(page, ""), await words(page, "p"), anyway.text)
        await browser.close()

    bench.run(work())
    bench.close()
    return found


async def words(page: Page, scope: str) -> ErrorCode | str:
    """The words, or why there are none."""
    try:
        return (await take_snapshot(page, scope=scope)).text
    except ToolError as error:
        return error.code if error.exit_code is ExitCode.PAGE_NOT_RECOGNISED else "another end"


@pytest.mark.parametrize("name", TRANSLATORS)
def test_no_word_of_a_translated_page_is_read(read: dict[str, Read], name: str) -> None:
    """GIVEN a translated page THEN exit 5, also for a part of it; its words are read only on demand."""
    found = read[name]

    assert (found.page, found.part) == (ErrorCode.PAGE_TRANSLATED, ErrorCode.PAGE_TRANSLATED)
    assert "Request cancelled" in found.anyway


@pytest.mark.parametrize("name", OWN)
def test_the_sites_own_words_are_read(read: dict[str, Read], name: str) -> None:
    """Control: GIVEN a page that only looks like a translated one THEN it is read."""
    assert read[name].page == read[name].anyway
    assert not isinstance(read[name].page, ErrorCode)
