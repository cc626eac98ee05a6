"""Every known way in which a page can make a request that changes something.

A vector is JavaScript for a page of the loopback site; it tries to reach an
address under ``MARK`` with its own name in it. A request there is a leak. The
judge is the server's log, never the guard. Reusable for any site that answers
what ``answers`` describes.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Callable

MARK: Final = "/reverse/cancel/"
HOME: Final = "/p/order/index.html"
READ: Final = "/h5/mtop.aliexpress.trade.buyer.order.list/1.0/"

_RULES_OF_KIND: Final = (
    "JSON.stringify({[kind]: [{source: 'list', urls: [mark], eagerness: 'immediate'}]})"
)
_RULES: Final = f"element('script', {{type: 'speculationrules', textContent: {_RULES_OF_KIND}}});"

_DOWNLOADS: Final = {
    "links": "element('a', {href: at, download: 'x'}).click();",
    "late": "const a = element('a', {href: at}); a.onclick = () => { a.download = 'x'; "
    "a.setAttribute('download', 'x'); a.toggleAttribute('download', true); }; a.click();",
    "detached": "const p = document.createElement('p'); "
    "p.innerHTML = `<a download href='${at}'><b>x</b></a>`; p.querySelector('b').click();",
    "closed_root": "const root = element('div', {}).attachShadow({mode: 'closed'}); "
    "root.innerHTML = `<a download href='${at}'>x</a>`; root.firstChild.click();",
    "of_a_frame": "const d = element('iframe', {}).contentDocument; const a = d.createElement('a'); "
    "a.href = at; a.download = 'x'; d.body.append(a); a.click();",
}
Leave = Literal["stay", "navigate", "close_page", "close_context"]


@dataclass(frozen=True)
class Vector:
    """One way out.

    ``script`` is the body of an async function with ``mark`` (the forbidden
    address), ``name``, ``post`` (options of a POST) and ``source`` (code that
    posts to the mark, for workers). ``leave`` is what happens to the page after;
    ``replaces`` says that the script itself replaces its page.
    """

    name: str
    script: str
    leave: Leave = "stay"
    replaces: bool = False

    @property
    def alone(self) -> bool:
        """Whether the vector needs a page to itself."""
        return self.replaces or self.leave != "stay"

    @property
    def program(self) -> str:
        """The script as a function to evaluate in the page; it never waits for answers."""
        return f"""() => {{
          const name = "{self.name}", mark = location.origin + "{MARK}" + name;
          const post = {{method: "POST", body: "reverseOrderLineId=5550001112223334"}};
          const source = `fetch("${{mark}}", {{method: "POST", body: "x"}}).catch(() => 0);`;
          const element = (tag, attributes) => {{
            const made = Object.assign(document.createElement(tag), attributes);
            document.body.append(made);
            return made;
          }};
          const form = (attributes) => element("form", {{method: "post", action: mark, ...attributes}});
          const quiet = (work) => Promise.resolve().then(work).catch(() => 0);
          {self.script}
        }}"""


VECTORS: Final = (
    Vector("fetch_post", "quiet(() => fetch(mark, post));"),
    Vector("fetch_get", "quiet(() => fetch(mark));"),
    Vector("fetch_keepalive", "quiet(() => fetch(mark, {...post, keepalive: true}));"),
    Vector(
        "request_keepalive", "quiet(() => fetch(new Request(mark, {...post, keepalive: true})));"
    ),
    Vector("xhr_post", "const x = new XMLHttpRequest(); x.open('POST', mark); x.send('a=1');"),
    Vector(
        "xhr_sync",
        "const x = new XMLHttpRequest(); x.open('POST', mark, false); try { x.send('a=1'); } catch {}",
    ),
    Vector("form_to_page", "form({}).submit();", replaces=True),
    Vector("form_get", "form({method: 'get'}).submit();", replaces=True),
    Vector(
        "form_to_frame", "element('iframe', {name: 'inside'}); form({target: 'inside'}).submit();"
    ),
    Vector("form_to_popup", "form({target: '_blank'}).submit();"),
    Vector("form_to_opened", "window.open('about:blank', 'pop'); form({target: 'pop'}).submit();"),
    Vector(
        "link_ping",
        "const a = element('a', {href: '#x', ping: mark, textContent: 'x'}); a.click();",
    ),
    Vector("image", "new Image().src = mark;"),
    Vector("css_image", "element('p', {textContent: 'x'}).style.backgroundImage = `url(${mark})`;"),
    Vector("script_tag", "element('script', {src: mark + '?callback=x'});"),
    Vector("stylesheet", "element('link', {rel: 'stylesheet', href: mark});"),
    Vector("prefetch", "element('link', {rel: 'prefetch', href: mark});"),
    Vector("preload", "element('link', {rel: 'preload', as: 'fetch', href: mark});"),
    Vector("video", "element('video', {src: mark, preload: 'auto'});"),
    Vector("object", "element('object', {data: mark, type: 'text/html'});"),
    Vector("iframe", "element('iframe', {src: mark});"),
    Vector("iframe_srcdoc", "element('iframe', {srcdoc: `<script>${source}</script>`});"),
    Vector(
        "sandboxed_frame",
        "element('iframe', {sandbox: 'allow-scripts', srcdoc: `<script>${source}</script>`});",
    ),
    Vector(
        "sandboxed_markup",
        "element('div', {}).innerHTML = `<iframe sandbox=allow-scripts srcdoc='<script>${source}</script>'>`;",
    ),
    Vector(
        "sandboxed_late",
        "element('iframe', {sandbox: 'allow-scripts'}).setAttribute('srcdoc', `<script>${source}</script>`);",
    ),
    Vector(
        "sandboxed_copy",
        "const t = document.createElement('template'); "
        "t.innerHTML = `<p><iframe sandbox=allow-scripts srcdoc='<script>${source}</script>'></p>`; "
        "document.body.append(document.importNode(t.content, true));",
    ),
    Vector(
        "sandboxed_page",
        "location.href = '/p/reverse-pages/x.html?run=sandbox-' + name;",
        replaces=True,
    ),
    Vector(
        "iframe_realm_fetch",
        "quiet(() => element('iframe', {}).contentWindow.fetch(mark, post));",
    ),
    Vector(
        "iframe_realm_beacon",
        "element('iframe', {}).contentWindow.navigator.sendBeacon(mark, 'x');",
    ),
    Vector("navigate_get", "location.href = mark;", replaces=True),
    Vector(
        "meta_refresh",
        "element('meta', {httpEquiv: 'refresh', content: `0;url=${mark}`});",
        replaces=True,
    ),
    Vector("event_source", "new EventSource(mark);"),
    # The browser itself fetches these, beneath every interception: of downloads at once, one is
    # seen, and another may not be.
    *(
        Vector(
            f"download_{name}",
            f"for (const at of [mark, mark, mark]) {{ {script} }}",
            replaces=True,
        )
        for name, script in _DOWNLOADS.items()
    ),
    Vector(
        "payment_method",
        "const total = {label: 'x', amount: {currency: 'USD', value: '1'}};"
        "quiet(() => new PaymentRequest([{supportedMethods: mark}], {total}).canMakePayment());",
    ),
    Vector(
        "federated_sign_in",
        "const identity = {providers: [{configURL: mark, clientId: '1'}]};"
        "quiet(() => navigator.credentials.get({identity}));",
    ),
    Vector(
        "federated_sign_out",
        "quiet(() => IdentityCredential.disconnect({configURL: mark, clientId: '1', accountHint: 'x'}));",
    ),
    Vector("beacon", "navigator.sendBeacon(mark, 'x');"),
    Vector("worker", "new Worker(`/static/worker-${name}.js`);"),
    Vector("blob_worker", "new Worker(URL.createObjectURL(new Blob([source])));"),
    Vector("shared_worker", "new SharedWorker(`/static/worker-${name}.js`);"),
    Vector("blob_shared_worker", "new SharedWorker(URL.createObjectURL(new Blob([source])));"),
    Vector(
        "service_worker",
        "quiet(() => navigator.serviceWorker.register(`/static/worker-${name}.js`));",
    ),
    Vector("web_socket", "new WebSocket(mark.replace('http', 'ws'));"),
    Vector(
        "worker_web_socket",
        "new Worker(URL.createObjectURL(new Blob([`new WebSocket('${mark.replace('http', 'ws')}')`])));",
    ),
    Vector("redirect_fetch_302", f"quiet(() => fetch('{READ}?to=302-' + name));"),
    Vector("redirect_fetch_307", f"quiet(() => fetch('{READ}?to=307-' + name, post));"),
    Vector("redirect_script", f"element('script', {{src: '{READ}?to=302-' + name}});"),
    Vector(
        "redirect_page", "location.href = '/p/reverse-pages/x.html?to=302-' + name;", replaces=True
    ),
    Vector("redirect_frame", "element('iframe', {src: '/p/reverse-pages/x.html?to=302-' + name});"),
    Vector("redirect_popup", "window.open('/p/reverse-pages/x.html?to=302-' + name);"),
    Vector(
        "redirect_noopener",
        "window.open('/p/reverse-pages/x.html?to=302-' + name, '_blank', 'noopener');",
    ),
    Vector("popup_fetch", "window.open('/p/reverse-pages/x.html?run=fetch-' + name);"),
    Vector("popup_form", "window.open('/p/reverse-pages/x.html?run=form-' + name);"),
    Vector("popup_get", "window.open(mark);"),
    Vector("csp_report", "element('iframe', {src: '/p/reverse-pages/x.html?run=csp-' + name});"),
    Vector(
        "beacon_on_navigation",
        "addEventListener('pagehide', () => navigator.sendBeacon(mark, 'x'));",
        "navigate",
    ),
    Vector(
        "keepalive_on_navigation",
        "addEventListener('pagehide', () => fetch(mark, {...post, keepalive: true}));",
        "navigate",
    ),
    Vector(
        "beacon_on_close",
        "addEventListener('pagehide', () => navigator.sendBeacon(mark, 'x'));",
        "close_page",
    ),
    Vector(
        "keepalive_on_close",
        "addEventListener('pagehide', () => fetch(mark, {...post, keepalive: true}));",
        "close_page",
    ),
    Vector(
        "keepalive_on_context_close",
        "addEventListener('pagehide', () => fetch(mark, {...post, keepalive: true}));",
        "close_context",
    ),
    Vector("fetch_later", "window.fetchLater?.(mark, post);", "close_page"),
)
# Carried out by the browser in its own time, one page after the other.
SPECULATION: Final[tuple[Vector, ...]] = (
    Vector("speculation_prefetch", f"const kind = 'prefetch'; {_RULES}"),
    Vector("speculation_prerender", f"const kind = 'prerender'; {_RULES}"),
    Vector(
        "speculation_late_type",
        f"const kind = 'prefetch'; const late = element('script', {{}}); "
        f"late.type = 'speculationrules'; late.textContent = {_RULES_OF_KIND};",
    ),
    Vector(
        "speculation_shadow",
        "const kind = 'prefetch'; const root = element('div', {}).attachShadow({mode: 'closed'}); "
        "root.append(Object.assign(document.createElement('script'), "
        f"{{type: 'speculationrules', textContent: {_RULES_OF_KIND}}}));",
    ),
    Vector(
        "speculation_parsed",
        "location.href = '/p/reverse-pages/x.html?run=rules-' + name;",
        replaces=True,
    ),
    Vector(
        "speculation_header",
        "location.href = '/p/reverse-pages/x.html?run=ruled-' + name;",
        replaces=True,
    ),
)
# In a closed shadow root that the parser makes, where no script sees them.
HIDDEN_SPECULATION: Final = tuple(
    Vector(
        f"speculation_{way}",
        f"location.href = '/p/reverse-pages/x.html?run={way}-' + name;",
        replaces=True,
    )
    for way in ("closed", "wide", "written", "split", "blob", "address")
)
BY_NAME: Final = {vector.name: vector for vector in VECTORS}
# What the browser itself fetches, beneath every interception. It may ask its user first, in a
# window of its own that holds up the page, so each of these has a page to itself.
OF_BROWSER: Final = tuple(
    vector for vector in VECTORS if vector.name.startswith(("download_", "federated_", "payment_"))
)
# Not those at a context's end, which a browser that goes on does not have.
OF_PAGE: Final = tuple(
    vector for vector in VECTORS if vector not in OF_BROWSER if vector.leave != "close_context"
)


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
