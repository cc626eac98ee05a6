"""Reads a seller's message for pressure to give the dispute up."""
from dataclasses import dataclass
@dataclass(frozen=True)
class Message:
    text: str
    is_pressure: bool = False
    kind: str = ""
    words: tuple[str, ...] = ()
    promises: frozenset[str] = frozenset()
def read_message(text: str) -> Message:
    return Message(text)
