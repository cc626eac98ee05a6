"""One runner for every command with a browser, and one cause for a mimic's empty pages."""

from __future__ import annotations

import ast
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest

import automation
from automation.aliexpress.running import Run
from automation.aliexpress.site import Addresses
from automation.aliexpress.work import name_the_gateway
from automation.engine.guard import GuardReport, RequestRecord
from automation.errors import ErrorCode, ExitCode, ToolError

if TYPE_CHECKING:
    from automation.aliexpress.request import Request
    from fixtures.pytest_plugin import Mimic
    from tests.conftest import Tool

SITE, API = "http://127.0.0.1:8190", "http://127.0.0.1:8191"
EMPTY = ToolError(
    "no orders",
    code=ErrorCode.PAGE_NOT_RECOGNISED,
    exit_code=ExitCode.PAGE_NOT_RECOGNISED,
    hint="look",
)


def refused(loopback: str = API, **more: Any) -> RequestRecord:  # noqa: ANN401  a record's own fields
    """A call that the guard took for a stranger's."""
    return RequestRecord("/h5/list/", "127.0.0.1", "GET", "foreign", "", loopback=loopback, **more)


def named(addresses: Addresses, *records: RequestRecord, code: ExitCode = EMPTY.exit_code) -> str:
    """Message and hint of an error, after the cause was named."""
    error = ToolError(EMPTY.message, code=EMPTY.code, exit_code=code, hint=EMPTY.hint)
    guard = SimpleNamespace(report=lambda: GuardReport((), records))
    request = cast("Request", SimpleNamespace(addresses=addresses))
    name_the_gateway(error, request, Run("list", guard=cast("Any", guard)))
    return f"{error.message} | {error.hint}"


def test_calls_to_another_origin_name_the_option() -> None:
    """GIVEN calls of a mimic to a second origin THEN the error names it and --gateway."""
    told = named(Addresses(SITE), refused(), refused("http://localhost:1"), refused())

    assert told == (
        f"no orders; calls to {API} were held back | "
        f"pass --gateway {API} if that is the API of this mimic"
    )
    assert f"{API} instead of http://127.0.0.1:1 if" in named(
        Addresses(SITE, "http://127.0.0.1:1"), refused()
    )


@pytest.mark.parametrize(
    ("addresses", "records", "code"),
    [
        (Addresses(), [refused()], ExitCode.PAGE_NOT_RECOGNISED),
        (Addresses(SITE), [], ExitCode.PAGE_NOT_RECOGNISED),
        (Addresses(SITE), [refused(main_frame=True)], ExitCode.PAGE_NOT_RECOGNISED),
        (Addresses(SITE), [refused("")], ExitCode.PAGE_NOT_RECOGNISED),
        (Addresses(SITE), [refused()], ExitCode.HUMAN_NEEDED),
        (Addresses(SITE), [refused()], ExitCode.REFUSED),
    ],
    ids=["real site", "no calls", "a page", "a remote host", "sign-in", "refused by rules"],
)
def test_other_errors_stay_as_they_are(
    addresses: Addresses, records: list[RequestRecord], code: ExitCode
) -> None:
    """Control: GIVEN any other cause THEN nothing is said about a gateway."""
    assert named(addresses, *records, code=code) == "no orders | look"


@pytest.mark.further
def test_a_mimic_without_its_gateway_says_so(mimic: Mimic, tool: Tool) -> None:
    """GIVEN a mimic with two origins WHEN only its pages are named THEN exit 5 and the option."""
    site = mimic("quick", hydration_ms=0)

    ran = tool.run("list", "--json", "--site", site.url, "--timeout", "5")

    assert ran.code == 5, ran.out
    assert f"calls to {site.gateway_url} were held back" in ran.json["error"]["message"]
    assert f"--gateway {site.gateway_url} " in ran.json["error"]["hint"]


def runners(source: str) -> list[str]:
    """Ways to start a loop in a source."""
    return [
        node.attr
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Attribute)
        and ast.unparse(node) in {"asyncio.run", "asyncio.Runner"}
    ]


def test_there_is_one_way_to_run_a_coroutine() -> None:
    """GIVEN the package THEN one place runs work: it handles signals and tidies up.

    What is started ahead has the loop that it then uses.
    """
    package = Path(automation.__file__).parent
    found = {path.name: runners(path.read_text("utf-8")) for path in package.rglob("*.py")}

    assert {name: set(ways) for name, ways in found.items() if ways} == {
        "interrupts.py": {"Runner"},
        "ahead.py": {"Runner"},
    }
    assert runners("import asyncio\nasyncio.run(main())") == ["run"]
