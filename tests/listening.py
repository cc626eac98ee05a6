"""What stands in for a page or a context to which the tool listens."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    Listener = Callable[[Any], None]


class Heard:
    """Tells its listeners what a test lets happen."""

    def __init__(self) -> None:
        self.listeners: dict[str, list[Listener]] = defaultdict(list)

    def on(self, event: str, listener: Listener) -> None:
        """Listen."""
        self.listeners[event].append(listener)

    def remove_listener(self, event: str, listener: Listener) -> None:
        """Listen no longer."""
        self.listeners[event].remove(listener)

    def tell(self, event: str, about: object) -> None:
        """Let something happen."""
        for listener in list(self.listeners[event]):
            listener(about)
