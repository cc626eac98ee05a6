"""Where ``dispute-guard`` and ``python -m automation`` begin."""

from __future__ import annotations

from typing import NoReturn

from automation import signals


def main() -> NoReturn:
    """Run the command line; a signal while it is being imported ends it like a later one."""
    with signals.deferred():
        from automation.cli.main import main as command  # noqa: PLC0415  under the signals

        command()


if __name__ == "__main__":
    main()
