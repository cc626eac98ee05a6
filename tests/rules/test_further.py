"""More decided cases and labelled messages than the two first files have.

The messages are composed, so a score on them measures wording and says nothing about the
field. ``further_messages.jsonl`` taught an earlier reader and is a regression net.
``held_out_messages.jsonl`` and ``fresh_messages.jsonl`` were labelled before their first
reading; ``rules/messages/README.md`` has the scores of that reading. The thresholds leave
room, so that there is no reason to fit the lists to them sentence by sentence.
"""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from automation.aliexpress.advice.facts_file import facts_from_bytes
from rules import advise
from rules.messages import read_message

HERE = Path(__file__).parent
NOW = datetime(2026, 6, 10, 12, tzinfo=UTC)


def _lines(name: str) -> list[dict[str, Any]]:
    return [
        json.loads(line)
        for line in (HERE / ("messages" if "messages" in name else "") / name)
        .read_text(encoding="utf-8")
        .splitlines()
    ]


def _missed(messages: list[dict[str, Any]], label: str) -> list[str]:
    """The texts of one label that were read as the other."""
    own = [m["text"] for m in messages if m["label"] == label]
    return [t for t in own if read_message(t).is_pressure is not (label == "pressure")]


@pytest.mark.parametrize(
    ("name", "label", "least", "most_missed"),
    [
        ("further_messages.jsonl", "pressure", 820, 75),
        ("further_messages.jsonl", "benign", 770, 45),
        ("held_out_messages.jsonl", "pressure", 50, 6),
        ("held_out_messages.jsonl", "benign", 50, 3),
        ("fresh_messages.jsonl", "pressure", 900, 17),
        ("fresh_messages.jsonl", "benign", 600, 14),
    ],
)
def test_labels_are_met_but_for_a_few(name: str, label: str, least: int, most_missed: int) -> None:
    """At most the stated number of messages in a file are misread."""
    messages = _lines(name)
    assert Counter(m["label"] for m in messages)[label] >= least
    missed = _missed(messages, label)
    assert len(missed) <= most_missed, missed


def test_many_languages_are_held_out() -> None:
    """The held-out set has pressing and harmless messages in every language of the pages."""
    spoken = {(m["lang"], m["label"]) for m in _lines("held_out_messages.jsonl")}
    tongues = [
        "ar",
        "de",
        "en",
        "es",
        "fr",
        "he",
        "id",
        "it",
        "ja",
        "ko",
        "nl",
        "pl",
        "pt",
        "ru",
        "th",
        "tr",
        "uk",
        "vi",
        "zh",
    ]
    assert [t for t in tongues if not {(t, "pressure"), (t, "benign")} <= spoken] == []


def test_further_cases_get_an_acceptable_verdict() -> None:
    """Every further case gets a verdict that was accepted beforehand, nearly all the expected one."""
    cases = _lines("further_cases.jsonl")
    verdicts = {
        case["id"]: advise(facts_from_bytes(json.dumps(case).encode(), NOW)).verdict.value
        for case in cases
    }
    assert [c["id"] for c in cases if verdicts[c["id"]] not in c["acceptable"]] == []
    expected = [c["id"] for c in cases if verdicts[c["id"]] == c["expected"]]
    assert len(expected) >= 0.95 * len(cases)
