"""Write what a person confirmed into the user's file of site data.

The file is theirs: what it says stays, comments and order included. The new text replaces it
only if the reader takes it, and if it says what the old one said plus the additions and nothing
else. The reader refuses labels that must never be pressed, and words of two statuses.
"""

from __future__ import annotations

import json
import os
import tomllib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import InlineTable

from automation.aliexpress.site.model import SiteMap
from automation.aliexpress.site.traffic import traffic_of
from automation.aliexpress.site.user_file import read_text
from automation.aliexpress.site.words import WordList, fold
from automation.errors import ErrorCode, ExitCode, ToolError
from automation.private_files import (
    make_private_folder,
    sync_folder,
    unwritable_as_tool_error,
    write_private,
)
from automation.text import clean_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, MutableMapping
    from pathlib import Path

    from tomlkit.items import Table

    Lists = Mapping[str, tuple[str, ...]]
    Place = tuple[str, ...]
    # A file as it was read; the reader of the site data checks it.
    Content = Mapping[str, object]

LONGEST: Final = 600
_TRIES: Final = 3


@dataclass(frozen=True)
class Additions:
    """What to add to the site data.

    Args:
        words: by language, the words of its lists, named as in a ``Doubt``:
            ``{"sv": {"labels.cancel_request": ("Avbryt begäran",)}}``.
        hooks: selectors, by the names of ``hooks.toml``.
        traffic: calls and pages, by the names below ``[traffic]``.
    """

    words: Mapping[str, Lists] = field(default_factory=dict)
    hooks: Lists = field(default_factory=dict)
    traffic: Lists = field(default_factory=dict)

    def __bool__(self) -> bool:
        return any(added for _, added in self.places())

    def places(self) -> Iterator[tuple[Place, tuple[str, ...]]]:
        """Each list as the path of its tables in a file, with what to add to it."""
        for lang, lists in self.words.items():
            for key, words in lists.items():
                yield ("words", lang, *key.split(".")), words
        for part, lists in (("hooks", self.hooks), ("traffic", self.traffic)):
            for name, entries in lists.items():
                yield (part, name), entries

    @property
    def lines(self) -> list[str]:
        """The additions as lines of a file; each is complete by itself."""
        return [
            f"{'.'.join(place)} = [{', '.join(map(_quoted, added))}]"
            for place, added in self.places()
            if added
        ]

    def __or__(self, more: Additions) -> Additions:
        langs = {**self.words, **more.words}
        return Additions(
            words={lang: _joined(self.words.get(lang), more.words.get(lang)) for lang in langs},
            hooks=_joined(self.hooks, more.hooks),
            traffic=_joined(self.traffic, more.traffic),
        )


def _joined(one: Lists | None, other: Lists | None) -> dict[str, tuple[str, ...]]:
    mine, more = one or {}, other or {}
    return {
        name: tuple(dict.fromkeys((*mine.get(name, ()), *more.get(name, ()))))
        for name in {**mine, **more}
    }


def _quoted(text: str) -> str:
    """A TOML string; all JSON escapes are valid TOML."""
    return json.dumps(text, ensure_ascii=False)


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
    traffic_of(SiteMap.of_text(path, after))
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


def news(site: SiteMap, additions: Additions) -> Additions:
    """The additions without what the site data already says."""
    words = {
        lang: {key: _unknown(site, lang, key, listed) for key, listed in lists.items()}
        for lang, lists in additions.words.items()
    }
    return Additions(
        words={lang: {k: v for k, v in lists.items() if v} for lang, lists in words.items()},
        hooks=_fresh(additions.hooks, {n: getattr(site.hooks, n, ()) for n in additions.hooks}),
        traffic=_fresh(additions.traffic, site.traffic),
    )


def _unknown(site: SiteMap, lang: str, key: str, words: tuple[str, ...]) -> tuple[str, ...]:
    pack = site.pack(lang)
    table, _, name = key.partition(".")
    listed = getattr(pack, table)
    known = WordList(listed.get(name, ()) if name else listed)
    return tuple(word for word in words if word not in known or not pack.may_act_on(word))


def _fresh(added: Lists, known: Lists) -> dict[str, tuple[str, ...]]:
    left = {
        name: tuple(each for each in listed if each not in known.get(name, ()))
        for name, listed in added.items()
    }
    return {name: listed for name, listed in left.items() if listed}


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
