"""The confirm after its click: what was sent, what is asked next, and what its end says."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from playwright.async_api import Error

from automation.aliexpress.cancel import confirm, stops
from automation.aliexpress.request import utc_now
from automation.engine.guard import Permit, PermitAnswer, RequestRecord
from automation.engine.sent import Sent
from automation.errors import ErrorCode, ExitCode, ToolError
from tests.aliexpress.plan.a_plan import PLAN
from tests.own_loop import in_own_loop

if TYPE_CHECKING:
    from automation.aliexpress.cancel.confirm import Confirm
    from automation.aliexpress.pages.dialog import Dialog

from tests.aliexpress.cancel.a_commit import (
    ASKS,
    DIALOG,
    LOSS,
    asked,
    commit,
    dialog,
    granted,
    not_recognised,
)


def sends(monkeypatch: pytest.MonkeyPatch, sent: Sent) -> None:
    """The permit of the next confirm turns out so."""

    async def found(*_: object) -> Sent:
        return sent

    monkeypatch.setattr(confirm, "what_was_sent", found)


def confirmed(*held: RequestRecord, answered: int = 1, opened: tuple[str, ...] = ()) -> Confirm:
    """A confirm whose button was pressed, with its permit."""
    made = commit()
    made._grant()  # noqa: SLF001
    made._answered = answered  # noqa: SLF001
    report = SimpleNamespace(held_at_permit=held)

    async def opened_after() -> tuple[str, ...]:
        return opened

    guard: Any = made.walk.session.guard
    guard.report = lambda: report
    shown: Any = made._opened  # noqa: SLF001
    shown.opened_after = opened_after
    made.walk.timeout = 1.0
    return made


def end_of(made: Confirm) -> ErrorCode | None:
    """How it ends after the press; nothing if one request was sent."""
    try:
        in_own_loop(made._sent())  # noqa: SLF001
    except ToolError as error:
        return error.code
    return None


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        (Sent.ONE, None),
        (Sent.MAYBE, stops.browser_lost().code),
        (Sent.NOTHING, ErrorCode.NOTHING_SENT),
    ],
)
def test_what_the_press_sent_is_known_in_every_end(
    monkeypatch: pytest.MonkeyPatch, sent: Sent, code: ErrorCode | None
) -> None:
    """GIVEN what the permit and the browser say THEN that is kept, and only one request is no error."""
    sends(monkeypatch, sent)
    made = confirmed(opened=("A dialog",))

    assert end_of(made) == code
    assert (made.so_far.sent, made.so_far.opened_after) == (sent, ("A dialog",))


def test_without_a_connection_nothing_was_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    """GIVEN a used permit whose request never had a connection THEN that is the cause."""
    sends(monkeypatch, Sent.NOTHING)
    made = confirmed()
    assert made.so_far.permit is not None
    made.so_far.permit.record(PermitAnswer(None, error="net::ERR_X", sent=False))

    assert end_of(made) == stops.no_connection("net::ERR_X").code


@pytest.mark.parametrize(
    ("answered", "opened", "held", "too_often"),
    [
        (2, ("Again?",), False, True),
        (1, ("Again?",), False, False),
        (2, (), False, False),
        (2, ("Again?",), True, False),
    ],
)
def test_a_site_that_keeps_asking_is_named(
    monkeypatch: pytest.MonkeyPatch,
    answered: int,
    opened: tuple[str, ...],
    *,
    held: bool,
    too_often: bool,
) -> None:
    """GIVEN a third question in place of the request THEN that is the cause, unless a call was held back."""
    sends(monkeypatch, Sent.NOTHING)
    record = RequestRecord("mtop.a.b", "", "POST", "unknown", "it is not known")
    code = end_of(confirmed(*[record] * held, answered=answered, opened=opened))

    assert (code is ErrorCode.DIALOG_NOT_RECOGNISED) is too_often
    assert too_often or code is ErrorCode.NOTHING_SENT


@pytest.mark.parametrize(
    ("asks", "code"),
    [
        (f"{ASKS} {LOSS}", ErrorCode.WARNINGS_NOT_ACCEPTED),
        ("Do you want to log out?", ErrorCode.DIALOG_NOT_RECOGNISED),
        ("Accept the proposal and cancel this request?", ErrorCode.DIALOG_NOT_RECOGNISED),
    ],
)
def test_a_native_dialog_that_got_a_no_is_the_end(asks: str, code: ErrorCode) -> None:
    """GIVEN no permit after the press THEN why there is none: its warnings, or its words."""
    made = commit()
    assert not asked(made, asks)

    assert end_of(made) is code


SECOND = dialog(words="Are you sure? Confirm")


@pytest.mark.parametrize(
    ("answered", "next_one", "sent", "state", "read"),
    [
        (1, SECOND, Sent.NOTHING, "revoked", True),
        (2, SECOND, Sent.NOTHING, "unused", False),
        (1, None, Sent.NOTHING, "unused", False),
        (1, not_recognised(), Sent.NOTHING, "unused", False),
        (1, SECOND, Sent.ONE, "revoked", False),
        (1, SECOND, Sent.MAYBE, "revoked", False),
    ],
)
def test_a_second_question_is_read_only_while_nothing_can_be_sent(
    monkeypatch: pytest.MonkeyPatch,
    answered: int,
    next_one: Dialog | ToolError | None,
    sent: Sent,
    state: str,
    *,
    read: bool,
) -> None:
    """GIVEN one more dialog THEN the permit is withdrawn first; one that was used meanwhile ends it."""
    sends(monkeypatch, sent)
    made = confirmed(answered=answered)
    shown: Any = made._opened  # noqa: SLF001

    async def next_dialog(_permit: Permit) -> Dialog | None:
        if isinstance(next_one, ToolError):
            raise next_one
        return next_one

    shown.next = next_dialog
    found = in_own_loop(made._asked_again())  # noqa: SLF001

    assert found is (SECOND if read else None)
    assert granted(made) == [state]
    assert (made.so_far.permit is None) is read


@pytest.mark.parametrize("granted_before", [True, False])
def test_a_click_that_raises_may_have_worked(
    monkeypatch: pytest.MonkeyPatch, *, granted_before: bool
) -> None:
    """GIVEN a click that fails THEN it ends the run only if no permit could have been used by it."""

    async def press(*_: object, **__: object) -> None:
        raise Error("the element moved")

    monkeypatch.setattr(confirm, "press", press)
    made = confirmed() if granted_before else commit()
    made.walk.session.touch = False
    made.walk.timeout = 1.0
    target: Any = object()

    if granted_before:
        in_own_loop(made._click(target, "Confirm"))  # noqa: SLF001
    else:
        with pytest.raises(ToolError, match="could not click 'Confirm'"):
            in_own_loop(made._click(target, "Confirm"))  # noqa: SLF001


@pytest.mark.parametrize(
    ("exit_code", "named"), [(ExitCode.HUMAN_NEEDED, True), (ExitCode.FAILED, False), (None, False)]
)
def test_a_captcha_in_place_of_the_dialog_is_the_cause(
    exit_code: ExitCode | None, *, named: bool
) -> None:
    """GIVEN no dialog THEN a human is needed if a captcha took its place; else the error itself."""
    made, error = commit(), not_recognised()
    cause = ToolError("seen", code=ErrorCode.SIGNED_OUT, exit_code=exit_code or ExitCode.FAILED)

    def check(_page: object) -> None:
        if exit_code is not None:
            raise cause

    made.walk.page = object()  # type: ignore[assignment]
    made.walk.watch = SimpleNamespace(check=check)  # type: ignore[assignment]

    assert made._cause_of(error) is (cause if named else error)  # noqa: SLF001


@pytest.mark.parametrize(
    ("now_there", "years", "why"),
    [
        ((DIALOG,), 1, ""),
        ((DIALOG, SECOND), 1, ""),
        ((SECOND,), 1, "changed while you were reading"),
        ((), 1, "changed while you were reading"),
        ((DIALOG, DIALOG), 1, "changed while you were reading"),
        ((DIALOG,), -1, "expired while you were reading"),
    ],
)
def test_a_dialog_that_was_asked_about_is_read_again(
    monkeypatch: pytest.MonkeyPatch, now_there: tuple[Dialog, ...], years: int, why: str
) -> None:
    """GIVEN a buyer who took their time THEN the same dialog must still be there, and the plan be good."""

    async def sure(*_: object) -> bool:
        return True

    async def fresh() -> list[Dialog]:
        return list(now_there)

    made = commit()
    made.plan = PLAN.until(utc_now().replace(year=utc_now().year + years, day=1))
    shown: Any = made._opened  # noqa: SLF001
    shown.fresh = fresh
    monkeypatch.setattr(confirm, "be_sure", sure)

    if why:
        with pytest.raises(ToolError, match=why):
            in_own_loop(made._know(DIALOG))  # noqa: SLF001
    else:
        assert in_own_loop(made._know(DIALOG)) == DIALOG  # noqa: SLF001
