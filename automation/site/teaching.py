"""Words that a person has to look at, and the lines that would teach them to the tool."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from automation.text import clean_text

if TYPE_CHECKING:
    from collections.abc import Mapping

LONGEST: Final = 600
WHERE: Final = (
    "a words file for --words FILE, or words.toml in the config folder; "
    "give only words that you have read yourself and that mean what the line says"
)
# Stands in a line where the buyer has to choose: no line of ours calls an unknown status open.
CHOICE: Final = "STATUS"


@dataclass(frozen=True)
class Doubt:
    """Words of a page that nobody has confirmed yet.

    Args:
        lang: the page's language.
        what: what the words are on, such as "the control that withdraws your claim".
        words: lists of a words file and the words of the page that would go into each.
        choices: what may stand in place of ``STATUS`` in the name of a list.
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
        """The words file that would teach them, one line for each choice."""
        taught = (
            f"{key} = [{_quoted(word)}]" for key, words in self.words.items() for word in words
        )
        return [f'lang = "{self.lang}"', *taught]

    def as_json(self) -> dict[str, Any]:
        """What an answer tells about it."""
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
    """A status line that no list has; which status it is, the buyer has to say."""
    return Doubt(
        lang, "the status of your dispute", {f"dispute_status.{CHOICE}": (words,)}, choices
    )


def _shown(word: str) -> str:
    return clean_text(word, LONGEST)


def _quoted(word: str) -> str:
    """A TOML string; JSON's escapes are all TOML's too."""
    return json.dumps(_shown(word), ensure_ascii=False)
