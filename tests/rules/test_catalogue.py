"""The catalogue is complete and sourced, and every rule can fire."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from dataclasses import asdict, replace
from importlib import resources
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import ValidationError

from automation.aliexpress.site import SiteMap
from rules import (
    GUIDE,
    LIMITS,
    DisputeStatus,
    Facts,
    OrderStatus,
    Reason,
    ReplacementTracking,
    Severity,
    UnknownRule,
    advise,
    advise_on_words,
    all_rules,
    rule,
)
from rules.catalogue import catalogue, catalogue_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_MOVING = ReplacementTracking(number="LP00987654321CN", checked_by_buyer=True, carrier_events=6)

_RULE = {
    "title": "t", "severities": ["warn", "block"], "source": ["F1"],
    "explanation": "e", "example": "x",
}  # fmt: skip

# rule: changes to the good facts that make it fire.
_FIRES: dict[str, dict[str, Any]] = {
    "status-final": {"dispute_status": "final_decision"},
    "status-settlement-running": {"dispute_status": "seller_accepted_full"},
    "nothing-to-cancel": {"dispute_status": "none"},
    "status-unreadable": {"dispute_status": "Wird gepr\u00fcft"},
    "mediation-running": {"dispute_status": "mediating"},
    "proposal-waiting": {"dispute_status": "seller_responded"},
    "not-the-buyer": {"account_role": "seller"},
    "account-unknown": {"account_role": None},
    "target-ambiguous": {"open_disputes_in_order": 2, "target_specified": False},
    "target-unknown": {"open_disputes_in_order": None, "target_specified": None},
    "cancel-button-missing": {"visible_buttons": ("Accept", "Do not cancel request")},
    "cancel-button-ambiguous": {"visible_buttons": ("Cancel Request", "cancel  request")},
    "buttons-unknown": {"visible_buttons": None},
    "facts-inconsistent": {"edits_used": 5},
    "window-closed": {"protection_deadline": "2026-06-10T12:00:00Z"},
    "window-closing-soon": {"protection_deadline": "2026-06-11T12:00:00Z"},
    "deadline-unknown": {"protection_deadline": None},
    "delivery-date-unknown": {"delivered_at": "yesterday"},
    "item-checked": {},
    "item-not-checked": {"item_verified": None},
    "item-not-in-hand": {"item_received": False, "item_verified": False},
    "item-wrong-or-incomplete": {"buyer_reason": Reason.PACKAGE_ARRIVED_PARTLY},
    "replacement-proven": {
        "buyer_reason": Reason.REPLACEMENT_SENT, "replacement_tracking": _MOVING,
    },
    "replacement-not-proven": {"buyer_reason": Reason.REPLACEMENT_SENT},
    "protection-not-extended": {"buyer_reason": Reason.REPLACEMENT_SENT},
    "filed-by-mistake": {"buyer_reason": Reason.FILED_BY_MISTAKE},
    "let-agreement-finish": {"buyer_reason": Reason.FAIR_AGREEMENT},
    "seller-promise": {"buyer_reason": Reason.SELLER_PROMISED},
    "seller-asks": {"seller_asked_to_cancel": True},
    "edit-instead": {"buyer_reason": Reason.START_FRESH, "edits_used": None},
    "edits-exhausted": {"buyer_reason": Reason.CHANGE_AMOUNT, "edits_used": 4},
    "money-outside": {"buyer_reason": Reason.MONEY_RECEIVED_OFF_PLATFORM},
    "not-fixed-yet": {"buyer_reason": Reason.AFRAID_OF_ACCOUNT_BLOCK},
    "words-of-unknown-author": {"unattributed_messages": ("Please cancel the dispute.",)},
    "order-frozen": {"order_frozen": True},
    "reason-missing": {"buyer_reason": None},
    "after-cancel": {},
}  # fmt: skip


def test_every_fact_of_the_guide_has_a_rule() -> None:
    """F3 to F18 are each the source of at least one rule."""
    cited = {fact for entry in all_rules() for fact in entry.source}
    assert {f"F{n}" for n in range(3, 19)} <= cited


def test_every_source_is_a_fact_with_a_name() -> None:
    """The guide has F1 to F18, each in words, and no rule cites another number."""
    assert list(GUIDE) == [f"F{n}" for n in range(1, 19)]
    assert {f for entry in all_rules() for f in entry.source} <= set(GUIDE)
    assert [f for f in GUIDE.values() if not f.meaning.endswith(".") or len(f.name) < 8] == []


@pytest.mark.parametrize("rule_id", _FIRES)
def test_rule_speaks(good: Callable[..., Facts], rule_id: str) -> None:
    """Each rule fires on facts made for it, with a severity from the catalogue."""
    found = [f for f in advise(good(**_FIRES[rule_id])).findings if f.rule == rule_id]
    assert found
    assert {f.severity for f in found} <= set(rule(rule_id).severities)


def test_status_not_seen_speaks_before_pages_were_read(good: Callable[..., Facts]) -> None:
    """Advice on words alone says that the status has not been looked up."""
    advice = advise_on_words(good(dispute_status=None))
    assert "status-not-seen" in {f.rule for f in advice.findings}


def test_no_rule_is_left_out() -> None:
    """The two tests above cover the whole catalogue."""
    assert {entry.id for entry in all_rules()} == set(_FIRES) | {"status-not-seen"}


def test_quiet_on_good_facts(good: Callable[..., Facts]) -> None:
    """The good facts raise only notes: the control for every rule that fires."""
    assert {f.severity for f in advise(good()).findings} == {Severity.NOTE}


def test_unknown_rule_is_named() -> None:
    """A wrong rule id is an error that names it."""
    with pytest.raises(UnknownRule, match="no-such-rule"):
        rule("no-such-rule")


def test_texts_of_findings_are_whole_sentences(good: Callable[..., Facts]) -> None:
    """Every finding says what it means, what to do and what would change it."""
    findings = [f for c in _FIRES.values() for f in advise(good(**c)).findings]
    texts = [t for f in findings for t in (f.meaning, f.instead, f.would_change)]
    assert [t for t in texts if not t.endswith(".") or "  " in t or len(t) < 12] == []
    assert [t for t in texts if "--" in t] == [], "an action, not an option: the rules know none"


def test_import_loads_no_word_lists_and_nothing_heavy() -> None:
    """Importing the rules loads neither the languages nor a browser, a command line or a database."""
    code = (
        "import sys, rules; heavy = {'rules.messages', 'click', 'playwright',"
        " 'sqlite3'}; print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_texts_follow_the_limits() -> None:
    """A changed limit changes every text that names it, and an unknown name is an error."""
    limits = replace(LIMITS, soon_hours=48, edits=3)
    assert limits.filled_in("{soon_hours} hours, {edits_word} edits") == "48 hours, three edits"
    assert [replace(LIMITS, edits=n).edits_word for n in (0, 10, 11)] == ["no", "ten", "11"]
    with pytest.raises(KeyError):
        limits.filled_in("{hours}")
    assert [t for t in _texts() if "{" in t] == []
    assert any(f"{LIMITS.soon_hours} hours" in t for t in _texts())
    assert any(f"{LIMITS.after_delivery_days} days" in t for t in _texts())


@pytest.mark.parametrize(
    "change",
    [
        {"limits": {"soon_hours": 0, "after_delivery_days": 1, "after_order_days": 1, "edits": 1}},
        {"facts": {"F1": {"name": "a"}}},
        {"rules": {"a": {**_RULE, "source": ["F99"]}}},
        {"rules": {"a": {**_RULE, "severities": ["block", "warn"]}}},
        {"rules": {"a": {**_RULE, "severities": ["loud"]}}},
        {"rules": {"A b": _RULE}},
        {"rules": {"a": {**_RULE, "note": "x"}}},
    ],
)
def test_a_slip_in_the_catalogue_is_refused(change: dict[str, Any]) -> None:
    """The schema names wrong limits, facts, sources, severities, ids and fields."""
    sound: dict[str, Any] = {
        "limits": dict.fromkeys(asdict(LIMITS), 1) | {"edits": 0},
        "facts": {"F1": {"name": "a", "meaning": "b"}},
        "rules": {"a": _RULE},
    }
    assert catalogue_of(sound).rules["a"].overridable
    with pytest.raises(ValidationError):
        catalogue_of(sound | change)


def test_the_kept_catalogue_is_the_checked_one(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """GIVEN the catalogue WHEN it is compiled, and when it comes compiled THEN it is what its file says."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path))
    file = resources.files("rules").joinpath("catalogue.toml").read_text("utf-8")
    stated = catalogue_of(tomllib.loads(file))

    assert catalogue.__wrapped__() == stated
    monkeypatch.setattr("rules.outside.adapter", None)  # nothing is checked again
    assert catalogue.__wrapped__() == stated == catalogue()
    assert {type(one) for each in all_rules() for one in each.severities} == {Severity}


def test_every_status_of_the_site_data_is_known_to_the_rules() -> None:
    """Word lists name only states that the rules know."""
    packs = SiteMap.load().packs.values()
    assert {name for pack in packs for name in pack.dispute_status} <= set(DisputeStatus)
    assert {name for pack in packs for name in pack.order_status} <= set(OrderStatus)


def _texts() -> list[str]:
    rules = [t for r in all_rules() for t in (r.title, r.explanation, r.example)]
    return [*rules, *(fact.meaning for fact in GUIDE.values())]
