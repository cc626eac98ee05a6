"""Where ``dispute-guard`` and ``python -m automation`` begin."""

from __future__ import annotations

TYPE_CHECKING = False  # as typing has it, whose import takes long enough for a Ctrl-C
if TYPE_CHECKING:
    from typing import NoReturn

try:
    from automation import signals
except KeyboardInterrupt:
    from automation import signals

    signals.remember()


def main() -> NoReturn:
    """Run the command line; a signal while it is being imported ends it like a later one."""
    with signals.deferred():
        from automation.cli.main import main as command  # noqa: PLC0415  under the signals

        command()


if __name__ == "__main__":
    main()
