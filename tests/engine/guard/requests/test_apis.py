"""Names of APIs, as a request writes them."""

from __future__ import annotations

import pytest

from automation.aliexpress.site.traffic import site_traffic
from automation.engine.guard.requests.apis import api_name, apis_in, declared_api

TRAFFIC = site_traffic()
NAME = "mtop.aliexpress.buyer.reverse.cancelIt"


@pytest.mark.parametrize(
    ("path", "name"),
    [
        (f"/h5/{NAME}/1.0/", NAME),
        (f"/H5/{NAME}/1.0/", NAME),
        (f"/h5/{NAME}", NAME),
        (f"/h5/{NAME}/1.0/{NAME}Two/2.0/", NAME),
        (f"/h5/{NAME}-", NAME),
        (f"/x/h5/{NAME}/1.0/", ""),
        (f"/{NAME}/1.0/", ""),
        ("/h5/", ""),
        ("", ""),
    ],
)
def test_an_address_declares_one_api(path: str, name: str) -> None:
    """GIVEN a path THEN the name behind the gateway's own folder, as written; nothing elsewhere."""
    assert declared_api(path, TRAFFIC) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (f"{NAME}/1.0", NAME),
        (f"{NAME}.2.0", NAME),
        (f"{NAME}.1", NAME),
        (f"{NAME}_", NAME),
        (f"{NAME}V2", f"{NAME}V2"),
    ],
)
def test_a_version_is_no_part_of_a_name(text: str, name: str) -> None:
    """GIVEN a name with its version THEN the name."""
    assert api_name(text) == name


def test_every_name_in_a_text_is_found() -> None:
    """GIVEN two names in one text THEN both, as they are written; words are none."""
    found = apis_in(f'{{"api":"{NAME}","next":"MTOP.ae.x.y"}}', TRAFFIC)

    assert found[0] == NAME
    assert [each.casefold() for each in found] == [NAME.casefold(), "mtop.ae.x.y"]
    assert apis_in("cancel the order", TRAFFIC) == ()
