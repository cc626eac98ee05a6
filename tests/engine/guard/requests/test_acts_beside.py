"""Which pair of a request orders something beside the permitted act, pair by pair."""

from __future__ import annotations

from typing import Any

import pytest

from automation.aliexpress.site.traffic import site_traffic
from automation.engine.guard.requests.meaning import Meaning
from automation.engine.guard.requests.payload import Pair, Payload
from automation.engine.guard.requests.side_effects import SideEffects

TRAFFIC = site_traffic()
BLOB = "8f3a9b2c7d1e4f60a9_closeOrder_7c21d0e9f4b8"


def why(*keys: str, value: str = "true", named: bool = False, **more: Any) -> str:  # noqa: ANN401  fields of a pair
    """What one pair orders besides."""
    payload = Payload(pairs=[Pair(keys, value, **more)])
    return SideEffects(Meaning(payload, TRAFFIC), TRAFFIC).why(named=named)


@pytest.mark.parametrize(
    ("keys", "value", "told"),
    [
        (("dryRun",), "true", "tries"),
        (("dryRun",), "no", ""),
        (("isPreviewMode",), "1", "tries"),
        (("orderPreview",), "1", ""),  # something of a preview
        (("mode",), "1", ""),  # no word of trying
        (("linkage", "common", "validate"), "true", ""),  # how the page checks its fields
        (("confirm",), "0", "tries"),
        (("confirm",), "", ""),
        (("submit",), "false", "may order something else"),
        (("action",), "check", "tries"),
        (("action",), "precheckNow", "tries"),
        (("action",), "please check it", ""),  # a sentence
        (("color",), "check", ""),
        (("scene",), "preview", "tries"),  # decides without being a command
    ],
)
def test_what_only_tries(keys: tuple[str, ...], value: str, told: str) -> None:
    """GIVEN a flag or command THEN the whole request is a trial only if that is all that it says."""
    assert told in why(*keys, value=value)
    assert bool(told) is bool(why(*keys, value=value))


@pytest.mark.parametrize(
    ("keys", "value", "acts"),
    [
        (("closeOrder",), "true", True),
        (("closeOrder",), "off", False),
        (("closeOrderTime",), "12", False),
        (("canCloseOrder",), "true", False),
        (("closeOrder",), "8190001112223334", False),  # an id is data
        (("closeOrder",), "now", True),
        (("closeOrderText",), "now", False),
        (("closeDialog",), "true", False),
        (("closeDialogOrder",), "true", True),
        (("payDialog",), "true", True),
        (("closeTypeAppeal",), "true", True),
        (("appealCode",), "true", False),  # ends as a label
        (("all",), "true", True),
        (("all",), "12", False),
        (("order", "cancel"), "true", True),
        (("dispute", "cancel"), "true", False),
        (("x", "cancel"), "true", False),
        (("cancelIsConfirmed",), "true", False),
        (("keepProtection",), "false", True),
        (("keepLogin",), "false", False),
        (("keep",), "false", True),
    ],
)
def test_a_flag_that_acts(keys: tuple[str, ...], value: str, *, acts: bool) -> None:
    """GIVEN a flag THEN it acts if its name is another act, or the same on something else."""
    assert (why(*keys, value=value) != "") is acts


@pytest.mark.parametrize(
    ("keys", "value", "acts"),
    [
        (("nextAction",), "finishOrder", True),
        (("nextStatus",), "finishOrder", True),  # a command, though a status alone is data
        (("statusFlow",), "finishOrder", True),  # an operator, though no command
        (("then",), "finishOrder", True),
        (("title",), "finishOrder", False),
        (("country",), "finish", False),
        (("canDo",), "finish", False),
        (("panel",), "finish", False),
        (("nextAction",), "cancel", False),
        (("order", "action"), "cancel", True),  # of the order
        (("orderLine", "action"), "cancel", False),
        (("a", "order", "action"), "cancel", True),
        (("order", "a", "action"), "cancel", False),
        (("action",), "cancel", False),
        (("cancelType",), "ORDER", True),
        (("cancelType",), "BUYER", False),
        (("cancelType",), "appeal", True),
        (("scope",), "all", True),
        (("colorScope",), "all", False),
        (("bizType",), "ORDER", False),
        (("nextAction",), BLOB, False),
        (("nextAction",), "abschliessen", True),  # nobody knows it
        (("nextAction",), "abx", True),
        (("nextAction",), "ab", False),
        (("forfeitProtection",), "1", True),
        (("isProtection",), "1", False),
        (("colorOrder",), "1", False),
        (("termsOrder",), "1", False),
    ],
)
def test_a_value_that_acts(keys: tuple[str, ...], value: str, *, acts: bool) -> None:
    """GIVEN a command, or a key that could be one THEN its value acts if it is another act or object."""
    assert (why(*keys, value=value) != "") is acts


@pytest.mark.parametrize(
    "more",
    [{"offered": True}, {"keys": ("spm",)}, {"keys": ("8f3a9b2c7d1e4f60a97c21d0e9f4b8c6d5",)}],
    ids=["an offered button", "a token's key", "a key that is a token"],
)
def test_what_is_data_orders_nothing(more: dict[str, Any]) -> None:
    """GIVEN a button that is only shown, or a token THEN its words count for nothing."""
    keys = more.pop("keys", ("nextAction",))
    assert why("nextAction", value="finishOrder") != ""  # control
    assert why(*keys, value="finishOrder", **more) == ""


def test_a_guess_is_no_trial() -> None:
    """GIVEN a word that was decoded by chance THEN it does not make the request a trial."""
    assert "tries" in why("action", value="check")  # control
    assert why("action", value="check", guess=True) == ""


def test_only_a_name_in_site_data_excuses_unknown_words() -> None:
    """GIVEN a command in words that nobody knows THEN held, unless the call was named by a person."""
    assert why("nextAction", value="abschliessen") != ""
    assert why("nextAction", value="abschliessen", named=True) == ""
    assert why("nextAction", value="finishOrder", named=True) != ""
