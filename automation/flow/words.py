"""No click rests on words that nobody has seen: the buyer confirms them, or the run ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.errors import ExitCode, ToolError
from automation.site import Doubt

if TYPE_CHECKING:
    from collections.abc import Mapping

    from automation.flow.report import Report
    from automation.flow.tab import Tab


async def be_sure(tab: Tab, lang: str, what: str, words: Mapping[str, tuple[str, ...]]) -> bool:
    """Go on only if a person knows these words: they were seen on the site, or taught.

    What the buyer confirms by hand counts as taught for the rest of this run.

    Args:
        words: lists of the word pack and the page's words that would decide a click.

    Returns:
        True if the buyer was asked; the page may have changed meanwhile.

    Raises:
        ToolError: nobody can be asked (exit 5), or the buyer says no (exit 6).
    """
    pack = tab.words(lang)
    new = {
        key: fresh
        for key, texts in words.items()
        if (fresh := tuple(text for text in texts if not pack.may_act_on(text)))
    }
    if not new:
        return False
    doubt = Doubt(pack.lang, what, new)
    if tab.confirm_words is None:
        raise unsure(tab.report, doubt)
    with tab.report.waiting_for_human():
        known = await tab.confirm_words(doubt)
    if not known:
        raise ToolError(
            "the words were not confirmed; nothing was clicked on them",
            code="declined",
            exit_code=ExitCode.DECLINED,
            hint="the dispute stays open",
        )
    tab.site = tab.site.taught(pack.lang, new)
    return True


def unsure(report: Report, doubt: Doubt) -> ToolError:
    """The stop at words that nobody has confirmed; the answer shows how to teach them."""
    report.details["words"] = doubt.as_json()
    seen = ", ".join(f"'{words}'" for words in doubt.seen)
    return ToolError(
        f"{seen} is read as {doubt.what}, but nobody has seen these words of the language "
        f"'{doubt.lang}' on the site yet; nothing was clicked on them",
        code="words_unverified",
        exit_code=ExitCode.PAGE_NOT_RECOGNISED,
        hint="look at the page in your own browser; if the words mean that, put the lines under "
        f"'words' into {_PLACE}: {' | '.join(doubt.lines)}",
    )


_PLACE = "a words file (--words FILE, or words.toml in the config folder)"


def note(report: Report, doubt: Doubt) -> None:
    """Show words in the answer that the tool does not know, without stopping at them."""
    report.details.setdefault("words", doubt.as_json())
