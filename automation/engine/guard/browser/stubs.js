// Removes the ways out that request interception cannot see. Runs in every frame before
// the page's own code. The guard checks at the start that it ran.
(() => {
  "use strict";
  // Writable: sites may assign their own functions, and natives cannot come back that way.
  const define = (target, name, value) => {
    if (target && name in target) {
      Object.defineProperty(target, name, { value, configurable: false, writable: true });
    }
  };

  // A worker or socket that never starts: it fires one error, like a refused one.
  const inert = (name) =>
    class extends EventTarget {
      constructor() {
        super();
        this.readyState = 3;
        this.onerror = null;
        this.onclose = null;
        this.onopen = null;
        this.onmessage = null;
        this.port = new MessageChannel().port1;
        setTimeout(() => {
          for (const type of name === "WebSocket" ? ["error", "close"] : ["error"]) {
            const event = new Event(type);
            const handler = this["on" + type];
            if (typeof handler === "function") handler.call(this, event);
            this.dispatchEvent(event);
          }
        }, 0);
      }
      postMessage() {}
      terminate() {}
      send() {}
      close() {}
    };
  for (const name of ["Worker", "SharedWorker", "WebSocket", "EventSource", "BroadcastChannel"]) {
    define(window, name, inert(name));
  }
  // The browser itself fetches for payments, federated sign-ins and auctions: no interception
  // sees that (measured for the first two).
  for (const name of [
    "WebTransport", "WebSocketStream", "RTCPeerConnection", "webkitRTCPeerConnection", "fetchLater",
    "PaymentRequest", "IdentityCredential", "IdentityProvider", "DigitalCredential", "sharedStorage",
  ]) {
    define(window, name, undefined);
  }
  if (window.CredentialsContainer) {
    // Passkeys and passwords stay: a human may need them to sign in.
    const kept = ["publicKey", "password", "mediation", "signal"];
    const container = CredentialsContainer.prototype;
    for (const name of ["get", "create"]) {
      const native = container[name];
      define(container, name, function credentials(options) {
        const own = {};
        for (const key of kept) {
          const value = options?.[key];
          if (value !== undefined) own[key] = value;
        }
        if (!own.publicKey && !own.password) {
          return Promise.reject(new DOMException("Federated sign-in is off.", "NotAllowedError"));
        }
        return native.call(this, own);
      });
    }
  }
  if (window.Navigator) {
    for (const name of [
      "joinAdInterestGroup", "updateAdInterestGroups", "runAdAuction", "getInterestGroupAdAuctionData",
    ]) {
      if (name in Navigator.prototype) {
        define(Navigator.prototype, name, () => Promise.reject(new DOMException("Off.", "NotAllowedError")));
      }
    }
  }
  if (window.Navigator) define(Navigator.prototype, "sendBeacon", () => false);
  // Workers registered before this run are bypassed; pages must not reach them either.
  if (window.ServiceWorkerContainer) {
    const container = ServiceWorkerContainer.prototype;
    const answer = (name, get) => {
      Object.defineProperty(container, name, { get, set: undefined, configurable: false });
    };
    define(container, "register", () =>
      Promise.reject(new DOMException("Service workers are off.", "SecurityError")),
    );
    define(container, "getRegistration", () => Promise.resolve(undefined));
    define(container, "getRegistrations", () => Promise.resolve([]));
    answer("controller", () => null);
    answer("ready", () => new Promise(() => {}));
  }

  // The page's routes do not see what it sends while it unloads.
  // A popup's window is kept when its first document replaces the blank one, so the document counts.
  let left = null;
  const isLeaving = () => left === document;
  addEventListener("pagehide", () => { left = document; }, true);
  addEventListener("pageshow", () => { left = null; }, true);
  const nativeSend = XMLHttpRequest.prototype.send;
  define(XMLHttpRequest.prototype, "send", function send(...body) {
    if (isLeaving()) throw new DOMException("The page is leaving.", "NetworkError");
    return nativeSend.apply(this, body);
  });

  // A sandboxed srcdoc frame gets its own process, and the browser does not hold it until the
  // layers are on it (measured). So it stays empty: one from a script is emptied before it is
  // inserted, one from the parser right after.
  const isLoose = (frame) => frame.hasAttribute("srcdoc") && frame.hasAttribute("sandbox")
    && !frame.sandbox.contains("allow-same-origin");
  const empty = (frame) => {
    if (!isLoose(frame)) return;
    frame.removeAttribute("srcdoc");
    if (frame.isConnected) frame.remove(); // it may already load: only this stops it
  };
  // Speculation rules make the browser itself fetch pages ahead: no interception sees that.
  // Taking their script out before the browser acts on it withdraws them.
  const RULES = /^\s*speculationrules\s*$/i;
  const withdraw = (script) => {
    if (!RULES.test(script.getAttribute("type") || "")) return;
    script.setAttribute("type", "text/plain");
    if (script.isConnected) script.remove();
  };
  // A closed shadow root that the parser makes hides them from here. Fetched documents have none
  // (documents.py); what the page writes into itself may not have one either. Only a page of its
  // own fetches ahead (measured), so frames are no matter, but a blob may be one.
  const ROOTED = /shadowrootmode/i;
  if (location.protocol === "blob:" && window.top === window) window.stop();
  const calm = (node) => {
    if (!(node instanceof Node)) return;
    if (node instanceof HTMLIFrameElement) empty(node);
    if (node instanceof Element && node.localName === "script") withdraw(node);
    if (!node.firstChild || !node.querySelectorAll) return;
    node.querySelectorAll("iframe[sandbox][srcdoc]").forEach(empty);
    node.querySelectorAll("script[type]").forEach(withdraw);
  };
  const wrap = (owner, name, around) => {
    const native = owner[name];
    if (typeof native === "function") define(owner, name, around(native));
  };
  let tail = "";
  const mayWrite = (text) => {
    const whole = tail + text;
    tail = ROOTED.test(whole) ? "" : whole.slice(-ROOTED.source.length);
    return !ROOTED.test(whole) && !(/srcdoc/i.test(whole) && /sandbox/i.test(whole));
  };
  const isMarkup = (text) => typeof text === "string" || text instanceof window.TrustedHTML;
  for (const name of ["write", "writeln"]) {
    wrap(Document.prototype, name, (native) => function write(...given) {
      const texts = given.every(isMarkup) ? given : given.map(String);
      if (mayWrite(texts.join(""))) native.apply(this, texts);
    });
  }
  for (const owner of [Element.prototype, ShadowRoot.prototype]) {
    for (const name of Object.getOwnPropertyNames(owner).filter((n) => /HTMLUnsafe$/.test(n))) {
      if (name.startsWith("stream")) define(owner, name, undefined);
      else wrap(owner, name, (native) => function unsafe(html, ...more) {
        const text = isMarkup(html) ? html : String(html);
        return ROOTED.test(String(text)) ? undefined : native.call(this, text, ...more);
      });
    }
  }
  const before = (native) => function inserted(...nodes) {
    nodes.forEach(calm);
    return native.apply(this, nodes);
  };
  for (const name of ["appendChild", "insertBefore", "replaceChild"]) {
    wrap(Node.prototype, name, before);
  }
  for (const owner of [Element.prototype, Document.prototype, DocumentFragment.prototype]) {
    for (const name of [
      "append", "prepend", "before", "after", "replaceWith", "replaceChildren", "moveBefore",
    ]) wrap(owner, name, before);
  }
  wrap(Element.prototype, "insertAdjacentElement", before);
  // The browser itself fetches what a link downloads, and of two at once no interception sees the
  // second (measured). So no link downloads: it opens its address, which is judged.
  const SAVES = /^(?:\w+:)?download$/i;
  // Nor may a frame in the page become one: a load that began is not stopped in time.
  const shut = (value) => !/\ballow-same-origin\b/i.test(String(value));
  const mayHave = (frame, name, value) => {
    if (SAVES.test(name)) return false;
    if (!(frame instanceof HTMLIFrameElement)) return true;
    if (/^srcdoc$/i.test(name)) {
      return !frame.hasAttribute("sandbox") || frame.sandbox.contains("allow-same-origin");
    }
    if (/^sandbox$/i.test(name) && shut(value)) frame.removeAttribute("srcdoc");
    return true;
  };
  wrap(Element.prototype, "setAttribute", (native) => function setAttribute(name, value) {
    return mayHave(this, name, value) ? native.apply(this, arguments) : undefined;
  });
  wrap(Element.prototype, "setAttributeNS", (native) => function setAttributeNS(space, name, value) {
    return mayHave(this, name, value) ? native.apply(this, arguments) : undefined;
  });
  for (const name of ["setAttributeNode", "setAttributeNodeNS"]) {
    wrap(Element.prototype, name, (native) => function setNode(attribute) {
      return mayHave(this, attribute?.name, attribute?.value) ? native.apply(this, arguments) : null;
    });
  }
  for (const name of ["setNamedItem", "setNamedItemNS"]) {
    wrap(NamedNodeMap.prototype, name, (native) => function setItem(attribute) {
      return SAVES.test(attribute?.name) ? null : native.apply(this, arguments);
    });
  }
  wrap(Element.prototype, "toggleAttribute", (native) => function toggleAttribute(name) {
    return SAVES.test(name) ? false : native.apply(this, arguments);
  });
  const setter = (owner, name, around) => {
    const native = Object.getOwnPropertyDescriptor(owner, name);
    if (native?.set) {
      Object.defineProperty(owner, name, { ...native, configurable: false, set: around(native.set) });
    }
  };
  for (const owner of [HTMLAnchorElement.prototype, HTMLAreaElement.prototype]) {
    setter(owner, "download", () => function set() {});
  }
  const hasWord = (node) => [...node.attributes].filter((each) => SAVES.test(each.name));
  const opens = (nodes, event) => {
    for (const node of nodes) {
      if (!(node instanceof Element) || !/^(?:a|area)$/i.test(node.localName)) continue;
      hasWord(node).forEach((each) => node.removeAttributeNode(each));
      if (event?.altKey) event.preventDefault(); // that downloads, too
    }
  };
  const around = (node) => {
    const found = [];
    for (let each = node; each; each = each.parentNode ?? each.host) found.push(each);
    return found;
  };
  const heard = (event) => opens(event.composedPath(), event);
  const hear = (root) => {
    for (const type of ["click", "auxclick"]) root.addEventListener(type, heard, true);
  };
  hear(window);
  wrap(HTMLElement.prototype, "click", (native) => function click() {
    opens(around(this));
    return native.apply(this, arguments);
  });
  wrap(EventTarget.prototype, "dispatchEvent", (native) => function dispatchEvent(event) {
    if (this instanceof Node && /click$/.test(event?.type)) {
      if (event.altKey && !event.cancelable) return true;
      opens(around(this), event);
    }
    return native.apply(this, arguments);
  });
  for (const name of ["srcdoc", "sandbox"]) {
    setter(HTMLIFrameElement.prototype, name, (native) => function set(value) {
      if (mayHave(this, name, value)) native.call(this, value);
    });
  }
  const markup = Object.getOwnPropertyDescriptor(Element.prototype, "innerHTML");
  const cleaned = (html) => {
    if (!/srcdoc/i.test(String(html))) return html;
    const inert = document.createElement("template");
    markup.set.call(inert, html);
    calm(inert.content);
    return markup.get.call(inert);
  };
  for (const [owner, name] of [
    [Element.prototype, "innerHTML"], [Element.prototype, "outerHTML"],
    [ShadowRoot.prototype, "innerHTML"],
  ]) {
    setter(owner, name, (native) => function set(value) { native.call(this, cleaned(value)); });
  }
  wrap(Element.prototype, "insertAdjacentHTML", (native) => function insertAdjacentHTML(at, html) {
    return native.call(this, at, cleaned(html));
  });
  const watcher = new MutationObserver((changes) => {
    for (const change of changes) {
      calm(change.target);
      change.addedNodes.forEach(calm);
    }
  });
  const watch = (root) => watcher.observe(root, {
    childList: true, subtree: true, attributes: true,
    attributeFilter: ["srcdoc", "sandbox", "type"],
  });
  watch(document);
  wrap(Element.prototype, "attachShadow", (native) => function attachShadow(init) {
    const root = native.call(this, init);
    watch(root);
    hear(root); // a closed one shows its links to no one else
    return root;
  });

  // A keepalive request outlives its page and every layer on the page.
  const NativeRequest = window.Request;
  const nativeFetch = window.fetch;
  const mortal = (init) =>
    init !== null && typeof init === "object" && "keepalive" in init
      ? new Proxy(init, { get: (of, key) => (key === "keepalive" ? false : Reflect.get(of, key)) })
      : init;
  const GuardedRequest = new Proxy(NativeRequest, {
    construct: (target, [input, init], newTarget) =>
      Reflect.construct(
        target,
        input instanceof NativeRequest && input.keepalive
          ? [input, { ...init, keepalive: false }]
          : [input, mortal(init)],
        newTarget,
      ),
  });
  NativeRequest.prototype.constructor = GuardedRequest;
  define(window, "Request", GuardedRequest);
  define(window, "fetch", function fetch(input, init) {
    if (isLeaving()) return Promise.reject(new TypeError("The page is leaving."));
    const request = input instanceof NativeRequest && input.keepalive
      ? new NativeRequest(input, { keepalive: false })
      : input;
    return nativeFetch.call(window, request, mortal(init));
  });
})();
