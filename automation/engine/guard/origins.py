"""Which hosts belong to the site, and in which role."""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING, Final, Literal, Self
from urllib.parse import urlsplit

from msgspec import Struct

from automation.errors import ErrorCode, ExitCode, ToolError

if TYPE_CHECKING:
    from collections.abc import Mapping

Role = Literal["pages", "gateway", "sign_in", "assets"]
_DEFAULT_PORTS: Final = {"http": 80, "https": 443}


class Origin(Struct, frozen=True):
    """Scheme, host and port; two addresses share an origin only if all three agree."""

    scheme: str
    host: str
    port: int

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}:{self.port}"


class AddressError(ValueError):
    """Not a plain http(s) address; the message says why."""


def origin_of(url: str) -> Origin:
    """The origin of a plain http(s) address.

    Raises:
        AddressError: it has a user name, another scheme, a trailing dot, a host name in
            another script (also as xn--) or a port out of range.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise AddressError("the address cannot be read") from error
    if parts.scheme not in _DEFAULT_PORTS:
        raise AddressError(f"the scheme is {parts.scheme or 'missing'}")
    if "@" in parts.netloc or "\\" in url.partition("?")[0]:
        raise AddressError("the address carries a user name")
    host = parts.hostname or ""
    if not host or not host.isascii() or "xn--" in host or "%" in host:
        raise AddressError("the host name is empty or in another script")
    if host.endswith("."):
        raise AddressError("the host name ends with a dot")
    return Origin(parts.scheme, host, _DEFAULT_PORTS[parts.scheme] if port is None else port)


class SiteOrigins(Struct, frozen=True):
    """The hosts of the site.

    With ``single`` that one origin has every role, and ``gateway`` takes API calls and
    nothing else. Otherwise the roles of ``hosts`` count, over https at the default port
    only.
    """

    hosts: Mapping[str, tuple[str, ...]]
    single: Origin | None = None
    gateway: Origin | None = None

    @classmethod
    def only(cls, url: str, gateway: str | None = None) -> Self:
        """Only the origin of ``url``, for every role, and of ``gateway`` for calls.

        Raises:
            ToolError: one of them is not a plain http(s) address.
        """
        origin = _given_origin(url)
        calls = _given_origin(gateway) if gateway else None
        return cls({}, origin, calls if calls != origin else None)

    def has_role(self, url: str, *roles: Role) -> bool:
        """Whether the host of ``url`` has one of ``roles``."""
        try:
            origin = origin_of(url)
        except AddressError:
            return False
        if self.single is not None:
            return origin == self.single
        if origin.scheme != "https" or origin.port != _DEFAULT_PORTS["https"]:
            return False
        return any(self._named(origin.host, role) for role in roles)

    def takes_calls(self, url: str) -> bool:
        """Whether the origin of ``url`` takes API calls."""
        return self._is_gateway(url) or self.has_role(url, "gateway")

    def _is_gateway(self, url: str) -> bool:
        try:
            return self.gateway is not None and origin_of(url) == self.gateway
        except AddressError:
            return False

    def why_foreign(self, url: str) -> str:
        """Why ``url`` is not on the site; an empty text if it is."""
        try:
            origin = origin_of(url)
        except AddressError as error:
            return str(error)
        if self.has_role(url, "pages", "gateway", "sign_in", "assets") or self._is_gateway(url):
            return ""
        if self.single is not None:
            return f"only {self.single} is the site here"
        if self._named(origin.host, "other_site"):
            return f"{origin.host} is another shop with other pages"
        if self._any_role(origin.host):
            return "not https at the default port"
        return "not a host of the site"

    def is_telemetry_host(self, url: str) -> bool:
        """Whether ``url`` is on a host that only collects statistics."""
        try:
            return self._named(origin_of(url).host, "telemetry")
        except AddressError:
            return False

    def _any_role(self, host: str) -> bool:
        return any(self._named(host, role) for role in ("pages", "gateway", "sign_in", "assets"))

    def _named(self, host: str, role: str) -> bool:
        return any(_host_fits(host, pattern) for pattern in self.hosts.get(role, ()))


def _given_origin(url: str) -> Origin:
    try:
        return origin_of(url)
    except AddressError as error:
        raise ToolError(
            f"invalid site address {url!r}: {error}",
            code=ErrorCode.SITE_ADDRESS_UNUSABLE,
            exit_code=ExitCode.USAGE,
            hint="give an address such as http://127.0.0.1:8123",
        ) from error


def _host_fits(host: str, pattern: str) -> bool:
    if not pattern.startswith("*."):
        return host == pattern
    suffix = pattern[1:]
    return host.endswith(suffix) and len(host) > len(suffix) and not _is_ip(host)


def _is_ip(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
