"""Addresses and bodies as pairs of keys and values, and what cannot be read completely."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from automation.aliexpress.site.traffic import site_traffic
from automation.engine.guard.requests import payload_reader
from automation.engine.guard.requests.payload_reader import (
    MAX_BODY,
    MAX_DEPTH,
    read_headers,
    read_payload,
)
from tests.engine.guard.requests.envelopes import base64_of, packed, text

if TYPE_CHECKING:
    from automation.engine.guard.requests.payload import Payload

TRAFFIC = site_traffic()
URL = "https://acs.shop.example/h5/x/1.0/"
FORM, JSON = "application/x-www-form-urlencoded", "application/json"
UNREADABLE = base64_of(bytes(7 * i * i % 251 for i in range(180)))


def read(body: str | bytes | None = None, kind: str = FORM, *, query: str = "") -> Payload:
    """What a request says."""
    raw = body.encode() if isinstance(body, str) else body
    return read_payload(f"{URL}?{query}" if query else URL, raw, kind, TRAFFIC)


def values(payload: Payload) -> dict[str, list[str]]:
    """The values by their keys, without objects and lists."""
    found: dict[str, list[str]] = {}
    for pair in payload.pairs:
        if not pair.holder:
            found.setdefault(".".join(pair.keys), []).append(pair.value)
    return found


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("a=1&b=%2532", {"a": ["1"], "b": ["2"]}),
        ("a=1&a=2", {"a": ["1", "2"]}),
        ("a=", {"a": [""]}),
        ("%61%62=1", {"ab": ["1"]}),
        ("a=b c=d", {"a": ["b c=d"], "a.b c": ["d"]}),
        ('{"a":{"b":[1,true,null,"x"]}}', {"a.b": ["1", "true", "x"]}),
        ('{"a":1,"a":2}', {"a": ["1", "2"]}),
        ('{"a":null}', {"a": ["null"]}),
        ('data={"a":"{\\"b\\":1}"}', {"data.a.b": ["1"]}),
        ("data=" + base64_of(b'{"a":1}'), {"data.a": ["1"]}),
        ("data=x?a=1%26b=2", {"data": ["x?a=1&b=2"], "data.a": ["1"], "data.b": ["2"]}),
        ("f=a:1;b:x", {"f": ["a:1;b:x"], "f.a": ["1"], "f.b": ["x"]}),
        ("t=12:30", {"t": ["12:30"]}),
        ('{"list":[{"name":"code","value":"X"}]}',
         {"list.name": ["code"], "list.value": ["X"], "list.code": ["X"]}),
    ],
)  # fmt: skip
def test_a_body_is_read_to_its_last_value(body: str, found: dict[str, list[str]]) -> None:
    """GIVEN forms and JSON in each other THEN every value with the keys that lead to it."""
    payload = read(body)

    assert payload.unreadable == ""
    assert values(payload) == found


def test_query_path_and_fragment_are_read_too() -> None:
    """GIVEN an address THEN its decoded path, its query, and what stands behind the #."""
    payload = read_payload("https://x.example/a%62?c=1#d=2", None, "", TRAFFIC)

    assert payload.path == "/ab"
    assert values(payload) == {"c": ["1"], "#": ["d=2"], "#.d": ["2"]}


def test_the_parts_of_a_multipart_form() -> None:
    """GIVEN a multipart body THEN a pair for each part, with JSON inside read as well."""
    head = 'Content-Disposition: form-data; name="{}"\r\n\r\n{}\r\n'
    body = "--b\r\n" + head.format("a", "1") + "--b\r\n" + head.format("c", '{"d":2}') + "--b--\r\n"

    assert values(read(body, "multipart/form-data; boundary=b")) == {"a": ["1"], "c.d": ["2"]}
    assert values(read(body, "Multipart/Form-Data; boundary=b")) == {"a": ["1"], "c.d": ["2"]}


