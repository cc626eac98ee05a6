"""The blocks of a page's text, and the deadline that a row of two blocks says."""

from __future__ import annotations

import pytest

from automation.aliexpress.pages.snapshot import Snapshot
from automation.aliexpress.pages.text.blocks import (
    BLOCK_LIMIT,
    blocks_of,
    blocks_outside,
    deadline_on,
    said_in,
)
from automation.aliexpress.site import SiteMap

SITE = SiteMap.load()
DATE = "Sep 4, 2026 23:59 PST"
SAYS = f"Your purchase protection ends on {DATE}"


def page(html: str) -> Snapshot:
    """A page in English."""
    return Snapshot("http://127.0.0.1:1/p", html, "en")


@pytest.mark.parametrize(
    ("html", "texts"),
    [
        ("<p>one</p><p>two</p>", ["one", "two"]),
        ("<div>before<p>in</p>after</div>", ["before", "in", "after"]),
        ("<p>one <b>word</b> <i>more</i></p>", ["one word more"]),
        ("<p>on<b>e</b></p>", ["on e"]),
        ("<p>a<br>b</p>", ["a b"]),
        ("<ul><li>a</li><li> </li><li>c</li></ul>", ["a", "c"]),
        ("bare <p>x</p>", ["bare", "x"]),
        ("<p> a \n\t b </p>", ["a b"]),
        ("<span>a<div>b</div>c</span>", ["a", "b", "c"]),
        ("", []),
    ],
)
def test_a_block_is_what_stands_directly_in_one_element(html: str, texts: list[str]) -> None:
    """GIVEN nested elements THEN a block ends where an inner one begins, and inline parts do not end it."""
    found = blocks_of(page(html), "")

    assert [block.text for block in found] == texts
    assert [block.number for block in found] == list(range(len(texts)))


def test_parts_are_told_from_the_block_s_own_words() -> None:
    """GIVEN words in an inline element THEN they are marked as held by it."""
    [block] = blocks_of(page("<p>own<b>held</b></p>"), "")

    assert block.parts == (("own", False), ("held", True))


def test_what_is_left_out_is_left_out_with_all_that_is_in_it() -> None:
    """GIVEN a selector THEN no block inside a match; an inline match is a part of its block."""
    html = "<div class=m>a<p>b</p></div><p>c <b class=m>d</b></p>"

    assert blocks_outside(page(html), ".m") == ["c d"]
    assert blocks_outside(page(html), "") == ["a", "b", "c d"]


def test_a_block_is_cut_at_its_limit() -> None:
    """GIVEN a wall of text THEN its beginning."""
    [block] = blocks_of(page(f"<p>{'abc ' * 600}</p>"), "")

    assert len(block.text) == BLOCK_LIMIT


def test_around_is_innermost_first_and_has_an_end() -> None:
    """GIVEN a page of a hundred levels THEN the element itself, then at most forty around it."""
    html = f"{'<div>' * 100}<p>x</p>{'</div>' * 100}"
    [deep] = blocks_of(page(html), "")
    [flat] = blocks_of(page("<p>x</p>"), "")

    assert deep.around[0] == deep.node.mem_id
    assert deep.node.parent is not None
    assert deep.around[1] == deep.node.parent.mem_id
    assert len(deep.around) == 41
    assert len(flat.around) < 6


def test_said_in_is_about_whole_messages() -> None:
    """GIVEN messages THEN a block has said one if all of it is there."""
    assert said_in("They wrote: we refund you", ("never", "we refund you"))
    assert not said_in("we refund", ("we refund you",))
    assert not said_in("anything", ())


@pytest.mark.parametrize(
    ("html", "read"),
    [
        (f"<p>{SAYS}</p>", True),
        (f"<p>Your purchase protection ends on</p><p>{DATE}</p>", True),
        (f"<div><span>Purchase protection</span><p>until</p><p>{DATE}</p></div>", True),
        (f"<div><p>Purchase protection:</p><p>until {DATE}</p></div>", True),
        (f"<p>{SAYS}</p><p>Your purchase protection ends on Sep 5, 2026 23:59 PST</p>", False),
        (f"<p>{SAYS}</p><p>{SAYS}</p>", True),
        (f"<header>{SAYS}</header>", False),
        (f"<div role=dialog>{SAYS}</div>", False),
        (f"<p>They said: {SAYS}, believe me</p>", False),
        (f"<p>Purchase protection</p><p>Order placed on: {DATE}</p>", False),
        (f"<p>Purchase protection, 12 days left</p><p>{DATE}</p>", False),
        (f"<p>Purchase protection, 12 days left</p><p>until {DATE}</p>", True),
        (f"<p>Purchase protection {'x' * 300}</p><p>{DATE}</p>", False),
        (f"<p>Purchase protection</p><p>Something else</p><p>{DATE}</p>", False),
        (f"<p>Purchase protection</p><p>{DATE}</p><p>Sent: Sep 9, 2026</p>", True),
        (f"<p>{DATE}</p>", False),
        (
            "<section>" + "<div>" * 5 + "<p>Purchase protection</p>" + "</div>" * 5
            + "<div>" * 5 + f"<p>{DATE}</p>" + "</div>" * 5 + "</section>",
            False,
        ),
    ],
)  # fmt: skip
def test_the_deadline_of_a_page(html: str, *, read: bool) -> None:
    """GIVEN a label and a date THEN they belong together in one block or one row, and only one reading counts."""
    messages = (f"They said: {SAYS}, believe me",)
    found = deadline_on(page(html), SITE.hooks, SITE.pack("en"), messages)

    assert (found is not None) is read
    assert not read or str(found).startswith("2026-09-0")
