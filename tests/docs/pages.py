"""The documentation as pages: their commands, paths, links and headings."""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT: Final = Path(__file__).parents[2]
PAGES: Final = ("README.md", "CONTRIBUTING.md", "docs/*.md")
NOTES: Final = ("automation/**/README.md", "rules/**/README.md", "fixtures/README.md", "tests/**/README.md")  # fmt: skip
_BLOCK: Final = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_CODE: Final = re.compile(r"`([^`\n]+)`")
_LINK: Final = re.compile(r"\]\(([^)\s]+)\)")
_HEADING: Final = re.compile(r"^#+ (.+)$", re.MULTILINE)
_PATH: Final = re.compile(
    r"[\w.*-]+(?:/[\w.*-]+)*/(?:[\w.*-]+\.(?:py|js|md|toml|json|jsonl|svg|lock))?"
)
_FILE: Final = re.compile(r"[\w*-]+\.(?:py|js|jsonl?|toml|md)")
# Files of a user's, which no folder of ours has.
_THEIRS: Final = {"site.toml", "words.toml", "config.toml"}
_PROGRAM: Final = "dispute-guard"


@dataclass(frozen=True)
class Page:
    """One page of the documentation."""

    file: Path

    @property
    def name(self) -> str:
        """Its path in the repository."""
        return str(self.file.relative_to(ROOT))

    @property
    def text(self) -> str:
        """The whole page."""
        return self.file.read_text("utf-8")

    def blocks(self, language: str) -> list[str]:
        """Its code blocks in a language."""
        return [block for name, block in _BLOCK.findall(self.text) if name == language]

    def commands(self) -> Iterator[list[str]]:
        """The words of each ``dispute-guard`` command in its shell blocks."""
        for block in self.blocks("sh"):
            for line in block.splitlines():
                words = shlex.split(line, comments=True)
                if words[:1] == [_PROGRAM]:
                    yield words[1:]

    def code(self) -> Iterator[str]:
        """Each piece of inline code."""
        yield from _CODE.findall(_BLOCK.sub("", self.text))

    def paths(self) -> Iterator[str]:
        """Each path in its inline code; ``LANG`` stands for any language."""
        for code in self.code():
            if _PATH.fullmatch(code):
                yield code.replace("LANG", "*")

    def files(self) -> Iterator[str]:
        """Each name of a file in its inline code, such as those in the page's own folder."""
        yield from (code for code in self.code() if _FILE.fullmatch(code) and code not in _THEIRS)

    def has(self, path: str) -> bool:
        """Whether a path exists: from the page's own folder, or one above it."""
        folders = [self.file.parent, *self.file.parent.parents]
        return any(next(folder.glob(path), None) for folder in folders[: folders.index(ROOT) + 1])

    def links(self) -> Iterator[tuple[Path, str]]:
        """Each link to a file of the repository, with its heading or an empty text."""
        for target in _LINK.findall(_BLOCK.sub("", self.text)):
            if "://" not in target:
                path, _, heading = target.partition("#")
                yield (self.file.parent / path).resolve() if path else self.file, heading

    def anchors(self) -> set[str]:
        """The names by which its headings can be linked."""
        return {
            re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
            for heading in _HEADING.findall(self.text)
        }


def pages(*patterns: str) -> list[Page]:
    """The pages that fit some patterns."""
    return [Page(file) for pattern in patterns for file in sorted(ROOT.glob(pattern))]
