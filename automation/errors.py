"""One exception type for everything that can go wrong, with an exit code.

Every error carries a message, a code, a hint and the place of the evidence, so the
command line prints the same four parts for each.
"""

from __future__ import annotations

from enum import IntEnum, StrEnum
from typing import Self


class ExitCode(IntEnum):
    """Exit codes of every command; scripts may rely on them."""

    OK = 0
    FAILED = 1
    USAGE = 2
    REFUSED = 3
    HUMAN_NEEDED = 4
    PAGE_NOT_RECOGNISED = 5
    DECLINED = 6
    PLAN_STALE = 7
    UNKNOWN_OUTCOME = 8
    INTERRUPTED = 130


class ErrorCode(StrEnum):
    """Names of what can go wrong; scripts may rely on them.

    ``docs/errors.md`` is the table of them: ``make errors`` writes it.
    """

    meaning: str

    def __new__(cls, code: str, meaning: str) -> Self:
        """A member that is its code and carries its meaning, in one line."""
        self = str.__new__(cls, code)
        self._value_ = code
        self.meaning = meaning
        return self

    # What the command line says
    USAGE = "usage", "the command line is wrong"
    BAD_ORDER_ID = "bad_order_id", "the order number cannot be one"
    BAD_FACTS = "bad_facts", "a facts file is invalid"
    BAD_BATCH = "bad_batch", "a file of orders is invalid"
    BAD_SITE = "bad_site", "the address given with --site cannot be used"
    BAD_GATEWAY = "bad_gateway", "the address given with --gateway cannot be used"
    SITE_ADDRESS_UNUSABLE = "site_address_unusable", "the site's address has no usable origin"
    BAD_WORDS_FILE = "bad_words_file", "a file of site data is invalid"
    TRAFFIC_TABLE_MALFORMED = "traffic_table_malformed", "the table of known requests is invalid"
    UNKNOWN_RULE = "unknown_rule", "no rule has this id"
    BAD_SCENARIO = "bad_scenario", "a scenario of the mimic site is invalid"
    UNKNOWN_SCENARIO = "unknown_scenario", "the mimic site has no such scenario"
    EXTRA_MISSING = "extra_missing", "a package that this command needs is not installed"
    PORT_IN_USE = "port_in_use", "the mimic site cannot use this port"
    FOLDER_NOT_EMPTY = "folder_not_empty", "the folder to write to contains something"
    # Rules, consent and plans
    REFUSED = "refused", "the rules refuse, because cancelling would cost money"
    DECLINED = "declined", "you did not agree"
    NO_CONSENT = "no_consent", "there is no terminal to ask at, and no plan"
    PLAN_STALE = (
        "plan_stale",
        "the plan has expired, is for something else, or no longer fits the pages",
    )
    PLAN_UNKNOWN = "plan_unknown", "this state folder has no such plan"
    PLAN_SPENT = "plan_spent", "the plan was already used"
    WARNINGS_NOT_ACCEPTED = "warnings_not_accepted", "you have not accepted the dialog's warnings"
    WORDS_UNVERIFIED = "words_unverified", "labels are unverified in this language"
    # Browser, profile and session
    NO_BROWSER = "no_browser", "no browser was found, or none answers"
    BROWSER_NOT_STARTED = "browser_not_started", "the browser ended while it started"
    BROWSER_HANGS = "browser_hangs", "the browser does not answer"
    BROWSER_FAILED = "browser_failed", "the browser failed during the run"
    STEP_STUCK = "step_stuck", "a step took far too long, and the browser was closed"
    NO_DISPLAY = "no_display", "there is no display for a browser window"
    NO_PROFILE = "no_profile", "the folder is no browser profile"
    FOREIGN_PROFILE = "foreign_profile", "the profile belongs to another browser or a newer one"
    PROFILE_IN_USE = "profile_in_use", "a browser has the profile open"
    SEVERAL_PROFILES = "several_profiles", "the attached browser has more than one profile open"
    SERVER_VERSION = "server_version", "the Playwright server has another version"
    CONNECTION_LOST = "connection_lost", "the connection to the remote browser ended"
    BAD_SESSION = "bad_session", "the saved session cannot be read"
    SIGNED_OUT = "signed_out", "the site asks you to sign in"
    CAPTCHA = "captcha", "the site asks for a captcha"
    GUARD_SELF_TEST = "guard_self_test", "the guard does not work in this browser"
    # Pages
    PAGE_NOT_LOADED = "page_not_loaded", "a page could not be loaded"
    PAGE_NOT_THERE = "page_not_there", "the site says that a page does not exist"
    PAGE_LOST = "page_lost", "a page was closed or crashed"
    PAGE_NOT_RECOGNISED = "page_not_recognised", "a page is unknown, or lacks its landmarks"
    PAGE_TRANSLATED = "page_translated", "the browser translated the page"
    PAGE_NOT_SAFE = "page_not_safe", "a page could not be saved without personal data"
    FOREIGN_HOST = "foreign_host", "a page leads away from the site"
    APP_ONLY = "app_only", "the page only offers the app"
    LANGUAGE_UNKNOWN = "language_unknown", "the page's language has no usable labels"
    LIST_STALLED = "list_stalled", "My Orders stopped loading"
    NO_ORDERS = "no_orders", "My Orders shows no orders"
    NO_ORDER = "no_order", "a card of My Orders has no single order number"
    ORDER_UNKNOWN = "order_unknown", "a dispute of the list cannot be matched with an order"
    ORDER_NOT_FOUND = "order_not_found", "neither My Orders nor its own page shows the order"
    WRONG_ORDER = "wrong_order", "the page shows another order"
    NO_DISPUTE = "no_dispute", "the order has no dispute to cancel"
    DISPUTE_NOT_REACHED = "dispute_not_reached", "a control does not lead to a dispute page"
    WRONG_DISPUTE = "wrong_dispute", "the page shows another dispute"
    AMBIGUOUS_TARGET = "ambiguous_target", "the order has more than one open dispute"
    ITEM_NOT_FOUND = "item_not_found", "--item matches no dispute of the order"
    ITEM_MOVED = "item_moved", "--item named another dispute before"
    NO_SINGLE_TARGET = "no_single_target", "a control is missing, or there is more than one"
    TARGET_COVERED = "target_covered", "a control cannot be clicked"
    DIALOG_NOT_RECOGNISED = "dialog_not_recognised", "the dialog is not the known one"
    DIALOG_WANTS_REASON = "dialog_wants_reason", "the dialog asks for input"
    # The request and its outcome
    PERMIT_ALREADY_GRANTED = "permit_already_granted", "a run asked for a second permit"
    PERMIT_WITHOUT_LINE = "permit_without_line", "a permit needs the id of what it is for"
    PERMIT_WITHOUT_ROUTE = "permit_without_route", "a permit needs the guard"
    NOT_SENT = "not_sent", "no connection to the site was made, so nothing was sent"
    NOTHING_SENT = (
        "nothing_sent",
        "no matching request was sent although it was confirmed, or nothing was pressed in time",
    )
    NOT_CANCELLED = "not_cancelled", "fresh pages show that the dispute was not cancelled"
    SITE_REFUSED = "site_refused", "the site answered that it did not cancel"
    TOKEN_EXPIRED = "token_expired", "the site rejected the request unread: its token had expired"
    OUTCOME_UNKNOWN = "outcome_unknown", "the request may have been sent, and its effect is unknown"
    UNSETTLED_ATTEMPT = "unsettled_attempt", "an earlier attempt may have sent its request"
    ALREADY_RUNNING = (
        "already_running",
        "another run is using this state folder, or is working on the same order",
    )
    RECEIPT_UNWRITABLE = "receipt_unwritable", "the receipt could not be written"
    NO_RECEIPT = "no_receipt", "the attempt has no receipt"
    # Journal and files
    STATE_DIR_UNWRITABLE = "state_dir_unwritable", "a folder or file cannot be written"
    DISK_FULL = "disk_full", "there is no space left"
    JOURNAL_BUSY = "journal_busy", "another process keeps the journal locked"
    JOURNAL_DAMAGED = "journal_damaged", "the journal is damaged"
    JOURNAL_FAILED = "journal_failed", "the journal cannot be used"
    JOURNAL_INCOMPLETE = "journal_incomplete", "the journal does not say which page to look at"
    JOURNAL_LOST = (
        "journal_lost",
        "the journal is gone, or an earlier one is lost, which you have not accepted",
    )
    JOURNAL_MISUSE = "journal_misuse", "an event was out of order, which is a bug"
    JOURNAL_NEWER = "journal_newer", "a newer version wrote the journal"
    ATTEMPT_UNKNOWN = "attempt_unknown", "the journal has no such attempt"
    # Any time
    INTERRUPTED = "interrupted", "you interrupted the run"
    INTERNAL_ERROR = "internal_error", "a bug in this tool"


