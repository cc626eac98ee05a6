"""Every path, link and make target that the documentation names exists."""

from __future__ import annotations

import re

import pytest

from tests.docs.pages import NOTES, PAGES, ROOT, Page, pages

ALL = pages(*PAGES, *NOTES)
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")
TARGETS = set(re.findall(r"^([a-z]+):", MAKEFILE, re.MULTILINE))


@pytest.mark.parametrize("doc", ALL, ids=lambda doc: doc.name)
def test_its_paths_exist(doc: Page) -> None:
    """A file or folder in inline code is there."""
    assert [path for path in doc.paths() if not doc.has(path)] == []


@pytest.mark.parametrize("doc", pages(*NOTES), ids=lambda doc: doc.name)
def test_files_beside_it_exist(doc: Page) -> None:
    """A file that the README of a folder names is in that folder or one above it."""
    assert [file for file in doc.files() if not doc.has(file)] == []


@pytest.mark.parametrize("doc", ALL, ids=lambda doc: doc.name)
def test_its_links_lead_somewhere(doc: Page) -> None:
    """A link's file is there, and has the heading that it names."""
    for file, heading in doc.links():
        assert file.exists(), f"{doc.name} links to {file}"
        assert not heading or heading in Page(file).anchors(), f"{doc.name} links to #{heading}"


@pytest.mark.parametrize("doc", ALL, ids=lambda doc: doc.name)
def test_its_make_targets_exist(doc: Page) -> None:
    """``make NAME`` works."""
    assert (
        set(re.findall(r"\bmake ([a-z]+)\b(?=[`; #\n])", "\n".join(doc.code()) + "\n")) <= TARGETS
    )


def test_every_make_target_is_explained() -> None:
    """CONTRIBUTING has each target that ``make help`` lists."""
    listed = set(re.findall(r"^([a-z]+):.*## ", MAKEFILE, re.MULTILINE))
    told = set(re.findall(r"make ([a-z]+)", (ROOT / "CONTRIBUTING.md").read_text("utf-8")))
    assert listed - told == {"help", "clean", "browser"}


def test_a_wrong_path_is_noticed() -> None:
    """The control: names of files that moved are paths, and do not exist."""
    page = Page(ROOT / "README.md")
    moved = ["automation/guard/permit.py", "automation/guard/", "rules/checks/on_*.txt/"]
    assert not any(map(page.has, moved))
    assert Page(ROOT / "docs" / "errors.md").has("rules/checks/on_*.py")
