"""The command line: options in, one answer and one exit code out."""

from __future__ import annotations

from automation.cli.main import main

__all__ = ["main"]
