"""``verify``: its exit code and its error say the same."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from automation.aliexpress.found import End, Found
from automation.aliexpress.plan.targets import order_target
from automation.engine.journal import Journal
from automation.engine.outcome import EXIT_CODES, Outcome
from tests.cli.calls import SAYS

if TYPE_CHECKING:
    from pathlib import Path

    from automation.aliexpress.answer import Answer
    from automation.aliexpress.running import Run
    from tests.cli.calls import Call

ORDER = "8194370215560042"
ERRORS = {Outcome.DONE: None, Outcome.NOT_DONE: "not_cancelled", Outcome.UNKNOWN: "outcome_unknown"}


@pytest.mark.parametrize("outcome", Outcome)
def test_every_other_exit_than_0_has_an_error(
    call: Call, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, outcome: Outcome
) -> None:
    """GIVEN what fresh pages show THEN the exit code, and an error with the reason unless it is done."""

    def verified(_request: object, run: Run) -> Answer:
        run.found = Found(End(outcome, "the dispute page says so"))
        return run.answer().model_copy(update={"exit_code": int(EXIT_CODES[outcome])})

    monkeypatch.setattr("automation.aliexpress.run.run_verify", verified)

    ran = call("verify", ORDER, "--json", "--state-dir", str(tmp_path))

    error = ran.json.get("error")
    assert (ran.code, ran.json["outcome"]) == (EXIT_CODES[outcome], outcome)
    assert (error["code"] if error else None) == ERRORS[outcome]
    if error:
        assert error["message"] == "the dispute page says so"
        assert error["hint"]


def test_a_lost_journal_names_how_to_go_on(
    call: Call, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """GIVEN the journal is lost WHEN verify stays unknown THEN it names the way out, not itself.

    The control: with a journal, it says to look again later.
    """
    lost = ["an earlier journal was damaged", ""]

    def verified(_request: object, run: Run) -> Answer:
        run.found = Found(End(Outcome.UNKNOWN, "it is open"), journal_problem=lost.pop())
        return run.answer().model_copy(update={"exit_code": 8})

    monkeypatch.setattr("automation.aliexpress.run.run_verify", verified)

    words = ("verify", ORDER, "--state-dir", str(tmp_path / "a b"))
    with_journal, without = call(*words, "--json"), call(*words, "--json")
    lost.append("an earlier journal was damaged")
    spoken = call(*words)

    assert "verify again later" in with_journal.json["error"]["hint"]
    hint = without.json["error"]["hint"]
    assert hint.endswith(
        f"with dispute-guard doctor --accept-lost-journal --state-dir '{tmp_path}/a b'"
    )
    assert "next: check your disputes on the site" in spoken.out
    assert hint in spoken.out


def test_a_cancel_on_a_mimic_is_verified_there(
    call: Call, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """GIVEN an order that was tried on a mimic WHEN verify names no site THEN exit 2, and the call that does.

    The controls: a call that names a site is that of the buyer, and an order that was never tried.
    """
    mimic, real = "http://127.0.0.1:8001", "https://www.aliexpress.com"
    with Journal.open(tmp_path) as journal:
        number = journal.begin(order_target(ORDER), "cancel", mimic, "web", "1", datetime.now(UTC))
        journal.finish(number, "not_done", 1, "", datetime.now(UTC))
    looked = []

    def verified(_request: object, run: Run) -> Answer:
        looked.append(run.order_id)
        return run.answer().model_copy(update={"exit_code": 8})

    monkeypatch.setattr("automation.aliexpress.run.run_verify", verified)
    other = f"{ORDER[:-5]}10042"
    state = ("--state-dir", str(tmp_path), "--json")

    refused = call("verify", ORDER, *state)
    assert (refused.code, refused.json["outcome"], looked) == (2, "unknown", [])
    assert f"--state-dir {tmp_path} --site {mimic}'" in refused.json["error"]["hint"]
    codes = [call("verify", *words, *state).code for words in
             ((ORDER, "--site", mimic), (ORDER, "--site", real), (other,))]  # fmt: skip
    assert (codes, looked) == ([8, 8, 8], [ORDER, ORDER, other])


def test_a_lost_journal_is_told_although_it_is_done(
    call: Call, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """GIVEN the journal is lost WHEN the pages show it done THEN exit 0, with the loss and the way out.

    The control: with a journal, nothing of that.
    """
    lost = ["an earlier journal was damaged", ""]

    def verified(_request: object, run: Run) -> Answer:
        run.found = Found(End(Outcome.DONE, "it is cancelled"), journal_problem=lost.pop())
        return run.answer().model_copy(update={"exit_code": 0})

    monkeypatch.setattr("automation.aliexpress.run.run_verify", verified)

    with_journal, without = (call("verify", ORDER, "--state-dir", str(tmp_path)) for _ in "ab")

    assert (with_journal.code, without.code) == (0, 0)
    assert "journal" not in with_journal.out
    told = next(line for line in without.out.splitlines() if "nothing more can be sent" in line)
    assert "an earlier journal was damaged; check your disputes on the site" in told
    assert "doctor --accept-lost-journal" in told


@pytest.mark.parametrize(
    ("words", "outcome", "code"),
    [
        (("verify", ORDER), Outcome.DONE, 0),
        (("cancel", ORDER, *SAYS, "--plan", "0a1b2c3d4e5f"), Outcome.DONE, 0),
        (("cancel", ORDER, *SAYS, "--dry-run"), Outcome.NOT_DONE, 1),
        (("cancel", "--json-schema"), Outcome.DONE, 1),
    ],
)
def test_a_lost_answer_is_a_failure_unless_it_is_done(
    call: Call,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    words: tuple[str, ...],
    outcome: Outcome,
    code: int,
) -> None:
    """GIVEN a full disk behind stdout THEN exit 1, but what is cancelled stays cancelled: exit 0.

    The control: with a disk that takes the answer, all of them exit 0.
    """

    def ended(_request: object, run: Run, *_: object) -> Answer:
        run.found = Found(End(outcome))
        return run.answer().model_copy(update={"exit_code": 0})

    monkeypatch.setattr("automation.aliexpress.run.run_verify", ended)
    monkeypatch.setattr("automation.aliexpress.run.run_cancel", ended)
    told = [*words, "--json", "--state-dir", str(tmp_path)]
    well = call(*told).code

    monkeypatch.setattr("automation.cli.main.answer_was_lost", lambda: True)

    assert (well, call(*told).code) == (0, code)
