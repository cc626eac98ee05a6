"""What the loopback site answers: the pages, scripts and redirects that vectors and senders need."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tests.engine.guard.rig.vectors import MARK

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True)
class Answer:
    """What the loopback site answers; ``delay`` in seconds, ``hang_up`` in place of an answer."""

    status: int = 200
    content_type: str = "text/html"
    body: str = "<!doctype html><title>x</title><p>x"
    headers: tuple[tuple[str, str], ...] = ()
    delay: float = 0.0
    charset: str = "utf-8"
    hang_up: bool = False


def answer(path: str, query: dict[str, str]) -> Answer:
    """The answer of the site to one request; plain pages unless a vector needs more."""
    for asked, made in _ASKED.items():
        if asked in query:
            return made(query[asked])
    if path.startswith("/static/worker-"):
        name = path.removeprefix("/static/worker-").removesuffix(".js")
        code = f'fetch("{MARK}{name}", {{method: "POST", body: "x"}}).catch(() => 0);'
        return Answer(content_type="text/javascript", body=code)
    if path.startswith("/static/rules-"):
        name = path.removeprefix("/static/rules-").removesuffix(".json")
        return Answer(content_type="application/speculationrules+json", body=_rules_of(name))
    if path.startswith("/h5/"):
        return Answer(content_type="application/json", body='{"ret": ["SUCCESS::ok"], "data": {}}')
    return Answer()


def _fetching(name: str) -> Answer:
    return Answer(body=f'<!doctype html><script>fetch("{MARK}{name}", {{method: "POST"}})</script>')


def _submitting(name: str) -> Answer:
    return Answer(
        body=f'<!doctype html><form method="post" action="{MARK}{name}"></form>'
        "<script>document.forms[0].submit()</script>"
    )


def _sandboxing(name: str) -> Answer:
    code = f"fetch('{MARK}{name}', {{method: 'POST'}})"
    return Answer(
        body="<!doctype html><title>x</title><p>x"
        f'<iframe sandbox="allow-scripts" srcdoc="<script>{code}</script>"></iframe>'
    )


def _violating(name: str) -> Answer:
    policy = f"script-src 'none'; report-uri {MARK}{name}"
    return Answer(
        body="<!doctype html><script>1</script>", headers=(("Content-Security-Policy", policy),)
    )


def _rules_of(name: str) -> str:
    rule = {"source": "list", "urls": [MARK + name], "eagerness": "immediate"}
    return json.dumps({"prefetch": [rule]})


def _speculating(name: str) -> Answer:
    return Answer(
        body="<!doctype html><title>x</title><p>x"
        f'<script type="speculationrules">{_rules_of(name)}</script>'
    )


def _closed(name: str) -> Answer:
    """Rules inside a closed shadow root that the parser makes: no script can look into it."""
    return Answer(body="<!doctype html><title>x</title>" + _hidden_rules(name))


def _closed_wide(name: str) -> Answer:
    body = "\ufeff" + _closed(name).body.replace("shadowrootmode", "ShadowRootMode")
    return Answer(body=body, content_type="text/html; charset=utf-16", charset="utf-16-le")


def _closed_written(name: str) -> Answer:
    return _scripted(f"document.write({_literal(name)});")


def _closed_split(name: str) -> Answer:
    """One attribute in two pieces."""
    return _scripted(
        f"const [start, end] = {_literal(name)}.split('rootmode');"
        "document.write(start + 'root'); document.write('mode' + end);"
    )


def _closed_blob(name: str) -> Answer:
    """A page made of a blob has no address of its own, so the rule has the whole one."""
    return _scripted(
        f"const text = {_literal(name)}.replaceAll({json.dumps(MARK)}, location.origin + {json.dumps(MARK)});"
        "location.href = URL.createObjectURL(new Blob([text], {type: 'text/html'}));"
    )


def _closed_address(name: str) -> Answer:
    return _scripted(f"const text = {_literal(name)}; location.href = 'javascript:text';")


def _scripted(code: str) -> Answer:
    return Answer(body=f"<!doctype html><title>x</title><script>{code}</script>")


def _literal(name: str) -> str:
    return json.dumps(_hidden_rules(name)).replace("</", "<\\/")


def _hidden_rules(name: str) -> str:
    rules = f'<script type="speculationrules">{_rules_of(name)}</script>'
    return f"<p>y<div><template shadowrootmode=closed>{rules}</template></div>"


def _ruled(name: str) -> Answer:
    rules = f'"/static/rules-{name}.json"'
    return Answer(body="<!doctype html><title>x</title>", headers=(("Speculation-Rules", rules),))


def _redirecting(asked: str) -> Answer:
    status, _, name = asked.partition("-")
    return Answer(int(status), body="", headers=(("Location", MARK + name),))


def _running(asked: str) -> Answer:
    what, _, name = asked.partition("-")
    return _PAGES[what](name)


def _losing(_: str) -> Answer:
    return Answer(hang_up=True)


def _calling_back(name: str) -> Answer:
    return Answer(content_type="text/javascript", body=f'{name}({{"ret": ["SUCCESS::ok"]}})')


def _giving_cookies(name: str) -> Answer:
    apart = "Secure; SameSite=None; Partitioned"
    cookies = (f"{name}=1; Path=/; HttpOnly", f"{name}_apart=2; Path=/; HttpOnly; {apart}")
    return Answer(body="<title>x</title>", headers=tuple(("Set-Cookie", each) for each in cookies))


def _hinting(_: str) -> Answer:
    """A page that asks for client hints, for the calls to its gateway too."""
    hints = ("Sec-CH-UA-Full-Version-List", "Sec-CH-UA-Arch", "Sec-CH-UA-Platform-Version", "DPR")
    shared = ", ".join(f"ch-{name.lower().removeprefix('sec-ch-')}=*" for name in hints)
    asked = (("Accept-CH", ", ".join(hints)), ("Permissions-Policy", shared))
    return Answer(body="<title>x</title>", headers=asked)


def _waiting(asked: str) -> Answer:
    return Answer(delay=float(asked))


_PAGES: Final = {
    "fetch": _fetching,
    "form": _submitting,
    "csp": _violating,
    "sandbox": _sandboxing,
    "rules": _speculating,
    "ruled": _ruled,
    "closed": _closed,
    "wide": _closed_wide,
    "written": _closed_written,
    "split": _closed_split,
    "blob": _closed_blob,
    "address": _closed_address,
}
_ASKED: Final[dict[str, Callable[[str], Answer]]] = {
    "to": _redirecting,
    "run": _running,
    "lose": _losing,
    "slow": _waiting,
    "cookies": _giving_cookies,
    "callback": _calling_back,
    "hints": _hinting,
}
