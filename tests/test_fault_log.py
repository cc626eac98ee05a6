"""Evidence of an internal error: where it happened, and nothing of what it happened to."""

from __future__ import annotations

import re
import stat
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError
from typing import TYPE_CHECKING, cast

import pytest

from automation import fault_log
from automation.fault_log import FOLDER, fault_text, keep_fault

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
ORDER = "8190000000000001"
PRIVATE = f"Robin Doe, 12 Main Street, robin@example.com, {ORDER}"


def raised(error: BaseException, cause: BaseException | None = None) -> BaseException:
    """The error as it is caught."""
    with pytest.raises(type(error)) as caught:
        raise error from cause
    return caught.value


def told(error: BaseException) -> str:
    """What is kept of it."""
    return fault_text(raised(error), "1.0", NOW)


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (KeyError(PRIVATE), "KeyError"),
        (ValueError(PRIVATE), "ValueError"),
        (AttributeError("'NoneType' object has no attribute 'page'"), "AttributeError: 'NoneType' object has no attribute 'page'"),
        (NameError("name 'foo' is not defined"), "NameError: name 'foo' is not defined"),
        (RecursionError(f"too deep\n{PRIVATE}"), "RecursionError: too deep"),
        (AttributeError(f'for {ORDER} of robin@example.com and "Robin Doe"'), "AttributeError: for … of … and …"),
        (NotImplementedError(), "NotImplementedError: "),
        # The interpreter names the whole file of a module, and so the user's folder.
        (ImportError("cannot import name 'x' from 'y' (/people/robin doe/y/z.py)"), "ImportError: cannot import name 'x' from 'y' …"),
        (ImportError("cannot import name 'x' from 'y' (/people/robin (private) doe/site/y.py)"), "ImportError: cannot import name 'x' from 'y' …"),
        (ImportError("no 123 in /people/robin doe"), "ImportError: no … in …"),
        (ImportError("/people/robin/lib/z.so: undefined symbol: a_b"), "ImportError: …"),
        (ImportError(r"DLL load failed (C:\Users\Robin Doe\z.pyd)"), "ImportError: DLL load failed …"),
        (FileNotFoundError(2, "No such file or directory", "/people/robin/x"), "FileNotFoundError: No such file or directory"),
        (OSError(PRIVATE), "OSError"),
        (UnicodeDecodeError("utf-8", PRIVATE.encode(), 0, 1, "bad"), "UnicodeDecodeError"),
    ],
)  # fmt: skip
def test_an_error_is_named_without_the_data_in_it(error: Exception, line: str) -> None:
    """GIVEN an error THEN its type; the interpreter's words stay, values and paths in them go."""
    text = told(error)

    assert text.splitlines()[3] == line
    assert not [word for word in ("Robin", "robin", "Main", ORDER, "@") if word in text]


def test_where_it_happened_is_named_below_the_package() -> None:
    """GIVEN frames of this file and of the tool THEN file, line and function, and no folder of the user."""
    try:
        fault_text(KeyError(), "1.0", cast("datetime", None))  # it breaks inside the tool
    except TypeError as error:
        text = fault_text(error, "1.0", NOW)

    frames = [line.strip() for line in text.splitlines() if line.startswith("  ")]
    assert frames[0].startswith("test_fault_log.py:")
    assert re.fullmatch(r"automation/fault_log\.py:\d+ in fault_text", frames[1])
    assert str(fault_log.__file__) not in text


def test_causes_come_behind_what_they_caused_and_end_somewhere() -> None:
    """GIVEN a chain of errors THEN each, the first cause last; a ring of them ends too."""
    first, second = KeyError("a"), ValueError("b")
    text = fault_text(raised(second, raised(first)), "1.0", NOW)
    ring = KeyError("a")
    ring.__cause__ = ring

    assert [line for line in text.splitlines() if line.endswith("Error")] == [
        "ValueError",
        "KeyError",
    ]
    assert fault_text(ring, "1.0", NOW).count("KeyError") == 10


def test_the_head_says_version_and_time() -> None:
    """GIVEN an error THEN which tool, when, and on what."""
    assert told(KeyError()).startswith("dispute-guard 1.0, 2026-03-02 12:00:00 UTC\nPython 3.")


@pytest.mark.usefixtures("open_umask")
def test_it_is_kept_in_a_file_of_its_own_for_its_owner_alone(tmp_path: Path) -> None:
    """GIVEN two errors THEN two files, readable by their owner alone, from the first byte on."""
    files = [keep_fault(tmp_path, raised(KeyError(PRIVATE))) for _ in range(2)]

    assert len(set(files)) == 2
    for file in files:
        assert file is not None
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert "KeyError" in file.read_text("utf-8")
    assert stat.S_IMODE((tmp_path / FOLDER).stat().st_mode) == 0o700


def test_evidence_that_cannot_be_written_hides_no_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GIVEN a file in place of the folder THEN none; a tool that is not installed still writes."""

    def not_there(_name: str) -> str:
        raise PackageNotFoundError("dispute-guard")

    (tmp_path / "file").write_text("", "utf-8")
    assert keep_fault(tmp_path / "file", KeyError()) is None

    monkeypatch.setattr(fault_log, "version", not_there)
    file = keep_fault(tmp_path, raised(AttributeError("half \ud83d of one")))
    assert file is not None
    assert file.read_text("utf-8").startswith("dispute-guard (not installed), ")
