"""Getting a browser: nothing is installed before it was said, and at a terminal agreed to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.session.install import Way, install

if TYPE_CHECKING:
    from collections.abc import Sequence

WAYS = (Way("download it", (("get",),), 1), Way("install packages", (("update",), ("add",)), 1))


def tried(*, agreed: bool, works: Sequence[str]) -> tuple[bool, list[str]]:
    """What happens, in order: what is said, asked and run."""
    events: list[str] = []

    def ask(what: str) -> bool:
        events.append(f"ask {what}")
        return agreed

    def run(command: Sequence[str], _: int) -> bool:
        events.append(f"run {command[0]}")
        return command[0] in works

    return install(WAYS, agreed=ask, say=lambda text: events.append(f"say {text}"), run=run), events


def test_it_is_said_and_agreed_to_before_it_is_done() -> None:
    """GIVEN a yes WHEN installed THEN each way is said, asked, and only then run."""
    done, events = tried(agreed=True, works=("update", "add"))
    assert done
    kinds = [event.partition(" ")[0] for event in events]
    assert kinds == ["say", "ask", "run", "say", "say", "ask", "run", "run"]


def test_a_no_installs_nothing() -> None:
    """GIVEN a no THEN no command is run."""
    done, events = tried(agreed=False, works=("get",))
    assert not done
    assert not [event for event in events if event.startswith("run")]
