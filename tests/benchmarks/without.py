"""``python -m tests.benchmarks.without PART,… WORD…``: the command without a part of it.

For measuring what a part costs, or what a way to save time gains. A part that changes what is
shown or sent is never among them.
"""

from __future__ import annotations

import gc
import runpy
import sys
from dataclasses import dataclass
from importlib import import_module
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import PathFinder
from typing import TYPE_CHECKING, Final, TypeAlias
from unittest import mock

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime
    from importlib.machinery import ModuleSpec
    from types import ModuleType

    from automation.aliexpress.walk.album import Album
    from automation.cli.options.buyer_words import BuyerWords
    from automation.engine.pictures import Camera, Shot
    from rules import Facts

    Change: TypeAlias = Callable[[ModuleType], None]


def _no_pictures(module: ModuleType) -> None:
    def switch_off(album: Album) -> None:
        album.on = False

    mock.patch.object(module.Album, "get_ready", switch_off).start()


def _no_receipt(module: ModuleType) -> None:
    kept = import_module("automation.aliexpress.found").Kept()
    mock.patch.object(module, "keep_receipt", return_value=kept).start()


def _one_after_the_other(module: ModuleType) -> None:
    """Driver, browser and imports."""

    def load(*modules: str) -> None:
        for name in modules:
            import_module(name)

    def load_later(_session: object, *modules: str) -> None:
        load(*modules)

    mock.patch.object(module, "load_with_driver", load).start()
    mock.patch.object(module, "load_with_browser", load_later).start()


def _long_turns(module: ModuleType) -> None:
    """A thread that loads keeps the loop waiting as long as Python lets it."""
    mock.patch.object(module, "_TURN_SECONDS", sys.getswitchinterval()).start()


def _collect(_module: ModuleType) -> None:
    """Python collects garbage while it loads and often, and looks at everything before it ends."""
    mock.patch.object(gc, "freeze").start()
    mock.patch.object(gc, "set_threshold").start()
    mock.patch.object(gc, "disable").start()


def _compile_again(module: ModuleType) -> None:
    """Node compiles the driver in every run."""
    mock.patch.object(module, "compile_cache", dict).start()


def _parse_again(module: ModuleType) -> None:
    """Words are parsed in every run."""
    mock.patch.object(module, "compiled", lambda _place, _of, make: make()).start()


def _compile_template_again(module: ModuleType) -> None:
    """Jinja compiles the receipt's template in every run."""
    mock.patch.object(module.KeptTemplate, "load_bytecode").start()


def _no_tabs_ahead(module: ModuleType) -> None:
    """A verification opens its tabs when it begins."""
    mock.patch.object(module.Session, "open_ahead").start()


def _build_at_once(module: ModuleType) -> None:
    """Every model is built where it is written down."""
    read = module.ConfigWrapper.for_model

    def at_once(*given: object) -> object:
        settings = read(*given)
        settings.config_dict.pop("defer_build", None)
        return settings

    mock.patch.object(module.ConfigWrapper, "for_model", at_once).start()


def _check_again(module: ModuleType) -> None:
    """Pydantic checks what Click has typed."""
    typed = module.BuyerWords.facts

    def facts(said: BuyerWords, now: datetime, base: Facts | None = None) -> Facts:
        found: Facts = typed(said, now, base).updated()
        return found

    mock.patch.object(module.BuyerWords, "facts", facts).start()


def _every_picture(module: ModuleType) -> None:
    """A tab that shows what the last picture shows is photographed again."""
    take = module.Camera.take

    async def again(camera: Camera, page: object, *, covers: str = "", **_: object) -> Shot | None:
        shot: Shot | None = await take(camera, page, covers=covers)
        return shot

    mock.patch.object(module.Camera, "take", again).start()


NOTHING: Final = "nothing"
"""Takes no part out: what the command costs with this module in its process."""
PARTS: Final[Mapping[str, tuple[str, Change]]] = {
    "pictures": ("automation.aliexpress.walk.album", _no_pictures),
    "receipt": ("automation.aliexpress.ending", _no_receipt),
    "ahead": ("automation.cli.loading", _one_after_the_other),
    "turns": ("automation.engine.session.ahead", _long_turns),
    "driver-cache": ("automation.engine.session.compile_cache", _compile_again),
    "compiled": ("rules.compiled", _parse_again),
    "models": ("pydantic._internal._config", _build_at_once),
    "typed": ("automation.cli.options.buyer_words", _check_again),
    "template": ("automation.engine.receipts.kept_template", _compile_template_again),
    "tabs": ("automation.engine.session.browser", _no_tabs_ahead),
    "freeze": ("automation.cli.main", _collect),
    "same-picture": ("automation.engine.pictures.shot", _every_picture),
}
"""By name, the module that has it, and how it is taken out once that is imported."""


@dataclass
class _Changed(Loader):
    """Loads a module, and changes it then."""

    loader: Loader
    change: Change

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        return self.loader.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        self.loader.exec_module(module)
        self.change(module)


@dataclass
class _Finder(MetaPathFinder):
    """Finds the modules to change."""

    changes: dict[str, Change]

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if name not in self.changes:
            return None
        spec = PathFinder.find_spec(name, path, target)
        if spec is not None and spec.loader is not None:
            spec.loader = _Changed(spec.loader, self.changes[name])
        return spec


def main() -> None:
    """Take the parts out, then run the command."""
    parts = (part for part in sys.argv[1].split(",") if part != NOTHING)
    sys.meta_path.insert(0, _Finder(dict(PARTS[part] for part in parts)))
    sys.argv[:] = ["dispute-guard", *sys.argv[2:]]
    runpy.run_module("automation", run_name="__main__")


if __name__ == "__main__":
    main()
