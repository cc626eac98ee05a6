"""The README of the mimic site has every switch and every fault."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from fixtures.faults import FaultKind
from fixtures.scenario import CancelSpec, FaultSpec, GatewaySpec, LineSpec, OrderSpec, Scenario
from tests.docs.pages import ROOT

if TYPE_CHECKING:
    from pydantic import BaseModel

README = (ROOT / "fixtures" / "README.md").read_text("utf-8")
# The name of a scenario is that of its file.
NOT_TYPED = {"name"}


@pytest.mark.parametrize(
    "table", [Scenario, OrderSpec, LineSpec, CancelSpec, GatewaySpec, FaultSpec]
)
def test_its_keys_are_told(table: type[BaseModel]) -> None:
    """Each key of a scenario file is in the text, by the name that is typed."""
    keys = {field.alias or name for name, field in table.model_fields.items()} - NOT_TYPED
    assert [key for key in sorted(keys) if not re.search(rf"\b{key}\b", README)] == []


def test_each_fault_is_told() -> None:
    """A kind is named whole."""
    assert [kind for kind in FaultKind if f"`{kind.value}`" not in README] == []
