"""The shipped table of this site's traffic, as the guard reads it."""

from __future__ import annotations

import pytest

from automation.aliexpress.site.traffic import real_origins, site_traffic, useless_reads
from automation.engine.guard.requests.classify import RequestFacts
from tests.engine.guard.rig.judging import classify

GATEWAY = "https://acs.aliexpress.com/h5/"


def kind(api: str) -> str:
    """What the guard makes of a call without content."""
    return classify(RequestFacts(f"{GATEWAY}{api}/1.0/"), real_origins()).kind


@pytest.mark.parametrize("api", sorted(site_traffic().reads))
def test_what_is_listed_as_a_read_reads(api: str) -> None:
    """A call whose name says a write would stay refused, so it does not belong in the list."""
    assert kind(api) == "read"
    assert kind(f"{api}.cancel") == "write"


def test_a_name_that_lets_nothing_through_is_told() -> None:
    """GIVEN --allow-read with a name that no call can pass by THEN a line says why."""
    told = useless_reads(("mtop.x.menuQuery", "mtop.x.getAndSettle", "mtop.x.cancel\x1b[2J"))

    assert told == (
        "--allow-read mtop.x.getAndSettle lets nothing through: its name says that it does more: 'settle'",
        "--allow-read mtop.x.cancel lets nothing through: it is not the name of a call",
    )
