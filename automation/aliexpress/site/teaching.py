"""Words that a person must check, and the lines of a words file that would teach them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from automation.text import clean_text

if TYPE_CHECKING:
    from collections.abc import Mapping

LONGEST: Final = 600
WHERE: Final = (
    "a file for --site-data FILE, or site.toml in the config folder; "
    "add only words that you have read yourself and that mean what the line says"
)
# Placeholder for the buyer's choice: the tool never calls an unknown status open.
CHOICE: Final = "STATUS"


class Doubt(Struct, frozen=True):
    """Words of a page that are not yet confirmed.

    Args:
        lang: the page's language.
        what: what the words belong to, such as "the control that withdraws your claim".
        words: the page's words by the list of a words file that would have them.
        choices: possible values for ``STATUS`` in the name of a list.
    """

    lang: str
    what: str
    words: Mapping[str, tuple[str, ...]]
    choices: tuple[str, ...] = ()

    @property
    def seen(self) -> list[str]:
        """The words as the page shows them."""
        return [_shown(word) for words in self.words.values() for word in words]

    @property
    def lines(self) -> list[str]:
        """The lines of a words file that would teach them."""
        taught = (
            f"{key} = [{_quoted(word)}]" for key, words in self.words.items() for word in words
        )
        return [f'lang = "{self.lang}"', *taught]

    def as_json(self) -> dict[str, object]:
        """The object for JSON answers."""
        chosen = {"choices": list(self.choices)} if self.choices else {}
        return {
            "lang": self.lang,
            "what": self.what,
            "seen": self.seen,
            "lines": self.lines,
            "where": WHERE,
            **chosen,
        }


def unknown_status(lang: str, words: str, choices: tuple[str, ...]) -> Doubt:
    """The doubt about a status line that no list has; the buyer must choose the status."""
    return Doubt(
        lang, "the status of your dispute", {f"dispute_status.{CHOICE}": (words,)}, choices
    )


def _shown(word: str) -> str:
    return clean_text(word, LONGEST)


def _quoted(word: str) -> str:
    """A TOML string; all JSON escapes are valid TOML."""
    return json.dumps(_shown(word), ensure_ascii=False)
