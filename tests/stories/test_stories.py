"""What ten buyers read: checked against the page in the docs, and that it fits small screens."""

from __future__ import annotations

import re

import pytest

from rules import advise
from tests.stories.stories import PLACE, STORIES, Story, page, screen

_COMMAND = re.compile(r"'dispute-guard [^']+'[.,]?")
EACH = pytest.mark.parametrize("story", STORIES, ids=lambda story: story.title)


def test_the_page_in_the_docs_has_the_stories() -> None:
    """The page is the one that ``make stories`` writes."""
    assert PLACE.read_text("utf-8") == page()


@EACH
def test_a_buyer_gets_three_lines(story: Story) -> None:
    """GIVEN a story THEN verdict, reason and next step, each once, with the words that matter."""
    lines = screen(story, 1000).split("\n\n")[0].strip().splitlines()

    assert len(lines) == 3
    assert lines[0].startswith(story.verdict.upper())
    assert lines[1].startswith("Why:")
    assert lines[2].startswith("Next:")
    assert [words for words in story.told if words not in "\n".join(lines)] == []
    assert str(advise(story.facts).verdict) == story.verdict


@EACH
@pytest.mark.parametrize("columns", [40, 80])
def test_the_lines_fit_the_screen(story: Story, columns: int) -> None:
    """GIVEN a phone's terminal THEN no line is wider, and the three are seen without scrolling.

    Only a command is, since it stays in one piece to be copied.
    """
    lines = screen(story, columns).split("\n\n")[0].splitlines()

    wide = [line.strip() for line in lines if len(line) > columns]
    assert [line for line in wide if not _COMMAND.fullmatch(line)] == []
    assert len(lines) <= (8 if columns == 80 else 14)


def test_a_reply_is_one_line() -> None:
    """GIVEN a reply WHEN it is copied THEN it has no line breaks of ours."""
    shown = screen(STORIES[0], 40)

    assert "I do not use any other channel. Please accept the dispute" in shown
