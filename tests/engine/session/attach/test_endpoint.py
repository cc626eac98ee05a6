"""Finding the buyer's browser: each cause has its own message, and no wait exceeds its limit."""

from __future__ import annotations

import socket
import time
from typing import TYPE_CHECKING

import pytest

from automation.engine.session.attach.endpoint import Endpoint, find_endpoint, profile_folder
from automation.errors import ExitCode, ToolError
from tests.engine.one_answer import answering, http
from tests.own_loop import in_own_loop

if TYPE_CHECKING:
    from pathlib import Path

WS = '{"webSocketDebuggerUrl": "ws://localhost/devtools/browser/1-2"}'


def found(where: str, seconds: float = 5) -> Endpoint:
    """The endpoint that is found."""
    return in_own_loop(find_endpoint(where, seconds))


def problem(where: str, seconds: float = 5) -> ToolError:
    """The error of the search."""
    with pytest.raises(ToolError) as caught:
        found(where, seconds)
    return caught.value


def test_a_port_tells_the_websocket() -> None:
    """GIVEN a debugging port WHEN asked THEN its path at the host and port that were named."""
    with answering(http("200 OK", WS)) as port:
        address = found(port).address
    assert address == port.replace("http", "ws") + "/devtools/browser/1-2"


def test_a_websocket_is_taken_as_it_is() -> None:
    """GIVEN a websocket address THEN no request is needed."""
    assert found("ws://127.0.0.1:9/devtools/browser/x").address.endswith("/devtools/browser/x")


def test_a_silent_port_ends_in_time() -> None:
    """GIVEN a port that never answers WHEN asked for half a second THEN a prompt error."""
    before = time.monotonic()
    with answering(None) as port:
        error = problem(port, 0.5)
    assert time.monotonic() - before < 30  # without the limit it would wait for ever
    assert "did not answer within 0.5 s" in error.message


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (http("200 OK", "<html>a router</html>"), "not a browser's debugging port"),
        (b"SSH-2.0-OpenSSH_9.2\r\n", "not a browser's debugging port"),
        (http("200 OK", "[]"), "not a browser's debugging port"),
        (http("200 OK", '{"webSocketDebuggerUrl": "ws://["}'), "not a browser's debugging port"),
        (
            http("200 OK", '{"webSocketDebuggerUrl": "ws://x/\\ud800"}'),
            "not a browser's debugging port",
        ),
        (http("200 OK", "[" * 60_000), "not a browser's debugging port"),
        (http("404 Not Found", ""), "does not report its address"),
    ],
    ids=lambda value: ascii(value)[-40:],
)
def test_other_answers_name_their_cause(answer: bytes, words: str) -> None:
    """GIVEN another program behind the port THEN the error names it, with no install hint."""
    with answering(answer) as port:
        error = problem(port)
    assert words in error.message
    assert "install" not in error.hint


def test_a_closed_port_is_told() -> None:
    """GIVEN a closed port THEN "no browser answers" and how to open one."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    error = problem(f"http://127.0.0.1:{port}")
    assert error.message.startswith("no browser answers at http://127.0.0.1:")
    assert "--remote-debugging-port" in error.hint


@pytest.mark.parametrize(
    "where",
    [
        "crome",
        "http://",
        "ftp://x:1",
        "http://x:port",
        "9222",
        "",
        "ws://a..b:1",
        "http://.a:9222",
        "http://127.0.0.1:9222/\udcff",
        "ws://127.0.0.1:9222/\udcff",
    ],
    ids=ascii,
)
def test_what_is_no_endpoint_is_a_usage_error(where: str) -> None:
    """GIVEN neither a channel nor an endpoint THEN exit 2 and the names of the channels."""
    error = problem(where)
    assert error.exit_code is ExitCode.USAGE
    assert "chrome-beta" in error.hint


def test_a_channel_reads_its_own_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """GIVEN the default profile's port file THEN its port and secret path; a broken one errs."""
    monkeypatch.setenv("CHROME_USER_DATA_DIR", str(tmp_path))
    file = profile_folder("chrome") / "DevToolsActivePort"
    assert file.parent == tmp_path
    file.write_text("4711\n/devtools/browser/abc", "utf-8")
    assert found("chrome").address == "ws://127.0.0.1:4711/devtools/browser/abc"
    file.unlink()
    assert "remote debugging is off in chrome" in problem("chrome").message


@pytest.mark.parametrize(
    "text", ["no number", "", "0\n/x", "65536\n/x", "²²\n/x", "4" * 5000, "-1"]
)
def test_a_file_without_a_port_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    """GIVEN a port file in which no port stands THEN the error names the file and nothing is asked."""
    monkeypatch.setenv("CHROME_USER_DATA_DIR", str(tmp_path))
    file = profile_folder("chrome") / "DevToolsActivePort"
    file.write_text(text, "utf-8")
    assert f"{file} has no port" in problem("chrome").message


@pytest.mark.parametrize(
    ("system", "channel", "end"),
    [
        ("linux", "chrome-beta", ".config/google-chrome-beta"),
        ("darwin", "msedge", "Library/Application Support/Microsoft Edge"),
        ("win32", "chrome", "AppData/Local/Google/Chrome/User Data"),
    ],
)
def test_default_folders_of_each_system(
    monkeypatch: pytest.MonkeyPatch, system: str, channel: str, end: str
) -> None:
    """GIVEN another system THEN the folder in which the channel keeps its profile there."""
    for name in ("CHROME_USER_DATA_DIR", "CHROME_CONFIG_HOME", "XDG_CONFIG_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("sys.platform", system)
    assert profile_folder(channel).as_posix().endswith(end)


@pytest.mark.parametrize(
    ("channel", "folder"),
    [
        ("chromium", "snap/chromium/common/chromium"),
        ("chrome", ".var/app/com.google.Chrome/config/google-chrome"),
        ("chrome", ".config/google-chrome"),
    ],
)
def test_a_packaged_browser_is_found_where_it_keeps_its_files(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, channel: str, folder: str
) -> None:
    """GIVEN a browser from a snap or flatpak THEN its port is read; its usual folder comes first."""
    for name in ("CHROME_USER_DATA_DIR", "CHROME_CONFIG_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert "remote debugging is off" in problem(channel).message
    for port, place in ((1, folder), (2, ".config/chromium")):
        (tmp_path / place).mkdir(parents=True, exist_ok=True)
        (tmp_path / place / "DevToolsActivePort").write_text(
            f"{port}\n/devtools/browser/a", "utf-8"
        )

    expected = 1 if channel == "chrome" else 2
    assert found(channel).address == f"ws://127.0.0.1:{expected}/devtools/browser/a"
    monkeypatch.setattr("sys.platform", "darwin")
    assert "Library" in problem(channel).message
