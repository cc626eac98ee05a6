"""What was taught, as a value: joined, read with, and without what is known."""

from __future__ import annotations

from automation.aliexpress.site import LabelKind, SiteMap
from automation.aliexpress.site.additions import Additions, news, with_additions

LABEL = f"labels.{LabelKind.CANCEL_REQUEST}"
WORDS = Additions(words={"sv": {LABEL: ("Ta tillbaka min begäran",)}})
HOOK = Additions(hooks={"card": (".ticket",)}, traffic={"reads": ("mtop.x.y.layoutQuery",)})


def test_additions_are_joined_each_once() -> None:
    """GIVEN two additions, partly the same THEN their lists in one, without twins."""
    more = Additions(words={"sv": {LABEL: ("Ångra",)}, "de": {LABEL: ("Zurückziehen",)}})

    both = WORDS | HOOK | more | WORDS

    assert both.words == {
        "sv": {LABEL: ("Ta tillbaka min begäran", "Ångra")},
        "de": {LABEL: ("Zurückziehen",)},
    }
    assert (both.hooks, both.traffic) == (HOOK.hooks, HOOK.traffic)


def test_each_line_is_complete() -> None:
    """GIVEN additions THEN a line for each list, with the whole name of its place."""
    assert (WORDS | HOOK).lines == [
        f'words.sv.{LABEL} = ["Ta tillbaka min begäran"]',
        'hooks.card = [".ticket"]',
        'traffic.reads = ["mtop.x.y.layoutQuery"]',
    ]
    assert not Additions(words={"sv": {LABEL: ()}})


def test_the_site_data_reads_with_them_in_this_run() -> None:
    """GIVEN words and a selector THEN they count, as the buyer's own, and the shipped data stays."""
    site = with_additions(SiteMap.load(), WORDS | HOOK)

    assert "Ta tillbaka min begäran" in site.pack("sv").label(LabelKind.CANCEL_REQUEST)
    assert site.pack("sv").may_act_on("Ta tillbaka min begäran")
    assert site.hooks.card[0] == ".ticket"
    assert ".ticket" not in SiteMap.load().hooks.card


def test_only_what_is_new_is_news() -> None:
    """GIVEN site data that has some of it THEN the rest is news."""
    taught = WORDS | HOOK

    assert news(SiteMap.load(), taught) == taught
    left = news(with_additions(SiteMap.load(), taught), taught)
    assert left.lines == Additions(traffic=HOOK.traffic).lines
