"""What a payload orders, by its operator part, not by a page that is sent along.

The site's pages are trees of blocks that are sent back whole, and writes use the same calls
as reads (site facts, section 9). So the place of a word matters: it counts as the value of a
key that says what to do, or as a key that is an order by itself. In a tree it counts only if
the request names that block as the one that was used, or the block itself says so.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from automation.engine.guard.requests.apis import apis_in
from automation.engine.guard.requests.encodings import is_blob
from automation.engine.guard.requests.tokens import has_any, never_word, tokens

if TYPE_CHECKING:
    from automation.engine.guard.requests.payload import Pair, Payload
    from automation.engine.guard.traffic import Traffic

_OFF: Final = frozenset({"false", "null", "none"})
_ON: Final = frozenset({"true", "1", "yes", "y", "on", "click", "clicked"})
_ONE_WORD: Final = re.compile(r"[\w.-]{1,80}")
_MUTATION: Final = re.compile(r"\s*mutation\b[^{]*\{")
_BARE: Final = frozenset(
    {"id", "name", "key", "value", "val", "v", "k", "data", "param", "params", "fields"}
)
_MARKS: Final = frozenset({"x", "http", "h"})
_STATES: Final = frozenset({"status", "state"})
_BECOMING: Final = frozenset({"to", "target", "new", "next", "set", "change", "update", "desired"})
_CHANGING: Final = frozenset({"set", "update", "change", "modify", "edit", "save"})
_METHODS: Final = frozenset({"get", "post", "head", "options"})
_WHOSE: Final = frozenset(
    {"is", "has", "been", "already", "user", "buyer", "double", "re", "second"}
)
_CONSENTING: Final = frozenset({"accept", "accepted", "agree", "agreed", "read", "checked"})
_TO: Final = frozenset({"to", "and", "the", "all"})
_HANDLERS: Final = frozenset({"events", "handlers", "listeners"})
_BLOCKS_OF_A_PAGE: Final = 2
_LONG_WORD: Final = 5


class Meaning(Struct, frozen=True, dict=True):
    """What one payload orders."""

    payload: Payload
    traffic: Traffic

    @cached_property
    def spoken(self) -> tuple[Pair, ...]:
        """The pairs that can order something: those outside blocks, and in used blocks."""
        used = self._used_blocks
        return tuple(
            pair for pair in self.payload.pairs if not pair.blocks or used & set(pair.blocks)
        )

    def write(self) -> str:
        """The word that makes a known read a write; an empty text if there is none."""
        for pair in self.spoken:
            found = self.order_of(pair) or (pair.blocks and self._other_api(pair.value))
            if found:
                return found
        if self._used_blocks & self.payload.sealed_blocks:
            return "content that cannot be read"
        if self._reads_a_page:
            return ""
        if self.payload.sealed_blocks:
            return "content that cannot be read"
        inside = (pair for pair in self.payload.pairs if pair.blocks)
        return next(filter(None, map(self.order_of, inside)), "")

    def unknown(self) -> str:
        """The key of an order that is not known to read; an empty text if there is none.

        Write words alone would let through every word that the table lacks, such as
        ``operationType: 3``. So the value of a command must be a known reading word.
        """
        for pair in self.spoken:
            if self.is_unknown_order(pair):
                return pair.key or pair.keys[0]
        return ""

    def is_unknown_order(self, pair: Pair) -> bool:
        """Whether a pair commands something that is not known to read."""
        if (
            pair.holder
            or pair.guess
            or pair.offered
            or pair.value.strip().casefold() in _OFF | {""}
        ):
            return False
        if self.commands(pair):
            return not self._reads(pair)
        return not pair.blocks and (self._is_stray(pair) or self._affirms(pair))

    def order_of(self, pair: Pair) -> str:
        """The write word in a pair's key, or in its value if the key is an operator."""
        if pair.offered:
            return self.key_order(pair)
        if _MUTATION.match(pair.value):
            return "mutation"
        return self.key_order(pair) or (self.decides(pair) and self._value_order(pair)) or ""

    def key_order(self, pair: Pair) -> str:
        """The write word in the pair's key, if the key is an order and not a fact."""
        key = pair.key
        if pair.value.casefold() in _OFF or is_blob(key):
            return ""
        words = tokens(key, self.traffic)
        found = never_word(key, self.traffic, told=True) or has_any(
            words, self.traffic.hard_write_words
        )
        if not found or has_any(words, self.traffic.fact_words):
            return ""
        if has_any(words, self.traffic.thing_words):
            return found if pair.value.casefold() in _ON else ""
        return found

    def decides(self, pair: Pair) -> bool:
        """Whether the pair's value says what the call does: its key is an operator."""
        traffic = self.traffic
        for key in reversed(pair.keys):
            words = frozenset(tokens(key, traffic))
            stems = words | {word.removesuffix("s") for word in words}
            last = self._last(key)
            aside = words & traffic.no_operator_words and last not in traffic.command_words
            if aside or words & traffic.capability_words or last in traffic.text_words - _BARE:
                return False
            if words & traffic.hard_write_words:
                return False  # the name of a thing, such as ``accept_btn``
            if stems & traffic.operator_words:
                return not self._about_a_reason(pair.keys)
            if not all(word in _BARE or word.isdigit() for word in words):
                return False
        return False

    def never(self) -> str:
        """The never-word that the operator part orders; an empty text if there is none."""
        for pair in self.spoken:
            key = self.key_order(pair)
            paper = self._accepts_a_paper(pair)
            if key and not paper and never_word(pair.key, self.traffic, told=True):
                return key
            found = self._never_value(pair)
            if found:
                return found
        return ""

    def _accepts_a_paper(self, pair: Pair) -> bool:
        """Whether a flag only says that the buyer has read something: ``agreeTerms: true``."""
        words = frozenset(tokens(pair.key, self.traffic))
        papers, verbs = words & self.traffic.paper_words, words & _CONSENTING
        return bool(papers and verbs) and words <= papers | verbs | _WHOSE | _TO

    def orders_permitted(self) -> str:
        """The permitted word in the operator part; an empty text if there is none."""
        for pair in self.spoken:
            found = self._permitted_in(pair.key) if self.key_order(pair) else ""
            if not found and not pair.offered and self.decides(pair):
                found = self._permitted_in(pair.value)
            if found:
                return found
        return ""

    def permitted_name(self, name: str) -> str:
        """The permitted word in the name of a call or path."""
        return has_any(tokens(name, self.traffic), self.traffic.permitted_words)

    @cached_property
    def _used_blocks(self) -> set[int]:
        """The blocks that an operator names, and those that say that they were used."""
        named = {pair.value for pair in self.payload.outside if self.decides(pair)} - {""}
        used = {number for number, names in self.payload.blocks.items() if names & named}
        for pair in self.payload.pairs:
            if pair.blocks and pair.value in _ON:
                words = tokens(pair.key, self.traffic)
                if has_any(words, self.traffic.pressed_words):
                    used.add(pair.blocks[-1])
        return used

    @cached_property
    def _reads_a_page(self) -> bool:
        """Whether a page is sent along with an operator that only reads."""
        if self.payload.outer_blocks < _BLOCKS_OF_A_PAGE:
            return False
        neutral = self.traffic.read_words | self.traffic.paging_words
        said = [pair for pair in self.payload.outside if self.decides(pair) and pair.value]
        return any(
            pair.value in self._block_names or has_any(tokens(pair.value, self.traffic), neutral)
            for pair in said
        )

    def commands(self, pair: Pair) -> bool:
        """Whether the pair's key names a command; ``type`` and ``code`` alone do not.

        All that stands in an object named by a verb of change (``update: {…}``) is commanded.
        """
        if pair.blocks and self._describes(pair):
            return False
        if any(key.casefold() in _CHANGING for key in pair.keys[:-1]):
            return True
        for key in reversed(pair.keys):
            found = self._names_command(key)
            if found is not None:
                return found and not self._about_a_reason(pair.keys)
        return False

    def _names_command(self, key: str) -> bool | None:
        """Whether a key names a command; None if the key around it decides."""
        traffic = self.traffic
        words = {word for word in tokens(key, traffic) if not word.isdigit()}
        if words & _STATES and words & _BECOMING:
            return True
        telling = (traffic.text_words | traffic.fact_words | traffic.quiet_words) - _BARE
        facts = self._last(key) in telling - traffic.lone_command_words
        if facts or words & (traffic.no_operator_words | traffic.capability_words):
            return False
        alone = words - _MARKS
        lone = bool(alone) and alone <= traffic.lone_command_words
        if lone or self._stems(words) & traffic.command_words:
            return True
        # A key that means nothing here may be part of a command around it.
        bare = words <= traffic.weak_operator_words | _BARE
        told = traffic.read_words | traffic.paging_words | traffic.noun_words
        return None if bare or not words & told else False

    def _describes(self, pair: Pair) -> bool:
        """Whether the pair says how a block works, not what the request orders."""
        inner = [word for key in pair.keys for word in tokens(key, self.traffic)]
        handler = bool(has_any(inner, _HANDLERS))
        return handler or (pair.key.casefold() == "submit" and pair.value in {"true", "false"})

    def _reads(self, pair: Pair) -> bool:
        """Whether all that a command's value says is known to read."""
        traffic, value = self.traffic, pair.value
        if self.names_method(pair):
            return True
        if self._last(pair.key) in {"id", "ids"} and is_blob(value):
            return True
        words = {word for word in tokens(value, traffic) if not word.isdigit()}
        reading = traffic.read_words | traffic.paging_words | traffic.neutral_words
        if value in self._block_names:
            return bool(words & reading) and not self._stems(words) & traffic.command_words
        turning = words & traffic.turning_words - reading
        if turning:
            rest = words - turning
            return bool(rest & traffic.paging_words) and rest <= reading
        return bool(words & reading) and words <= reading | traffic.noun_words

    def names_method(self, pair: Pair) -> bool:
        """Whether a pair only repeats the method of an ordinary call, as a gateway's query does."""
        return pair.value.casefold() in _METHODS and self._last(pair.key) in {"method", "verb"}

    def _affirms(self, pair: Pair) -> bool:
        """Whether a flag gives consent to what the call would only show: ``confirmed: 1``."""
        words = set(tokens(pair.key, self.traffic))
        said = words & self.traffic.affirming_words
        return bool(said) and words <= said | _WHOSE and pair.value.casefold() in _ON

    def _is_stray(self, pair: Pair) -> bool:
        """Whether a value is a bare order, under a key of which nothing is known."""
        traffic = self.traffic
        key, value = tokens(pair.key, traffic), pair.value
        telling = (traffic.text_words | traffic.fact_words | traffic.quiet_words) - _BARE
        known = telling | traffic.no_operator_words | traffic.capability_words
        known |= traffic.thing_words | traffic.operator_words | traffic.trial_words
        if (
            has_any(key, known)
            or pair.key.casefold() in traffic.opaque_keys
            or not _ONE_WORD.fullmatch(value)
            or is_blob(value)
        ):
            return False
        words = [word for word in tokens(value, traffic) if not word.isdigit()]
        facts = traffic.fact_words | traffic.thing_words
        return bool(has_any(words[:1], traffic.hard_write_words)) and not has_any(words[-1:], facts)

    @cached_property
    def _block_names(self) -> frozenset[str]:
        return frozenset().union(*self.payload.blocks.values())

    @staticmethod
    def _stems(words: set[str]) -> set[str]:
        return words | {word.removesuffix("s") for word in words}

    def _value_order(self, pair: Pair) -> str:
        value = pair.value
        words = (*tokens(value, self.traffic), *tokens(value.casefold(), self.traffic))
        if is_blob(value):
            words = tuple(word for word in words if len(word) >= _LONG_WORD)
            return has_any(words, self.traffic.hard_write_words)
        hard = self.traffic.hard_write_words | {"operate", "operation"}
        said = {word for key in pair.keys for word in tokens(key, self.traffic)}
        if said & (self.traffic.operator_words - self.traffic.weak_operator_words):
            hard |= self.traffic.done_words
        found = never_word(value, self.traffic) or has_any(words, hard)
        if found or has_any(words, self.traffic.paging_words):
            return found
        return has_any(words, self.traffic.soft_write_words)

    def _never_value(self, pair: Pair) -> str:
        """A never-word in a command, or in a place for one; not in a sentence or label."""
        if pair.offered:
            return ""
        if self.decides(pair):
            return never_word(pair.value, self.traffic)
        words = tokens(pair.key, self.traffic)
        telling = self.traffic.fact_words | self.traffic.text_words | self.traffic.thing_words
        if (
            pair.key.casefold() in self.traffic.opaque_keys
            or is_blob(pair.value)
            or not _ONE_WORD.fullmatch(pair.value)
            or has_any(words, telling - _BARE)
            or self._about_a_reason(pair.keys)
            or has_any(tokens(pair.value, self.traffic), self.traffic.thing_words)
        ):
            return ""
        return never_word(pair.value, self.traffic, told=True)

    def _permitted_in(self, text: str) -> str:
        """The permitted word, unless the first or last word only reads, tries or counts clicks."""
        if is_blob(text):
            return ""
        last = self._last(text)
        only_looks = (
            self.traffic.read_words | self.traffic.trial_words | self.traffic.telemetry_words
        )
        if last in only_looks or has_any(tokens(text, self.traffic)[:1], only_looks):
            return ""
        return has_any(tokens(text, self.traffic), self.traffic.permitted_words)

    def _last(self, text: str) -> str:
        words = [word for word in tokens(text, self.traffic) if not word.isdigit()]
        return words[-1] if words else ""

    def _about_a_reason(self, keys: tuple[str, ...]) -> bool:
        near = " ".join(keys[-2:])
        return bool(has_any(tokens(near, self.traffic), frozenset({"reason", "reasons"})))

    def _other_api(self, text: str) -> str:
        found = apis_in(text, self.traffic)
        return next((name for name in found if name.casefold() not in self.traffic.reads), "")
