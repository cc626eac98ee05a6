"""Keep data that takes long to make as Python keeps compiled code: in ``__pycache__``, as a ``.pyc``.

Python itself reads and writes these files, so they are trusted exactly as its own are: they lie
beside the code, are written whole or not at all, and where that folder cannot be written there are
none. Each counts only for what it was made of, by content.
"""

from __future__ import annotations

from importlib.machinery import SourceFileLoader
from importlib.util import source_hash
from types import ModuleType
from typing import TYPE_CHECKING, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import CodeType

Data = TypeVar("Data")
_BROKEN = (AttributeError, EOFError, ImportError, TypeError, ValueError)
_NOTHING = "nothing yet"


def compiled(place: str, made_of: bytes, make: Callable[[], Data]) -> Data:
    """What ``make`` returns, from the time before if it was made of the same.

    Args:
        place: a path beside the code, which need not exist; its name tells it from other data.
        made_of: all that decides the result, the code included.
        make: returns plain values only: texts, numbers, and tuples, lists and dicts of them.
    """
    module, loader = ModuleType(place), _Loader(place, made_of, make)
    try:
        loader.exec_module(module)
        key, data = module.kept
    except _BROKEN:  # somebody else's, or cut off
        return make()
    # With this hash it is what `make` returned the last time.
    return cast("Data", data) if key == loader.key else make()


def read(path: str) -> bytes:
    """A file beside the code, as Python reads the code itself."""
    return SourceFileLoader(path, path).get_data(path)


def parsed(place: str, files: Sequence[bytes]) -> list[dict[str, object]]:
    """The tables of TOML files."""

    def parse() -> list[dict[str, object]]:
        import tomllib  # noqa: PLC0415  whoever finds them parsed does not need it

        return [tomllib.loads(file.decode("utf-8")) for file in files]

    return compiled(place, b"\0".join(files), parse)


class _Loader(SourceFileLoader):
    """Compiles the result of a function in place of a file."""

    def __init__(self, place: str, made_of: bytes, make: Callable[[], object]) -> None:
        super().__init__(place, f"{place}.py")
        self.key = source_hash(made_of)
        self._made_of = made_of
        self._make = make

    def path_stats(self, path: str) -> dict[str, int]:
        """The size, and half of the content's hash where a file has its time."""
        del path
        return {"mtime": int.from_bytes(self.key[:4], "little"), "size": len(self._made_of)}

    def get_data(self, path: str) -> bytes:
        """A file, or what the data is made of."""
        return self._made_of if path == self.path else super().get_data(path)

    def source_to_code(  # type: ignore[override]  # static in the ABC, not in the loader
        self, data: object, path: object, *, _optimize: int = -1
    ) -> CodeType:
        """Code that names the result beside the hash; it is put in, since to compile it takes long."""
        del data, path, _optimize
        code: CodeType = compile(f"kept = {_NOTHING!r}", self.path, "exec")
        kept = (self.key, self._make())
        return code.replace(
            co_consts=tuple(kept if each == _NOTHING else each for each in code.co_consts)
        )
