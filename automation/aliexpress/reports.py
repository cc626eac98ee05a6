"""What commands report of setup, session and pages, and the JSON contract of every command.

``dispute-guard COMMAND --json-schema`` prints the schema.
"""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Final, Literal

from pydantic import TypeAdapter

from automation.aliexpress.advice_answer import Advised, AdvisedLines
from automation.aliexpress.answer import Answer
from automation.aliexpress.answer_parts import ErrorAnswer, ExitNumber, GuardAnswer, Part, Told
from automation.aliexpress.batch_answer import BatchAnswer
from automation.aliexpress.history_answer import AttemptHistoryAnswer, HistoryAnswer
from automation.aliexpress.list_answer import ListAnswer

if TYPE_CHECKING:
    from pydantic.json_schema import JsonSchemaValue


class _Report(Part):
    """What every report ends with."""

    exit_code: ExitNumber = 0
    error: ErrorAnswer | None = None

    def as_json(self) -> dict[str, object]:
        """The document: what there is nothing to say about is left out."""
        told = self.model_dump(mode="json")
        told["exit_code"] = told.pop("exit_code")
        return {key: told[key] for key in told if told[key] is not None or key not in _ONLY_IF_SAID}


class SessionReport(_Report):
    """The answer of ``session``.

    Args:
        signed_in: ``None`` if no page told.
        who: the name, masked: ``R…n``.
        mode: by which kind of session.
        where: the host of the site.
        since: when the buyer signed in; ``kept``: when the session was saved.
    """

    command: Literal["session"] = "session"
    signed_in: bool | None
    who: str | None = None
    mode: str
    where: str
    since: str | None = None
    file: str | None = None
    profile: str | None = None
    kept: str | None = None
    age_seconds: int | None = None


class LoginReport(_Report):
    """The answer of ``login``: the file or the profile that keeps the session, and its browser."""

    command: Literal["login"] = "login"
    signed_in: bool | None
    who: str | None = None
    file: str | None = None
    profile: str | None = None
    browser: str | None = None


class SavedPage(Part):
    """A page that was saved, and its file in the folder."""

    file: str
    page: str


class CaptureReport(_Report):
    """The answer of ``capture``.

    Args:
        folder: ``None`` if no page was saved.
        captured_order: the made-up number of the order in the files.
        problems: what was not recognised, or stopped the walk.
    """

    command: Literal["capture"] = "capture"
    order: str
    folder: str | None
    captured_order: str | None
    pages: tuple[SavedPage, ...]
    problems: tuple[ErrorAnswer, ...]
    guard: GuardAnswer


class CheckReport(Part):
    """One check of the setup; ``todo`` is empty if there is nothing to do."""

    name: str
    ok: bool
    found: str
    todo: str


class SetupReport(_Report):
    """The answer of ``doctor``."""

    command: Literal["doctor"] = "doctor"
    ok: bool
    checks: tuple[CheckReport, ...]


class LandmarkReport(Part):
    """One part of a page that a cancel needs.

    Args:
        shows: what it shows on the page.
        by: its name in the site data; ``selectors``: those that matched.
    """

    page: str
    landmark: str
    state: Literal["known", "taught", "missing", "not_shown"]
    shows: str
    by: str
    selectors: tuple[str, ...]
    note: str


class HeldCallReport(Part):
    """A call that the guard held back, and why."""

    name: str
    why: str


class PageReport(Part):
    """One page: its landmarks, the reads that were let through, and the calls held back."""

    page: str
    landmarks: tuple[LandmarkReport, ...]
    passed: tuple[str, ...]
    held_back: tuple[HeldCallReport, ...]


class PagesReport(_Report):
    """The answer of ``doctor ORDER``.

    Args:
        ok: every part that a cancel needs was recognised.
        lines: what would help in the site data; ``status_choices``: values for its STATUS.
    """

    command: Literal["doctor"] = "doctor"
    order: str
    ok: bool
    pages: tuple[PageReport, ...]
    lines: tuple[str, ...]
    status_choices: tuple[str, ...]
    guard: GuardAnswer


