"""Reads a seller's message for pressure to give the dispute up (F12, F13, F16)."""

from rules.messages.reading import Message, read_message

__all__ = ["Message", "read_message"]
