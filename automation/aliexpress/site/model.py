"""Schema of the site's data files, and the loader that adds a user's words to them."""

from __future__ import annotations

import re
import tomllib
from functools import cache, cached_property
from importlib import resources
from typing import TYPE_CHECKING, Final

from pydantic import Field, ValidationError

from automation.aliexpress.site.traffic import site_traffic
from automation.aliexpress.site.user_file import UserFile, check_user_file, nearest, read_text
from automation.aliexpress.site.word_pack import WHOLE_PACK, LabelKind, SiteData, WordPack
from automation.aliexpress.site.words import WordList, as_label
from automation.engine.guard.requests.negotiable import why_never
from automation.slips import first_slip
from automation.text import clean_text
from rules import OrderStatus
from rules.compiled import parsed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

# Outdated codes that browsers and older pages still use.
_RENAMED: Final = {"iw": "he", "in": "id"}
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}")
# Lists whose English words count in every language.
_FORBIDDING: Final = ("dialog_never", "dialog_paying")
_EVERYWHERE: Final = (*_FORBIDDING, "dialog_loss")


class Hooks(SiteData):
    """CSS selectors of the page parts, each a list of fallbacks (site facts, sections 2 to 4)."""

    card: tuple[str, ...]
    card_status: tuple[str, ...]
    card_info: tuple[str, ...]
    card_link: tuple[str, ...]
    card_item: tuple[str, ...]
    card_store: tuple[str, ...]
    card_total: tuple[str, ...]
    card_order: tuple[str, ...]
    card_taps: tuple[str, ...]
    card_dispute: tuple[str, ...]
    more_orders: tuple[str, ...]
    order_status: tuple[str, ...]
    order_reminder: tuple[str, ...]
    order_info: tuple[str, ...]
    order_line: tuple[str, ...]
    line_title: tuple[str, ...]
    line_sku: tuple[str, ...]
    line_price: tuple[str, ...]
    personal: tuple[str, ...]
    dispute_status: tuple[str, ...]
    dispute_steps: tuple[str, ...]
    proposals: tuple[str, ...]
    offers: tuple[str, ...]
    dispute_link: tuple[str, ...]
    listed_card: tuple[str, ...]
    listed_id: tuple[str, ...]
    listed_status: tuple[str, ...]
    modal: tuple[str, ...]
    modal_title: tuple[str, ...]
    modal_text: tuple[str, ...]
    dialog_box: tuple[str, ...]
    pressed: tuple[str, ...]
    modal_choice: tuple[str, ...]
    loading: tuple[str, ...]
    busy: tuple[str, ...]
    captcha: tuple[str, ...]
    greeting_words: tuple[str, ...]
    greeting_of_nobody: tuple[str, ...]
    greeting: tuple[str, ...]
    buttons: tuple[str, ...]
    clickable: tuple[str, ...]
    messages: tuple[str, ...]
    by_seller: tuple[str, ...]
    by_buyer: tuple[str, ...]
    by_site: tuple[str, ...]
    site_words: tuple[str, ...]
    app_only: tuple[str, ...]
    notices: tuple[str, ...]
    foreign: tuple[str, ...]
    furniture: tuple[str, ...]

    def with_more(self, mine: Mapping[str, tuple[str, ...]]) -> Hooks:
        """These selectors with a user's own before them, as they count first."""
        more = {name: (*added, *getattr(self, name)) for name, added in mine.items()}
        return self.model_copy(update=more)

    def css(self, name: str) -> str:
        """All fallbacks of one hook as one selector list."""
        return ", ".join(getattr(self, name))

    def card_link_of(self, order_id: str) -> str:
        """The selector list of the link to one order; to any order for an empty id."""
        return self.css("card_order").replace("{order}", order_id)

    def greeted(self, text: str) -> str:
        """The name in a greeting, empty if the text greets no one by name."""
        words, nobody = (
            "|".join(map(re.escape, each))
            for each in (self.greeting_words, self.greeting_of_nobody)
        )
        pattern = rf"(?:{words}),\s*(?!(?:{nobody})\b)(\S.*)"
        match = re.fullmatch(pattern, text, re.IGNORECASE | re.DOTALL)
        return match[1] if match else ""


