"""Find pressure to give up the dispute in a seller's messages (F12, F13, F16)."""

from rules.messages.lexicon import preload
from rules.messages.reading import Message, read_message

__all__ = ["Message", "preload", "read_message"]
