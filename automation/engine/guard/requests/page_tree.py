"""The page that a payload sends along: which of its objects are blocks, and what they offer."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final

from automation.engine.guard.requests.tokens import decode, tokens

if TYPE_CHECKING:
    from collections.abc import Sequence

    from automation.engine.guard.traffic import Traffic

NO: Final = frozenset({"", "0", "false", "no", "none", "null", "off"})
NAME_KEYS: Final = frozenset({"name", "key", "field", "k", "param", "attr"})
VALUE_KEYS: Final = frozenset({"value", "val", "v", "values"})
_BUTTONS: Final = frozenset({"button", "buttons", "btn", "btns"})
_SEVERAL: Final = frozenset({"list", "buttons", "btns", "vos", "items", "array"})
_FULL_BLOCK: Final = frozenset({"fields", "tag"})


class JsonObject(list[tuple[str, object]]):
    """A JSON object with all its keys, repeated ones included."""

    def has(self, names: frozenset[str]) -> bool:
        """Whether it has one of these keys."""
        return any(key.casefold() in names for key, _ in self)

    def texts(self, names: frozenset[str]) -> list[str]:
        """The texts under these keys."""
        return [
            str(value)
            for key, value in self
            if key.casefold() in names and isinstance(value, str | int)
        ]


class PageTree:
    """Knows the blocks of a page by the words of a site's traffic.

    Every method takes the keys that lead to a value, outermost first.
    """

    def __init__(self, traffic: Traffic) -> None:
        self._traffic = traffic

    def blocks_among(
        self, keys: tuple[str, ...], children: Sequence[tuple[str, object]]
    ) -> set[str]:
        """The names of the children that are blocks of a page, if the whole looks like a page."""
        found = {
            decode(name): child
            for name, child in children
            if isinstance(child, JsonObject) and self._may_be_block(decode(name), child)
        }
        words = {w.removesuffix("s") for w in self._last_words(keys)}
        listed = not keys and len(children) > 1 and not any(name for name, _ in children)
        wide = listed or bool(words & self._traffic.wide_tree_words)
        bare = all(child.has(_FULL_BLOCK) for child in found.values())
        many = len(found) > 1 or (len(children) > 1 and "" in found)
        if words & self._tree_words or (many and (wide or bare)):
            return set(found)
        return {name for name in found if self._names_a_thing(name)}

    def offers(self, keys: tuple[str, ...], value: Sequence[object]) -> bool:
        """Whether a list has buttons that a page shows, not what was pressed.

        Its name says so, and it has several, each with a text for the buyer and none marked as
        used. One alone may be the pressed one.
        """
        words = set(self._last_words(keys))
        named = bool(words & _BUTTONS) and bool(words & _SEVERAL)
        return named and len(value) > 1 and all(self._is_offer(each) for each in value)

    def is_drawn(self, child: JsonObject) -> bool:
        """Whether an object has a key of visible page parts."""
        return child.has(self._traffic.drawn_keys)

    def _may_be_block(self, name: str, child: JsonObject) -> bool:
        """Whether it is a visible part of a page; the value of an operator's key never is."""
        if self.is_drawn(child):
            operator = bool(set(self._words(name)) & self._traffic.operator_words)
            return not operator or self._names_a_thing(name)
        return False

    def _is_offer(self, item: object) -> bool:
        if not isinstance(item, JsonObject) or (item.has(NAME_KEYS) and item.has(VALUE_KEYS)):
            return False
        last = [(self._words(decode(key))[-1:], value) for key, value in item]
        used = (word for words, value in last for word in words if str(value).casefold() not in NO)
        shown = any(
            set(words) & self._traffic.text_words and isinstance(value, str) and value.strip()
            for words, value in last
        )
        return shown and not set(used) & self._traffic.pressed_words

    def _names_a_thing(self, name: str) -> bool:
        """Whether the name is a thing's, as ``accept_btn``; a bare ``button`` may be an order."""
        words = set(self._words(name))
        return bool(words & self._traffic.thing_words) and bool(words - self._traffic.thing_words)

    def _last_words(self, keys: tuple[str, ...]) -> tuple[str, ...]:
        return self._words(keys[-1] if keys else "")

    def _words(self, text: str) -> tuple[str, ...]:
        return tokens(text, self._traffic)

    @cached_property
    def _tree_words(self) -> frozenset[str]:
        return frozenset(word.removesuffix("s") for word in self._traffic.tree_words)