class SiteMap(SiteData):
    """Hooks and word packs, with the user's own words added."""

    hooks: Hooks
    packs: dict[str, WordPack]
    traffic: dict[str, tuple[str, ...]] = Field(default_factory=dict)

    @classmethod
    def load(cls, user_file: Path | None = None) -> SiteMap:
        """Load the shipped data and, if given, add the user's file.

        Raises:
            ToolError: the user's file is missing, too large or invalid (exit 2).
        """
        return cls.of_text(user_file, read_text(user_file)) if user_file else _shipped()

    @classmethod
    def of_text(cls, user_file: Path, text: str) -> SiteMap:
        """The map with the text of a user's file added.

        Raises:
            ToolError: the text is invalid (exit 2).
        """
        shipped = _shipped()
        mine = check_user_file(user_file, text, Hooks.model_fields)
        if not (mine.packs or mine.hooks or mine.traffic):
            raise mine.refuse("it is empty")
        _refuse_useless_reads(mine)
        packs = dict(shipped.packs)
        for file, table in mine.by_pack:
            pack = _checked_pack(file, table)
            base = shipped.pack(pack.lang)
            _refuse_never_words(file, pack, shipped)
            _refuse_unknown_statuses(file, "dispute_status", pack.dispute_status, shipped.statuses)
            _refuse_unknown_statuses(file, "order_status", pack.order_status, tuple(OrderStatus))
            packs[base.lang] = pack.laid_over(packs.get(base.lang, base))
        return SiteMap(
            hooks=shipped.hooks.with_more(mine.hooks), packs=packs, traffic=dict(mine.traffic)
        )

    def never_in(self, text: str) -> list[str]:
        """The words in a text, of any language, that a button must not have to be pressed."""
        return sorted(self._never.found_in(text))

    @cached_property
    def _never(self) -> WordList:
        every = (word for words in _never_elsewhere().values() for word in words)
        return _never_of(*self.packs.values()) | WordList(every)

    @property
    def statuses(self) -> tuple[str, ...]:
        """The names of all dispute statuses."""
        return tuple(self.packs["en"].dispute_status)

    def taught(self, lang: str, words: Mapping[str, tuple[str, ...]]) -> SiteMap:
        """The map with words that a person confirmed, by the names of their lists."""
        lists: dict[str, tuple[str, ...]] = {}
        tables: dict[str, dict[str, tuple[str, ...]]] = {}
        for key, texts in words.items():
            table, _, name = key.partition(".")
            if name:
                tables.setdefault(table, {})[name] = texts
            else:
                lists[table] = texts
        base = self.pack(lang)
        mine = WordPack.model_validate({"lang": base.lang, **lists, **tables})
        return self.model_copy(update={"packs": {**self.packs, base.lang: mine.laid_over(base)}})

    def pack(self, lang: str) -> WordPack:
        """The pack for a document's ``lang``, such as ``pt-BR``; no language means English.

        An unknown language gets an empty pack: its pages are read without words, and no
        click depends on them.
        """
        tag = lang.strip().replace("_", "-").split("-")[0].casefold() or "en"
        short = _RENAMED.get(tag, tag)
        if not _LANGUAGE.fullmatch(short):
            short = "und"
        if known := self.packs.get(short):
            return known
        forbidding = {name: getattr(self.packs["en"], name) for name in _EVERYWHERE}
        forbidding["dialog_never"] += _never_elsewhere().get(short, ())
        return WordPack(lang=short, unverified=(WHOLE_PACK,), **forbidding)


@cache
def _shipped() -> SiteMap:
    hooks, *words = _shipped_tables()
    packs = [WordPack.model_validate(table) for table in words]
    return SiteMap(
        hooks=Hooks.model_validate(hooks), packs={pack.lang: pack for pack in _guarded(packs)}
    )


def _shipped_tables() -> list[dict[str, object]]:
    """The tables of the hooks and of each language; their files take long to parse."""
    folder = resources.files("automation.aliexpress.site")
    entries = sorted(folder.joinpath("words").iterdir(), key=lambda entry: entry.name)
    words = (entry for entry in entries if entry.name.endswith(".toml"))
    texts = [file.read_bytes() for file in (folder.joinpath("hooks.toml"), *words)]
    return parsed(f"{__file__.removesuffix('.py')}.words", texts)


