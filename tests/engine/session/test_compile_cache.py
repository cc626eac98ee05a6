"""Node keeps the driver's compiled code in a folder of the user alone, or nowhere."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from automation.engine.session import compile_cache as compile_cache_module
from automation.engine.session.compile_cache import compile_cache
from automation.engine.session.driver import driver
from tests.own_loop import in_own_loop

if TYPE_CHECKING:
    from pathlib import Path

FOLDER = "NODE_COMPILE_CACHE"
posix = pytest.mark.skipif(os.name != "posix", reason="there are no modes elsewhere")


@pytest.fixture
def caches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the user's caches; nothing is said about Node's."""
    for name in (FOLDER, "NODE_DISABLE_COMPILE_CACHE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(
        compile_cache_module, "user_cache_path", lambda name, **_: tmp_path / "caches" / name
    )
    return tmp_path / "caches"


def test_the_folder_is_made_for_the_user_alone(caches: Path) -> None:
    """GIVEN no folder yet THEN one is made that only its owner can open, and named to Node."""
    named = caches / "dispute-guard" / "driver"

    assert compile_cache() == {FOLDER: str(named)}
    if os.name == "posix":
        assert named.stat().st_mode & 0o777 == 0o700
    assert compile_cache() == {FOLDER: str(named)}


@posix
def test_a_folder_that_others_could_write_is_narrowed_first(caches: Path) -> None:
    """GIVEN a folder that anyone can write THEN it is the owner's alone before Node hears of it."""
    named = caches / "dispute-guard" / "driver"
    named.mkdir(parents=True)
    named.chmod(0o777)

    assert compile_cache()
    assert named.stat().st_mode & 0o777 == 0o700


@posix
def test_another_users_folder_is_not_used(caches: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """GIVEN a folder of somebody else THEN there is no cache; of one's own, there is (control)."""
    assert compile_cache()
    mine = os.geteuid()
    monkeypatch.setattr(os, "geteuid", lambda: mine + 1)

    assert compile_cache() == {}
    assert caches.exists()


def test_without_a_folder_there_is_no_cache(caches: Path) -> None:
    """GIVEN a file where the folder should be THEN there is no cache, and nothing fails."""
    caches.write_text("a file", "utf-8")

    assert compile_cache() == {}


def test_old_versions_go_and_nothing_else(caches: Path) -> None:
    """GIVEN folders of four versions of Node THEN the two that were used last stay, and what is no such folder."""
    cache = caches / "dispute-guard" / "driver"
    names = [f"v{number}.13.1-x64-310b2ce3-0" for number in (26, 24, 22, 20)]
    for age, name in enumerate(names):
        (cache / name).mkdir(parents=True)
        (cache / name / "script").write_text("code", "utf-8")
        os.utime(cache / name, (1e9 - age, 1e9 - age))
    (cache / "mine").mkdir()

    assert compile_cache()

    assert {each.name for each in cache.iterdir()} == {*names[:2], "mine"}
    assert (cache / names[0] / "script").exists()


def test_a_version_with_too_many_scripts_goes(
    caches: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GIVEN one version with the scripts of many installations THEN it begins anew; a smaller one stays."""
    monkeypatch.setattr(compile_cache_module, "_MOST_FILES", 2)
    cache = caches / "dispute-guard" / "driver"
    for name, scripts in (("v26.13.1-x64-a-0", 3), ("v24.13.1-x64-a-0", 2)):
        (cache / name).mkdir(parents=True)
        for number in range(scripts):
            (cache / name / str(number)).write_text("code", "utf-8")

    assert compile_cache()

    assert [each.name for each in cache.iterdir()] == ["v24.13.1-x64-a-0"]


@pytest.mark.parametrize("name", [FOLDER, "NODE_DISABLE_COMPILE_CACHE"])
def test_what_the_user_says_about_nodes_cache_counts(
    caches: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """GIVEN a variable of Node's own THEN it stays as it is, and no folder is made."""
    monkeypatch.setenv(name, "1")

    assert compile_cache() == {}
    assert not caches.exists()


def test_the_driver_writes_there_and_the_variable_is_gone_afterwards(caches: Path) -> None:
    """GIVEN a driver WHEN it has ended THEN its code is in the folder; this process is as before."""

    async def start_and_stop() -> str | None:
        async with driver():
            return os.environ.get(FOLDER)

    assert in_own_loop(start_and_stop()) is None
    assert any(each.is_file() for each in (caches / "dispute-guard" / "driver").rglob("*"))
