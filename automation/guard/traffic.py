"""What is known of the site's traffic, from a data file that a buyer can extend.

The file names hosts, page paths, reading calls and telling words (site facts,
sections 1 and 5). What it does not name is not let through.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Final, Self, cast

from automation.errors import ExitCode, ToolError

if TYPE_CHECKING:
    from collections.abc import Mapping

_LISTS: Final = (
    "pages",
    "human_pages",
    "reads",
    "dropped_types",
    "dropped_extensions",
    "telemetry_words",
    "read_words",
    "write_words",
    "soft_write_words",
    "action_keys",
    "never_inside",
    "whole_words",
    "compound_words",
    "id_words",
    "bare_id_words",
    "other_id_words",
    "opaque_keys",
)
_HOST_ROLES: Final = ("pages", "gateway", "sign_in", "assets", "telemetry", "other_site")
_EXTENDABLE: Final = ("pages", "human_pages", "reads", "telemetry_words", "opaque_keys")


@dataclass(frozen=True)
class Never:
    """A run of words that no request may carry, unless one of ``unless`` is beside it."""

    words: tuple[str, ...]
    unless: frozenset[str] = frozenset()


@dataclass(frozen=True, eq=False)
class Traffic:
    """The checked content of ``traffic.json``; all words and call names are lower case."""

    hosts: Mapping[str, tuple[str, ...]]
    pages: tuple[str, ...]
    human_pages: tuple[str, ...]
    reads: frozenset[str]
    api_path: str
    asset_extensions: Mapping[str, tuple[str, ...]]
    dropped_types: frozenset[str]
    dropped_extensions: tuple[str, ...]
    telemetry_words: frozenset[str]
    read_words: frozenset[str]
    write_words: frozenset[str]
    soft_write_words: frozenset[str]
    action_keys: frozenset[str]
    never: tuple[Never, ...]
    never_inside: tuple[str, ...]
    whole_words: frozenset[str]
    compound_words: frozenset[str]
    id_words: frozenset[str]
    bare_id_words: frozenset[str]
    other_id_words: frozenset[str]
    opaque_keys: frozenset[str]

    @classmethod
    def shipped(cls) -> Traffic:
        """The table that comes with the tool."""
        return _shipped()

    @classmethod
    def from_mapping(cls, data: Mapping[str, object]) -> Self:
        """Check ``data`` and build the table.

        Raises:
            ToolError: a part is missing, unknown or of another shape.
        """
        expected = {*_LISTS, "hosts", "never", "api_path", "asset_extensions"}
        if set(data) != expected:
            raise _malformed(f"parts missing or unknown: {sorted(set(data) ^ expected)}")
        lists = {name: _texts(name, data[name]) for name in _LISTS}
        hosts = _table("hosts", data["hosts"])
        if set(hosts) != set(_HOST_ROLES):
            raise _malformed(f"hosts must name {', '.join(_HOST_ROLES)}")
        api_path = data["api_path"]
        if not isinstance(api_path, str) or not api_path.startswith("/"):
            raise _malformed("api_path must be a path")
        return cls(
            hosts=hosts,
            pages=lists["pages"],
            human_pages=lists["human_pages"],
            reads=_lower(lists["reads"]),
            api_path=api_path,
            asset_extensions=_table("asset_extensions", data["asset_extensions"]),
            dropped_types=_lower(lists["dropped_types"]),
            dropped_extensions=lists["dropped_extensions"],
            telemetry_words=_lower(lists["telemetry_words"]),
            read_words=_lower(lists["read_words"]),
            write_words=_lower(lists["write_words"]),
            soft_write_words=_lower(lists["soft_write_words"]),
            action_keys=_lower(lists["action_keys"]),
            never=_never(data["never"]),
            never_inside=lists["never_inside"],
            whole_words=_lower(lists["whole_words"]),
            compound_words=_lower(lists["compound_words"]),
            id_words=_lower(lists["id_words"]),
            bare_id_words=_lower(lists["bare_id_words"]),
            other_id_words=_lower(lists["other_id_words"]),
            opaque_keys=_lower(lists["opaque_keys"]),
        )

    @classmethod
    def with_overlay(cls, overlay: Mapping[str, object]) -> Self:
        """The shipped table plus a user's additions.

        Only what lets the tool *read* more can be added (page paths, reading
        calls, telemetry words, opaque keys); no host, and the never-words stay.

        Raises:
            ToolError: the overlay names anything else.
        """
        data = dict(_raw())
        for name, value in overlay.items():
            if name not in _EXTENDABLE:
                raise _malformed(f"{name!r} cannot be changed by an overlay")
            data[name] = [*_texts(name, data[name]), *_texts(name, value)]
        return cls.from_mapping(data)


@lru_cache(maxsize=256)
def path_pattern(glob: str) -> re.Pattern[str]:
    """``*`` stands for one path segment, ``**`` for any number of them."""
    parts = re.split(r"(\*\*|\*)", glob)
    known = {"**": ".*", "*": "[^/]+"}
    return re.compile("".join(known.get(part) or re.escape(part) for part in parts), re.DOTALL)


def path_fits(path: str, globs: tuple[str, ...]) -> bool:
    """Whether the whole of ``path`` is one of ``globs``."""
    return any(path_pattern(glob).fullmatch(path) for glob in globs)


@cache
def _raw() -> Mapping[str, object]:
    text = resources.files("automation.guard").joinpath("traffic.json").read_text(encoding="utf-8")
    return cast("Mapping[str, object]", json.loads(text))


@cache
def _shipped() -> Traffic:
    return Traffic.from_mapping(_raw())


def _malformed(what: str) -> ToolError:
    return ToolError(
        f"The traffic table is malformed: {what}.",
        code="traffic_table_malformed",
        exit_code=ExitCode.USAGE,
        hint="Compare your own file with the shipped traffic.json.",
    )


def _texts(name: str, value: object) -> tuple[str, ...]:
    if not isinstance(value, list | tuple):
        raise _malformed(f"{name} must be a list")
    if not all(isinstance(item, str) and item.strip() for item in value):
        raise _malformed(f"{name} must hold non-empty texts only")
    return tuple(cast("list[str]", value))


def _table(name: str, value: object) -> dict[str, tuple[str, ...]]:
    if not isinstance(value, dict):
        raise _malformed(f"{name} must be a table")
    return {str(key): _texts(f"{name}.{key}", item) for key, item in value.items()}


def _never(value: object) -> tuple[Never, ...]:
    if not isinstance(value, list) or not value:
        raise _malformed("never must be a list that is not empty")
    found = []
    for item in value:
        if not isinstance(item, dict) or set(item) - {"words", "unless"}:
            raise _malformed("each never entry has words and perhaps unless")
        words = _texts("never.words", [item.get("words")])
        unless = _texts("never.unless", item.get("unless", []))
        found.append(Never(tuple(words[0].casefold().split()), _lower(unless)))
    return tuple(found)


def _lower(items: tuple[str, ...]) -> frozenset[str]:
    return frozenset(item.casefold() for item in items)
