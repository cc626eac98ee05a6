"""The server as a process: what it writes, and how it ends."""

from __future__ import annotations

import json
import signal
import subprocess
from typing import TYPE_CHECKING, Any, Final

import pytest

from tests.cli.mcp.agent import SAID
from tests.conftest import disputed_order
from tests.faults.processes import end_all, environment, new_mark, of_run, survivors

if TYPE_CHECKING:
    from fixtures.pytest_plugin import Mimic
    from tests.conftest import Tool

_SOON: Final = 60.0


def request(number: int, method: str, **params: object) -> str:
    """One line of the protocol."""
    return json.dumps({"jsonrpc": "2.0", "id": number, "method": method, "params": params}) + "\n"


@pytest.mark.parametrize(
    "how", ["a signal", pytest.param("closed input", marks=pytest.mark.further)]
)
def test_it_ends_in_the_middle_of_a_run_and_leaves_nothing(
    mimic: Mimic, tool: Tool, how: str
) -> None:
    """GIVEN a run with its browser open WHEN the client goes THEN exit 0, and no process is left.

    Whatever it wrote on standard output is protocol; any other line was answered as such.
    """
    site = mimic("quick", hydration_ms=600_000)
    order = disputed_order(site)
    mark = new_mark()
    asks = request(
        1,
        "initialize",
        protocolVersion="2025-11-25",
        capabilities={},
        clientInfo={"name": "test", "version": "1"},
    )
    told = json.dumps({"jsonrpc": "2.0", "method": "notifications/initialized"}) + "\n"
    plans = request(2, "tools/call", name="plan", arguments={"order": order, **SAID})
    server = subprocess.Popen(
        tool.words("mcp", site=site),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(mark),
    )
    try:
        assert server.stdin is not None
        server.stdin.write(f"no protocol\n{asks}{told}{plans}")
        server.stdin.flush()
        site.ledger.wait_for(lambda _: True, _SOON)
        running = of_run(mark)
        if how == "a signal":
            server.send_signal(signal.SIGTERM)
            assert server.wait(_SOON) == 0  # its input is still open
        out, err = server.communicate(timeout=_SOON)

        assert any("--dispute-guard-run=" in line for line in running.values())
        assert server.returncode == 0, err
        assert "Traceback" not in err
        assert survivors(mark) == {}
        lines: list[dict[str, Any]] = [json.loads(line) for line in out.splitlines()]
        assert {line["jsonrpc"] for line in lines} == {"2.0"}
        assert [line["id"] for line in lines if "result" in line] == [1]
    finally:
        end_all(mark)
    site.ledger.assert_no_writes()
