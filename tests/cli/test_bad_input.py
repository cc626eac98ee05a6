from __future__ import annotations

import json
import os
import socket
from typing import TYPE_CHECKING

import pytest

from tests.cli.calls import NO_SITE, ORDER
from tests.conftest import GOOD_REASON, disputed_order

if TYPE_CHECKING:
    from pathlib import Path

    from fixtures.pytest_plugin import Mimic
    from tests.cli.calls import Call
    from tests.conftest import Tool


def one_line(text: str) -> bool:
    """An error is one line, plus one for what to do and one for where to look."""
    lines = text.strip().splitlines()
    return 1 <= len(lines) <= 3 and lines[0].startswith("dispute-guard: ")


@pytest.mark.parametrize(
    "order",
    [
        "",
        "12",
        "819000000000000x",
        "81900000000000012345",
        "８１９００００００００００００１",
        "819-000",
        "../etc",
    ],
)
def test_malformed_order_ids(call: Call, order: str) -> None:
    """GIVEN an invalid order number THEN exit 2 and one clear line."""
    ran = call("cancel", order, *GOOD_REASON, "--dry-run")

    assert ran.code == 2
    assert one_line(ran.err), ran.err


@pytest.mark.parametrize(
    "words",
    [
        ("--protection-ends", "tomorrow"),
        ("--protection-ends", "2026-02-30"),
        ("--protection-ends", "0001-01-01"),
        ("--state-dir", ""),
        ("--delivered", "04/05/2026"),
        ("--because", "boredom"),
        ("--money", "lots"),
        ("--edits-used", "-1"),
        ("--edits-used", "two"),
        ("--timeout", "0"),
        ("--surface", "watch"),
        ("--site", "http://example.com"),
        ("--site", "http://127.0.0.1:99999"),
        ("--site", "https://127.0.0.1:1"),
        ("--gateway", "http://127.0.0.1:8191"),
        ("--site", "http://127.0.0.1:8190", "--gateway", "http://example.com"),
        ("--site", "http://127.0.0.1:8190", "--gateway", ""),
        ("--accept-risk", "no-such-rule"),
        ("--words", "missing.toml"),
        ("--plan", "abc"),
        ("--no-such-option",),
    ],
)
def test_malformed_options(call: Call, words: tuple[str, ...]) -> None:
    """GIVEN an invalid option THEN exit 2 and one clear line, as JSON too."""
    plain = call("cancel", ORDER, *GOOD_REASON, "--dry-run", *words)
    as_json = call("cancel", ORDER, *GOOD_REASON, "--dry-run", "--json", *words)

    assert plain.code == 2, plain.err
    assert one_line(plain.err), plain.err
    assert as_json.json["exit_code"] == 2
    assert as_json.json["outcome"] == "not_done"
    assert as_json.json["error"]["message"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not json",
        b"[]",
        b'"text"',
        b'{"dispute_status": "mediating"',
        b'{"dispute_staus": "mediating"}',
        b'{"item_received": "perhaps"}',
        b'{"edits_used": 1.5}',
        b'{"now": "yesterday"}',
        b'{"buyer_reason": "boredom"}',
        b'{"item_received": true, "item_received": false}',
        b'{"edits_used": NaN}',
        b"\xff\xfe{",
        b"[" * 100_000,
    ],
)
def test_malformed_facts_files(call: Call, tmp_path: Path, content: bytes) -> None:
    """GIVEN an invalid facts file THEN exit 2, one clear line, and valid JSON on request."""
    file = tmp_path / "facts.json"
    file.write_bytes(content)

    plain = call("advise", "--facts", str(file))
    as_json = call("advise", "--facts", str(file), "--json")

    assert plain.code == 2, plain.out + plain.err
    assert one_line(plain.err), plain.err
    assert as_json.json["error"]["code"] == "bad_facts"


def test_a_huge_facts_file_is_not_read(call: Call, tmp_path: Path) -> None:
    """GIVEN 50 MB THEN exit 2 at once."""
    file = tmp_path / "facts.json"
    with file.open("wb") as out:
        out.truncate(50 * 1024 * 1024)

    ran = call("advise", "--facts", str(file))

    assert ran.code == 2
    assert one_line(ran.err), ran.err


def test_facts_file_that_is_missing_or_a_folder(call: Call, tmp_path: Path) -> None:
    """GIVEN no file THEN exit 2 and its name."""
    for path in (tmp_path / "none.json", tmp_path):
        ran = call("advise", "--facts", str(path))
        assert ran.code == 2
        assert path.name in ran.err


