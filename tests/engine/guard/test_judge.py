"""The judge: what passes, what uses the permit, and what is written of the rest."""

from __future__ import annotations

import json

import pytest
from msgspec.structs import replace

from automation.aliexpress.site.traffic import site_traffic
from automation.engine.guard import Layer, Permit, PermitScope, SiteOrigins
from automation.engine.guard.judge import Judge, Verdict
from automation.engine.guard.requests.classify import RequestFacts
from automation.engine.target import Target

SITE = "http://127.0.0.1:8123"
LINE, OTHER = "5190001112223334", "9190001112223334"
SCOPE = PermitScope(Target(ids={"line": LINE}, words="the line"), other_ids=frozenset({OTHER}))
CANCEL = f"{SITE}/h5/mtop.aliexpress.buyer.reverse.cancelIt/1.0/"
PAGE = RequestFacts(f"{SITE}/p/order/index.html", resource_type="document", frame_is_main=True)


class Clock:
    """A clock that tests move."""

    now = 100.0

    def __call__(self) -> float:
        """Seconds."""
        return self.now


def judge(*, seconds: float | None = 5, clock: Clock | None = None) -> Judge:
    """A judge with a permit for the line, or without one."""
    made = Judge(SiteOrigins.only(SITE), site_traffic())
    if seconds is not None:
        made.permit = Permit(SCOPE, seconds, clock or Clock())
    return made


def write(line: str = LINE, *, kind: str = "xhr", more: str = "") -> RequestFacts:
    """A cancel of one line."""
    body = f"reverseOrderLineId={line}{more}".encode()
    return RequestFacts(CANCEL, "POST", kind, body)


def test_a_sealed_guard_lets_nothing_through() -> None:
    """Neither a page nor the permitted request, at either layer; the control is the same unsealed."""
    sealed, control = judge(), judge()
    sealed.sealed = True

    found = [
        [
            one.at_browser(PAGE, Layer.BROWSER_FETCH),
            one.at_route(PAGE, Layer.ROUTE),
            one.at_route(write(), Layer.ROUTE),
        ]
        for one in (sealed, control)
    ]

    assert found[0] == [Verdict.REFUSE] * 3
    assert found[1] == [Verdict.LET, Verdict.LET, Verdict.SEND]
    assert control.report().summary().startswith("1 write let through")
    assert {record.reason for record in sealed.report().refused} == {"the guard is sealed"}
    assert sealed.permit is not None
    assert sealed.permit.state == "unused"


def test_one_of_two_fitting_requests_is_sent() -> None:
    """Of two fitting requests one is sent; a misfit before them does not use the permit."""
    one = judge(seconds=None)
    assert one.at_route(write(), Layer.ROUTE) is Verdict.REFUSE
    one.permit = Permit(SCOPE, 5)
    found = [one.at_route(request, Layer.ROUTE) for request in (write(OTHER), write(), write())]
    assert found == [Verdict.REFUSE, Verdict.SEND, Verdict.REFUSE]
    assert one.report().summary() == "1 write let through, 3 requests refused"
    assert one.report().refused[-1].reason.endswith("permit already used")


def test_browser_edge_never_lets_a_write() -> None:
    """A fitting request that bypasses the routes is refused: Chromium might repeat it."""
    one = judge()
    assert one.at_browser(write(), Layer.BROWSER_FETCH) is Verdict.REFUSE
    assert one.permit is not None
    assert one.permit.state == "unused"


def test_at_the_browser_a_write_is_refused_for_its_own_reason() -> None:
    """Only a sealed guard says that it is sealed."""
    one = judge(seconds=None)
    one.at_browser(write(), Layer.BROWSER_FETCH)
    assert "sealed" not in one.report().refused[0].reason


@pytest.mark.parametrize(
    ("request_", "seconds", "sealed", "may"),
    [
        (PAGE, None, False, True),
        (PAGE, None, True, False),
        (write(), 5, False, True),
        (write(), 5, True, False),
        (write(), None, False, False),
        (write(OTHER), 5, False, False),
    ],
)
def test_what_may_go_on(
    request_: RequestFacts, seconds: float | None, *, sealed: bool, may: bool
) -> None:
    """A read, or the one write that the permit is for; asking uses nothing up."""
    one = judge(seconds=seconds)
    one.sealed = sealed

    assert one.may_go_on(request_) is may
    assert one.report().refused == one.report().allowed == ()
    assert one.permit is None or one.permit.state == "unused"


