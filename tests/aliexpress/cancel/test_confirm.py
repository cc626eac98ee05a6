"""The confirm: which dialogs get a yes, when the permit is handed out, and when it is taken back."""

from __future__ import annotations

from typing import Any

import pytest

from automation.aliexpress.cancel.confirm import permit_scope
from automation.aliexpress.plan.site_warnings import UnseenWarningsError, site_warnings
from automation.aliexpress.walk.response_names import Names
from automation.engine.target import Target
from automation.errors import ErrorCode, ExitCode, ToolError
from tests.aliexpress.cancel.a_commit import (
    ASKS,
    DIALOG,
    LOSS,
    SITE,
    asked,
    commit,
    dialog,
    did,
    granted,
)
from tests.aliexpress.plan.a_plan import PLAN


@pytest.mark.parametrize(
    ("kind", "words", "before", "yes"),
    [
        ("confirm", ASKS, (), True),
        ("alert", ASKS, (), False),
        ("prompt", ASKS, (), False),
        ("beforeunload", ASKS, (), False),
        ("confirm", "Do you want to log out?", (), False),
        ("confirm", "Cancel the request and confirm receipt?", (), False),
        ("confirm", "Accept the proposal and cancel this request?", (), False),
        ("confirm", "Do you want to cancel this order?", (), False),
        ("confirm", ASKS, (True,), True),
        ("confirm", ASKS, (False,), False),
        ("confirm", ASKS, (True, True), False),
        ("confirm", f"{ASKS} {LOSS}", (), False),
    ],
)
def test_only_a_question_about_this_cancel_gets_a_yes(
    kind: str, words: str, before: tuple[bool, ...], *, yes: bool
) -> None:
    """GIVEN a native dialog THEN a yes only to a known question without anything new; at most two of them."""
    made = commit()

    assert asked(made, words, kind, before) is yes
    assert granted(made) == (["unused"] if yes else [])
    assert did(made) == (["spent digest", "clicked"] if yes else [])


def test_words_of_loss_in_a_native_dialog_need_consent() -> None:
    """GIVEN the same words, accepted before THEN a yes, and the journal has which; else the run ends with them."""
    [warning] = site_warnings([LOSS], PLAN, SITE.pack("en"))
    refused, made = commit(), commit(LOSS)

    assert not asked(refused, f"{ASKS} {LOSS}")
    assert isinstance(refused._problem, UnseenWarningsError)  # noqa: SLF001
    assert refused.so_far.warnings == (warning,)
    assert asked(made, f"{ASKS} {LOSS}")
    assert did(made) == ["spent digest", f"clicked {warning.digest}"]


def test_what_stands_beside_a_native_dialog_counts_as_well() -> None:
    """GIVEN a harmless question and a warning beside it THEN no yes, and no permit."""
    made = commit(beside=(LOSS,))

    assert not asked(made, ASKS)
    assert granted(made) == []


def test_a_second_question_takes_an_unused_permit_back() -> None:
    """GIVEN a yes, and then a question with a warning THEN the permit and the plan's use are taken back."""
    made = commit()
    assert asked(made, ASKS)

    assert not asked(made, f"{ASKS} {LOSS}", before=(True,))

    assert granted(made) == ["revoked"]
    assert made.so_far.permit is None
    assert did(made) == ["spent digest", "clicked", "returned digest"]


def test_a_used_permit_is_never_taken_back() -> None:
    """GIVEN a request that is sent already THEN its permit stays known, and its plan stays used."""
    made = commit()
    assert asked(made, ASKS)
    assert made.so_far.permit is not None
    assert made.so_far.permit.consume()

    assert not asked(made, f"{ASKS} {LOSS}", before=(True,))

    assert made.so_far.permit is not None
    assert made.so_far.permit.state == "used"
    assert "returned digest" not in did(made)


def test_one_permit_serves_until_it_is_over() -> None:
    """GIVEN an unused permit THEN the next click needs no other; a plan is used up once."""
    made = commit()
    made._grant()  # noqa: SLF001  between two clicks
    made._grant()  # noqa: SLF001
    assert (granted(made), did(made)) == (["unused"], ["spent digest", "clicked"])
    typed = commit(spends=None)
    typed._grant()  # noqa: SLF001
    assert did(typed) == ["clicked"]


