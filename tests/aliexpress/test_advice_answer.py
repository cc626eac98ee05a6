"""The document of advice: what there is nothing to say about is left out, nothing else."""

from __future__ import annotations

from datetime import UTC, datetime

from automation.aliexpress.advice_answer import Advised, AdvisedLine, AdvisedLines, advised
from rules import Facts, Reason, advise

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
PROMISED = Facts(now=NOW, buyer_reason=Reason.SELLER_PROMISED, item_received=False)


def test_the_rules_advice_is_the_document() -> None:
    """GIVEN advice THEN its verdict and findings, each with what it rests on."""
    advice = advise(PROMISED)

    told = advised(advice)

    assert told.verdict == advice.verdict == "block"
    assert [each.rule for each in told.findings] == [each.rule for each in advice.findings]
    assert all(each.meaning and each.source for each in told.findings)
    assert Advised.model_validate(told.as_json()) == told


def test_what_there_is_nothing_to_say_about_is_left_out() -> None:
    """GIVEN an answer that says nothing THEN the promised keys stay, empty; the others are gone."""
    told = Advised().as_json()

    assert told == {
        "command": "advise", "verdict": None, "findings": [], "refile_by": None, "exit_code": 0,
    }  # fmt: skip
    assert set(Advised.ONLY_IF_SAID) <= set(Advised.model_fields)


def test_each_line_of_a_file_is_told_with_its_number() -> None:
    """GIVEN two lines THEN a document of each, and one exit code over all."""
    line = advised(advise(PROMISED)).as_json()
    lines = tuple(AdvisedLine.model_validate({**line, "line": number}) for number in (1, 4))

    told = AdvisedLines(answers=lines, exit_code=3).as_json()

    assert told == {
        "command": "advise", "answers": [{**line, "line": 1}, {**line, "line": 4}], "exit_code": 3,
    }  # fmt: skip
