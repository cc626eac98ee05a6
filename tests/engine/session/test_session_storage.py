"""Session storage: saved by origin, and there before a page's own scripts, for its origin alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from automation.engine.session.launch.discovery import find_browsers, sandbox_arguments
from automation.engine.session.session_storage import (
    merged,
    merged_origins,
    read_session_storage,
    restore_script,
)

if TYPE_CHECKING:
    from tests.engine.guard.rig.campaign import Bench

HERE, THERE = "http://here.example", "http://there.example"
# What its own script sees first, and a frame of the other origin beside it.
PAGE = "<script>window.first = sessionStorage.getItem('token')</script><iframe src='%s/frame'></iframe>"


def test_each_origin_gets_its_own_before_its_scripts(bench: Bench) -> None:
    """GIVEN values of one origin THEN its scripts see them first, and no other origin ever does."""
    script = restore_script({HERE: {"token": "t"}, "null": {"token": "x"}, "chrome://x": {}})

    seen: dict[str, Any] = {}

    async def visit() -> None:
        browser = await bench.playwright.chromium.launch(
            executable_path=find_browsers(headless=True)[0], args=sandbox_arguments()
        )
        try:
            context = await browser.new_context()
            await context.add_init_script(script)
            await context.route(
                "**/*", lambda route: route.fulfill(content_type="text/html", body=PAGE % THERE)
            )
            page = await context.new_page()
            await page.goto(f"{HERE}/1")
            seen["here"] = await page.evaluate("first")
            await page.evaluate("sessionStorage.setItem('token', 'renewed')")
            await page.goto(f"{HERE}/2")
            seen["again"] = await page.evaluate("first")
            seen["frame"] = await page.frames[1].evaluate("sessionStorage.length")
            seen["read"] = await read_session_storage([page], lambda url: url.startswith(HERE))
            seen["none"] = await read_session_storage([page], lambda url: url.startswith(THERE))
            await page.goto(f"{THERE}/1")
            seen["there"] = await page.evaluate("first")
        finally:
            await browser.close()

    bench.run(visit())
    assert seen == {
        "here": "t",
        "again": "renewed",
        "frame": 0,
        "read": {HERE: {"token": "renewed"}},
        "none": {},
        "there": None,
    }


@pytest.mark.parametrize(
    "kept", [None, [], {}, {HERE: []}, {HERE: {"a": 1}}, {"about:": {"a": ""}}]
)
def test_what_is_no_storage_makes_no_script(kept: object) -> None:
    """GIVEN a file that says nothing, or nonsense THEN there is nothing to restore."""
    assert restore_script(kept) == ""


def test_a_run_renews_the_origins_that_it_had_open() -> None:
    """GIVEN saved values THEN an origin that was open has its new ones, any other keeps its own."""
    kept = {HERE: {"a": "1", "b": "2"}, THERE: {"c": "3"}}

    assert merged(kept, {HERE: {"a": "4"}}) == {HERE: {"a": "4"}, THERE: {"c": "3"}}


def test_an_origin_that_was_open_replaces_its_own_texts_alone() -> None:
    """GIVEN a storage state WHEN one origin was open THEN its local storage is new, all else stays."""
    kept = [
        {"origin": HERE, "localStorage": [{"name": "old", "value": "1"}], "indexedDB": []},
        {"origin": THERE, "localStorage": []},
    ]

    assert merged_origins(kept, {HERE: {"k": "v"}, "http://new.example": {"a": "b"}}) == [
        {"origin": HERE, "localStorage": [{"name": "k", "value": "v"}], "indexedDB": []},
        {"origin": THERE, "localStorage": []},
        {"origin": "http://new.example", "localStorage": [{"name": "a", "value": "b"}]},
    ]
    assert merged_origins(None, {}) == []
