"""Every known way in which a page can make a request that changes something.

A vector is JavaScript for a page of the loopback site; it tries to reach an
address under ``MARK`` with its own name in it. A request there is a leak. The
judge is the server's log, never the guard. Pages that a vector goes to are in
``loopback_answers``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

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
