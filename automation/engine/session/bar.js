// A bar that only shows words: it takes no click, the page cannot read it, and it is gone before a
// page is read.
function show(words, note, refused) {
  globalThis.bar?.remove();
  const bar = document.createElement("div");
  bar.style.cssText = "all: initial; position: fixed; inset: 0 0 auto 0; z-index: 2147483647; pointer-events: none; box-shadow: 0 2px 10px rgba(0,0,0,.4);";
  const inside = bar.attachShadow({ mode: "closed" });
  const line = (text, css) => {
    if (!text) return;
    const each = document.createElement("div");
    each.style.cssText = `font: 400 14px/1.4 system-ui, sans-serif; color: #fff; background: #123a7a; padding: 2px 18px; text-align: center; ${css}`;
    each.textContent = text;
    inside.append(each);
  };
  line(refused, "background: #8a1c1c; font-weight: 600; padding: 8px 18px;");
  line(words, "font-size: 17px; font-weight: 700; padding-top: 10px;");
  line(note || " ", "padding-bottom: 10px;");
  document.documentElement.append(bar);
  globalThis.bar = bar;
}
