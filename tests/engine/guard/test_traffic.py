"""The table of a site's traffic: what a buyer's file may change, and what is no table."""

from __future__ import annotations

import json
from importlib import resources

import pytest

from automation.aliexpress.site.traffic import site_traffic
from automation.engine.guard import SiteOrigins, Traffic
from automation.engine.guard.requests.classify import RequestFacts
from automation.errors import ToolError
from tests.engine.guard.rig.judging import classify

SITE = "http://127.0.0.1:8123"


def shipped() -> dict[str, object]:
    """The content of the shipped table."""
    text = resources.files("automation.aliexpress.site").joinpath("traffic.json").read_text("utf-8")
    data = json.loads(text)
    assert isinstance(data, dict)
    return data


def test_overlay_adds_a_read() -> None:
    """A buyer can add a reading call to the guard."""
    name = "mtop.aliexpress.buyer.reverse.somethingNew"
    request = RequestFacts(f"{SITE}/h5/{name}/1.0/", resource_type="xhr")
    origins = SiteOrigins.only(SITE)
    assert not classify(request, origins, site_traffic()).allow
    assert classify(request, origins, site_traffic().with_overlay({"reads": [name]})).allow


@pytest.mark.parametrize("part", ["never", "hosts", "write_words", "nonsense"])
def test_overlay_cannot_weaken(part: str) -> None:
    """A user's file cannot set never-words or hosts."""
    with pytest.raises(ToolError, match="an overlay cannot change"):
        site_traffic().with_overlay({part: []})


@pytest.mark.parametrize(
    "change",
    [
        {"reads": "text"},
        {"reads": [""]},
        {"reads": [1]},
        {"hosts": {"nobody": ["x.example"]}},
        {"api_pattern": "("},
        {"hosts": []},
        {"never": [{"word": "x"}]},
        {"never": [{"words": 1}]},
        {"api_path": "h5"},
        {"more": []},
    ],
)
def test_malformed_table(change: dict[str, object]) -> None:
    """A malformed table is refused when it is loaded."""
    with pytest.raises(ToolError, match="invalid traffic table"):
        Traffic.of_site({**shipped(), **change})
