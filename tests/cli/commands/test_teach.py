"""``teach``: a human points, in their own browser, at what the site data does not know."""

from __future__ import annotations

import json
import tomllib
from typing import TYPE_CHECKING, Final

import pytest

from automation.aliexpress.cancel import conclusion
from automation.aliexpress.cancel.verify import conclude
from automation.cli.commands import teach
from tests.cli.calls import NO_SITE, ORDER
from tests.cli.person import at_the_window
from tests.cli.stranger_data import CALLS, PERMITTED, TAUGHT
from tests.cli.taught_stranger import shows
from tests.conftest import GOOD_REASON, Tool, disputed_order
from tests.engine.session.browsers import chromium

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from playwright.sync_api import Playwright

    from automation.aliexpress.cancel.verify import Subject
    from automation.aliexpress.walk.browse import Walk
    from automation.engine.looking import Concluded, Pace
    from automation.engine.outcome import Case
    from fixtures.pytest_plugin import Mimic
    from tests.cli.calls import Call

REFUSES_TWICE: Final = {"at": "list", "kind": "stale-sign", "times": 2}


@pytest.fixture
def window(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The buyer's own browser."""
    with chromium(tmp_path_factory.mktemp("theirs")) as address:
        yield address


@pytest.mark.timeout(900)  # only ends a run that hangs
@pytest.mark.parametrize("surface", ["mobile", "web"])
@pytest.mark.further
def test_clicks_teach_what_a_cancel_needs(
    tool: Tool, mimic: Mimic, window: str, playwright: Playwright, tmp_path: Path, surface: str
) -> None:
    """GIVEN a site of which nothing is known WHEN its buyer points at it THEN the tool reads its pages.

    A second client of the browser clicks, as other automation may be connected too. Once, the site
    refuses My Orders its list and the repetition, as it may while a token is renewed.
    """
    site = mimic("stranger", inline=True, fault=[REFUSES_TWICE] if surface == "web" else [])
    order, data = disputed_order(site), tmp_path / "site.toml"
    with playwright.chromium.connect_over_cdp(window) as person:
        words = (
            "teach", order, "--attach", window, "--surface", surface, "--site-data", str(data), "--json",
        )  # fmt: skip
        taught, unasked = at_the_window(
            tool.words(*words, site=site), person, shows(surface=surface)
        )

    assert unasked == [], taught.screen
    document = json.loads(taught.out)
    refused = [r for r in document["guard"]["refused"] if "mtop" in r["request"]]
    assert taught.code == 0, (document.get("error"), refused)
    assert document["saved"] == str(data)
    assert document["read_again"].startswith("Butiken tittar på saken (waiting_seller)")
    assert {each["state"] for each in document["landmarks"]} == {"taught", "known"}
    site.ledger.assert_no_writes()

    expected = tomllib.loads(CALLS + TAUGHT)
    if surface == "mobile":
        expected["hooks"]["card"] = [".beqre-vgrz-zbovyr"]
    assert tomllib.loads(data.read_text("utf-8")) == expected


@pytest.mark.timeout(900)  # only ends a run that hangs: it is four commands
@pytest.mark.further
def test_what_was_taught_cancels_and_the_new_status_is_taught_after_it(
    call: Call, mimic: Mimic, window: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GIVEN what the clicks taught THEN the ordinary command cancels, and one more word settles it."""
    site = mimic("stranger", inline=True)
    order, data = disputed_order(site), tmp_path / "site.toml"
    data.write_text(CALLS + PERMITTED + TAUGHT, "utf-8")
    here = (
        "--site", site.url, "--gateway", site.gateway_url, "--site-data", str(data),
        "--state-dir", str(tmp_path / "state"), "--json",
    )  # fmt: skip

    monkeypatch.setattr(teach, "AtTerminal", Knows)
    monkeypatch.setattr(conclusion, "conclude", looks_once)

    dry = call("cancel", order, *GOOD_REASON, "--dry-run", *here)
    assert dry.code == 0, dry.out
    site.ledger.assert_no_writes()
    sent = call("cancel", order, *GOOD_REASON, "--plan", dry.json["plan"]["digest"], *here)
    site.ledger.assert_one_write()
    assert (sent.code, sent.json["outcome"]) == (8, "unknown"), "no one knows the new status yet"
    assert f"dispute-guard teach {order}" in sent.json["error"]["hint"], sent.json["reason"]
    assert f"dispute-guard verify {order}" in sent.json["error"]["hint"]

    again = call("teach", order, "--attach", window, "--save", *here)
    assert again.code == 0, again.out
    assert again.json["read_again"] == "Du tog tillbaka kravet (cancelled)"
    settled = call("verify", order, *here)
    assert (settled.code, settled.json["outcome"]) == (0, "done"), settled.out
    site.ledger.assert_one_write()


async def looks_once(
    walk: Walk,
    subject: Subject,
    case: Case,
    _seconds: float,
    pace: Pace,
    *,
    ask_unread: bool = False,
) -> Concluded:
    """Look at the fresh pages once: words that no list has do not become known by waiting."""
    return await conclude(walk, subject, case, 0.0, pace, ask_unread=ask_unread)


class Knows:
    """A person who knows what the new status means, and points at nothing."""

    def __init__(self, _site_data: Path, *, opens: bool) -> None:
        del opens

    def tell(self, line: str) -> None:
        """Hear it."""

    async def shows_more(self, names: Sequence[str]) -> bool:
        """Say no."""
        del names
        return False

    async def meaning_of(self, words: str, choices: Sequence[str]) -> str:
        """Say what the status means."""
        assert words == "Du tog tillbaka kravet"
        return "cancelled" if "cancelled" in choices else ""

    async def agrees_on_question(self, question: str) -> bool:
        """Not asked: the dialog is pointed at."""
        raise AssertionError(question)

    async def agrees_to_open_dialog(self, label: str) -> bool:
        """Say no."""
        del label
        return False


@pytest.mark.parametrize(
    "words", [(), ("--profile", "p"), ("--connect", "ws://127.0.0.1:9/", "--headed")]
)
def test_a_hidden_browser_cannot_be_clicked_in(
    call: Call, tmp_path: Path, words: tuple[str, ...]
) -> None:
    """GIVEN no window THEN exit 2 names the options that give one, and no browser starts."""
    ran = call(
        "teach", ORDER, *words, *NO_SITE, "--state-dir", str(tmp_path), "--json", opens=False
    )

    assert ran.code == 2
    assert "--headed" in ran.json["error"]["hint"]
    assert "--attach" in ran.json["error"]["hint"]
    assert ran.sessions == []


def test_a_file_that_does_not_exist_yet_is_no_error(
    call: Call, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """GIVEN a name for new site data THEN the window would open; a command that reads it refuses (control)."""
    monkeypatch.setenv("DISPLAY", ":99")
    words = (*NO_SITE, "--state-dir", str(tmp_path), "--site-data", str(tmp_path / "new.toml"))

    taught = call("teach", ORDER, "--headed", *words, "--json", opens=False)
    doctor = call("doctor", ORDER, *words, "--json", opens=False)

    assert (taught.json["error"]["code"], len(taught.sessions)) == ("interrupted", 1)
    assert (doctor.code, doctor.sessions) == (2, [])
