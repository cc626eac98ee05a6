"""The session's cookies for the permitted request, and those of its answer for the session.

The latter go through a session of one of the tool's own pages: in the buyer's own browser the
commands that change cookies of the whole browser are forbidden (``engine.session.relay``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Self, cast
from urllib.parse import urlsplit

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from playwright.async_api import BrowserContext, Cookie

_PARTITION: Final = "partitionKey"
_ANCESTOR: Final = "_crHasCrossSiteAncestor"
_SAME: Final = ("name", "value", "domain", "path", "httpOnly", "secure", "sameSite")
_NAMING: Final = ("name", "domain", "path")


class Changes(Struct, frozen=True):
    """Cookies to set and to delete, as the browser's own commands name them."""

    set: tuple[dict[str, object], ...] = ()
    deleted: tuple[dict[str, object], ...] = ()

    @classmethod
    def between(cls, before: Iterable[Cookie], after: Iterable[Cookie]) -> Self:
        """What an answer changed."""
        old, new = _jar(before), _jar(after)
        return cls(
            tuple(_cookie(each) for key, each in new.items() if old.get(key) != each),
            tuple(_name(old[key]) for key in old.keys() - new.keys()),
        )

    async def apply(self, context: BrowserContext) -> None:
        """Make the same changes in ``context``.

        Raises:
            Error: its page or its browser is gone.
        """
        if not (self.set or self.deleted) or not context.pages:
            return
        session = await context.new_cdp_session(context.pages[0])
        for cookie in self.set:
            await session.send("Network.setCookie", cookie)
        for name in self.deleted:
            await session.send("Network.deleteCookies", name)
        await session.detach()


def without_partitions(cookies: Iterable[Cookie], site_of: str) -> list[Cookie]:
    """Cookies for a navigation whose address is changed while it is held.

    The browser then adds no partitioned ones (measured), so those that it would have added
    are copied as plain ones, for a context that is used once.

    Args:
        cookies: the session's.
        site_of: an address of the site whose partition counts.
    """
    return [_plain(each) for each in cookies if _is_in(str(each.get(_PARTITION, "")), site_of)]


def _plain(cookie: Cookie) -> Cookie:
    rows = {key: value for key, value in cookie.items() if key not in {_PARTITION, _ANCESTOR}}
    return cast("Cookie", rows)  # a cookie's keys are all optional


def _is_in(partition: str, address: str) -> bool:
    site, place = urlsplit(partition), urlsplit(address)
    inside = f".{place.hostname}".endswith(f".{site.hostname}") and site.scheme == place.scheme
    return inside or not partition


def _jar(cookies: Iterable[Cookie]) -> dict[tuple[str, ...], Cookie]:
    names = (*_NAMING, _PARTITION)
    return {tuple(str(_rows(each).get(name, "")) for name in names): each for each in cookies}


def _rows(cookie: Cookie) -> Mapping[str, object]:
    """The cookie, to be read by names that are no literals; Playwright's type lacks some."""
    return cookie


def _cookie(cookie: Cookie) -> dict[str, object]:
    expires = {"expires": cookie["expires"]} if cookie["expires"] > 0 else {}
    return {**{key: _rows(cookie)[key] for key in _SAME}, **expires, **_partition(cookie)}


def _name(cookie: Cookie) -> dict[str, object]:
    return {**{key: _rows(cookie)[key] for key in _NAMING}, **_partition(cookie)}


def _partition(cookie: Cookie) -> dict[str, object]:
    if _PARTITION not in cookie:
        return {}
    ancestor = bool(_rows(cookie).get(_ANCESTOR))
    key = {"topLevelSite": cookie[_PARTITION], "hasCrossSiteAncestor": ancestor}
    return {_PARTITION: key}
