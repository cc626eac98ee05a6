"""The account as ``list`` and ``cancel`` without ORDER read it, with the walk in place of a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from automation.aliexpress import work
from automation.aliexpress.listing import listing as walk
from automation.aliexpress.listing.dispute_row import Row
from automation.aliexpress.plan.order_number import advise_it
from automation.cli import account
from automation.errors import ErrorCode, ExitCode, ToolError
from rules import DisputeStatus
from tests.cli.calls import NO_SITE, ORDER

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from automation.aliexpress.listing.dispute_row import Listing
    from tests.cli.calls import Call


def walks(monkeypatch: pytest.MonkeyPatch, *, stop: ToolError | None = None) -> None:
    """A walk that finds one dispute, and may be stopped behind it."""

    def list_account(
        _request: object, _run: object, listing: Listing, **_: object
    ) -> Callable[[], None]:
        def found() -> None:
            status = DisputeStatus.UNKNOWN
            listing.rows.append(Row(order_id=ORDER, number=1, item="Lamp", status=status))
            listing.orders_seen = 3
            listing.note(f"unknown; {advise_it(ORDER, None)} shows the line")
            if stop is not None:
                raise stop

        return found

    monkeypatch.setattr(walk, "list_account", list_account)
    monkeypatch.setattr(work, "run_work", lambda found, *_: found())
    monkeypatch.setattr(account, "load_with_browser", lambda *_: None)


def stopped() -> ToolError:
    """Something that ends the walk."""
    return ToolError("the browser is gone", code=ErrorCode.BROWSER_FAILED)


@pytest.mark.parametrize("stop", [None, stopped()], ids=["to its end", "stopped"])
def test_a_note_leads_to_the_site_that_was_read(
    call: Call, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, stop: ToolError | None
) -> None:
    """GIVEN a list on a mimic, also one that was stopped THEN the call in its note reads that mimic."""
    walks(monkeypatch, stop=stop)

    told = call("list", *NO_SITE, "--state-dir", str(tmp_path), "--json").json

    where = f"{' '.join(NO_SITE)} --state-dir {tmp_path}"
    assert told["notes"] == [
        f"unknown; 'dispute-guard advise {ORDER} --json {where}' shows the line"
    ]
    assert (told["complete"], len(told["disputes"])) == (stop is None, 1)


def test_a_person_sees_what_was_found_before_the_stop(
    call: Call, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """GIVEN a walk that is stopped THEN its rows are shown as incomplete, and then the error."""
    walks(monkeypatch, stop=stopped())

    ran = call("list", *NO_SITE, "--state-dir", str(tmp_path))

    assert ran.code == ExitCode.FAILED
    assert ORDER in ran.out
    assert "list incomplete" in " ".join(ran.out.split())
    assert "the browser is gone" in ran.err


@pytest.mark.parametrize("words", [("--quiet",), ("--json",)])
def test_a_script_sees_no_table_of_a_stopped_walk(
    call: Call, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, words: tuple[str, ...]
) -> None:
    """GIVEN ``--quiet`` or ``--json`` THEN no table: the one document, or nothing, on stdout."""
    walks(monkeypatch, stop=stopped())

    ran = call("list", *NO_SITE, "--state-dir", str(tmp_path), *words)

    assert "in My Orders" not in ran.out
    assert ran.out == "" if words == ("--quiet",) else ran.json["error"]["message"]
