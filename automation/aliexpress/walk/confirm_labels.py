"""Never click on unverified labels: the buyer confirms them, or the run ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.aliexpress.site import Doubt
from automation.errors import ErrorCode, ExitCode, ToolError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from automation.aliexpress.walk.tab import Tab

_PLACE = "site data (--site-data FILE, or site.toml in the config folder)"


async def be_sure(tab: Tab, lang: str, what: str, words: Mapping[str, tuple[str, ...]]) -> bool:
    """Continue only if these words are verified: seen on the site, or in a words file.

    What the buyer confirms counts as verified for the rest of this run.

    Args:
        words: lists of the word pack, with the page's words that would decide a click.

    Returns:
        True if the buyer was asked; the page may have changed meanwhile.

    Raises:
        ToolError: there is no terminal to ask at (exit 5), or the buyer says no (exit 6).
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
        raise UnverifiedLabelsError(doubt)
    with tab.progress.waiting_for_human():
        known = await tab.confirm_words(doubt)
    if not known:
        raise ToolError(
            "the labels were not confirmed",
            code=ErrorCode.DECLINED,
            exit_code=ExitCode.DECLINED,
            hint="run the command again, and type yes if the labels mean this",
        )
    tab.site = tab.site.taught(pack.lang, new)
    return True


class UnverifiedLabelsError(ToolError):
    """Labels that no one has verified decide a click; the hint says how to verify them."""

    def __init__(self, doubt: Doubt) -> None:
        seen = ", ".join(f"'{words}'" for words in doubt.seen)
        super().__init__(
            f"unverified '{doubt.lang}' labels, read as {doubt.what}: {seen}",
            code=ErrorCode.WORDS_UNVERIFIED,
            exit_code=ExitCode.PAGE_NOT_RECOGNISED,
            hint="if this is what they mean on the page in your own browser, put these lines into "
            f"{_PLACE}: {' | '.join(doubt.lines)}",
        )
        self.doubt = doubt
