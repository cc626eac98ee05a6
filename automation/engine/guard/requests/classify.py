"""What a request means, from its address and body alone.

The site reads by POST, and a write could be a GET (site facts, section 5), so the
method decides nothing. What is not known to be a read is refused.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from msgspec import Struct, field
from msgspec.structs import replace

from automation.engine.guard.requests.apis import declared_api
from automation.engine.guard.requests.decision import Decision
from automation.engine.guard.requests.encodings import is_blob
from automation.engine.guard.requests.files import FileAddress, names_something
from automation.engine.guard.requests.headers import pages_own_headers, why_rerouted
from automation.engine.guard.requests.human import CAPTCHA_MARK, for_human
from automation.engine.guard.requests.meaning import Meaning
from automation.engine.guard.requests.negotiable import can_only_read
from automation.engine.guard.requests.payload_reader import read_headers, read_payload
from automation.engine.guard.requests.tokens import has_any, never_word, tokens
from automation.engine.guard.traffic import Traffic, path_fits

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from automation.engine.guard.origins import SiteOrigins
    from automation.engine.guard.requests.payload import Payload

API_TYPES: Final = frozenset({"xhr", "fetch", "script", "preflight"})
_NOT_BY_NAME: Final = "you allowed it, but it carries an id or a word that may change something"
_LOCAL_SCHEMES: Final = ("data:", "blob:", "about:", "chrome:", "chrome-error:")
_VERSION: Final = re.compile(r"(/?v?\d+(\.\d+)*)?/?")
_KEY: Final = re.compile(r"[\w.\-\[\]]{1,40}")
_FILE_TYPES: Final = frozenset({"script", "stylesheet"})
_DATA_TYPES: Final = frozenset({"xhr", "fetch"})
_AHEAD: Final = ("sec-purpose", "purpose", "x-purpose", "x-moz")


class RequestFacts(Struct, frozen=True):
    """What is known of a request before it is sent.

    ``body`` is None if there is none; ``body_unreadable`` is set if the browser has one
    but does not show it. Header names are lower case. ``page`` is the address of the
    document that makes the request, if the browser reports it. ``new_window`` is set for the
    document of a window that a page opened and the tool does not follow.
    """

    url: str
    method: str = "GET"
    resource_type: str = "fetch"
    body: bytes | None = None
    frame_is_main: bool = False
    body_unreadable: bool = False
    headers: Mapping[str, str] = field(default_factory=dict)
    page: str = ""
    new_window: bool = False

    @property
    def content_type(self) -> str:
        """The body's declared type, or an empty text."""
        return self.headers.get("content-type", "")


class _Case(Struct, frozen=True):
    """A request with its decoded payload and the tables to judge it by."""

    facts: RequestFacts
    payload: Payload
    origins: SiteOrigins
    traffic: Traffic

    @property
    def api(self) -> str:
        """The API that the path addresses, or an empty text."""
        return declared_api(self.payload.path, self.traffic)

    @property
    def file(self) -> FileAddress:
        """The address as that of a file."""
        origins, url = self.origins, self.facts.url
        apart = origins.single is None and origins.has_role(url, "assets")
        return FileAddress(url, self.payload, self.traffic, apart)

    @property
    def meaning(self) -> Meaning:
        """What the payload orders."""
        return Meaning(self.payload, self.traffic)


def classify(
    request: RequestFacts, origins: SiteOrigins, traffic: Traffic, *, human: bool = False
) -> Decision:
    """Judge one request; never raises, whatever the fields contain.

    Args:
        human: one is dealing with a sign-in or captcha now.
    """
    if request.url.casefold().startswith(_LOCAL_SCHEMES):
        return Decision("asset", allow=True, reason="stays in the browser")
    payload = read_payload(request.url, request.body, request.content_type, traffic)
    case = _Case(request, payload, origins, traffic)
    foreign = origins.why_foreign(request.url)
    if foreign:
        known = origins.is_telemetry_host(request.url) and request.resource_type != "document"
        return Decision("telemetry" if known else "foreign", allow=False, reason=foreign)
    decision = _judge(case)
    if human:
        decision = for_human(request.url, payload, decision, origins, traffic)
    return (decision.allow and _judge_headers(case)) or decision


def _judge_headers(case: _Case) -> Decision | None:
    """Refuse what headers turn into another request; None if they only describe it."""
    headers = {name.casefold(): value for name, value in case.facts.headers.items()}
    if any("pre" in headers.get(name, "") for name in _AHEAD):
        return Decision("unknown", allow=False, reason="the browser fetches it ahead")
    own = pages_own_headers(headers)
    odd = why_rerouted(own, case.traffic)
    if odd:
        return Decision("write", allow=False, reason=odd)
    return _judge_pages_headers(own, case) if own else None