class TeachReport(_Report):
    """The answer of ``teach``.

    Args:
        lines: what was learned, as lines of site data.
        read_again: what the pages show with it.
        saved: the file of site data that has the lines now.
    """

    command: Literal["teach"] = "teach"
    order: str
    landmarks: tuple[LandmarkReport, ...]
    lines: tuple[str, ...]
    status_choices: tuple[str, ...]
    read_again: str
    saved: str | None
    guard: GuardAnswer


class RuleReport(Part):
    """One rule; the number of a fact in ``source`` explains it."""

    rule: str
    title: str
    severity: str
    overridable: bool
    explanation: str
    source: tuple[str, ...]
    example: str


class FactReport(Part):
    """One fact behind the rules."""

    fact: str
    name: str
    meaning: str


class RulesReport(Told):
    """The answer of ``rules``: every rule, and every fact behind them."""

    rules: tuple[RuleReport, ...]
    facts: tuple[FactReport, ...]
    exit_code: ExitNumber = 0


class OneRuleReport(RuleReport, Told):
    """The answer of ``rules RULE_ID``."""

    exit_code: ExitNumber = 0


class OneFactReport(FactReport, Told):
    """The answer of ``rules F12``: the fact, and the rules that rest on it."""

    rules: tuple[str, ...]
    exit_code: ExitNumber = 0


class InstallReport(_Report):
    """The answer of ``install-browser``.

    Args:
        ok: there is a browser.
        said: what it found or did, line by line.
    """

    command: Literal["install-browser"] = "install-browser"
    ok: bool = True
    said: tuple[str, ...]


class SceneReport(Part):
    """One command of the demo; ``exit_code`` is ``None`` if it had to be stopped."""

    words: tuple[str, ...]
    exit_code: int | None


class DemoReport(_Report):
    """The answer of ``demo``.

    Args:
        ok: everything went as promised.
        failures: what did not.
    """

    command: Literal["demo"] = "demo"
    ok: bool
    scenes: tuple[SceneReport, ...]
    failures: tuple[str, ...]


class ServeReport(_Report):
    """The answer of ``serve``, printed once the mimic site is up.

    Args:
        site: what ``--site`` takes; ``gateway`` is for ``--gateway``.
        ledger: the address of every request that the site got.
    """

    command: Literal["serve"] = "serve"
    scenario: str
    site: str
    gateway: str
    ledger: str


class ScenariosReport(_Report):
    """The answer of ``serve --list``: the scenarios, and what each is about."""

    command: Literal["serve"] = "serve"
    scenarios: dict[str, str]


class Refusal(Part):
    """A call that ended before there was anything to report, such as a usage error."""

    exit_code: ExitNumber
    error: ErrorAnswer


_ONLY_IF_SAID: Final = ("kept", "age_seconds", "error")
_REPORTS: Final[dict[str, tuple[type[Part], ...]]] = {
    "capture": (CaptureReport, Refusal),
    "demo": (DemoReport, Refusal),
    "doctor": (SetupReport, PagesReport, Refusal),
    "install-browser": (InstallReport, Refusal),
    "login": (LoginReport, Refusal),
    "rules": (RulesReport, OneRuleReport, OneFactReport, Refusal),
    "serve": (ServeReport, ScenariosReport, Refusal),
    "session": (SessionReport, Refusal),
    "teach": (TeachReport, Refusal),
}
_CONTRACT: Final[dict[str, tuple[type[Part], ...]]] = _REPORTS | {
    "advise": (Answer, Advised, AdvisedLines),
    "cancel": (Answer, BatchAnswer),
    "history": (HistoryAnswer, AttemptHistoryAnswer, Refusal),
    "list": (ListAnswer,),
    "verify": (Answer,),
}
COMMANDS: Final = frozenset(_REPORTS)
"""The commands with a report of their own."""


def contract_of(command: str) -> TypeAdapter[Part]:
    """What checks the answer of a command."""
    return TypeAdapter(reduce(or_, _CONTRACT[command]))


def schema(command: str) -> JsonSchemaValue:
    """The JSON schema of a command's answer, in the 2020-12 draft."""
    return contract_of(command).json_schema()
