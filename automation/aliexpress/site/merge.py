"""Merge what a person confirmed into the user's file of site data.

The file is theirs: what it says stays, comments and order included. The new text replaces it
only if the reader takes it, and if it says what the old one said plus the additions and nothing
else. The reader refuses labels that must never be pressed, and words of two statuses.
"""

from __future__ import annotations

import json
import os
import tomllib
from typing import TYPE_CHECKING, Final

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import InlineTable

from automation.aliexpress.site.additions import LONGEST
from automation.aliexpress.site.model import SiteMap
from automation.aliexpress.site.traffic import traffic_of
from automation.aliexpress.site.user_file import read_text
from automation.aliexpress.site.words import fold
from automation.errors import ErrorCode, ExitCode, ToolError
from automation.private_files import (
    make_private_folder,
    sync_folder,
    unwritable_as_tool_error,
    write_private,
)
from automation.text import clean_text

if TYPE_CHECKING:
    from collections.abc import Mapping, MutableMapping
    from pathlib import Path

    from tomlkit.items import Table

    from automation.aliexpress.site.additions import Additions

    Place = tuple[str, ...]
    # A file as it was read; the reader of the site data checks it.
    Content = Mapping[str, object]
# Tries to write while another program changes the file.
_TRIES: Final = 3


def remember(path: Path, additions: Additions) -> Path:
    """Add to the user's file, or create it; other users cannot read it.

    Nothing is written if the file has all of it already.

    Returns:
        The path of the file.

    Raises:
        ToolError: the additions are refused, the file is invalid, or it cannot be written. It
            is then unchanged.
    """
    _refuse_unfit(path, additions)
    with unwritable_as_tool_error(path.parent, name="folder", hint="name another --site-data FILE"):
        real = path.resolve()  # a link to a file elsewhere stays a link
        make_private_folder(real.parent, ours=False)
        for _ in range(_TRIES):
            before = read_text(path) if real.exists() else ""
            after = merged(path, before, additions)
            if after == before or _replace(real, before, after):
                return path
    raise _changed_meanwhile(path)


def merged(path: Path, text: str, additions: Additions) -> str:
    """The text of a file with the additions in it.

    Raises:
        ToolError: the result would be invalid, or would not say what the additions say (exit 2).
    """
    if text.strip():
        SiteMap.of_text(path, text)  # its own slips are named first
    try:
        told = tomllib.loads(text)
        wanted = _with(told, additions)
        if wanted == told:
            return text
        after = _written(text, told, wanted)
        said = tomllib.loads(after)
    except (ValueError, TOMLKitError) as error:
        raise _cannot_add(path, additions) from error
    if said != wanted:
        raise _cannot_add(path, additions)
    traffic_of(SiteMap.of_text(path, after).traffic)
    return after


def _place_in(told: Content, place: Place) -> Place:
    """Where a list stands in this file: the words of its own language are at the top."""
    part, *inner = place
    own = part == "words" and told.get("lang") == inner[0]
    return tuple(inner[1:]) if own else place


def _with(told: Content, additions: Additions) -> dict[str, object]:
    """The content of a file with the additions."""
    wanted: dict[str, object] = json.loads(json.dumps(told))
    for place, added in additions.places():
        *tables, name = _place_in(told, place)
        alike = fold if place[0] == "words" else str
        listed = _list_at(told, tables, name)
        kept = {alike(text) for text in listed}
        new = [text for text in dict.fromkeys(added) if alike(text) not in kept]
        if new:
            table: MutableMapping[str, object] = wanted
            for each in tables:
                inner = _table_in(table, each)
                table[each] = inner
                table = inner
            table[name] = [*listed, *new]
    return wanted


def _table_in(table: Content, name: str) -> MutableMapping[str, object]:
    """The table of this name; a new one if there is none."""
    inner = table.get(name)
    return inner if isinstance(inner, dict) else {}


def _list_at(told: Content, tables: list[str], name: str) -> list[str]:
    """The list at a place of a file; empty if there is none."""
    for each in tables:
        told = _table_in(told, each)
    listed = told.get(name)
    return listed if isinstance(listed, list) else []


def _written(text: str, told: Content, wanted: Content) -> str:
    document = tomlkit.parse(text)
    _fill(document, told, wanted)
    return tomlkit.dumps(document)


def _fill(table: MutableMapping[str, object], told: Content, wanted: Content) -> None:
    """Add to a table, and those in it, what it lacks."""
    for name, value in wanted.items():
        mine = told.get(name)
        if value == mine:
            continue
        if isinstance(value, dict):
            if mine is None:
                table[name] = _new_table(table, value)
            _fill(_table_in(table, name), _table_in(told, name), value)
        elif mine is None:
            table[name] = value
        else:
            _append(table[name], value, from_place=len(_list_at(told, [], name)))


def _append(listed: object, wanted: object, from_place: int) -> None:
    """Add to a list of the document in its own style, one by one."""
    if isinstance(listed, list) and isinstance(wanted, list):
        for each in wanted[from_place:]:
            listed.append(each)


def _new_table(around: object, content: Content) -> Table | InlineTable:
    """An empty table that fits into the one around it."""
    if isinstance(around, InlineTable):
        return tomlkit.inline_table()
    only_tables = all(isinstance(each, dict) for each in content.values())
    return tomlkit.table(is_super_table=only_tables)


def _replace(real: Path, before: str, after: str) -> bool:
    """Put the new text in place of the old one.

    Returns:
        False if the file was changed meanwhile.
    """
    new = real.with_name(f".{real.name}.{os.getpid()}.new")
    new.unlink(missing_ok=True)
    try:
        write_private(new, after.encode("utf-8"))
        if before != (read_text(real) if real.exists() else ""):
            return False
        new.replace(real)
        sync_folder(real.parent)
    finally:
        new.unlink(missing_ok=True)
    return True


def _refuse_unfit(path: Path, additions: Additions) -> None:
    """Refuse words that no page shows like this: empty, too long, or with control characters."""
    for place, added in additions.places():
        for text in added:
            if text != clean_text(text or " ", LONGEST):
                raise ToolError(
                    f"cannot remember {clean_text(text, 60)!r} in {'.'.join(place)}: it is empty, "
                    f"longer than {LONGEST} characters, or has invisible characters",
                    code=ErrorCode.BAD_WORDS_FILE,
                    exit_code=ExitCode.USAGE,
                    hint=f"add it to {path} yourself if the page shows it like this",
                )


def _cannot_add(path: Path, additions: Additions) -> ToolError:
    return ToolError(
        f"cannot add to {path} without changing something else in it",
        code=ErrorCode.BAD_WORDS_FILE,
        exit_code=ExitCode.USAGE,
        hint=f"add these lines yourself: {' | '.join(additions.lines)}",
    )


def _changed_meanwhile(path: Path) -> ToolError:
    return ToolError(
        f"{path} is being changed by another program",
        code=ErrorCode.STATE_DIR_UNWRITABLE,
        hint="close the editor or the other run, then try again",
    )