class Hint(StrEnum):
    """Hints of the engine, which knows no command; the command line adds the one that does it."""

    CHECK_BROWSER = "check the browser"
    OTHER_BROWSER = "use another browser version"
    CHECK_JOURNAL = "check the journal"
    MOVE_JOURNAL = "move the damaged journal aside; do not overwrite it"
    ACCEPT_LOSS = "accept that the record of earlier requests is lost"
    FREE_SPACE = "free some space, then look at the last attempt"
    WAIT_FOR_RUN = "let it end (it may be waiting for your answer), then look at its outcome"
    LIST_ATTEMPTS = "list all attempts"
    NEW_PLAN = "make a new plan"
    GET_BROWSER = "install Chromium, Chrome or Edge, or give one with its path"
    MAKE_PROFILE = "check the path, or make a profile in which you sign in"
    SIGN_IN = "sign in again"
    CLOSE_WINDOW = "close the window, then sign in again"


class ToolError(Exception):
    """Ends a command with one clear line.

    Args:
        message: what was seen, in one sentence.
        code: what kind of problem it is.
        exit_code: how the process ends.
        hint: what the buyer can do next, one imperative sentence.
        evidence: a file or address to look at, if anything was kept.
    """

    def __init__(
        self,
        message: str,
        *,
        code: ErrorCode,
        exit_code: ExitCode = ExitCode.FAILED,
        hint: str = "",
        evidence: str = "",
    ) -> None:
        super().__init__(message)
        self.message = message
        self.code = code
        self.exit_code = exit_code
        self.hint = hint
        self.evidence = evidence
        # The message for a person who has read the reason and the next step already.
        self.brief = ""
        # What the run sent; set at its end and printed beside the message.
        self.claim = ""
        # The JSON answer of the failed run, if it got that far.
        self.document: dict[str, object] | None = None

    def as_json(self) -> dict[str, str]:
        """The ``error`` object of every JSON answer."""
        return {
            "code": self.code.value,
            "message": self.message,
            "hint": self.hint,
            "evidence": self.evidence,
        }
