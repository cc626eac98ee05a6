"""What the judge and the guard of a run do with permits."""

from __future__ import annotations

import json

import pytest

from automation.aliexpress.site.traffic import site_traffic
from automation.engine.guard import (
    Guard,
    Layer,
    Permit,
    PermitAnswer,
    PermitScope,
)
from automation.engine.guard.judge import Judge, Verdict
from automation.engine.guard.requests.classify import RequestFacts
from automation.engine.target import Target
from automation.errors import ToolError
from tests.engine.guard.a_permit import (
    LINE,
    ORDER,
    ORIGINS,
    OTHER,
    SCOPE,
    SITE,
    facts,
)
from tests.own_loop import in_own_loop

REVERSE = f"{SITE}/h5/mtop.aliexpress.buyer.reverse."


def test_judge_sends_one() -> None:
    """Of two fitting requests one is sent; a misfit before them does not use the permit."""
    judge = Judge(ORIGINS, site_traffic())
    fitting, misfit = facts(body=f"id={LINE}"), facts(body=f"id={OTHER}")
    assert judge.at_route(fitting, Layer.ROUTE) is Verdict.REFUSE
    judge.permit = Permit(SCOPE, 5)
    found = [judge.at_route(request, Layer.ROUTE) for request in (misfit, fitting, fitting)]
    assert found == [Verdict.REFUSE, Verdict.SEND, Verdict.REFUSE]
    assert judge.report().summary() == "1 write let through, 3 requests refused"
    assert judge.report().refused[-1].reason.endswith("permit already used")


def test_browser_edge_never_lets_a_write() -> None:
    """A fitting request that bypasses the routes is refused: Chromium might repeat it."""
    judge = Judge(ORIGINS, site_traffic())
    judge.permit = Permit(SCOPE, 5)
    assert judge.at_browser(facts(body=f"id={LINE}"), Layer.BROWSER_FETCH) is Verdict.REFUSE
    assert judge.permit.state == "unused"


def test_what_was_held_back_is_kept_without_values() -> None:
    """After the permit: name, page and keys of what was held back, and how it relates."""
    judge = Judge(ORIGINS, site_traffic())
    judge.permit = Permit(SCOPE, 5)
    page = f"{SITE}/p/reverse-pages/detail.html?reverseOrderLineId={LINE}"

    def ask(name: str, body: str) -> Verdict:
        request = RequestFacts(f"{REVERSE}{name}/1.0/", "POST", "xhr", body.encode(), page=page)
        return judge.at_route(request, Layer.ROUTE)

    asked = [
        ask("cancel.precheck", f"reverseOrderLineId={LINE}&name=Ann"),
        ask("cancelIt", f"reverseOrderLineId={LINE}&t=1"),
        ask("cancelIt", f"reverseOrderLineId={LINE}&t=2"),
        ask("closeIt", f"reverseOrderLineId={LINE}"),
        ask("closeIt", f"reverseOrderLineId={OTHER}"),
    ]
    report = judge.report()

    assert asked == [Verdict.REFUSE, Verdict.SEND, *[Verdict.REFUSE] * 3]
    assert [record.repeats for record in report.held_after_sent] == [True, False]
    assert len(report.held_at_permit) == 4
    held = report.as_json()["held_back"]
    assert isinstance(held, list)
    assert held[0]["name"] == "mtop.aliexpress.buyer.reverse.cancel.precheck"
    assert held[0]["page"] == "/p/reverse-pages/detail.html"
    assert held[0]["keys"] == ["name", "reverseOrderLineId"]
    assert not [secret for secret in (LINE, OTHER, "Ann") if secret in json.dumps(report.as_json())]


def guard_of_a_run() -> Guard:
    """A guard without a browser."""
    return Guard(ORIGINS, site_traffic())


@pytest.mark.parametrize("end", ["revoked", "expired"])
def test_a_permit_that_nothing_can_use_any_more_is_replaced(end: str) -> None:
    """GIVEN a permit withdrawn or expired unused THEN another; the old one never passes a request."""
    guard = guard_of_a_run()
    first = guard.grant(SCOPE, seconds=0.0 if end == "expired" else 60.0)
    first.revoke()
    assert first.state == end

    second = guard.grant(SCOPE)

    assert not first.consume()
    assert second.consume()


@pytest.mark.parametrize("used", [True, False])
def test_a_permit_that_was_or_can_be_used_is_the_only_one(used: bool) -> None:
    """GIVEN a permit that is used, or may be, THEN no second one."""
    guard = guard_of_a_run()
    first = guard.grant(SCOPE)
    assert not used or first.consume()
    with pytest.raises(ToolError) as caught:
        guard.grant(SCOPE)
    assert caught.value.code == "permit_already_granted"


def asked(guard: Guard, line: str) -> Verdict:
    """What becomes of a cancel of this line, as a page asks for it."""
    request = facts(body=f"reverseOrderLineId={line}&tradeOrderId={ORDER}")
    return guard._judge.at_route(request, Layer.ROUTE)  # noqa: SLF001  no browser is needed


def test_the_next_target_has_a_permit_and_a_report_of_its_own() -> None:
    """GIVEN a request that has its answer THEN another target's fits the next permit, and only that."""
    guard = guard_of_a_run()
    first = guard.grant(SCOPE)
    assert asked(guard, LINE) is Verdict.SEND
    first.record(PermitAnswer(200))

    in_own_loop(guard.next_target())
    second = guard.grant(PermitScope(Target(ids={"order": ORDER, "line": OTHER}, words="another")))

    assert [asked(guard, LINE), asked(guard, OTHER), asked(guard, OTHER)] == [
        Verdict.REFUSE, Verdict.SEND, Verdict.REFUSE,
    ]  # fmt: skip
    assert (first.state, second.state) == ("used", "used")
    assert [record.permitted for record in guard.report().allowed] == [True]


@pytest.mark.parametrize("used", [True, False])
def test_nobody_turns_away_from_a_request_that_may_be_under_way(used: bool) -> None:
    """GIVEN a permit that may be used, or has no answer yet THEN there is no next target."""
    guard = guard_of_a_run()
    permit = guard.grant(SCOPE)
    assert not used or permit.consume()
    assert guard.may_have_sent is used

    with pytest.raises(ToolError) as caught:
        in_own_loop(guard.next_target())

    assert caught.value.code == "permit_already_granted"
    with pytest.raises(ToolError):
        guard.grant(SCOPE)


def test_a_withdrawn_permit_is_no_hindrance() -> None:
    """GIVEN no permit, or one that was withdrawn unused THEN the next target can come."""
    guard = guard_of_a_run()
    in_own_loop(guard.next_target())
    guard.grant(SCOPE).revoke()

    in_own_loop(guard.next_target())

    assert guard.grant(SCOPE).consume()