@pytest.mark.parametrize(
    ("body", "kind", "why"),
    [
        (b"x" * (MAX_BODY + 1), FORM, "the body is too big"),
        (b"\xff\xfe\x00", FORM, "the body is not text"),
        (UNREADABLE, FORM, "the body cannot be decoded"),
        (b"\x1f\x8b\x08rest", FORM, "compressed content cannot be unpacked"),
        (f"a=%{'25' * 9}61", FORM, "encoded too many times"),
        (f"params={quote(UNREADABLE)}", FORM, "its 'params' cannot be decoded"),
        (f"zip=1&x={quote(UNREADABLE)}", FORM, "its 'x' cannot be decoded"),
        ("params={operationType:'cancel'}", FORM, "it contains broken JSON"),
        ("a={b:1}", FORM, "it contains broken JSON"),
        (text({"a": list(b'{"code":"CANCEL"}')}), JSON, "it contains text as numbers"),
        ("[" * (MAX_DEPTH + 9) + "]" * (MAX_DEPTH + 9), JSON, "the payload is too complex"),
        ("no parts", "multipart/form-data; boundary=b", "the multipart body is malformed"),
        (
            b'--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n\xff\xfe\r\n--b--\r\n',
            "multipart/form-data; boundary=b",
            "a part of the multipart body is not text",
        ),
    ],
    ids=lambda value: str(value)[:30],
)
def test_what_cannot_be_read_completely_says_why(body: str | bytes, kind: str, why: str) -> None:
    """GIVEN content that may say anything THEN the payload is marked, never half read as harmless."""
    assert read(body, kind).unreadable == why


@pytest.mark.parametrize(
    "body",
    [
        f"zip=0&x={quote(UNREADABLE)}",
        f"zip=utf-8&x={quote(UNREADABLE)}",
        f"zip=1&params=eyJhIjoxfQ&x={quote(UNREADABLE)}",  # the content is packed, and it was read
        f"sign={quote(UNREADABLE)}",
        f"x={quote(UNREADABLE)}",
        "params=",
        "params=null",
        text({"a": [1, 2, 3]}),
        text({"a": list(range(40, 60))}),
        text({"title": "[Hello] {x}"}),
        "a=" + "x" * (MAX_BODY - 2),
    ],
    ids=lambda value: value[:30],
)
def test_noise_beside_the_content_is_no_hindrance(body: str) -> None:
    """GIVEN tokens, small lists and texts of people THEN the payload is readable."""
    assert read(body).unreadable == ""


def test_too_many_pairs_are_too_complex(monkeypatch: pytest.MonkeyPatch) -> None:
    """GIVEN more values than any page sends THEN the payload is given up."""
    monkeypatch.setattr(payload_reader, "MAX_PAIRS", 5)

    assert read(text({"a": [1] * 9}), JSON).unreadable == "the payload is too complex"
    assert read("&".join("a=1" for _ in range(9))).unreadable == "malformed"


def test_a_block_that_cannot_be_read_seals_the_block_alone() -> None:
    """GIVEN a page that is sent along THEN only the block with unreadable content is sealed."""
    blocks = {
        "one": {"tag": "x", "fields": {"params": UNREADABLE}},
        "two": {"tag": "x", "id": "second", "fields": {"a": 1}},
    }
    payload = read(text({"data": blocks, "b": 2}), JSON)

    assert payload.unreadable == ""
    assert payload.blocks[0] == {"one"}
    assert payload.blocks[2] == {"two", "second"}
    assert payload.sealed_blocks == {0, 1}
    assert payload.outer_blocks == 2
    assert [pair.keys for pair in payload.outside if not pair.holder] == [("b",)]


