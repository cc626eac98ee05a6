"""Words that a page writes with one element per character, and what is never joined to one."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser

from automation.aliexpress.pages.snapshot import text_of
from automation.aliexpress.pages.text.runs import join_runs


def joined(html: str) -> str:
    """The words of a page, with single spaces."""
    tree = LexborHTMLParser(f"<body>{html}")
    assert tree.body is not None
    join_runs(tree, html)
    return text_of(tree.body)


def each(text: str, tag: str = "span") -> str:
    """One element per character."""
    return "".join(f"<{tag}>{char}</{tag}>" for char in text)


@pytest.mark.parametrize(
    ("html", "words"),
    [
        (each("4.99"), "4.99"),
        (f"<div>Pay {each('12,50')} now</div>", "Pay 12,50 now"),
        (each("Cancel", "i"), "Cancel"),
        (each("取消", "x-char"), "取消"),
        (f"<b>US $</b>{each('4.99')}", "US $4.99"),
        (f"{each('4.99')}<b>€</b>", "4.99€"),
        ("<b>US $</b><b>4</b><b>.</b><b>99</b>", "US $4.99"),
        ("<b>$</b><b>1,234</b><b>.</b><b>50</b>", "$1,234.50"),
        ("<span>٤</span><span>٫</span><span>٥</span>", "٤٫٥"),
        ("<span>e\u0301</span><span>t</span>", "e\u0301t"),
        ("<span>e\u0301\u0302</span><span>t</span>", "e\u0301\u0302t"),
        ("<span>a</span><span> </span><span>b</span>", "a b"),
        (f"{each('ab')}<p>x</p>{each('cd')}", "ab x cd"),
        ("<span>&lt;</span><span>b</span>", "<b"),
        ("<span>&amp;</span><span>l</span><span>t</span><span>;</span>", "&lt;"),
    ],
)
def test_a_run_is_one_word(html: str, words: str) -> None:
    """GIVEN a word in pieces of one character, with its currency around it THEN it is read as a whole."""
    assert joined(html) == words


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<span>ab</span><span>cd</span>", "ab cd"),
        ("<span>a</span><span>bc</span>", "a bc"),
        ("<span>1</span> <span>2</span> pieces", "1 2 pieces"),
        ("<p>a</p><p>b</p>", "a b"),
        ("<span>a</span><br><span>b</span>", "a b"),
        ("<button>a</button><button>b</button>", "a b"),
        ("<a>1</a><a>2</a><span>x</span>", "1 2 x"),
        ("<span role=button>a</span><span role=button>b</span>", "a b"),
        ("<span><a>a</a></span><span><a>b</a></span>", "a b"),
        ("<i data-dg-press>a</i><i data-dg-press>b</i>", "a b"),
        (f"<span>{'$' * 25}</span><span>4</span>", f"{'$' * 25} 4"),
        ("<b>Total</b><span>4</span>", "Total 4"),
        ("<b>4</b><b>items</b>", "4 items"),
        ("<b>$</b><b>free</b><i>x</i>", "$ free x"),
        ("<b>$</b> <b>4</b>", "$ 4"),
        ("<i>x</i><b>12</b><b>34</b>", "x 12 34"),
        ("<i>x</i><b>e\u0301\u0302\u0303</b>", "x e\u0301\u0302\u0303"),
        ("<i>x</i><b>.</b><b>US $</b>", "x. US $"),
    ],
)  # fmt: skip
def test_what_are_several_words(html: str, words: str) -> None:
    """GIVEN whole words, blocks, spaces, or parts that can be pressed THEN none is joined to its neighbour."""
    assert joined(html) == words


def test_no_word_of_a_run_is_read_as_markup() -> None:
    """GIVEN characters that would make a tag THEN they stay words, in elements and in plain texts."""
    tag = "&lt;button&gt;"
    for html in (
        each("<button>").replace("<span><<", "<span>&lt;<").replace("<span>><", "<span>&gt;<"),
        f"&lt;{each('b')}<span>&gt;</span>",
    ):
        tree = LexborHTMLParser(f"<body>{html}")
        join_runs(tree, html)
        assert tree.body is not None
        assert tree.css("button, body b") == []
        assert text_of(tree.body) in {"<button>", "<b>"}, tag


def test_a_page_without_runs_is_left_alone() -> None:
    """GIVEN a page without single characters THEN its tree is as it was; with some it changes (control)."""
    for html, same in ((f"<p>{'word ' * 9}</p>", True), (each("ab"), False)):
        tree = LexborHTMLParser(f"<body>{html}")
        before = tree.html
        join_runs(tree, html)
        assert (tree.html == before) is same
