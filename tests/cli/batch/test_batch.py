"""``cancel --from FILE`` on the command line: what cannot be combined, bad files, and what is typed."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from automation.aliexpress.answer import Answer
from automation.aliexpress.batch.plan import Planned, make_batch_plan
from automation.aliexpress.batch_answer import BatchAnswer
from automation.aliexpress.cancel.consent import not_agreed
from automation.cli.batch import batch as cli_batch
from automation.cli.batch import consent as batch_consent
from automation.cli.commands import cancel
from automation.engine.outcome import Outcome
from tests.cli.calls import NO_SITE, ORDER, SAYS
from tests.cli.plans import a_plan
from tests.own_loop import in_own_loop

if TYPE_CHECKING:
    from pathlib import Path

    from automation.aliexpress.batch.course import Course
    from automation.aliexpress.batch.run import Batch
    from tests.cli.calls import Call

OTHER = "8190000000010001"


def file_of(folder: Path, content: str) -> str:
    """A CSV file."""
    path = folder / "file.csv"
    path.write_text(content, "utf-8")
    return str(path)


def good(folder: Path) -> str:
    """A file with one good line, which the rules refuse on what the buyer says."""
    return file_of(folder, f"order,reason\n{ORDER},seller-promised\n")


@pytest.mark.parametrize(
    "more",
    [(ORDER,), SAYS, ("--item", "1"), ("--accept-risk", "seller-promise"), ("--by-hand",)],
    ids=["order", "reason", "item", "risk", "by-hand"],
)
def test_what_is_said_of_one_order_stands_in_its_line(
    call: Call, tmp_path: Path, more: tuple[str, ...]
) -> None:
    """GIVEN --from and an option about one order THEN exit 2, and nothing is opened."""
    ran = call(
        "cancel", "--from", good(tmp_path), *more, "--dry-run", *NO_SITE, "--json", opens=False
    )

    assert (ran.code, ran.sessions) == (2, [])
    assert "cannot be combined" in ran.json["error"]["message"]


def test_a_file_needs_consent_too(call: Call, tmp_path: Path) -> None:
    """GIVEN no terminal and no plan THEN exit 2, nothing opened."""
    ran = call("cancel", "--from", good(tmp_path), *NO_SITE, "--json", opens=False)

    assert (ran.code, ran.json["error"]["code"], ran.sessions) == (2, "no_consent", [])


def test_all_bad_lines_are_one_document(call: Call, tmp_path: Path) -> None:
    """GIVEN bad lines THEN exit 2 and each with its number; a person sees one line for each."""
    path = file_of(tmp_path, f"order,reason\n1,other\n{ORDER},oter\n")

    ran = call("cancel", "--from", path, "--dry-run", *NO_SITE, "--json", opens=False)

    assert (ran.code, ran.json["error"]["code"], ran.sessions) == (2, "bad_batch", [])
    BatchAnswer.model_validate(ran.json)
    assert [each["line"] for each in ran.json["bad_lines"]] == [2, 3]
    shown = call("cancel", "--from", path, "--dry-run", *NO_SITE, opens=False).err
    assert "line 2:" in shown
    assert "line 3: unknown reason 'oter', did you mean 'other'?" in shown
    assert "nothing was sent" in shown


def test_lines_that_the_rules_refuse_open_no_browser(call: Call, tmp_path: Path) -> None:
    """GIVEN a file of refused orders THEN exit 3, no browser and no plan."""
    state = ("--state-dir", str(tmp_path / "state"))

    ran = call(
        "cancel", "--from", good(tmp_path), "--dry-run", *NO_SITE, *state, "--json", opens=False
    )

    assert (ran.code, ran.json["plan"], ran.sessions) == (3, None, [])
    assert ran.json["totals"]["left_out"] == 1
    assert ran.json["error"]["code"] == "refused"
    assert ran.json["error"]["message"].startswith("line 2: refused by")
    [answer] = ran.json["answers"]
    assert (answer["line"], answer["error"]["code"]) == (2, "refused")


def test_a_good_line_opens_one(call: Call, tmp_path: Path) -> None:
    """The control: GIVEN a line that the rules allow THEN a browser would start."""
    path = file_of(tmp_path, f"order,reason,received,checked\n{ORDER},package-arrived,yes,yes\n")
    state = ("--state-dir", str(tmp_path / "state"))

    ran = call("cancel", "--from", path, "--dry-run", *NO_SITE, *state, "--json", opens=False)

    assert ran.json["error"]["message"].endswith("interrupted"), ran.out
    told = call("cancel", "--from", path, "--dry-run", *NO_SITE, *state, opens=False)
    assert "nothing was sent. There is no plan: the run was stopped" in told.out, told.err


def test_a_plan_must_be_for_this_file(call: Call, tmp_path: Path) -> None:
    """GIVEN a digest that no dry run printed THEN exit 7, nothing opened, and one document."""
    state = ("--state-dir", str(tmp_path / "state"))

    ran = call("cancel", "--from", good(tmp_path), "--plan", "0a1b2c3d4e5f", *NO_SITE, *state, "--json", opens=False)  # fmt: skip

    assert (ran.code, ran.json["error"]["code"], ran.sessions) == (7, "plan_unknown", [])
    assert [each["started"] for each in ran.json["answers"]] == [False]

    told = call("cancel", "--from", good(tmp_path), "--plan", "0a1b2c3d4e5f", *NO_SITE, *state, opens=False)  # fmt: skip
    assert "  nothing was sent\n" in told.err


def declined(batch: Batch, course: Course) -> None:
    """A batch whose buyer sees the plan and types something else."""
    [row] = course.rows
    planned = (Planned(row, a_plan().model_copy(update={"order_id": row.order})),)
    course.read[row.line] = Answer(command="cancel", order=row.order, outcome=Outcome.NOT_DONE)
    course.plan = make_batch_plan(planned, (), "rows", datetime.now(UTC), site="")
    assert in_own_loop(_asked(batch, course, planned)) is False
    course.stopped_by = not_agreed("an order", expired=False)


async def _asked(batch: Batch, course: Course, planned: tuple[Planned, ...]) -> bool:
    assert batch.consent is not None
    assert course.plan is not None
    return await batch.consent(course.plan, planned, course)


def test_a_plan_that_was_declined_is_shown_once(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GIVEN a buyer who declines THEN the plan was shown at the question, and the end of each line follows."""

    async def types_no(*_: object) -> bool:
        return False

    monkeypatch.setattr(cancel, "is_terminal", lambda: True)
    monkeypatch.setattr(batch_consent, "_typed", types_no)
    monkeypatch.setattr(cli_batch, "run_batch", declined)
    state = ("--state-dir", str(tmp_path / "state"))

    ran = call("cancel", "--from", good(tmp_path), *NO_SITE, *state, opens=False)

    assert ran.code == 6
    assert (ran.err.count("for 1 dispute"), ran.out.count("for 1 dispute")) == (1, 0)
    assert "planned, not cancelled: consent not given" in " ".join(ran.out.split())
    assert "1 order: 1 not done; nothing was sent" in ran.out


def test_lines_that_end_the_run_before_a_plan_are_shown_once(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GIVEN a run that is stopped while it reads THEN its lines stand in the summary alone."""
    path = file_of(tmp_path, f"order,reason,received,checked\n{ORDER},package-arrived,yes,yes\n")
    monkeypatch.setattr(cancel, "is_terminal", lambda: True)
    state = ("--state-dir", str(tmp_path / "state"))

    ran = call("cancel", "--from", path, *NO_SITE, *state, opens=False)

    assert ran.code == 130
    assert "Left out" not in ran.out + ran.err
    assert ran.out.count(" ".join(ORDER[at : at + 4] for at in range(0, 16, 4))) == 1
