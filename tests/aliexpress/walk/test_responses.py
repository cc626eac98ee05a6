"""What is kept of the answers that a page reads."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest
from playwright.async_api import Error

from automation.aliexpress.site.traffic import site_traffic
from automation.aliexpress.walk import responses
from automation.aliexpress.walk.responses import (
    Heard,
    Responses,
    about_disputes,
    answer_in,
    code_in,
    is_served,
)
from tests.own_loop import in_own_loop

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.async_api import Page, Response

    from automation.aliexpress.walk.responses import Json

RENDER = "https://acs.aliexpress.com/h5/mtop.aliexpress.buyer.reverse.reverseOrderLineRenderForBuyer/1.0/"
LIST = "https://acs.aliexpress.com/h5/mtop.aliexpress.trade.buyer.order.list/1.0/"


class Source:
    """A page that answers when the test says so."""

    def __init__(self) -> None:
        self.listeners: list[Callable[[Response], None]] = []

    def on(self, _event: str, listener: Callable[[Response], None]) -> None:
        """Add a listener."""
        self.listeners.append(listener)

    def remove_listener(self, _event: str, listener: Callable[[Response], None]) -> None:
        """Remove it."""
        self.listeners.remove(listener)

    def answers(self, url: str, body: bytes | Error, kind: str = "xhr") -> None:
        """Let a response arrive."""

        async def read() -> bytes:
            if isinstance(body, Error):
                raise body
            return body

        request = SimpleNamespace(resource_type=kind, url=url, post_data_buffer=b"asked")
        response = SimpleNamespace(url=url, request=request, body=read)
        for listener in self.listeners:
            listener(cast("Response", response))


def heard_of(*answers: tuple[str, bytes | Error, str]) -> tuple[Heard, ...]:
    """What is kept of these answers, all still arriving when it is asked for."""
    source = Source()

    async def collect() -> tuple[Heard, ...]:
        with Responses(cast("Page", source), lambda url: url == RENDER) as kept:
            for url, body, kind in answers:
                source.answers(url, body, kind)
            found = await kept.all()
        assert source.listeners == []
        return found

    return in_own_loop(collect())


def test_a_wanted_answer_is_kept_with_what_was_asked() -> None:
    """GIVEN answers of a wanted call, another call and a picture THEN only the first is kept."""
    kept = heard_of(
        (RENDER, b'{"a": 1}', "xhr"), (LIST, b'{"b": 2}', "xhr"), (RENDER, b"png", "image")
    )

    assert kept == (Heard(RENDER, b"asked", {"a": 1}),)


@pytest.mark.parametrize(
    "body", [b"<html>", Error("closed"), b"1" * 100], ids=["html", "lost", "long"]
)
def test_a_call_counts_without_a_readable_answer(
    body: bytes | Error, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GIVEN an answer that is no JSON, lost or too long THEN what was asked still counts."""
    monkeypatch.setattr(responses, "_LARGEST", 50)

    assert heard_of((RENDER, body, "fetch")) == (Heard(RENDER, b"asked", None),)


def test_only_known_reads_about_disputes_are_wanted() -> None:
    """GIVEN the site's traffic THEN its reads with ``reverse`` in their name, and no other."""
    wanted = about_disputes(site_traffic())

    assert wanted(RENDER)
    assert not wanted(LIST)
    assert not wanted(RENDER.replace("Render", "Cancel"))


@pytest.mark.parametrize(
    "body",
    [
        '{"a": 1}',
        'mtopjsonp1({"a": 1})',
        ' /**/ window.cb[0] ( {"a": 1} ) ;\n',
        '{"a": 1}\n',
        "typeof cb === 'function' && cb({\"a\": 1})",
    ],
)
def test_answers_are_read_with_and_without_a_call_around_them(body: str) -> None:
    """GIVEN JSON or JSONP THEN its data."""
    assert answer_in(body.encode()) == {"a": 1}


@pytest.mark.parametrize(
    ("answer", "code", "served"),
    [
        ({"ret": ["SUCCESS::ok"]}, "SUCCESS", True),
        ({"ret": "SUCCESS::ok"}, "SUCCESS", True),
        ({"ret": ["FAIL_SYS_TOKEN_EXOIRED::x", "SUCCESS::ok"]}, "FAIL_SYS_TOKEN_EXOIRED", False),
        ({"ret": ["no code \x1b[2J"]}, "without a reason", False),
        ({"ret": []}, "", False),
        ({"data": {}}, "", False),
        (["SUCCESS"], "", False),
        (None, "", False),
    ],
)
def test_only_a_success_is_an_answer(answer: Json, code: str, *, served: bool) -> None:
    """GIVEN what the gateway says THEN its code, and whether it answered the call at all."""
    assert (code_in(answer), is_served(answer)) == (code, served)
