"""What a permitted request would do besides: a second order that comes with it, or only a trial.

A cancel that also carries ``closeOrder: true`` or ``nextAction: finishOrder`` does two things with
one permit, and one with ``dryRun: true`` uses the permit up for nothing. The names of such keys
are not known, so their form decides: a flag whose name is an act, a command whose value is one,
and what a key of the act's own kind (``cancelType``) names as its object.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from automation.engine.guard.requests.encodings import is_blob
from automation.engine.guard.requests.page_tree import NO
from automation.engine.guard.requests.tokens import has_any, tokens

if TYPE_CHECKING:
    from automation.engine.guard.requests.meaning import Meaning
    from automation.engine.guard.requests.payload import Pair
    from automation.engine.guard.traffic import Traffic

_ONE_WORD: Final = re.compile(r"[\w.,;|+-]{1,80}")
_BETWEEN_ACTS: Final = re.compile(r"[^\w.-]+")
_ON: Final = frozenset({"true", "1", "yes", "y", "on", "t"})
_OFF: Final = NO | {"n", "f", "never"}
_JOINING: Final = frozenset({"with", "include"})
_AFFIRMING: Final = frozenset({"confirm", "confirmed", "submit", "commit", "execute"})
_ALL: Final = frozenset({"all", "every", "batch", "both", "others", "multiple", "whole", "entire"})
_OF_WHAT: Final = frozenset(
    {
        "type",
        "kind",
        "target",
        "object",
        "obj",
        "scope",
        "range",
        "what",
        "mode",
        "subject",
        "entity",
    }
)
_SCREEN: Final = frozenset(
    {
        "window",
        "page",
        "layer",
        "drawer",
        "overlay",
        "mask",
        "toast",
        "sheet",
        "tab",
        "menu",
        "view",
    }
)
_STATING: Final = frozenset({"is", "has", "from", "was"})
_BESIDE_TRIAL: Final = frozenset({"only", "mode", "run", "x", "just", "flag"})
_LABELS: Final = _OF_WHAT | {"code", "id", "no", "index", "step", "version", "name"}
_KEEPING: Final = frozenset({"keep", "retain", "preserve", "maintain", "continue"})
_LINKS: Final = frozenset({"linkage"})
_NOT: Final = frozenset({"not", "no", "non", "un", "never"})
_LONG_ENOUGH: Final = 3
_ID_LENGTH: Final = 15


class SideEffects(Struct, frozen=True, dict=True):
    """What the pairs of one payload order besides the permitted act."""

    meaning: Meaning
    traffic: Traffic

    def why(self, *, named: bool = False) -> str:
        """Why a permit is not for it; an empty text if it orders nothing else.

        Args:
            named: site data names the call, so unknown words in it do not count against it.
        """
        for pair in self.meaning.spoken:
            if pair.offered or is_blob(pair.key) or self._is_opaque(pair):
                continue
            if self.meaning.names_method(pair):
                continue
            if not pair.blocks and self._tries(pair):
                return f"it only tries ({pair.key!r})"
            if self._also_acts(pair) or self._lets_go(pair):
                return f"it orders something else too ({pair.key!r})"
            if self._also_orders(pair) or self._names_an_object(pair):
                return f"it orders something else too ({pair.key!r})"
            if named and self._changes(pair):
                return f"it orders something else too ({pair.key!r})"
            if not named and not pair.blocks and self._unknown_act(pair):
                return f"its {pair.key!r} may order something else"
        return ""

    def _tries(self, pair: Pair) -> bool:
        """Whether the pair makes the whole request a trial: ``dryRun: true``, ``step: check``."""
        words, value = self._words(pair.key), pair.value.strip().casefold()
        rehearsal = self.traffic.rehearsal_words
        if any(_LINKS & set(self._words(key)) for key in pair.keys[:-1]):
            return False  # how the page checks its own fields: ``linkage.common.validate``
        if set(words) & rehearsal and set(words) <= rehearsal | _STATING | _BESIDE_TRIAL:
            return value not in _OFF
        if words and set(words) <= _AFFIRMING | _STATING:
            return value in _OFF - {""} and not set(words) <= {"submit"}
        if not (self.meaning.decides(pair) or self.meaning.commands(pair)):
            return False
        said = self._words(pair.value)
        if not _ONE_WORD.fullmatch(pair.value) or pair.guess:
            return False
        return bool(has_any((*said[:1], *said[-1:]), rehearsal))

    def _also_acts(self, pair: Pair) -> bool:
        """Whether the key is an act of another kind, and the value does not deny it."""
        words = frozenset(self._words(pair.key))
        traffic = self.traffic
        states = words & ((traffic.fact_words - _JOINING) | traffic.capability_words)
        if states or not self._is_flag(pair):
            return False
        if words & _ALL and pair.value.casefold() in _ON and not pair.blocks:
            return True
        acts = words & (traffic.hard_write_words | traffic.act_words)
        acts |= words & (traffic.effect_words | traffic.done_words)
        on_screen = words & (_SCREEN | traffic.thing_words) and acts <= traffic.permitted_words
        if not acts or words & traffic.paper_words or on_screen:  # ``closeDialog``
            return False
        # A block's own fields say how it looks.
        return self._leaves_the_matter(words, pair) and (
            not pair.blocks or self._is_about_another(words)
        )

    def _lets_go(self, pair: Pair) -> bool:
        """Whether the pair ends something by not keeping it: ``keepProtection: false``."""
        words = frozenset(self._words(pair.key))
        objects = self.traffic.other_matters | self.traffic.wider_matters
        off = pair.value.strip().casefold() in _OFF - {""} and not pair.holder
        return bool(off and words & _KEEPING and (words & objects or words <= _KEEPING))

    def _leaves_the_matter(self, words: frozenset[str], pair: Pair) -> bool:
        if "undo" in words:
            return True  # of the cancel itself, beside a name that cancels
        known = self.traffic.permitted_words | self.traffic.matters | self.traffic.beside_matters
        if not words <= known | {
            "confirmed",
            "closed",
            "withdrawn",
            "revoked",
            "is",
            "has",
            "been",
        }:
            return True
        around = frozenset(self._words(pair.keys[-2])) if len(pair.keys) > 1 else frozenset[str]()
        alone = words <= self.traffic.permitted_words
        return self._is_about_another(words | (around if alone else frozenset()))

    def _also_orders(self, pair: Pair) -> bool:
        """Whether the value of a command, or of a key that could be one, is another act."""
        commands = self.meaning.decides(pair) or self.meaning.commands(pair)
        if not (commands or self._may_command(pair)) or not self._is_one_word(pair):
            return False
        words = frozenset(self._words(pair.value))
        acts = words & (self.traffic.hard_write_words | self.traffic.act_words)
        if words & _NOT or not acts:
            return False
        return bool(acts - self._own) or self._is_about_another(words | self._object_around(pair))

    def _changes(self, pair: Pair) -> bool:
        """Whether a command is a known one of another kind: ``operationType: MODIFY``.

        One call may do several things, and only the name of the whole call is known to withdraw.
        A permitted word excuses only its own part of a value such as ``CANCEL,MODIFY``.
        """
        if pair.holder or pair.guess or is_blob(pair.value):
            return False
        commands = self.meaning.commands(pair)
        if not commands and not self.meaning.decides(pair):
            return False
        acts = [frozenset(self._words(part)) for part in _BETWEEN_ACTS.split(pair.value)]
        if any("undo" in words for words in acts):
            return True  # of the cancel itself
        permitted = self.traffic.permitted_words
        others = frozenset[str]().union(*(words for words in acts if not words & permitted))
        changing = self.traffic.soft_write_words - self._own
        if commands:
            changing |= self.traffic.other_matters
        return bool(others & changing)

    def _object_around(self, pair: Pair) -> frozenset[str]:
        """What the object around a command names, if that is all it names: ``order.action``."""
        if len(pair.keys) < 2:  # noqa: PLR2004  the command's own key and one around it
            return frozenset()
        words = frozenset(self._words(pair.keys[-2]))
        return words if words <= self.traffic.wider_matters else frozenset()

    def _names_an_object(self, pair: Pair) -> bool:
        """Whether a key of the act's own kind names another object: ``cancelType: ORDER``."""
        words, said = frozenset(self._words(pair.key)), frozenset(self._words(pair.value))
        last = self._words(pair.key)[-1:]
        if pair.blocks or not last or last[0] not in _OF_WHAT or not self._is_one_word(pair):
            return False
        if said & _ALL and (words & self.traffic.permitted_words or words <= _OF_WHAT):
            return True
        if not words & self.traffic.permitted_words:
            return False
        return bool(said & self.traffic.other_matters) or self._is_about_another(words | said)

    def _unknown_act(self, pair: Pair) -> bool:
        """Whether a command or a flag says something that nobody knows."""
        if self.meaning.commands(pair) and self._is_one_word(pair):
            words = frozenset(self._words(pair.value))
            if words & self.traffic.permitted_words:
                return False
            return any(len(word) >= _LONG_ENOUGH for word in words - self._harmless)
        if pair.value.casefold() not in _ON:
            return False
        # A verb and its object: ``forfeitProtection``. After ``is`` a name states something.
        first, *rest = self._words(pair.key) or ("",)
        objects = self.traffic.wider_matters | self.traffic.other_matters
        known = self._harmless | self.traffic.fact_words | self.traffic.capability_words
        known |= self.traffic.paper_words | objects
        return first not in known | _STATING | _KEEPING and bool(set(rest) & objects)

    def _is_flag(self, pair: Pair) -> bool:
        """Whether the pair could switch an act on; a sentence or an id is data."""
        words, value = self._words(pair.key), pair.value.strip().casefold()
        if pair.holder:
            return len(words) > 1 and not set(words) & self.traffic.thing_words
        if value in _OFF or set(words[-1:]) & (_LABELS | self.traffic.quiet_words):
            return False
        whole = bool(_ONE_WORD.fullmatch(value)) and len(value) < _ID_LENGTH
        return value in _ON or (whole and self._may_command(pair))

    def _may_command(self, pair: Pair) -> bool:
        """Whether nothing says that the key's value is data."""
        words = frozenset(self._words(pair.key))
        traffic = self.traffic
        data = traffic.text_words | traffic.quiet_words | (traffic.fact_words - _JOINING)
        data |= traffic.no_operator_words | traffic.capability_words | traffic.thing_words
        return not words & data

    def _is_one_word(self, pair: Pair) -> bool:
        whole = bool(_ONE_WORD.fullmatch(pair.value)) and not is_blob(pair.value)
        return whole and not pair.guess and not pair.holder

    def _is_opaque(self, pair: Pair) -> bool:
        return pair.key.casefold() in self.traffic.opaque_keys

    def _is_about_another(self, words: frozenset[str]) -> bool:
        traffic = self.traffic
        wider = words & traffic.wider_matters and not words & traffic.matters
        return bool(wider or words & traffic.other_matters or words & _ALL)

    def _words(self, text: str) -> tuple[str, ...]:
        return tuple(word for word in tokens(text, self.traffic) if not word.isdigit())

    @cached_property
    def _own(self) -> frozenset[str]:
        """Acts that belong to the permitted one."""
        return self.traffic.permitted_words | _AFFIRMING | {"operate", "operation"}

    @cached_property
    def _harmless(self) -> frozenset[str]:
        """Words of a command's value that add nothing to the permitted act."""
        traffic = self.traffic
        return (
            traffic.matters
            | traffic.beside_matters
            | traffic.wider_matters
            | traffic.read_words
            | traffic.trial_words
            | traffic.paging_words
            | traffic.neutral_words
            | traffic.noun_words
            | traffic.operator_words
            | traffic.command_words
            | traffic.thing_words
            | traffic.pressed_words
            | traffic.compound_words
            | _AFFIRMING
            | _SCREEN
            | _STATING
            | _ON
        )
