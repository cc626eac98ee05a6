"""The site's addresses, and what an address says about its page.

Based on the site facts, section 1. With ``--site`` every host of the map is the one given
origin, so this module looks only at paths and queries; the guard decides whether a host
belongs to the site.
"""

from __future__ import annotations

import re
from urllib.parse import SplitResult, parse_qs, urljoin, urlsplit

from msgspec import Struct

from automation.errors import ErrorCode, ExitCode, ToolError

REAL_SITE = "https://www.aliexpress.com"

_ORDER_ID = re.compile(r"[0-9]{15,19}")
_SIGN_IN = re.compile(r"(^|/)(login|ug-login-page|signin|sign-in)([./?]|$)", re.IGNORECASE)
_CAPTCHA = re.compile(r"_____tmd_____|/punish|x5secdata=", re.IGNORECASE)
_DISPUTE_PATH = re.compile(r"/p/reverse-pages/|/issue/", re.IGNORECASE)
_DETAILS_PATH = re.compile(r"/p/order/detail", re.IGNORECASE)
_MOST_FIELDS = 1000
# A reverse line id is its reverse order's id and this (site facts, section 9).
REVERSE_LINE_STEP = 100_000


def split_address(address: str) -> SplitResult:
    """The parts of an address; empty for a malformed one such as ``http://[object Object]/``."""
    try:
        return urlsplit(address)
    except ValueError:
        return urlsplit("")


def _query_of(address: str) -> dict[str, list[str]]:
    """The query's values by name; empty if the address or its query is malformed."""
    try:
        return parse_qs(split_address(address).query, max_num_fields=_MOST_FIELDS)
    except ValueError:
        return {}


def _host_of(parts: SplitResult) -> str:
    return (parts.hostname or "").lower()


class DisputeIds(Struct, frozen=True):
    """The ids of one dispute: its reverse order line and its order line."""

    reverse_line_id: str | None = None
    trade_line_id: str | None = None

    def __bool__(self) -> bool:
        return bool(self.reverse_line_id or self.trade_line_id)

    def agrees_with(self, other: DisputeIds) -> bool:
        """True if at least one id is in both, and no id differs."""
        pairs = (
            (self.reverse_line_id, other.reverse_line_id),
            (self.trade_line_id, other.trade_line_id),
        )
        both = [(mine, theirs) for mine, theirs in pairs if mine and theirs]
        return bool(both) and all(mine == theirs for mine, theirs in both)

    @property
    def name(self) -> str:
        """The id to use for ``--item``."""
        return self.trade_line_id or self.reverse_line_id or ""


def _problem_of(site: SplitResult) -> str:
    """Why a site is not accepted; empty for a plain loopback origin."""
    try:
        _ = site.port
    except ValueError:
        return "has no port between 0 and 65535"
    if re.search(r"(^|\.)aliexpress\.ru$", site.hostname or ""):
        return "is another shop with other pages and its own disputes, which this tool cannot read"
    if site.hostname not in {"127.0.0.1", "localhost"}:
        return f"is neither {REAL_SITE} nor a loopback address"
    if site.scheme != "http":
        return "is a loopback address, but not http"
    if site.username or site.path not in {"", "/"} or site.query or site.fragment:
        return "has more than a host and a port"
    return ""


def _origin(parts: SplitResult) -> str:
    return f"http://{parts.hostname}" + (f":{parts.port}" if parts.port else "")


def _gateway_origin(gateway: str | None) -> str | None:
    if gateway is None:
        return None
    parts = urlsplit(gateway)
    problem = _problem_of(parts)
    if problem:
        raise _bad_gateway(f"{gateway[:80]!r} {problem}")
    return _origin(parts)


def _bad_gateway(problem: str) -> ToolError:
    return ToolError(
        f"--gateway {problem}",
        code=ErrorCode.BAD_GATEWAY,
        exit_code=ExitCode.USAGE,
        hint="give the origin of the mimic's API, such as http://127.0.0.1:8191",
    )


