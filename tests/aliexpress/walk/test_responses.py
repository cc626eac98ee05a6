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
    gateway_texts,
    is_served,
    refusal_in,
    served_by,
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
    ("text", "served"),
    [
        ("SUCCESS::ok", True),
        ("success::ok", True),
        ("SUCCESS", True),
        ("FAIL_SYS_TOKEN_EXOIRED::x", False),
        ("fail_biz_x: no", False),
        ("FAIL-BIZ.X", False),
        ("no code \x1b[2J", None),
        ("OK", None),
        ("ok::done", None),
        ("200", None),
        ("成功", None),
        (" ", None),
    ],
)
def test_a_text_without_a_code_says_neither_yes_nor_no(text: str, *, served: bool | None) -> None:
    """GIVEN a text of the gateway THEN yes, no, or neither: what is unknown is no refusal."""
    assert served_by(text) is served


@pytest.mark.parametrize(
    ("answer", "texts"),
    [
        ({"ret": ["A::b", 3, "", "C"]}, ("A::b", "C")),
        ({"ret": "A"}, ("A",)),
        ({"ret": []}, ()),
        ({"data": {}}, ()),
        (["SUCCESS"], ()),
        (None, ()),
    ],
)
def test_what_the_gateway_says_is_read_from_its_own_field(
    answer: Json, texts: tuple[str, ...]
) -> None:
    """GIVEN a text, a list of texts, or something else THEN the texts."""
    assert gateway_texts(answer) == texts


@pytest.mark.parametrize(
    ("ret", "refusal", "served"),
    [
        (["SUCCESS::ok"], "", True),
        (["success::ok"], "", True),
        ("SUCCESS::ok", "", True),
        (["FAIL_SYS_TOKEN_EXOIRED::x", "SUCCESS::ok"], "FAIL_SYS_TOKEN_EXOIRED", False),
        (["fail_biz_x::no"], "FAIL_BIZ_X", False),
        (["SUCCESS::ok", "FAIL_BIZ::no"], "", True),
        (["no code \x1b[2J"], "", False),
        (["200"], "", False),
        ([""], "", False),
        ([], "", False),
        (None, "", False),
    ],
)
def test_only_a_success_is_an_answer_and_only_a_failure_a_refusal(
    ret: Json, refusal: str, *, served: bool
) -> None:
    """GIVEN what the gateway says first THEN whether it answered the call, or why it refused it."""
    assert (refusal_in({"ret": ret}), is_served({"ret": ret})) == (refusal, served)