def test_a_page_with_a_fragment_is_one_page_at_both_layers() -> None:
    """The browser's edge does not see what stands behind the #."""
    one = judge(seconds=None)
    marked = RequestFacts(f"{PAGE.url}#top", resource_type="document", frame_is_main=True)

    one.at_route(marked, Layer.ROUTE)
    one.at_browser(PAGE, Layer.BROWSER_FETCH)

    assert len(one.report().allowed) == 1


def test_each_of_two_equal_requests_is_counted() -> None:
    """GIVEN one page loaded twice THEN two passed the routes, and the edge adds none."""
    one = judge(seconds=None)
    for _ in range(2):
        one.at_route(PAGE, Layer.ROUTE)
    for _ in range(3):
        one.at_browser(PAGE, Layer.BROWSER_FETCH)

    assert len(one.report().allowed) == 3


def test_only_what_passed_the_routes_is_not_counted_again() -> None:
    """GIVEN a page loaded three times over both layers THEN each is counted once, in any order."""
    one = judge(seconds=None)
    for layer in ("route", "route", "edge", "edge", "edge", "route", "edge"):
        if layer == "route":
            one.at_route(PAGE, Layer.ROUTE)
        else:
            one.at_browser(PAGE, Layer.BROWSER_FETCH)

    assert len(one.report().allowed) == 4


ELSEWHERE = RequestFacts("https://example.com/", resource_type="document", frame_is_main=True)


@pytest.mark.parametrize(
    ("request_", "kept"),
    [
        (ELSEWHERE, True),
        (replace(ELSEWHERE, method="POST"), False),
        (replace(ELSEWHERE, frame_is_main=False), False),
    ],
)
def test_the_address_that_a_tab_was_kept_from_is_known(
    request_: RequestFacts, *, kept: bool
) -> None:
    """GIVEN a page that is refused THEN a human can be led there; not to a frame's, nor a form's."""
    one = judge(seconds=None)

    assert one.at_route(request_, Layer.ROUTE) is Verdict.REFUSE
    assert one.refused_address == (ELSEWHERE.url if kept else "")


@pytest.mark.parametrize(("state", "words"), [("expired", "is expired"), ("revoked", "is revoked")])
def test_a_permit_that_is_over_says_so(state: str, words: str) -> None:
    """The reason tells a late request from a second one."""
    clock = Clock()
    one = judge(clock=clock)
    assert one.permit is not None
    clock.now += 5 if state == "expired" else 0
    if state == "revoked":
        one.permit.revoke()

    assert one.at_route(write(), Layer.ROUTE) is Verdict.REFUSE
    assert one.report().refused[0].reason.endswith(words)


def test_a_socket_is_refused_and_written_down() -> None:
    """Whatever is sent over one cannot be judged."""
    one = judge()
    one.refuse_socket(f"ws://127.0.0.1:8123/push?{LINE}", Layer.ROUTE)
    record = one.report().refused[0]
    assert (record.kind, record.reason) == ("unknown", "no sockets")
    assert record.is_held_back
    assert not record.under_permit


def test_what_a_click_cannot_make_has_nothing_to_do_with_the_permit() -> None:
    """A beacon or an image under an open permit is held back without that mark."""
    one = judge()
    one.at_route(write(kind="ping"), Layer.ROUTE)
    one.at_route(write(OTHER), Layer.ROUTE)
    assert [record.under_permit for record in one.report().refused] == [False, True]


def test_what_is_held_back_after_the_request_is_told_from_what_came_before() -> None:
    """Same thing and content: a repeat. Same thing, other content: after it. Another's: neither."""
    one = judge()
    for request in (write(OTHER), write(), write(), write(more="&also=1"), write(OTHER)):
        one.at_route(request, Layer.ROUTE)

    found = [(r.after_sent, r.repeats) for r in one.report().refused]

    assert found == [(False, False), (True, True), (True, False), (False, False)]


def test_only_a_used_permit_has_something_after_it() -> None:
    """GIVEN a request that does not fit before the permit is used THEN it came before."""
    one = judge()
    one.at_route(write(more="&next=accept"), Layer.ROUTE)
    assert [(r.under_permit, r.after_sent) for r in one.report().refused] == [(True, False)]


def test_another_write_about_the_same_thing_comes_after_the_request() -> None:
    """GIVEN a used permit WHEN the page accepts the dispute too THEN it is kept as what came after."""
    one = judge()
    for request in (write(), write(more="&next=accept"), write()):
        one.at_route(request, Layer.ROUTE)

    found = [(r.after_sent, r.repeats) for r in one.report().refused]

    assert found == [(True, False), (True, True)]


