"""What a sign-in or captcha page needs while a human deals with it.

A human who signs in or moves a slider sends writes, to the pages for that and to no other. So
while they are at work, such a page may be posted to as well as opened. What says anything about
a target, or calls an API beyond the known reads, is refused as ever.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from automation.engine.guard.requests.apis import declared_api
from automation.engine.guard.requests.meaning import Meaning
from automation.engine.guard.requests.tokens import has_any, never_word, tokens
from automation.engine.guard.traffic import path_fits

if TYPE_CHECKING:
    from automation.engine.guard.origins import SiteOrigins
    from automation.engine.guard.requests.decision import Decision
    from automation.engine.guard.requests.payload import Pair, Payload
    from automation.engine.guard.traffic import Traffic

CAPTCHA_MARK: Final = "_____tmd_____"
_NUMBER: Final = re.compile(r"\d{5,}")
_WHOLE_ID: Final = re.compile(r"\d{15,19}")


def for_human(
    url: str, payload: Payload, decision: Decision, origins: SiteOrigins, traffic: Traffic
) -> Decision:
    """The decision on a request while a human is at work.

    Args:
        url: where it goes.
        payload: everything that it says, decoded.
        decision: without a human.
    """
    if decision.allow:
        return decision
    if decision.kind == "asset":
        return replace(decision, allow=True, reason="a picture for the human")
    if _is_theirs(url, payload.path, origins, traffic) and not _says_more(payload, traffic):
        return replace(
            decision, kind="human", allow=True, reason="sent for a sign-in or captcha by the human"
        )
    return decision


def _is_theirs(url: str, path: str, origins: SiteOrigins, traffic: Traffic) -> bool:
    """Whether it goes to a page for a human: by its path, or to a host that only signs in."""
    if ".." in path:
        return False
    if origins.single is None and origins.has_role(url, "sign_in"):
        return not origins.has_role(url, "pages", "gateway")
    there = origins.has_role(url, "pages", "gateway") or origins.takes_calls(url)
    return there and path_fits(path, traffic.human_pages)


def _says_more(payload: Payload, traffic: Traffic) -> bool:
    """Whether it could be about anything but the sign-in or captcha itself."""
    if any(name.casefold() not in traffic.reads for name in payload.apis):
        return True
    shown, mark, own = payload.path.rpartition(CAPTCHA_MARK)
    beyond = traffic.permitted_words | traffic.id_words
    if never_word(payload.path, traffic) or has_any(tokens(own, traffic), beyond):
        return True
    if mark and not _is_shown(shown.rstrip("/"), traffic):
        return True
    meaning = Meaning(payload, traffic)
    if meaning.never() or meaning.write():
        return True
    # The address to return to may hold an order's id.
    return any(_names_a_target(pair, traffic) for pair in payload.beside_addresses)


def _is_shown(path: str, traffic: Traffic) -> bool:
    """Whether a captcha stands in for a page that is known, or for a known read."""
    if has_any(tokens(path, traffic), traffic.permitted_words):
        return False
    api = declared_api(f"{path}/", traffic)
    if api:
        return api.casefold() in traffic.reads
    return not path or path_fits(path, traffic.pages)


def _names_a_target(pair: Pair, traffic: Traffic) -> bool:
    """Whether a value is the id of one, or stands under a key for one."""
    if pair.key.casefold() in traffic.opaque_keys or pair.holder:
        return False
    if _WHOLE_ID.fullmatch(pair.value.strip()):
        return True
    named = bool(frozenset(tokens(pair.key, traffic)) & traffic.id_words)
    return named and bool(_NUMBER.search(pair.value))
