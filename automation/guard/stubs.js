// Takes away the ways out that no request interception sees. Runs in every frame
// before the page's own code. The guard checks at the start that it did run.
(() => {
  "use strict";
  const define = (target, name, value) => {
    if (target && name in target) {
      Object.defineProperty(target, name, { value, configurable: false, writable: false });
    }
  };

  // A worker or socket that never starts: it reports one error, as a refused one does.
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
  for (const name of ["Worker", "SharedWorker", "WebSocket", "EventSource"]) {
    define(window, name, inert(name));
  }
  for (const name of [
    "WebTransport", "WebSocketStream", "RTCPeerConnection", "webkitRTCPeerConnection", "fetchLater",
  ]) {
    define(window, name, undefined);
  }
  if (window.Navigator) define(Navigator.prototype, "sendBeacon", () => false);
  if (window.ServiceWorkerContainer) {
    define(ServiceWorkerContainer.prototype, "register", () =>
      Promise.reject(new DOMException("Service workers are off.", "SecurityError")),
    );
  }

  // A keepalive request outlives its page, and with it every layer on the page.
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
    const request = input instanceof NativeRequest && input.keepalive
      ? new NativeRequest(input, { keepalive: false })
      : input;
    return nativeFetch.call(window, request, mortal(init));
  });
})();
