from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.conftest import GOOD_REASON, disputed_order

if TYPE_CHECKING:
    from fixtures.pytest_plugin import Mimic
    from tests.conftest import Tool

# Unknown parts of the site are varied here, several in one run.
SHAPES: dict[str, tuple[str, str, dict[str, Any]]] = {
    "a block of split words, a sheet that asks": (
        "quick",
        "mobile",
        {"entry": "block", "cancel": {"dialog": "role"}},
    ),
    "a real button as the box, a block that cancels, a dialog element": (
        "quick",
        "mobile",
        {
            "entry": "box-button",
            "cancel": {"dialog": "element"},
            "dispute": {"cancel_button": "block"},
        },
    ),
    "a button inside the box, a link that cancels, the old dialog": (
        "quick",
        "web",
        {
            "entry": "with-button",
            "cancel": {"dialog": "comet-v1"},
            "dispute": {"cancel_button": "link"},
        },
    ),
    "the line's button, a bar at the bottom, the browser's dialog": (
        "quick",
        "mobile",
        {
            "entry": "line-button",
            "cancel": {"dialog": "native"},
            "dispute": {"cancel_button": "bottom-bar"},
        },
    ),
    "the oldest link and a page in a folder, behind a promotion": (
        "legacy-issue-id",
        "web",
        {"hydration_ms": 0, "promotion": True},
    ),
}


# test_reading_in_a_browser.py reaches all buttons and dialogs on their pages.
@pytest.mark.parametrize(
    "shape",
    SHAPES,
)
@pytest.mark.further
def test_whatever_is_unknown_of_the_site_gives_one_right_write(
    mimic: Mimic, tool: Tool, shape: str
) -> None:
    """GIVEN elements that the facts leave open WHEN cancelled THEN the one right write."""
    scenario, surface, changes = SHAPES[shape]
    site = mimic(scenario, surface=surface, **changes)

    ran = tool.cancel_typed(disputed_order(site), site, *GOOD_REASON, "--surface", surface)

    assert (ran.code, ran.json["outcome"]) == (0, "done"), ran.out + ran.err
    assert site.ledger.effects() == (f"cancelled {site.state.dispute().id}",)
