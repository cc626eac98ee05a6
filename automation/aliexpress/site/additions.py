"""What a person confirmed of the site, as additions to the site data."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from msgspec import Struct, field

from automation.aliexpress.site.words import WordList

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from automation.aliexpress.site.model import SiteMap

    Lists = Mapping[str, tuple[str, ...]]
    Place = tuple[str, ...]

LONGEST: Final = 600


class Additions(Struct, frozen=True):
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


def with_additions(site: SiteMap, additions: Additions) -> SiteMap:
    """The site data with these words and hooks, for this run."""
    for lang, words in additions.words.items():
        site = site.taught(lang, words)
    return site.model_copy(update={"hooks": site.hooks.with_more(additions.hooks)})
