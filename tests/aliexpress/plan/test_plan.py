"""A plan's digest: what it covers, and what stands beside it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from automation.aliexpress.plan.plan import LIFETIME, Plan, StalePlanError, check_made_here
from automation.aliexpress.site.addresses import REAL_SITE
from tests.aliexpress.plan.a_plan import NOW, PLAN

AN_HOUR = timedelta(hours=1)
BESIDE = {"created", "expires"}


def test_the_digest_does_not_depend_on_the_time() -> None:
    """GIVEN the same plan made an hour later THEN the same digest, with an expiry of its own."""
    later = PLAN.model_copy(update={"created": NOW + AN_HOUR, "expires": NOW + AN_HOUR + LIFETIME})

    assert later.digest == PLAN.digest
    assert (PLAN.is_expired(NOW + AN_HOUR), later.is_expired(NOW + AN_HOUR)) == (True, False)


@pytest.mark.parametrize("name", sorted(set(Plan.model_fields) - BESIDE))
def test_every_other_field_is_part_of_it(name: str) -> None:
    """GIVEN another value in any field THEN another digest: the buyer consented to what they read."""
    value = getattr(PLAN, name)
    other = (*value, "another") if isinstance(value, tuple) else f"{value or ''}another"

    assert PLAN.model_copy(update={name: other}).digest != PLAN.digest


def test_the_plan_of_another_site_is_stale() -> None:
    """GIVEN a plan of one mimic THEN another one, or the real site, refuses it and names both."""
    check_made_here(PLAN.digest, PLAN.origin, PLAN.origin)

    for here in ("http://127.0.0.1:8192", "http://localhost:8191", REAL_SITE):
        with pytest.raises(StalePlanError, match=f"made on {PLAN.origin}, and this is {here}"):
            check_made_here(PLAN.digest, PLAN.origin, here)


def test_a_plan_that_names_no_site_is_stale() -> None:
    """GIVEN a plan without a site, of an older version THEN it is no consent anywhere."""
    with pytest.raises(StalePlanError, match="another version"):
        check_made_here(PLAN.digest, "", REAL_SITE)
