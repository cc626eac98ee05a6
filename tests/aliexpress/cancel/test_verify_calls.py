"""The call of ``verify`` that settles an attempt: as a person would paste it, with its own site."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest

from automation.aliexpress.cancel.attempts import (
    verify_commands,
    verify_first,
    verify_on,
    without_endpoint,
)
from automation.aliexpress.site import Addresses
from automation.aliexpress.site.addresses import REAL_SITE

if TYPE_CHECKING:
    from automation.aliexpress.request import Request
    from automation.engine.journal import Attempt

HERE, THERE = "http://127.0.0.1:8001", "http://127.0.0.1:8002"


def on_this_site() -> Request:
    """A run on this site."""
    return cast("Request", SimpleNamespace(addresses=Addresses.for_site(HERE, None)))


def made_on(site: str, gateway: str = "") -> Attempt:
    """An attempt on a site."""
    return cast("Attempt", SimpleNamespace(site=site, gateway=gateway))


@pytest.mark.parametrize(
    ("command", "site", "here", "expected"),
    [
        (
            "verify 1 --site http://127.0.0.1:8001",
            HERE,
            HERE,
            "verify 1 --site http://127.0.0.1:8001",
        ),
        ("verify 1 --site 'http://x y' --item 2", HERE, THERE, f"verify 1 --item 2 --site {HERE}"),
        (f"verify 1 --gateway {THERE} --site {THERE}", HERE, THERE, f"verify 1 --site {HERE}"),
        ("verify 1", REAL_SITE, HERE, f"verify 1 --site {REAL_SITE}"),
        ("verify 1", REAL_SITE, REAL_SITE, "verify 1"),
        ("verify 1", "$(x)", REAL_SITE, "verify 1 --site '$(x)'"),
    ],
)
def test_the_call_that_settles_names_the_site(
    command: str, site: str, here: str, expected: str
) -> None:
    """GIVEN an attempt of another site THEN its site takes the place of this one, and of its gateway."""
    assert verify_on(command, made_on(site), here) == expected


@pytest.mark.parametrize(
    ("command", "here", "expected"),
    [
        ("verify 1", REAL_SITE, f"verify 1 --site {HERE} --gateway {THERE}"),
        (f"verify 1 --site {HERE}", HERE, f"verify 1 --site {HERE} --gateway {THERE}"),
        (f"verify 1 --site {HERE} --gateway {THERE}", HERE, f"verify 1 --site {HERE} --gateway {THERE}"),
        (f"verify 1 --site {THERE} --gateway {HERE}", THERE, f"verify 1 --site {HERE} --gateway {THERE}"),
    ],
)  # fmt: skip
def test_the_call_that_settles_names_the_gateway(command: str, here: str, expected: str) -> None:
    """GIVEN an attempt on a mimic with an API of its own THEN the call can reach that too."""
    assert verify_on(command, made_on(HERE, THERE), here) == expected


def test_each_call_that_settles_is_named_once() -> None:
    """GIVEN several attempts on two sites THEN two calls, in the order of the attempts."""
    calls = verify_commands(
        (made_on(THERE), made_on(HERE), made_on(THERE)), on_this_site(), "verify 1"
    )

    assert calls == (f"verify 1 --site {THERE}", "verify 1")
    assert (
        verify_first(*calls)
        == f"run 'verify 1 --site {THERE}' and 'verify 1' before you cancel again"
    )
    assert verify_first("verify 'x'") == "run verify 'x' before you cancel again"


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("verify 1 --connect ws://127.0.0.1:9/x --json", "verify 1 --connect ENDPOINT --json"),
        ("verify 1 --connect 'ws://h/a b'", "verify 1 --connect ENDPOINT"),
        ("verify 1", "verify 1"),
    ],
)
def test_an_endpoint_that_is_gone_is_not_repeated(command: str, expected: str) -> None:
    """GIVEN the call with a remote browser THEN another one has to be filled in."""
    assert without_endpoint(command) == expected
