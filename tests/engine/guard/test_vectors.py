from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from automation.engine.guard import ALL_LAYERS
from automation.engine.guard.browser import documents
from tests.engine.guard.rig.campaign import leaked
from tests.engine.guard.rig.vectors import (
    BY_NAME,
    HIDDEN_SPECULATION,
    OF_BROWSER,
    OF_PAGE,
    SPECULATION,
    VECTORS,
)

if TYPE_CHECKING:
    from tests.engine.guard.rig.campaign import Bench
    from tests.engine.guard.rig.loopback import Site
    from tests.engine.guard.rig.vectors import Vector

# A whole Chromium takes twice the time for a page, and only it has what the browser itself fetches
# and what a context's end leaves to it: further cases. In the suite the one layer that stops such an
# end is tried without it and with it: test_layers.py.
ENDINGS = [vector for vector in VECTORS if vector.leave == "close_context"]
LATER = BY_NAME["fetch_later"]
GROUPS = [
    pytest.param([each for each in OF_PAGE if each != LATER], True, id="pages"),
    pytest.param([*OF_BROWSER, LATER], False, id="browser", marks=pytest.mark.further),
    pytest.param([*OF_PAGE, *ENDINGS], False, id="all", marks=pytest.mark.further),
]


@pytest.mark.parametrize(("vectors", "windowless"), GROUPS)
def test_every_vector_leaks_without_guard(
    bench: Bench, site: Site, vectors: list[Vector], *, windowless: bool
) -> None:
    """Positive control: without the guard every vector reaches the server."""
    names = {vector.name for vector in vectors}
    assert leaked(bench, site, None, vectors, windowless=windowless) == names


@pytest.mark.parametrize(("vectors", "windowless"), GROUPS)
def test_no_vector_gets_past_the_guard(
    bench: Bench, site: Site, vectors: list[Vector], *, windowless: bool
) -> None:
    """With the whole guard no vector reaches the server."""
    assert leaked(bench, site, ALL_LAYERS, vectors, windowless=windowless) == set()


@pytest.mark.further
@pytest.mark.parametrize("ways", ["seen", "hidden"])
def test_no_page_is_fetched_ahead(bench: Bench, site: Site, ways: str) -> None:
    """GIVEN speculation rules THEN only without the guard does the browser fetch ahead.

    The browser without windows is the one that has no setting against it.
    """
    vectors = SPECULATION if ways == "seen" else HIDDEN_SPECULATION
    names = {vector.name for vector in vectors}
    assert leaked(bench, site, None, vectors, windowless=True) == names
    assert leaked(bench, site, ALL_LAYERS, vectors, windowless=True) == set()


def test_a_closed_shadow_root_needs_its_own_stop(
    bench: Bench, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Control: GIVEN documents that are handed on as they are THEN the stubs alone do not stop it."""
    monkeypatch.setattr(documents, "made_inert", lambda source: source)
    closed = [vector for vector in HIDDEN_SPECULATION if vector.name == "speculation_closed"]
    assert leaked(bench, site, ALL_LAYERS, closed, windowless=True) == {"speculation_closed"}


@pytest.mark.parametrize("charset", ["utf-8", "utf-16-le", "utf-16-be"])
def test_no_document_has_a_declarative_shadow_root(charset: str) -> None:
    """In every encoding of a page, in any case, and nothing else changes."""
    page = (
        "<p>\u00fc shadow root mode<template ShadowRootMode=closed><template shadowrootmode=open>"
    )
    cleaned = documents.made_inert(page.encode(charset)).decode(charset)
    assert "shadowrootmode" not in cleaned.lower()
    assert cleaned.startswith("<p>\u00fc shadow root mode<template shadow")
    escaped = documents.made_inert(b"<template shadow\x1b(Brootmode=closed>")
    assert b"rootmode" not in escaped


@pytest.mark.parametrize("charset", ["utf-8", "utf-16-le", "utf-16-be"])
def test_no_document_has_a_frame_in_a_sandbox_of_its_own(charset: str) -> None:
    """GIVEN a sandboxed frame with its own source THEN it stays empty; other frames are as they were."""
    loose = "<p>\u00fc<iframe sandbox=allow-scripts SrcDoc='<script>1</script>'></iframe>"
    other = "<iframe srcdoc='<p>x'></iframe><iframe src=x></iframe>"

    cleaned = documents.made_inert(loose.encode(charset)).decode(charset)

    assert "srcdoc" not in cleaned.lower()
    assert cleaned.startswith("<p>\u00fc<iframe sandbox=allow-scripts src")
    assert documents.made_inert(other.encode(charset)).decode(charset) == other


@pytest.mark.parametrize(
    "script",
    ['{"ways": ["iframe_srcdoc", "sandbox"]}', "'srcdoc' in frame && frame.sandbox", "x.srcdoc=y"],
)
def test_a_script_may_say_the_words(script: str) -> None:
    """GIVEN a page whose script names both words, in no tag THEN it is handed on as it is."""
    page = f"<p>x<script>{script};// sandbox</script>".encode()
    assert documents.made_inert(page) == page


@pytest.mark.parametrize(
    "tag",
    [
        b'<iframe sandbox="x"srcdoc=y>', b"<iframe/sandbox/srcdoc=y>", b"<iframe sandbox\nsrcdoc\n=\ny>",
        b"<iframe sandbox='a'\tSRCDOC = y>", b"<iframe sandbox src\x1b(Bdoc=y>", b"<iframe sandbox \x1b(Bsrcdoc\x1b(J=y>",
    ],
)  # fmt: skip
def test_an_attribute_counts_however_it_is_written(tag: bytes) -> None:
    """GIVEN blanks, slashes, quotes or switches around the name THEN it is renamed."""
    assert b"src0ff" in documents.made_inert(tag)
