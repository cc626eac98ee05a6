"""Where ``dispute-guard`` and ``python -m automation`` begin.

From the first instruction here, Ctrl-C ends the command with its one line or document. Before
that the interpreter itself starts, and what it does with Ctrl-C is its own.
"""

from __future__ import annotations

# Built into the interpreter, and typed nowhere: while a module is searched for, Ctrl-C may come.
import _signal  # type: ignore[import-not-found]

_early: list[int] = []


def _keep(number: int, _frame: object) -> None:
    _early.append(number)


# A parent that ignores it (nohup, a shell's background job) has it ignored still.
if _signal.getsignal(_signal.SIGINT) is _signal.default_int_handler:
    _signal.signal(_signal.SIGINT, _keep)

TYPE_CHECKING = False  # as typing has it, without its import
if TYPE_CHECKING:
    from typing import NoReturn


def main() -> NoReturn:
    """Run the command line; a signal while it is being imported ends it like a later one."""
    from automation import signals  # noqa: PLC0415  after the handler above

    with signals.deferred():
        if _early:
            signals.remember()
        from automation.cli.main import main as command  # noqa: PLC0415  under the signals

        command()


if __name__ == "__main__":
    main()
