"""Where the buyer's own files are."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def state_folder(given: Path | None) -> Path:
    """The folder of journal, receipts and session: the one given, or the system's."""
    from automation.engine.session.state import default_state_dir

    return given or default_state_dir()


def site_data_file(given: Path | None) -> Path | None:
    """The user's site data: the file given, or site.toml or words.toml in the config folder."""
    if given is not None:
        return given
    from automation.cli.options.config import default_config

    usual = (default_config().with_name(name) for name in ("site.toml", "words.toml"))
    return next((path for path in usual if path.is_file()), None)


def site_data_to_write(given: Path | None) -> Path:
    """The file to which confirmed words are added: the one in use, or site.toml."""
    if (used := site_data_file(given)) is not None:
        return used
    from automation.cli.options.config import default_config

    return default_config().with_name("site.toml")
