// In the user's own browser, windows open without a tie to their opener. The browser itself holds
// such a window for each of its debugging clients until that client is ready. One with an opener is
// held by its renderer, and any client lets it go for all (measured): with a second client it
// loaded, and sent, before the guard was on it.
(() => {
  "use strict";
  const native = window.open;
  const HERE = /^_(?:self|parent|top)$/i;
  const holds = (frame, name) => {
    try {
      if (frame.name === name) return true;
    } catch {
      return false; // another origin's: a new window opens instead
    }
    for (let each = 0; each < frame.length; each += 1) if (holds(frame[each], name)) return true;
    return false;
  };
  const isHere = (target) => HERE.test(target) || (!/^_/.test(target) && holds(window.top, target));

  // What the page gets in place of the window; a blank one opens when it gets an address.
  const standIn = (go, shown) => {
    const place = {
      assign: go,
      replace: go,
      reload() {},
      toString: () => shown,
      get href() { return shown; },
      set href(address) { go(address); },
    };
    return {
      closed: false,
      opener: null,
      close() { this.closed = true; },
      focus() {},
      blur() {},
      postMessage() {},
      get location() { return place; },
      set location(address) { go(address); },
    };
  };
  const asks = (features) => /\bno(?:opener|referrer)\b/i.test(features);
  Object.defineProperty(window, "open", {
    value: function open(address = "", target = "_blank", features = "") {
      const [place, more] = [String(target), String(features)];
      if (place && isHere(place)) return native.call(window, address, place, more);
      const options = more ? `${more},noopener` : "noopener";
      const go = (to) => {
        native.call(window, new URL(to, document.baseURI).href, "_blank", options);
      };
      const wanted = String(address);
      if (wanted && !/^about:blank/i.test(wanted)) go(wanted);
      return asks(more) ? null : standIn(go, wanted || "about:blank");
    },
    configurable: false,
    writable: true,
  });

  const untie = (element, target) => {
    if (!target || isHere(target)) return;
    element.relList.add("noopener");
    element.relList.remove("opener");
  };
  const base = () => document.querySelector("base[target]")?.target ?? "";
  const untieLinks = (nodes) => {
    for (const node of nodes) {
      if (node instanceof Element && /^(?:a|area)$/.test(node.localName) && node.relList) {
        untie(node, node.getAttribute("target") ?? base());
      }
    }
  };
  const untieForm = (form, submitter) => {
    untie(form, submitter?.getAttribute("formtarget") ?? form.getAttribute("target") ?? base());
  };
  addEventListener("click", (event) => untieLinks(event.composedPath()), true);
  addEventListener("submit", (event) => untieForm(event.target, event.submitter), true);
  const wrap = (owner, name, first) => {
    const own = owner[name];
    owner[name] = function wrapped(...given) {
      first(this);
      return own.apply(this, given);
    };
  };
  // An element outside the document has no event that the window hears.
  wrap(HTMLElement.prototype, "click", (element) => untieLinks([element]));
  wrap(EventTarget.prototype, "dispatchEvent", (element) => untieLinks([element]));
  wrap(HTMLFormElement.prototype, "submit", (form) => untieForm(form));
})();
