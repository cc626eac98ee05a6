"""Keep a compiled template as Python keeps compiled code: in ``__pycache__``, as a ``.pyc``."""

from __future__ import annotations

import contextlib
import marshal
import sys
from importlib.machinery import SourceFileLoader
from importlib.util import MAGIC_NUMBER, cache_from_source
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import BytecodeCache, compiler

if TYPE_CHECKING:
    from jinja2.bccache import Bucket


class KeptTemplate(BytecodeCache):
    """Keeps one template; what is kept counts only for the same source, Python and compiler.

    The folder is as trusted as the code beside it. Where it cannot be written, nothing is kept.

    Args:
        place: a path beside the code, which need not exist.
    """

    def __init__(self, place: Path) -> None:
        self._place = f"{place}.py"

    def load_bytecode(self, bucket: Bucket) -> None:
        """Read what was kept of this template; what is cut off, of another or not there is none."""
        with contextlib.suppress(OSError, NotImplementedError, EOFError, TypeError, ValueError):
            kept = Path(cache_from_source(self._place)).read_bytes()
            checksum = bucket.checksum.encode()
            if kept.startswith(checksum):
                bucket.code = marshal.loads(kept[len(checksum) :])  # noqa: S302  as Python's own

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Write it, whole or not at all."""
        if sys.dont_write_bytecode or bucket.code is None:
            return
        with contextlib.suppress(NotImplementedError):
            file = cache_from_source(self._place)
            kept = bucket.checksum.encode() + marshal.dumps(bucket.code)
            SourceFileLoader("", self._place).set_data(file, kept)

    def get_source_checksum(self, source: str) -> str:
        """What it was made of: the template, Python's code, and Jinja's compiler as it is installed."""
        made_by = Path(compiler.__file__).stat()
        told = f"{MAGIC_NUMBER.hex()} {made_by.st_mtime_ns} {made_by.st_size} {source}"
        return super().get_source_checksum(told)