@cache
def _never_elsewhere() -> Mapping[str, tuple[str, ...]]:
    """Words that forbid a press, by language, for languages without a pack."""
    folder = resources.files("automation.aliexpress.site")
    told = tomllib.loads(folder.joinpath("never.toml").read_text("utf-8"))
    return {lang: tuple(words) for lang, words in told.items()}


def _guarded(packs: list[WordPack]) -> list[WordPack]:
    """Add the English words that forbid or warn to all packs, since pages mix languages.

    The plain words are fixed here: a words file may say what a dialog is about, but the
    buyer sees everything else in it.
    """
    english = next(pack for pack in packs if pack.lang == "en")
    return [
        pack.model_copy(
            update={
                "dialog_plain": _plain(pack),
                **{
                    name: tuple(dict.fromkeys((*getattr(english, name), *getattr(pack, name))))
                    for name in _EVERYWHERE
                },
            }
        )
        for pack in packs
    ]


def _plain(pack: WordPack) -> tuple[str, ...]:
    """The words of a dialog that only asks whether to cancel."""
    labels = (LabelKind.CANCEL_REQUEST, LabelKind.CONFIRM)
    listed = [word for kind in labels for word in pack.labels.get(kind, ())]
    return (*pack.dialog_plain, *pack.dialog_verbs, *pack.dialog_nouns, *pack.claim_amount, *listed)


def _refuse_useless_reads(file: UserFile) -> None:
    """Refuse a call in ``allowed_reads`` that is never let through."""
    for name in file.traffic.get("allowed_reads", ()):
        if why := why_never(name, site_traffic()):
            said = clean_text(name, 80)
            raise file.refuse(
                f"traffic.allowed_reads has {said!r}, which lets nothing through: {why}",
                "name calls that only read",
                at=["traffic", "allowed_reads"],
            )


def _refuse_never_words(file: UserFile, mine: WordPack, shipped: SiteMap) -> None:
    """Refuse a words file that teaches Accept in any language, an empty label, or plain words."""
    if mine.dialog_plain:
        raise file.refuse(
            "dialog_plain cannot be set in it",
            "accept a dialog's warning with --accept-warning DIGEST",
            at=["dialog_plain"],
        )
    for name, word in mine.pressed():
        never = shipped.never_in(word) or _never_of(mine).found_in(word)
        if never or not as_label(word):
            problem = f"is about '{never[0]}'" if never else "is empty"
            raise file.refuse(
                f"{name} has {word!r}, which {problem}; such a button is never pressed",
                "list only words of what leads to the dispute or withdraws it",
                at=name.split("."),
            )


def _never_of(*packs: WordPack) -> WordList:
    return WordList(word for pack in packs for name in _FORBIDDING for word in getattr(pack, name))


def _refuse_unknown_statuses(
    file: UserFile,
    table: str,
    mine: Mapping[str, tuple[str, ...]],
    statuses: tuple[str, ...],
) -> None:
    """Refuse a status that there is not, and words that say nothing or mean two of them."""
    given: dict[str, str] = {}
    for name, words in mine.items():
        at = [table, name]
        if name not in statuses:
            shown = clean_text(name, 40)
            raise file.refuse(
                f"{table}.{shown} is not a status{nearest(name, statuses)}",
                "use one of " + ", ".join(statuses),
                at=at,
            )
        for word in words:
            shown = clean_text(word, 60)
            if not as_label(word):
                raise file.refuse(
                    f"{table}.{name} has {shown!r}, which is empty",
                    "write the words as the page shows them",
                    at=at,
                )
            if (other := given.setdefault(as_label(word), name)) != name:
                raise file.refuse(
                    f"{table}.{name} has {shown!r}, as {table}.{other} has",
                    "keep the words in the one status that they mean",
                    at=at,
                )


def _checked_pack(file: UserFile, table: Mapping[str, object]) -> WordPack:
    try:
        return WordPack.model_validate(table)
    except ValidationError as error:
        where, why, also = first_slip(error)
        wrong, *inside = where.split(".")
        close = nearest(wrong, WordPack.model_fields) if wrong not in WordPack.model_fields else ""
        raise file.refuse(
            f"{clean_text(where, 80)}: {why}{close}{also}", at=[wrong, *inside]
        ) from error
