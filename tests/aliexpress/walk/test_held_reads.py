"""Reads that were held back: which a person can decide about, and what they are asked."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from automation.aliexpress.walk.held_reads import (
    MOST,
    HeldRead,
    ReadOffers,
    held_on,
    needed_on,
    reads_on,
    still_held,
)
from automation.engine.guard import GuardReport, RequestRecord
from tests.own_loop import in_own_loop

if TYPE_CHECKING:
    from collections.abc import Iterable

PAGE = "http://127.0.0.1:1/p/order/index.html?a=1"
READ = RequestRecord(
    "mtop.ae.menuQuery", "", "POST", "unknown", "it is not known", page="/p/order/index.html",
    keys=("data", "pageIndex"), negotiable=True,
)  # fmt: skip
OF_TARGET = replace(READ, what="mtop.ae.detailView", negotiable=False, teachable=True)
WRITE = replace(READ, what="mtop.ae.acceptIt", negotiable=False)


def names(found: Iterable[HeldRead]) -> list[str]:
    """Their names."""
    return [each.last_part for each in found]


def test_a_page_is_asked_about_its_own_calls() -> None:
    """GIVEN calls of two pages, and of an unknown one THEN those of this page and the unknown one."""
    elsewhere, unknown = replace(READ, page="/p/other.html"), replace(READ, page="")

    assert held_on(PAGE, (READ, elsewhere, unknown)) == (READ, unknown)
    assert held_on("http://[", (READ, unknown)) == (unknown,)


def test_what_was_let_through_since_is_held_no_longer() -> None:
    """GIVEN calls that a person let through, or that site data now names THEN only the others."""
    refused = (READ, OF_TARGET, WRITE)

    def held(allowed: set[str], known: set[str]) -> list[str]:
        guard: Any = SimpleNamespace(
            allowed_reads=allowed, known_reads=known, report=lambda: GuardReport((), refused)
        )
        return [each.what for each in still_held(PAGE, guard)]

    everything = {each.what.casefold() for each in refused}
    assert held(set(), set()) == [each.what for each in refused]
    assert held(everything, set()) == [OF_TARGET.what, WRITE.what]
    assert held(set(), everything) == [READ.what, WRITE.what]


def test_only_what_can_only_read_is_decided_about_each_once() -> None:
    """GIVEN reads, one of the target, and a write THEN each read once; the target's not if none is wanted."""
    refused = (READ, OF_TARGET, WRITE, READ)

    assert names(reads_on(PAGE, refused)) == ["menuQuery", "detailView"]
    assert [each.names_target for each in reads_on(PAGE, refused)] == [False, True]
    assert names(reads_on(PAGE, refused, of_target=False)) == ["menuQuery"]
    many = GuardReport((), tuple(replace(READ, what=f"mtop.ae.q{n}") for n in range(MOST + 3)))
    assert len(needed_on(many, PAGE)) == MOST


def test_a_question_says_what_the_call_says() -> None:
    """GIVEN keys of the envelope and its own THEN the own ones; a call of the target makes no claim about ids."""
    [call] = reads_on(PAGE, (READ,))

    assert call.says == "it says pageIndex"
    assert HeldRead(name="a.b", keys=("data", "jsv")).says == "it says nothing more"
    assert call.why.endswith("orders a change or names an order.")
    assert HeldRead(name="a.b", names_target=True).why.endswith("orders a change.")


def test_no_call_is_offered_twice() -> None:
    """GIVEN a no, and later a yes THEN each call is asked about once, and the yes is remembered."""
    answers, asked = [False, True], list[tuple[str, list[str], str]]()

    async def allow(page: str, held: tuple[HeldRead, ...], likelier: str) -> bool:
        asked.append((page, names(held), likelier))
        return answers[len(asked) - 1]

    async def keep(_held: tuple[HeldRead, ...]) -> None:
        return

    offers = ReadOffers(allow=allow, keep=keep)
    other = replace(READ, what="mtop.ae.tabQuery")
    first = offers.of(GuardReport((), (READ, OF_TARGET)), PAGE)
    assert not in_own_loop(offers.ask("My Orders", first, "captcha"))
    second = offers.of(GuardReport((), (READ, other)), PAGE)
    assert in_own_loop(offers.ask("My Orders", second))

    assert asked == [("My Orders", ["menuQuery"], "captcha"), ("My Orders", ["tabQuery"], "")]
    assert names(offers.allowed) == ["tabQuery"]
    assert offers.declined(READ.what)
    assert not offers.declined(other.what)
    assert not offers.declined("mtop.ae.never")
    assert offers.of(GuardReport((), (READ, other)), PAGE) == ()
