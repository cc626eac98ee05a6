"""What the buyer agrees to on the command line of ``cancel``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.cli.calls import NO_SITE, ORDER, SAYS

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.calls import Call


def test_a_risk_is_accepted_by_its_name(call: Call, tmp_path: Path) -> None:
    """GIVEN a risky block WHEN its rule is named THEN the run goes on; without that it is refused."""
    words = ("cancel", ORDER, "--because", "seller-promised", "--not-received", "--dry-run",
             *NO_SITE, "--state-dir", str(tmp_path), "--json")  # fmt: skip
    refused = call(*words, opens=False)
    risks = [f["rule"] for f in refused.json["findings"] if f["severity"] == "block"]
    assert (refused.code, refused.sessions) == (3, [])

    accepted = call(*words, *(w for rule in risks for w in ("--accept-risk", rule)), opens=False)

    assert accepted.json["error"]["code"] == "interrupted", accepted.out
    assert accepted.request.accepted == tuple(risks)


def test_a_warning_is_accepted_by_its_digest(call: Call, tmp_path: Path) -> None:
    """GIVEN digests of warnings THEN the run accepts exactly these; else a usage error."""
    words = ("cancel", ORDER, *SAYS, "--dry-run", *NO_SITE, "--state-dir", str(tmp_path), "--json")

    taken = call(*words, "--accept-warning", "0a1b2c3d4e5f", opens=False)

    assert taken.request.accepted_warnings == {"0a1b2c3d4e5f"}
    assert call(*words, "--accept-warning", "yes", opens=False).code == 2
