"""Order numbers for people: read as they are pasted, shown in groups of four.

All ids of one buyer end in the same four digits (site facts, section 9), so the last group
shows whose order it is, not which one. The group before it shows which.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from automation.aliexpress.site.addresses import is_site_host, order_id_in, split_address
from automation.errors import ErrorCode, ExitCode, ToolError
from automation.text import clean_text

if TYPE_CHECKING:
    from automation.aliexpress.site import Addresses

GROUP = 4
VERIFY_IT: Final = "'dispute-guard verify ORDER'"
TEACH_IT: Final = "'dispute-guard teach ORDER --headed'"
"""Both stand in a hint for the call that only a run knows: with its order, and what its site needs."""
_ORDER_ID: Final = re.compile(r"[0-9]{15,19}")
_ADDRESS: Final = re.compile(r"https?://\S+", re.IGNORECASE)
# A label in any language, and its end: "Order ID:", "Bestellnummer", "#".
_LABEL: Final = re.compile(r"[^\W\d_][^\d:：#]*[:：#\s]\s*|#\s*")
# What the page has after the number: "Copy".
_BUTTON: Final = re.compile(r"\s+[^\W\d_]{3,20}$")
_BETWEEN: Final = re.compile(r"[\s\-\u2010-\u2015]+")
_LONGEST: Final = 2000
_LONGEST_HOST: Final = 60
_LOOPBACK: Final = frozenset({"127.0.0.1", "localhost"})


def advise_it(order: str, item: int | None) -> str:
    """The call that shows all that is known of a dispute, for a hint or a note.

    Args:
        item: its number on the order's page, if the order has several.
    """
    return f"'dispute-guard advise {order}{f' --item {item}' if item else ''} --json'"


def pasted_order(text: str) -> str | None:
    """The order number in what a person pasted, or ``None``: it is never guessed.

    Accepts the bare digits, with spaces or hyphens between them, after a label such as
    "Order ID:", and the address of an order's page. More than one number is no number.
    """
    pasted = text.strip()
    if len(pasted) > _LONGEST:
        return None
    if _ADDRESS.fullmatch(pasted):
        return _of_address(pasted)
    label = _LABEL.match(pasted)
    number = _BUTTON.sub("", pasted[label.end() :] if label else pasted)
    digits = _BETWEEN.sub("", number)
    return digits if _ORDER_ID.fullmatch(digits) else None


def check_order_id(text: str) -> str:
    """The order number that was typed or pasted (site facts, section 1).

    Raises:
        ToolError: there is none, or more than one (exit 2).
    """
    number = pasted_order(text)
    if number is None and _ADDRESS.fullmatch(text.strip()) and not _is_of_the_site(text.strip()):
        raise _on_another_site(text.strip(), "the site's pages")
    if number is None:
        msg = f"{text[:40]!r} is not an order number (15 to 19 digits)"
        raise ToolError(
            msg,
            code=ErrorCode.BAD_ORDER_ID,
            exit_code=ExitCode.USAGE,
            hint="copy the number after 'Order ID' or 'Ref. Number' from My Orders, "
            "or the address of Order Details",
        )
    return number


def check_same_site(pasted: str, addresses: Addresses) -> None:
    """Refuse an order's address on another site than the run's; other texts name no site.

    With a mimic, an address of the real site is one of the mimic: its pages have the same ones.

    Raises:
        ToolError: it has another host or port (exit 2).
    """
    address = pasted.strip()
    if not _ADDRESS.fullmatch(address) or is_site_host(_host_of(address)):
        return
    if f"http://{split_address(address).netloc}".casefold() != addresses.origin.casefold():
        raise _on_another_site(address, addresses.origin)


def _on_another_site(address: str, this: str) -> ToolError:
    place = clean_text(split_address(address).netloc, _LONGEST_HOST)
    return ToolError(
        f"the order's address is on {place}, not on {this}",
        code=ErrorCode.BAD_ORDER_ID,
        exit_code=ExitCode.USAGE,
        hint="give the order number alone",
    )


def _of_address(address: str) -> str | None:
    """The order in an address of the site, or of a mimic on this machine."""
    found = order_id_in(address) if _is_of_the_site(address) else None
    return found if found and _ORDER_ID.fullmatch(found) else None


def _is_of_the_site(address: str) -> bool:
    """Whether it is on a host of the site, at its own port, or on this machine."""
    parts = split_address(address)
    if "@" in parts.netloc:
        return False
    host = _host_of(address)
    try:
        usual = parts.port in {None, 443 if parts.scheme.casefold() == "https" else 80}
    except ValueError:
        return False
    return host in _LOOPBACK or (usual and is_site_host(host))


def _host_of(address: str) -> str:
    return (split_address(address).hostname or "").lower()


def groups(number: str) -> tuple[str, ...]:
    """The digits in groups of four, counted from the right; only the first may be shorter."""
    first = len(number) % GROUP
    starts = [*([0] if first else []), *range(first, len(number), GROUP)]
    ends = [*starts[1:], len(number)]
    return tuple(number[start:end] for start, end in zip(starts, ends, strict=True))


def spelled(number: str) -> str:
    """The whole number with a space between its groups."""
    return " ".join(groups(number))


def telling(number: str) -> str:
    """The group before the last one; the whole number if it is too short."""
    return number[-2 * GROUP : -GROUP] or number


def short(number: str) -> str:
    """The last two groups, for titles: enough to tell a buyer's orders apart."""
    return spelled(number[-2 * GROUP :])
