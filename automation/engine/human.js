// Shows the tool's words over a page, and reports what a human presses in it. Runs in a world of
// its own: scripts of the page can neither call this nor read the words, which are in a closed
// shadow root and take no clicks. NAME is a function that only this world has, and HAND what it is
// told of a hand's press. TRANSLATED matches the marks of a translated page.
(() => {
  "use strict";
  if (globalThis.dgShow) return;
  const tell = globalThis[NAME];
  const isTop = window.top === window;
  const LONGEST = 600;
  const squeezed = (text, most) => (text || "").replace(/\s+/g, " ").trim().slice(0, most);

  // What was pressed

  const PRESSED = "button, a, input, label, summary, select, [role=button], [role=link], [role=radio], " +
    "[role=option], [onclick], [tabindex]";
  const DIALOGS = "dialog, [role=dialog], [role=alertdialog], [aria-modal=true]";
  const nameOf = (el) => squeezed(
    el.innerText || el.value || el.getAttribute("aria-label") || el.getAttribute("title") || "", 120,
  );
  // What the press could be called: elements from the pointer to the control, innermost first, but
  // a lone word in a run of words last.
  const namesIn = (start, end) => {
    const whole = [];
    const parts = [];
    for (let at = start; at; at = up(at)) {
      const name = nameOf(at);
      const part = !/\s/.test(name) && at !== end && getComputedStyle(at).display.startsWith("inline");
      if (name) (part ? parts : whole).push(name);
      if (at === end) break;
    }
    return [...new Set([...whole, ...parts])].slice(0, 6);
  };
  const up = (el) => el.parentElement || (el.getRootNode() instanceof ShadowRoot ? el.getRootNode().host : null);
  const nearest = (el, fits) => {
    for (let at = el; at; at = up(at)) if (fits(at)) return at;
    return null;
  };
  const points = (el) => el && getComputedStyle(el).cursor === "pointer" && nameOf(el).length < 100;
  // The cursor is inherited, so the control is the outermost of the elements that have it.
  const pointed = (start) => {
    let found = nearest(start, (at) => points(at) && nameOf(at));
    while (found && points(up(found)) && up(found) !== document.body) found = up(found);
    return found;
  };
  const covers = (el) => {
    const box = el.getBoundingClientRect();
    const [x, y] = [innerWidth / 2, innerHeight / 2];
    return box.left <= x && box.right >= x && box.top <= y && box.bottom >= y;
  };
  // Markup of dialogs is unknown: one that floats over the middle of the page counts too.
  const floats = (el) => getComputedStyle(el).position === "fixed" && covers(el);
  const short = (text) => text.length < 60;
  const marks = (el) => ({
    tag: el.localName,
    classes: [...el.classList].filter(short).slice(0, 12),
    role: el.getAttribute("role") || "",
    data: Object.fromEntries(
      [...el.attributes].filter((at) => at.name.startsWith("data-") && short(at.name + at.value))
        .slice(0, 6).map((at) => [at.name, at.value]),
    ),
  });
  // A dialog's words without those of its buttons; a space where a block begins.
  const question = (dialog) => {
    let text = "";
    const read = (node) => {
      if (node instanceof Text) text += node.data;
      if (!(node instanceof Element)) return;
      if (node !== dialog && node.matches("button, a, [role=button], select, script, style")) return;
      if (!node.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return;
      const apart = getComputedStyle(node).display.startsWith("inline") ? "" : " ";
      text += apart;
      (node.shadowRoot || node).childNodes.forEach(read);
      text += apart;
    };
    read(dialog);
    return squeezed(text, LONGEST);
  };
  // What a hand does first; a script of the page can forge neither, nor a click on a label that
  // the browser passes on.
  const touched = (event) => {
    if (event.isTrusted && tell) tell(HAND);
  };
  addEventListener("pointerdown", touched, { capture: true, passive: true });
  addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") touched(event);
  }, { capture: true, passive: true });
  addEventListener("click", (event) => {
    if (!event.isTrusted || !tell) return;
    const first = event.composedPath()[0];
    const start = first instanceof Element ? first : up(first);
    if (!start) return;
    const control = nearest(start, (at) => at.matches(PRESSED))
      || pointed(start);
    const el = control || start;
    const dialog = nearest(el, (at) => at.matches(DIALOGS)) || nearest(el, floats);
    tell(JSON.stringify({
      words: nameOf(el),
      names: namesIn(start, el),
      control: Boolean(control),
      ...marks(el),
      dialog: dialog ? question(dialog) : "",
      around: dialog ? marks(dialog) : null,
      page: location.pathname,
      translated: Boolean(document.querySelector(TRANSLATED)),
    }));
  }, { capture: true, passive: true });

  // The tool's words

  if (!isTop) {
    globalThis.dgShow = () => {};
    return;
  }
  const LOST_MS = 3000;
  let host = null;
  let root = null;
  let shown = null;
  let heard = 0;
  let missed = 0;
  let shut = false;

  const STYLE = `
    :host { all: initial; position: fixed; inset: 0 0 auto 0; width: auto; height: auto; margin: 0;
      border: 0; padding: 0; background: none; overflow: visible; pointer-events: none;
      z-index: 2147483647; display: block; }
    .bar { position: relative; z-index: 1; box-sizing: border-box; margin: 8px auto 0; width: min(46rem, calc(100vw - 16px));
      border-radius: 8px; padding: 10px 14px; color: #fff; background: #14324f;
      border: 2px solid #fff; box-shadow: 0 2px 14px #0009;
      font: 15px/1.4 system-ui, "Segoe UI", Roboto, sans-serif; text-align: start; }
    .bar[data-tone=held] { background: #7a1f12; }
    .bar[data-tone=sent] { background: #185227; }
    .bar[data-tone=over] { background: #333; }
    .first { display: flex; gap: 12px; justify-content: space-between; font-weight: 600; }
    .left { font-variant-numeric: tabular-nums; white-space: nowrap; }
    .more { margin-top: 2px; font-size: 13.5px; overflow-wrap: anywhere; }
    .held { margin-top: 4px; font-weight: 600; }
    .shade { position: fixed; inset: 0; background: #000c; pointer-events: auto; cursor: not-allowed; }
  `;
  const line = (name, text) => {
    const el = document.createElement("div");
    el.className = name;
    el.textContent = text;
    return el;
  };
  const put = () => {
    if (!host) {
      host = document.createElement("div");
      host.popover = "manual";
      host.setAttribute("aria-live", "off");
      root = host.attachShadow({ mode: "closed" });
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(STYLE);
      root.adoptedStyleSheets = [sheet];
    }
    if (!host.isConnected) document.documentElement?.append(host);
    if (!host.isConnected) return;
    // The newest dialog of a page is the uppermost: so is this, if there is a newer one.
    const above = [...document.querySelectorAll("dialog:modal, [popover]:popover-open")];
    if (above.some((el) => el !== host && !put.below.has(el))) {
      put.below = new WeakSet(above);
      if (host.matches(":popover-open")) host.hidePopover();
    }
    if (!host.matches(":popover-open")) host.showPopover();
  };
  put.below = new WeakSet();
  const draw = (state) => {
    put();
    const bar = line("bar", "");
    bar.dataset.tone = state.tone;
    const first = line("first", "");
    first.append(line("", state.title), line("left", state.left));
    bar.append(first, ...state.lines.map((text) => line("more", text)));
    if (state.held) bar.append(line("held", state.held));
    root.replaceChildren(...(shut ? [line("shade", "")] : []), bar);
  };
  const close = (yes) => {
    if (shut === yes) return;
    shut = yes;
    if (document.body) document.body.inert = yes;
  };
  const LOST = {
    tone: "held", title: "dispute-guard has stopped: nothing holds requests back here any more",
    left: "", lines: ["Close this tab. Run the command again, or 'dispute-guard verify'."], held: "",
  };
  const INPUT = ["click", "auxclick", "mousedown", "mouseup", "pointerdown", "pointerup", "touchstart", "touchend",
    "keydown", "keyup", "submit"];
  for (const type of INPUT) {
    addEventListener(type, (event) => {
      if (!shut) return;
      event.stopImmediatePropagation();
      event.preventDefault();
    }, { capture: true, passive: false });
  }
  // A killed run leaves the page behind without its guard: then nothing in it can be pressed.
  setInterval(() => {
    if (!shown || shown.over) return;
    missed = performance.now() - heard > LOST_MS ? missed + 1 : 0;
    if (missed < 2) return;
    close(true);
    draw(LOST);
  }, 500);
  globalThis.dgShow = (state) => {
    shown = state;
    heard = performance.now();
    missed = 0;
    close(false);
    draw(state);
  };
})();