@pytest.mark.parametrize(
    ("more", "code", "told"),
    [
        ({"frame": True}, ErrorCode.DIALOG_NOT_RECOGNISED, "a frame"),
        ({"wants": True}, ErrorCode.DIALOG_WANTS_REASON, "a reason"),
        ({"clash": "it has two names"}, ErrorCode.DIALOG_NOT_RECOGNISED, "it has two names"),
        ({"never": ("accept",)}, ErrorCode.DIALOG_NOT_RECOGNISED, "mentions 'accept'"),
        ({"about_cancel": False}, ErrorCode.DIALOG_NOT_RECOGNISED, "not about cancelling"),
        ({"confirm": ""}, ErrorCode.DIALOG_NOT_RECOGNISED, "exactly one confirm button"),
        ({"grows": True}, ErrorCode.DIALOG_NOT_RECOGNISED, "exactly one confirm button"),
    ],
)
def test_why_a_dialog_is_not_confirmed(more: dict[str, Any], code: ErrorCode, told: str) -> None:
    """GIVEN anything but the known dialog THEN exit 5 with its cause; a safe one passes (control)."""
    with pytest.raises(ToolError, match=told) as caught:
        commit()._checked(dialog(**more))  # noqa: SLF001  one step of it

    assert (caught.value.code, caught.value.exit_code) == (code, ExitCode.PAGE_NOT_RECOGNISED)
    assert commit()._checked(DIALOG) is DIALOG  # noqa: SLF001


@pytest.mark.parametrize(
    ("more", "lists"),
    [
        ({"about_cancel": False}, {"dialog_questions": (ASKS,), "labels.confirm": ()}),
        ({"confirm": "", "buttons": ("Do it", "No")}, {"labels.confirm": ("Do it", "No")}),
        ({"never": ("accept",), "confirm": ""}, None),
    ],
)
def test_unknown_words_are_shown_with_their_lines(
    more: dict[str, Any], lists: dict[str, tuple[str, ...]] | None
) -> None:
    """GIVEN a dialog whose words are unknown THEN they can be taught; words that forbid it cannot."""
    made = commit()
    with pytest.raises(ToolError):
        made._checked(dialog(**more))  # noqa: SLF001

    assert (made.so_far.doubt.words if made.so_far.doubt else None) == lists


def stopped(said: str, *accepted: str) -> None:
    """What was there when the click arrived."""
    commit(*accepted)._read_stopped(said, DIALOG)  # noqa: SLF001


def test_what_appears_with_the_click_is_read_before_it_counts() -> None:
    """GIVEN the dialog at the click THEN its new sentences need consent; another button is never pressed."""
    stopped(f"{ASKS}\nConfirm")
    stopped(f"{ASKS}\n{LOSS}\nConfirm", LOSS)
    with pytest.raises(UnseenWarningsError):
        stopped(f"{ASKS}\n{LOSS}\nConfirm")
    for other in (
        f"{ASKS}\nGo on",
        f"{ASKS}\nConfirm receipt",
        f"{ASKS}\nConfirm\nAccept proposal",
    ):
        with pytest.raises(ToolError, match="becomes another one"):
            stopped(other)


@pytest.mark.parametrize(
    ("names", "others", "own", "fits"),
    [
        (Names(), (), (), ("2", "3")),
        (Names(frozenset({"4"}), frozenset({"5"})), (), ("5",), ("2", "3", "4")),
        (Names(frozenset({"4", "6"}), frozenset({"5", "6"})), ("6",), ("5",), ("2", "3", "4")),
    ],
)
def test_the_permit_is_for_the_ids_of_this_dispute(
    names: Names, others: tuple[str, ...], own: tuple[str, ...], fits: tuple[str, ...]
) -> None:
    """GIVEN ids from the site's answers THEN those of other disputes never count as this one's."""
    target = Target(ids={"order": "1", "line": "2", "dispute": "3"}, words="x")
    scope = permit_scope(target, names, frozenset(others))

    assert (scope.names, scope.own_ids) == (frozenset(fits), frozenset(own))
    assert scope.other_ids == frozenset(others)