def _judge_pages_headers(own: Mapping[str, str], case: _Case) -> Decision | None:
    """Judge the headers that the page set as if they were keys and values of its body."""
    payload = read_headers(own, case.traffic)
    if payload.unreadable:
        return Decision("unknown", allow=False, reason=f"a header: {payload.unreadable}")
    meaning = Meaning(payload, case.traffic)
    wrong = meaning.write() or next(iter(payload.apis), "")
    if wrong:
        return Decision("write", allow=False, reason=f"a header that says {wrong!r}")
    return _unknown_order(meaning, "a header", case.api)


def _unknown_order(meaning: Meaning, what: str, api: str = "") -> Decision | None:
    """Hold back a command whose value is not known to read."""
    key = meaning.unknown()
    if not key:
        return None
    shown = key if _KEY.fullmatch(key) and not is_blob(key) else "a key"
    reason = f"{what} whose {shown!r} is not known to read"
    return Decision("unknown", allow=False, reason=reason, api=api)


def _judge(case: _Case) -> Decision:
    facts, payload = case.facts, case.payload
    if facts.body_unreadable or payload.unreadable:
        why = payload.unreadable or "the browser does not show the body"
        return Decision("unknown", allow=False, reason=why, api=case.api)
    if (case.api or payload.apis) and not _is_file_by_host(case):
        return _judge_api(case)
    if facts.method == "GET" and not facts.body:
        if facts.resource_type == "document":
            return _judge_page(case)
        if facts.resource_type in case.traffic.dropped_types or _is_favicon(case):
            return _judge_dropped(case)
        if _is_asset(case):
            return _judge_asset(case)
    return _other(case)


def _judge_api(case: _Case) -> Decision:
    traffic, api = case.traffic, case.api
    never = never_word(f"{case.payload.path} {' '.join(sorted(case.payload.apis))}", traffic)
    if never:
        return Decision("write", allow=False, reason=f"never let through: {never}", api=api)
    if api.casefold() in traffic.permitted_apis:
        return Decision("write", allow=False, reason="a call that needs a permit", api=api)
    named = case.payload.apis | ({api} if api else set())
    others = {name for name in named if name.casefold() not in traffic.reads}
    if others:
        found = _unlisted_api(_called_words(case), api or min(others), traffic)
        return _negotiated(case, found) if found.kind == "unknown" else found
    return _judge_listed(case)


def _negotiated(case: _Case, found: Decision) -> Decision:
    """Let an unlisted call through that a person allowed, or mark it as one that they may."""
    if case.api != found.api or _odd_form(case):
        return found
    named = case.api.casefold() in case.traffic.allowed_reads
    if not can_only_read(case.api, case.payload, case.traffic) or case.meaning.unknown():
        return replace(found, reason=_NOT_BY_NAME) if named else found
    if named:
        return Decision("read", allow=True, reason="a reading call that you allowed", api=case.api)
    return replace(found, negotiable=True)


def _odd_form(case: _Case) -> str:
    """What is odd about the form of a call; an empty text if nothing is."""
    facts, api = case.facts, case.api
    if not api or not case.origins.takes_calls(facts.url):
        return "a call outside the gateway"
    if not _VERSION.fullmatch(case.payload.path.casefold().partition(api.casefold())[2]):
        return "a call with a further path"
    if facts.resource_type not in API_TYPES or facts.method not in {"GET", "POST", "OPTIONS"}:
        return "a call of an unusual form"
    return ""


def _judge_listed(case: _Case) -> Decision:
    """Judge a known reading call by its form and content."""
    api, odd = case.api, _odd_form(case)
    if odd:
        return Decision("unknown", allow=False, reason=odd, api=api)
    wrong = case.meaning.write()
    if wrong:
        return Decision("write", allow=False, reason=f"a read that carries {wrong!r}", api=api)
    held = _unknown_order(case.meaning, "a read", api)
    if held:
        return held
    return Decision("read", allow=True, reason="a known reading call", api=api)


def _unlisted_api(words: tuple[str, ...], api: str, traffic: Traffic) -> Decision:
    if _collects(api.replace(".", "/"), traffic):
        return Decision("telemetry", allow=False, reason="collects statistics", api=api)
    write = has_any(words, traffic.all_write_words)
    if write:
        return Decision("write", allow=False, reason=f"a call that says {write!r}", api=api)
    return Decision("unknown", allow=False, reason="not a known reading call", api=api)


def _judge_page(case: _Case) -> Decision:
    facts, traffic = case.facts, case.traffic
    path = urlsplit(facts.url).path or "/"
    if not case.origins.has_role(facts.url, "pages", "sign_in", "gateway"):
        return Decision("unknown", allow=False, reason="not a host of the site's pages")
    if path_fits(path, traffic.human_pages) and not _orders(case, path):
        return Decision("page", allow=True, reason="a page for a human: sign-in or captcha")
    write = _write_in_address(case)
    if write:
        return Decision("write", allow=False, reason=f"an address that says {write!r}")
    if ".." in path or not path_fits(path, traffic.pages):
        return Decision("unknown", allow=False, reason="not a known page")
    held = _unknown_order(case.meaning, "an address")
    if held:
        return held
    return Decision("page", allow=True, reason="a known page")