def test_what_was_held_back_is_kept_without_values() -> None:
    """After the permit: name, page and keys of what was held back, and how it relates."""
    one = judge()
    page = f"{SITE}/p/reverse-pages/detail.html?reverseOrderLineId={LINE}"

    def ask(name: str, body: str) -> Verdict:
        request = RequestFacts(
            CANCEL.replace("cancelIt", name), "POST", "xhr", body.encode(), page=page
        )
        return one.at_route(request, Layer.ROUTE)

    asked = [
        ask("cancel.precheck", f"reverseOrderLineId={LINE}&name=Ann"),
        ask("cancelIt", f"reverseOrderLineId={LINE}&t=1"),
        ask("cancelIt", f"reverseOrderLineId={LINE}&t=2"),
        ask("closeIt", f"reverseOrderLineId={LINE}"),
        ask("closeIt", f"reverseOrderLineId={OTHER}"),
    ]
    report = one.report()

    assert asked == [Verdict.REFUSE, Verdict.SEND, *[Verdict.REFUSE] * 3]
    assert [record.repeats for record in report.held_after_sent] == [True, False]
    assert len(report.held_at_permit) == 4
    held = report.as_json()["held_back"]
    assert isinstance(held, list)
    assert held[0]["name"] == "mtop.aliexpress.buyer.reverse.cancel.precheck"
    assert held[0]["page"] == "/p/reverse-pages/detail.html"
    assert held[0]["keys"] == ["name", "reverseOrderLineId"]
    assert not [secret for secret in (LINE, OTHER, "Ann") if secret in json.dumps(report.as_json())]


@pytest.mark.parametrize(
    ("api", "line", "nameable"),
    [
        ("mtop.aliexpress.reverse.buyer.finalize", LINE, True),
        ("mtop.aliexpress.reverse.buyer.finalize", OTHER, False),
        ("mtop.aliexpress.reverse.buyer.acceptSolution", LINE, False),
        # Its name says that it does something else, so the buyer is never asked about it.
        ("mtop.aliexpress.reverse.buyer.modifyReverseOrderLine", LINE, False),
    ],
)
def test_what_site_data_could_permit(api: str, line: str, *, nameable: bool) -> None:
    """GIVEN a call that says nothing of a cancel THEN its name would do, with the right id and no never-word."""
    request = RequestFacts(
        f"{SITE}/h5/{api}/1.0/", "POST", "xhr", f"reverseOrderLineId={line}".encode()
    )
    one, without = judge(), judge(seconds=None)
    for each in (one, without):
        each.at_route(request, Layer.ROUTE)

    assert [record.nameable for record in one.report().refused] == [nameable]
    assert [record.nameable for record in without.report().refused] == [False]


def test_a_refusal_is_told_at_once_and_so_is_the_use_of_the_permit() -> None:
    """GIVEN listeners THEN each hears of its event when it happens."""
    told: list[str] = []
    one = judge()
    assert one.permit is not None
    one.on_refused = lambda record: told.append(record.kind)
    one.permit.on_use = lambda: told.append("used")

    for request in (PAGE, write(OTHER), write(), write()):
        one.at_route(request, Layer.ROUTE)

    assert told == ["write", "used", "write"]


def test_a_read_of_a_window_that_is_not_guarded_yet_is_refused_and_written_down() -> None:
    """GIVEN a window without its layers WHEN it reads THEN that is refused, with the reason."""
    one = judge(seconds=None)

    assert one.at_route(PAGE, Layer.ROUTE, too_early=True) is Verdict.REFUSE
    [refused] = one.report().refused
    assert (refused.reason, one.report().allowed) == ("its window was not guarded yet", ())
    assert one.at_route(PAGE, Layer.ROUTE) is Verdict.LET  # control: later it passes


def test_a_permit_by_hand_is_not_for_what_the_page_sends_by_itself() -> None:
    """GIVEN a fitting request that the page sends by itself THEN the permit stays for one that the human presses for."""
    one = judge()
    assert not one.waits_for_press(write()), "an ordinary permit asks for no press"
    assert one.permit is not None
    one.permit.led_by = _nobody

    assert one.waits_for_press(write())
    assert not one.waits_for_press(write(OTHER)), "it would not fit anyway"
    assert one.at_route(write(), Layer.ROUTE, unled=True) is Verdict.REFUSE
    assert one.permit.state == "unused"
    assert one.report().refused[0].reason.endswith("nobody pressed anything for it")
    assert one.at_route(write(), Layer.ROUTE) is Verdict.SEND
    assert not one.waits_for_press(write())


async def _nobody(_page: object) -> bool:
    return False