def test_unknown_scenario_and_broken_one(tool: Tool, tmp_path: Path) -> None:
    """GIVEN a scenario that does not exist or has an unknown key THEN exit 2 and one line."""
    broken = tmp_path / "broken.toml"
    broken.write_text("[[ordr]]\n", "utf-8")

    for name in ("no-such-scenario", str(broken)):
        ran = tool.run("serve", name, "--port", "0")
        assert ran.code == 2, ran.out
        assert one_line(ran.err), ran.err


def test_port_in_use(tool: Tool) -> None:
    """GIVEN a port in use THEN exit 1 and one line with what to do."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        ran = tool.run("serve", "quick", "--port", str(taken.getsockname()[1]))

    assert ran.code == 1
    assert "--port" in ran.err
    assert one_line(ran.err), ran.err


def test_no_browser(mimic: Mimic, tool: Tool, tmp_path: Path) -> None:
    """GIVEN a path without a browser THEN exit 1 and what to install; no request."""
    site = mimic("quick")
    plain_file = tmp_path / "chromium"
    plain_file.write_text("not a program", "utf-8")

    for path in (tmp_path / "missing", plain_file):
        ran = tool.run(
            "cancel",
            disputed_order(site),
            *GOOD_REASON,
            "--dry-run",
            "--browser",
            str(path),
            site=site,
        )
        assert ran.code == 1
        assert str(path) in ran.err
        assert "--browser PATH" in ran.err
    assert site.ledger.entries == ()


def test_a_program_that_is_no_browser(mimic: Mimic, tool: Tool) -> None:
    """GIVEN a program that is not a browser THEN exit 1 and one clear line."""
    site = mimic("quick")

    ran = tool.run(
        "advise", disputed_order(site), "--browser", "/bin/true", "--timeout", "5", site=site
    )

    assert ran.code == 1, ran.out
    assert "browser" in ran.err


def test_unwritable_state_folder(mimic: Mimic, tool: Tool, tmp_path: Path) -> None:
    """GIVEN a state folder that cannot be created THEN exit 1, one line, and no browser."""
    site = mimic("quick")
    file = tmp_path / "file"
    file.write_text("", "utf-8")

    ran = tool.run(
        "cancel", disputed_order(site), *GOOD_REASON, "--dry-run",
        "--site", site.url, "--state-dir", str(file / "below"),
    )  # fmt: skip

    assert ran.code == 1, ran.out + ran.err
    assert "--state-dir" in ran.err
    assert site.ledger.entries == ()


def test_a_config_file_with_an_unknown_key(tool: Tool, tmp_path: Path) -> None:
    """GIVEN an unknown key in the config file THEN exit 2 and the key."""
    config = tmp_path / "config.toml"
    config.write_text("[cancel]\ndry_runn = true\n", "utf-8")

    ran = tool.run("--config", str(config), "rules")

    assert ran.code == 2
    assert "dry_runn" in ran.err


def test_config_file_and_environment_set_options(tool: Tool, tmp_path: Path) -> None:
    """GIVEN options in file or environment THEN they count; the command line wins."""
    config = tmp_path / "config.toml"
    config.write_text('because = "seller-promised"\n', "utf-8")

    ran = tool.run("--config", str(config), "advise", "--json")

    assert any(finding["rule"] == "seller-promise" for finding in ran.json["findings"])
    os.environ["DISPUTE_GUARD_JSON"] = "1"
    try:
        json.loads(tool.run("advise", "--because", "other").out)
    finally:
        del os.environ["DISPUTE_GUARD_JSON"]


@pytest.mark.parametrize(
    "words",
    [("--site", ""), ("--timeout", "nan"), ("--site", " ")],
    ids=["no site", "no number", "blank site"],
)
def test_an_option_left_empty_opens_nothing(
    call: Call, tmp_path: Path, words: tuple[str, ...]
) -> None:
    """GIVEN an unset shell variable THEN exit 2, and not the real site."""
    ran = call("advise", ORDER, "--because", "other", *words, "--state-dir", str(tmp_path))

    assert ran.code == 2, ran.err


@pytest.mark.parametrize("word", ["Accept", "Agree", "Accept solution", "", " "])
def test_a_words_file_cannot_teach_accept(call: Call, tmp_path: Path, word: str) -> None:
    """GIVEN words that make Accept the cancel control THEN exit 2, and no browser."""
    file = tmp_path / "words.toml"
    file.write_text(f'lang = "en"\n[labels]\ncancel_request = ["{word}"]\n', "utf-8")
    ran = call(
        "advise", ORDER, "--because", "other", "--words", str(file), *NO_SITE,
        "--state-dir", str(tmp_path),
    )  # fmt: skip

    assert ran.code == 2, ran.err
    assert "never pressed" in ran.err