def _orders(case: _Case, path: str) -> bool:
    """Whether the address of a sign-in or captcha page orders something.

    A captcha's path begins with the call that it blocks, so only its end counts.
    """
    own = tokens(path.rpartition(CAPTCHA_MARK)[2], case.traffic)
    said = has_any(own, case.traffic.hard_write_words)
    return ".." in path or bool(said) or any(map(case.meaning.order_of, case.payload.pairs))


def _judge_dropped(case: _Case) -> Decision:
    """Refuse pictures, fonts and films; the kind says what they could have been."""
    if _collects(case.payload.path, case.traffic):
        return Decision("telemetry", allow=False, reason="collects statistics")
    write = has_any(_called_words(case), case.traffic.all_write_words)
    is_file = case.payload.path.casefold().endswith(case.traffic.dropped_extensions)
    if write and (not is_file or names_something(case.payload, case.traffic)):
        return Decision("write", allow=False, reason=f"a picture address that says {write!r}")
    return Decision("asset", allow=False, reason="not needed for the job")


def _judge_asset(case: _Case) -> Decision:
    """A file's path may contain any word; its query may still order something."""
    file = case.file
    write = next(filter(None, map(case.meaning.order_of, file.query)), "")
    if not write and file.has_id():
        write = "an id"
    if not write and file.path_has_id():
        said = has_any(tokens(case.payload.path, case.traffic), case.traffic.all_write_words)
        reason = f"a file address that says {said!r}" if said else "a file address that has an id"
        return Decision("write" if said else "unknown", allow=False, reason=reason)
    write = write or file.write()
    if write:
        return Decision("write", allow=False, reason=f"a file address that says {write!r}")
    held = _unknown_order(case.meaning, "a file address")
    if held:
        return held
    if odd := file.odd():
        return Decision("unknown", allow=False, reason=f"a file address with {odd}")
    return Decision("asset", allow=True, reason="a script, style or data file")


def _other(case: _Case) -> Decision:
    words, traffic = _called_words(case), case.traffic
    if _collects(case.payload.path, traffic):
        return Decision("telemetry", allow=False, reason="collects statistics")
    write = has_any(words, traffic.all_write_words) or case.meaning.write()
    if write:
        return Decision("write", allow=False, reason=f"a request that says {write!r}")
    return Decision("unknown", allow=False, reason="not known to be a read")


def _collects(path: str, traffic: Traffic) -> bool:
    """Whether the path collects statistics, by its last part's first or last word, or its start.

    Keys do not count: a real cancel may carry a ``trackId``.
    """
    end = [word for word in tokens(path.rstrip("/").rpartition("/")[2], traffic) if word.isalpha()]
    if has_any((*end[:1], *end[-1:]), traffic.telemetry_words):
        return True
    if has_any(end, traffic.telemetry_words):
        return not has_any(end, traffic.write_words) or "click" in end
    whole = tokens(path, traffic)
    return bool(has_any(whole, traffic.telemetry_words)) and not has_any(end, traffic.write_words)


def _is_asset(case: _Case) -> bool:
    kind = case.facts.resource_type
    endings = case.traffic.asset_extensions.get(kind, ())
    if not endings or not case.origins.has_role(case.facts.url, "pages", "assets"):
        return False
    return case.file.looks_right(endings, asked_by_page=kind in _DATA_TYPES)


def _is_file_by_host(case: _Case) -> bool:
    """Whether this is a file by its host and form, though its name is like an API's."""
    facts = case.facts
    if facts.method != "GET" or facts.body or facts.resource_type not in _FILE_TYPES:
        return False
    return case.file.on_files_host and not case.api and _is_asset(case)


def _is_favicon(case: _Case) -> bool:
    return case.payload.path == "/favicon.ico"


def _called_words(case: _Case) -> tuple[str, ...]:
    """The words of the path, the keys and the API names."""
    texts = (case.payload.path, *sorted(case.payload.keys), *sorted(case.payload.apis))
    return _all_tokens(texts, case.traffic)


def _all_tokens(texts: Iterable[str], traffic: Traffic) -> tuple[str, ...]:
    return tuple(word for text in texts for word in tokens(text, traffic))


def _write_in_address(case: _Case) -> str:
    """A write word in a page's path or after it, but not in opaque texts."""
    traffic, meaning = case.traffic, case.meaning
    found = has_any(tokens(case.payload.path, traffic), traffic.all_write_words)
    for pair in case.payload.pairs:
        if found:
            break
        found = meaning.order_of(pair)
        if not found and pair.key.casefold() not in traffic.opaque_keys and not is_blob(pair.value):
            words = tokens(pair.value, traffic)
            found = has_any(words, traffic.all_write_words) or never_word(pair.value, traffic)
    return found