def test_pairs_know_lists_guesses_and_offers() -> None:
    """GIVEN lists, a word that is base64 by chance and offered buttons THEN each value is marked so."""
    offer = {"text": "Cancel", "type": "CANCEL"}
    body = {"several": ["x"], "one": "x", "buttons": [offer, offer], "word": base64_of(b"close it")}
    pairs = {pair.keys: pair for pair in read(text(body), JSON).pairs}

    assert (pairs["several",].listed, pairs["one",].listed) == (True, False)
    assert (pairs["buttons", "type"].offered, pairs["one",].offered) == (True, False)
    assert [p.guess for p in read("a=1&a=2").pairs] == [False, False]
    assert [p.listed for p in read("a=1&a=2&b=3").pairs] == [True, True, False]
    word = [p for p in read(text(body), JSON).pairs if p.keys == ("word",)]
    assert {(p.value, p.guess) for p in word} == {
        (base64_of(b"close it"), False),
        ("close it", True),
    }


def test_what_a_token_wraps_is_read_and_noise_in_it_is_not() -> None:
    """GIVEN a signature or token THEN JSON and forms in it count, and nothing else does."""
    for inner in (b'{"code":"X"}', b"code=X"):
        assert values(read(f"sign={base64_of(inner)}"))["sign.code"] == ["X"]
    noise = base64_of(b"only words!!")
    assert values(read(f"sign={noise}")) == {"sign": [noise]}
    assert values(read(f"sign={packed('x')[:-9]}"))["sign"] == [packed("x")[:-9]]


def test_names_of_apis_are_found_wherever_the_request_itself_says_them() -> None:
    """GIVEN names in path, keys and values THEN all; those of blocks that are sent along do not count."""
    blocks = {"tag": "x", "fields": {"api": "mtop.ae.a.hidden"}}
    body = {
        "api": "mtop.ae.a.one",
        "mtop.ae.a.two": "1",
        "data": {"x": blocks, "y": {"tag": "x", "fields": {}}},
    }
    url = "https://x.example/h5/mtop.ae.a.path/1.0/"
    payload = read_payload(url, text(body).encode(), JSON, TRAFFIC)

    assert payload.apis == {"mtop.ae.a.path", "mtop.ae.a.one", "mtop.ae.a.two"}


@pytest.mark.parametrize("value", [1, True, None, {"id": 1}, [{"id": 1}]], ids=text)
def test_a_key_that_names_an_api_is_found_whatever_its_value(value: object) -> None:
    """GIVEN calls by their names, as a batch has them THEN the names are found."""
    assert read(text({"mtop.ae.a.turnBack": value}), JSON).apis == {"mtop.ae.a.turnBack"}


@pytest.mark.parametrize(
    ("packing", "key"), [("", "params"), ("zip=1&", "params"), ("zip=1&", "x")]
)
def test_content_that_cannot_be_decoded_stays_unreadable_with_a_bare_plus(
    packing: str, key: str
) -> None:
    """GIVEN a form whose page left + as it is THEN the same content is as unreadable as without."""
    assert "+" in UNREADABLE
    for content in (UNREADABLE, quote(UNREADABLE)):
        assert read(f"{packing}{key}={content}").unreadable == f"its {key!r} cannot be decoded"


def test_words_between_bare_pluses_are_read() -> None:
    """Control: GIVEN words, which have blanks too THEN they are content that was read."""
    for packing, key in (("", "params"), ("zip=1&", "x")):
        assert read(f"{packing}{key}=Mon+3+Nov+2026+10:05:01+GMT").unreadable == ""


def test_what_was_decoded_is_as_sure_with_a_bare_plus() -> None:
    """GIVEN words in base64 that has a + THEN they are no guess, however the page wrote it."""
    content = base64_of(b"cancelReverse>>>orderLine>>>now")
    assert "+" in content

    bare, plain = (read(f"x={each}").pairs[0] for each in (content, quote(content)))

    assert (bare, bare.guess) == (plain, False)


def test_headers_are_read_like_values() -> None:
    """GIVEN a header with JSON, and one that is encoded too often THEN the first is read, the second marks all."""
    good = read_headers({"x-a": json.dumps({"b": 1}), "x-c": "d"}, TRAFFIC)

    assert values(good) == {"x-a.b": ["1"], "x-c": ["d"]}
    assert read_headers({"x-a": f"%{'25' * 9}61"}, TRAFFIC).unreadable == "encoded too many times"
