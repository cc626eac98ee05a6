"""Names of the site's APIs in addresses and texts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from automation.engine.guard.traffic import Traffic

_VERSION_TAIL: Final = re.compile(r"[/.]\d+(\.\d+)*/?$")


def apis_in(text: str, traffic: Traffic) -> tuple[str, ...]:
    """The names of APIs of the site in a text, as written."""
    return tuple(api_name(name) for name in traffic.api_form.findall(text))


def api_name(text: str) -> str:
    """``text`` as an API name, without a version."""
    return _VERSION_TAIL.sub("", text.rstrip(".-_"))


def declared_api(path: str, traffic: Traffic) -> str:
    """The API name, as written, in a path such as ``/h5/<name>/1.0/``; else an empty text."""
    start = path.casefold().find(traffic.api_path)
    if start != 0:
        return ""
    return api_name(path[len(traffic.api_path) :].partition("/")[0])
