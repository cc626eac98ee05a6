"""What is known of a site's traffic: its hosts, pages and reading calls, and what words mean.

The meaning of words is the same on every site and comes with the engine (``vocabulary.json``).
A site adds its own names and words. What neither lists is refused.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache, cached_property, lru_cache
from importlib import resources
from typing import Annotated, Final, Self, cast

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, field_validator

from automation.errors import ErrorCode, ExitCode, ToolError
from automation.slips import first_slip

_EXTENDABLE: Final = (
    "pages",
    "human_pages",
    "reads",
    "permitted_apis",
    "allowed_reads",
    "telemetry_words",
    "opaque_keys",
)
NO_NAME: Final = r"(?!)"
"""Matches nothing: a site whose calls have no names."""
_HOST_ROLES: Final = {"pages", "gateway", "sign_in", "assets", "telemetry", "other_site"}


def _folded(items: frozenset[str]) -> frozenset[str]:
    return frozenset(item.casefold() for item in items)


Text = Annotated[str, Field(min_length=1, pattern=r"\S")]
Words = Annotated[frozenset[Text], AfterValidator(_folded)]
"""Lower-case words or names, in no order."""
Texts = tuple[Text, ...]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=False, defer_build=True)


class Never(_Part):
    """Consecutive words that no request may carry, unless it also has one of ``unless``."""

    words: tuple[str, ...]
    unless: Words = frozenset()

    @field_validator("words", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        """Split the words, which the file has as one text."""
        return tuple(value.casefold().split()) if isinstance(value, str) else value


class Traffic(_Part):
    """A site's data together with the vocabulary; all words and call names are lower case.

    Args:
        permitted_apis: calls that a permit fits although their words do not say so.
        allowed_reads: unlisted calls that a person let through, as long as they can only read.
        permitted_words: words of which the permitted request has to say one.
        matters: what the permitted request is about, as words of its name or operator.
        wider_matters: what such a matter is part of; alone they are another matter.
        other_matters: what it is never about, whatever else it says.
        beside_matters: further words that its name may have; one with any other is about something
            else. Without them, a name may have any.
        api_path: where the path of a call begins; the name of the API follows.
        api_pattern: what the name of an API looks like, as a regular expression.
        id_words: parts of key names whose value is an id of a target.
        log_words: telemetry words that no permitted request has anywhere in its name.
        operator_words: parts of key names whose value says what a call does.
        command_words: parts of key and header names whose value must be a known reading word.
        lone_command_words: command words if the name has no other word.
        routing_words: parts of header names that give a request another address or method.
        neutral_words: further words that order nothing as the value of a command.
        quiet_words: last parts of key names that make the name no command, as in ``eventSource``.
        turning_words: verbs that only read beside a paging word, as in ``changePage``.
        noun_words: words that may stand beside a reading word, as in ``queryOrderList``.
        weak_operator_words: operator words that also name states; ``CANCELLED`` orders nothing there.
        capability_words: parts of key names that say what could be ordered.
        done_words: words for a completed action; a state, or an event.
        rehearsal_words: parts of a flag, or ends of a command's value, that make a request a mere trial.
        act_words: further verbs, which only say something beside the permitted act.
        effect_words: results of acts; a flag with one may bring it about.
        affirming_words: what a flag says that gives consent, as ``confirmed: 1``.
        api_folders: parts of a path below which there are calls, whatever their endings.
        paper_words: what a buyer reads and accepts, as in ``disclaimerAccepted``; no act.
        fact_words: parts of key names that state something and order nothing.
        told_words: words that contain a never-word but only state something.
    """

    hosts: Mapping[str, Texts]
    pages: Texts
    human_pages: Texts = ()
    reads: Words
    permitted_apis: Words = frozenset()
    allowed_reads: Words = frozenset()
    api_path: str = Field(pattern=r"^/")
    api_pattern: str = NO_NAME
    asset_extensions: Mapping[str, Texts]
    file_folders: Words
    dropped_types: Words
    dropped_extensions: Texts
    telemetry_words: Words
    log_words: Words
    read_words: Words
    trial_words: Words
    paging_words: Words
    write_words: Words
    soft_write_words: Words
    permitted_words: Words
    matters: Words = frozenset()
    wider_matters: Words = frozenset()
    other_matters: Words = frozenset()
    beside_matters: Words = frozenset()
    operator_words: Words
    command_words: Words
    lone_command_words: Words
    routing_words: Words
    neutral_words: Words
    quiet_words: Words
    turning_words: Words
    noun_words: Words
    weak_operator_words: Words
    no_operator_words: Words
    capability_words: Words
    done_words: Words
    rehearsal_words: Words
    act_words: Words
    effect_words: Words
    paper_words: Words
    affirming_words: Words
    api_folders: Words
    fact_words: Words
    thing_words: Words
    text_words: Words
    pressed_words: Words
    tree_words: Words
    wide_tree_words: Words
    drawn_keys: Words
    history_words: Words
    content_keys: Words
    packed_keys: Words
    never: tuple[Never, ...] = ()
    never_inside: Texts = ()
    whole_words: Words
    told_words: Words = frozenset()
    compound_words: Words
    id_words: Words
    bare_id_words: Words
    other_id_words: Words
    opaque_keys: Words

    def __hash__(self) -> int:
        """Hash by identity: a table is made once and is a cache key."""
        return id(self)

    def __eq__(self, other: object) -> bool:
        """Compare by identity, as the hash does."""
        return self is other

    @field_validator("api_pattern")
    @classmethod
    def _readable(cls, value: str) -> str:
        try:
            re.compile(value)
        except re.error as error:
            raise ValueError(f"not a regular expression: {error}") from error
        return value

    @cached_property
    def api_form(self) -> re.Pattern[str]:
        """What the name of an API looks like."""
        return re.compile(self.api_pattern, re.IGNORECASE)

    @field_validator("hosts")
    @classmethod
    def _every_role(cls, value: Mapping[str, Texts]) -> Mapping[str, Texts]:
        if unknown := set(value) - _HOST_ROLES:
            raise ValueError(
                f"{min(unknown)!r} is no role of a host: {', '.join(sorted(_HOST_ROLES))}"
            )
        return value

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The words into which compounds are split."""
        return (
            self.write_words
            | self.soft_write_words
            | self.read_words
            | self.compound_words
            | self.permitted_words
            | self.fact_words
            | frozenset(word for entry in self.never for word in entry.words)
            | self.operator_words
            | self.command_words
            | self.rehearsal_words
            | self.act_words
            | self.paper_words
        )

    @cached_property
    def all_write_words(self) -> frozenset[str]:
        """Hard and soft write words, and the never-words of one word."""
        single = (entry.words[0] for entry in self.never if len(entry.words) == 1)
        return self.write_words | self.soft_write_words | frozenset(single)

    @cached_property
    def hard_write_words(self) -> frozenset[str]:
        """Words that mean a write as a key too, unlike ``operation`` and other operator words."""
        return (self.all_write_words - self.soft_write_words) - self.operator_words

    @classmethod
    def of_site(cls, site: Mapping[str, object]) -> Self:
        """The table of a site: its own names, and its words beside those of the vocabulary.

        Raises:
            ToolError: a part is missing, unknown or malformed.
        """
        known = _vocabulary()
        both = {
            name: [*known[name], *value]
            for name, value in site.items()
            if name in known and isinstance(known[name], list) and isinstance(value, list | tuple)
        }
        return cls.from_mapping({**known, **site, **both})

    @classmethod
    def from_mapping(cls, data: Mapping[str, object]) -> Self:
        """Check ``data`` and build the table.

        Raises:
            ToolError: a part is missing, unknown or malformed.
        """
        try:
            return cls.model_validate(data)
        except ValidationError as error:
            where, why, more = first_slip(error)
            raise _malformed(f"{where}: {why}{more}") from error

    def with_overlay(self, overlay: Mapping[str, object]) -> Self:
        """This table plus a user's additions.

        They can name page paths, reading calls, allowed ones, telemetry words, opaque keys and calls that
        a permit fits. They cannot add hosts or change never-words.

        Raises:
            ToolError: the overlay has anything else.
        """
        data = dict(self.model_dump())
        for name, value in overlay.items():
            if name not in _EXTENDABLE:
                raise _malformed(f"an overlay cannot change {name!r}")
            if not isinstance(value, list | tuple):
                raise _malformed(f"{name} must be a list")
            # What can be extended is a list.
            data[name] = [*cast("list[object]", data[name]), *value]
        return self.from_mapping(data)


@lru_cache(maxsize=256)
def path_pattern(glob: str) -> re.Pattern[str]:
    """Compile a glob: ``*`` is one path segment, ``**`` any number of them."""
    parts = re.split(r"(\*\*|\*)", glob)
    known = {"**": ".*", "*": "[^/]+"}
    return re.compile("".join(known.get(part) or re.escape(part) for part in parts), re.DOTALL)


def path_fits(path: str, globs: tuple[str, ...]) -> bool:
    """Whether the whole ``path`` matches one of ``globs``."""
    return any(path_pattern(glob).fullmatch(path) for glob in globs)


@cache
def _vocabulary() -> Mapping[str, list[object]]:
    text = (
        resources.files("automation.engine.guard")
        .joinpath("vocabulary.json")
        .read_text(encoding="utf-8")
    )
    found: Mapping[str, list[object]] = json.loads(text)
    return found


def _malformed(what: str) -> ToolError:
    return ToolError(
        f"invalid traffic table: {what}",
        code=ErrorCode.TRAFFIC_TABLE_MALFORMED,
        exit_code=ExitCode.USAGE,
        hint="compare your data with that of a site that works",
    )