class Addresses(Struct, frozen=True):
    """Addresses below one origin.

    Args:
        origin: scheme, host and port without a trailing slash.
        gateway: the same for the API, if a mimic has it on another port than its pages.
    """

    origin: str = REAL_SITE
    gateway: str | None = None

    @classmethod
    def for_site(cls, site: str | None, gateway: str | None = None) -> Addresses:
        """Accept the real site or loopback origins, nothing else (settled questions)."""
        # An empty text may be an unset variable, so it must not mean the real site.
        if site is None or site.rstrip("/") == REAL_SITE:
            if gateway is not None:
                raise _bad_gateway("is for a mimic site and needs --site http://127.0.0.1:PORT")
            return cls()
        parts = split_address(site)
        problem = _problem_of(parts)
        if problem:
            raise ToolError(
                f"--site {site[:80]!r} {problem}",
                code=ErrorCode.BAD_SITE,
                exit_code=ExitCode.USAGE,
                hint=f"omit --site for {REAL_SITE}, or give a mimic such as http://127.0.0.1:PORT",
            )
        return cls(_origin(parts), _gateway_origin(gateway))

    @property
    def is_real(self) -> bool:
        """True for the real site."""
        return self.origin == REAL_SITE

    @property
    def host(self) -> str:
        """The host alone, for people and records."""
        return _host_of(split_address(self.origin))

    @property
    def my_orders(self) -> str:
        """The address of My Orders."""
        return f"{self.origin}/p/order/index.html"

    def order_details(self, order_id: str) -> str:
        """The address of Order Details of one order."""
        return f"{self.origin}/p/order/detail.html?orderId={order_id}"

    def absolute(self, href: str, base: str) -> str:
        """A page's link as an absolute address.

        With a mimic site, links to hosts of the real site point to the mimic: every host
        maps to the one origin. A malformed link is returned unchanged.
        """
        try:
            address = urljoin(base, href)
        except ValueError:
            return href
        parts = split_address(address)
        on_site = is_site_host(_host_of(parts))
        if not self.is_real and on_site and parts.scheme in {"http", "https"}:
            query = f"?{parts.query}" if parts.query else ""
            return f"{self.origin}{parts.path}{query}"
        return address


def is_site_host(host: str) -> bool:
    """True for a host of the real site."""
    return any(
        host == name or host.endswith("." + name) for name in ("aliexpress.com", "aliexpress.us")
    )


def path_and_query(address: str) -> str:
    """Path and query of an address."""
    parts = split_address(address)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def is_sign_in(address: str) -> bool:
    """True for the sign-in page (site facts, section 1)."""
    parts = split_address(address)
    return _host_of(parts).startswith("login.") or bool(_SIGN_IN.search(parts.path))


def is_captcha(address: str) -> bool:
    """True for the captcha page (site facts, section 1)."""
    return bool(_CAPTCHA.search(path_and_query(address)))


def is_dispute_page(address: str) -> bool:
    """True for a dispute page or a legacy link to one."""
    return bool(_DISPUTE_PATH.search(split_address(address).path))


def is_order_details(address: str, order_id: str) -> bool:
    """True for Order Details of this order."""
    at_details = _DETAILS_PATH.search(split_address(address).path)
    return bool(at_details) and order_id_in(address) == order_id


def has_legacy_name_only(address: str) -> bool:
    """True for an old link that names its dispute only by ``issueId``.

    Whether that number is the dispute's newer id is not known (site facts, section 1).
    """
    query = _query_of(address)
    return "issueId" in query and not query.keys() & {"reverseOrderLineId", "tradeOrderLineId"}


def order_id_in(address: str) -> str | None:
    """The order id in the query of an address, if there is exactly one."""
    query = _query_of(address)
    given = {v for key in ("orderId", "tradeOrderId") for v in query.get(key, [])}
    ids = {v for v in given if re.fullmatch("[0-9]+", v)}
    return ids.pop() if len(ids) == 1 else None


def numbers_in(address: str) -> frozenset[str]:
    """Every value in the query of an address that could be an id (15 to 19 digits)."""
    values = (value for values in _query_of(address).values() for value in values)
    return frozenset(value for value in values if _ORDER_ID.fullmatch(value))


def ids_of_page(address: str, order_id: str | None = None) -> frozenset[str]:
    """The ids that a page is about: those in its address, and those that they stand for.

    Args:
        order_id: the order of the walk; a dispute's page may not name it.
    """
    named = numbers_in(address)
    line = dispute_ids_in(address).reverse_line_id or ""
    order = {str(int(line) - REVERSE_LINE_STEP)} if line in named else set()
    return named | order | ({order_id} if order_id else set())


def dispute_ids_in(address: str) -> DisputeIds:
    """The dispute's and line's ids in an address's query; an id with two values counts as none."""
    query = _query_of(address)

    def single(*keys: str) -> str | None:
        values = {v for key in keys for v in query.get(key, []) if re.fullmatch(r"[\w-]{1,40}", v)}
        return values.pop() if len(values) == 1 else None

    return DisputeIds(single("reverseOrderLineId", "issueId"), single("tradeOrderLineId"))
