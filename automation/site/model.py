"""Schema of the site's data files, and the loader that lays a user's words over them."""

from __future__ import annotations

import tomllib
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from automation.errors import ExitCode, ToolError
from automation.site.words import WordList

if TYPE_CHECKING:
    from pathlib import Path

_MAX_WORDS_FILE = 256 * 1024


class LabelKind(StrEnum):
    """What a button, link or heading can be."""

    DISPUTE_ENTRY = "dispute_entry"
    DISPUTE_BUTTON = "dispute_button"
    BOX_BUTTON = "box_button"
    CANCEL_REQUEST = "cancel_request"
    VIEW_ORDERS = "view_orders"
    CONFIRM = "confirm"
    ORDER_LABEL = "order_label"


class _Data(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class WordPack(_Data):
    """Words of one language.

    ``unverified`` names the keys whose words nobody has seen on the site yet.
    """

    lang: str = Field(pattern=r"^[a-z]{2}$")
    unverified: tuple[str, ...] = ()
    labels: dict[LabelKind, tuple[str, ...]] = {}
    dispute_status: dict[str, tuple[str, ...]] = {}
    order_status: dict[str, tuple[str, ...]] = {}
    dialog_verbs: tuple[str, ...] = ()
    dialog_nouns: tuple[str, ...] = ()
    dialog_never: tuple[str, ...] = ()
    protection: tuple[str, ...] = ()
    edits: tuple[str, ...] = ()
    claim_amount: tuple[str, ...] = ()
    no_orders: tuple[str, ...] = ()
    install_app: tuple[str, ...] = ()

    def label(self, kind: LabelKind) -> WordList:
        """The words for one kind of label."""
        return WordList(self.labels.get(kind, ()))

    def status(self, text: str) -> str:
        """The dispute status that the page's words mean; ``unknown`` if no list has them.

        Words that two statuses claim are unknown too: a wrong guess costs money.
        """
        keys = {key for key, words in self.dispute_status.items() if text in WordList(words)}
        return keys.pop() if len(keys) == 1 else "unknown"

    def order_state(self, text: str) -> str | None:
        """The order status that the page's words mean, ``None`` if no list has them."""
        keys = {key for key, words in self.order_status.items() if text in WordList(words)}
        return keys.pop() if len(keys) == 1 else None

    def laid_over(self, base: WordPack) -> WordPack:
        """This pack's words added to another's; what a user teaches counts as verified."""

        def both(
            mine: dict[str, tuple[str, ...]], old: dict[str, tuple[str, ...]]
        ) -> dict[str, tuple[str, ...]]:
            return {k: (*old.get(k, ()), *mine.get(k, ())) for k in {**old, **mine}}

        lists = (
            "dialog_verbs",
            "dialog_nouns",
            "dialog_never",
            "protection",
            "edits",
            "claim_amount",
            "no_orders",
            "install_app",
        )
        taught = {f"labels.{k.value}" for k in self.labels} | {
            name for name in lists if getattr(self, name)
        }
        taught |= {f"dispute_status.{key}" for key in self.dispute_status}
        return base.model_copy(
            update={
                "labels": both(self.labels, base.labels),  # type: ignore[arg-type]  # StrEnum keys are strings
                "dispute_status": _without(
                    both(self.dispute_status, base.dispute_status), self.dispute_status
                ),
                "order_status": both(self.order_status, base.order_status),
                "unverified": tuple(key for key in base.unverified if key not in taught),
                **{name: (*getattr(base, name), *getattr(self, name)) for name in lists},
            }
        )


def _without(
    merged: dict[str, tuple[str, ...]], mine: dict[str, tuple[str, ...]]
) -> dict[str, tuple[str, ...]]:
    """Words that the user gives another status leave the status that they had."""
    moved = {word: key for key, words in mine.items() for word in words}
    return {
        key: tuple(word for word in words if moved.get(word, key) == key)
        for key, words in merged.items()
    }


class Hooks(_Data):
    """CSS selectors of the page parts, each a list of fallbacks (site facts, sections 2 to 4)."""

    card: tuple[str, ...]
    card_status: tuple[str, ...]
    card_info: tuple[str, ...]
    card_link: tuple[str, ...]
    card_item: tuple[str, ...]
    card_store: tuple[str, ...]
    card_total: tuple[str, ...]
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
    modal: tuple[str, ...]
    modal_title: tuple[str, ...]
    modal_text: tuple[str, ...]
    loading: tuple[str, ...]
    captcha: tuple[str, ...]
    clickable: tuple[str, ...]
    messages: tuple[str, ...]
    app_only: tuple[str, ...]
    foreign: tuple[str, ...]
    furniture: tuple[str, ...]

    def css(self, name: str) -> str:
        """All fallbacks of one hook as one selector list."""
        return ", ".join(getattr(self, name))


class SiteMap(_Data):
    """Hooks and word packs, with the user's own words laid over."""

    hooks: Hooks
    packs: dict[str, WordPack]

    @classmethod
    def load(cls, words_file: Path | None = None) -> SiteMap:
        """Load the shipped data and, if given, the user's words file.

        Raises:
            ToolError: the user's file is missing, too large or off the schema (exit 2).
        """
        shipped = _shipped()
        if words_file is None:
            return shipped
        mine = _read_user_pack(words_file)
        base = shipped.packs.get(mine.lang, WordPack(lang=mine.lang))
        return shipped.model_copy(
            update={"packs": {**shipped.packs, mine.lang: mine.laid_over(base)}}
        )

    def pack(self, lang: str) -> WordPack:
        """The pack of a document's ``lang``; English is the fallback for none."""
        short = lang.replace("_", "-").split("-")[0].casefold() or "en"
        # A language without a pack has no words: nothing on its pages is recognised.
        return self.packs.get(short) or WordPack(lang="xx")


@cache
def _shipped() -> SiteMap:
    folder = resources.files("automation.site")
    hooks = tomllib.loads(folder.joinpath("hooks.toml").read_text("utf-8"))
    packs = [
        WordPack.model_validate(tomllib.loads(entry.read_text("utf-8")))
        for entry in folder.joinpath("words").iterdir()
        if entry.name.endswith(".toml")
    ]
    return SiteMap(hooks=Hooks(**hooks), packs={pack.lang: pack for pack in packs})


def _read_user_pack(path: Path) -> WordPack:
    try:
        with path.open("rb") as file:
            raw = file.read(_MAX_WORDS_FILE + 1)
        if len(raw) > _MAX_WORDS_FILE:
            problem = "it is larger than 256 KiB"
        else:
            return WordPack.model_validate(tomllib.loads(raw.decode("utf-8")))
    except OSError as error:
        problem = error.strerror or "it cannot be read"
    except ValidationError as error:
        first = error.errors()[0]
        problem = f"{'.'.join(map(str, first['loc']))}: {first['msg']}"
    except ValueError as error:  # TOML syntax and UTF-8
        problem = str(error).splitlines()[0]
    raise ToolError(
        f"the words file {path} is off: {problem}",
        code="bad_words_file",
        exit_code=ExitCode.USAGE,
        hint='a words file is TOML: lang = "en", then lists below [labels] or [dispute_status]',
    )
