"""The buyer's browser: finding one, starting it under the guard, leaving it without a trace."""

from automation.session.browser import Session, SessionOptions, open_session
from automation.session.discovery import find_browsers
from automation.session.state import default_state_dir, private_folder, saved_session

__all__ = [
    "Session",
    "SessionOptions",
    "default_state_dir",
    "find_browsers",
    "open_session",
    "private_folder",
    "saved_session",
]
