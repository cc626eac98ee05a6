// Returns the visible part of the page as clean HTML, in one round trip.
// Keeps only what a person can see, and structural attributes: no input values, no data. Words
// that are no text of the document (style sheets, drawings, labels elsewhere) are attributes.
({ scope, from, textLimit, translation = "" }) => {
  const KEEP = ["class", "data-pl", "href", "title", "role", "id", "aria-label", "aria-disabled", "disabled", "type", "open", "alt", "placeholder"];
  const WORDS = new Set(["title", "aria-label", "alt", "placeholder"]);
  // Attributes in which a page may name the author of a message.
  const AUTHORS = ["data-role", "data-author", "data-sender", "data-from", "data-by"];
  const DEEPEST = 200;
  // Smaller pictures are icons; larger ones may have words that cannot be read here.
  const ICON = { width: 100, height: 12 };
  const LISTED = new Set(["LI", "SUMMARY"]);
  const PICTURES = new Set(["IMG", "SVG", "CANVAS", "VIDEO", "OBJECT", "EMBED"]);
  const SKIP = new Set(["SCRIPT", "STYLE", "TEMPLATE", "NOSCRIPT", "SVG", "LINK", "META", "CANVAS", "VIDEO", "AUDIO", "OBJECT", "EMBED"]);
  const escapeText = (text) => text.replace(/[&<>]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[c]);
  const escapeValue = (text) => escapeText(text).replace(/"/g, "&quot;");

  // Beyond the top or left edge, where scrolling cannot bring it into view.
  const awayFromPage = (el, style) => {
    if (style.position !== "absolute" && style.position !== "fixed") return false;
    const box = el.getBoundingClientRect();
    return box.width > 0 && (box.right + scrollX <= 0 || box.bottom + scrollY <= 0);
  };
  // Event handlers cannot be listed, but a button shows the hand cursor or can be focused.
  const pressable = (el) => {
    if (el.onclick || el.hasAttribute("onclick") || el.tabIndex >= 0) return true;
    const hand = (node) => getComputedStyle(node).cursor === "pointer";
    return hand(el) && !(el.parentElement && hand(el.parentElement));
  };

  const visible = (el) => {
    if (typeof el.checkVisibility === "function") {
      if (!el.checkVisibility({ opacityProperty: true, visibilityProperty: false, contentVisibilityAuto: false })) {
        return getComputedStyle(el).display === "contents";
      }
    }
    const style = getComputedStyle(el);
    if (style.display === "none" || awayFromPage(el, style)) return false;
    if (style.overflow !== "visible" && style.display !== "inline") {
      const box = el.getBoundingClientRect();
      if (box.width < 2 || box.height < 2) return false;
    }
    return true;
  };
  // A child can undo inherited visibility:hidden, so it hides text, not the subtree.
  const shown = (el) => getComputedStyle(el).visibility === "visible";

  // What a style sheet writes before or after an element.
  const written = (el, part) => {
    const style = getComputedStyle(el, part);
    if (!/["(]/.test(style.content) || style.display === "none") return "";
    if (style.visibility !== "visible" || Number(style.opacity) === 0) return "";
    const resolved = style.content
      .replace(/url\("(?:[^"\\]|\\.)*"\)|counters?\([^)]*\)/g, "")
      .replace(/attr\(\s*([\w-]+)[^)]*\)/g, (_, name) => JSON.stringify(el.getAttribute(name) || ""));
    const texts = [...resolved.matchAll(/"((?:[^"\\]|\\.)*)"/g)];
    return texts.map(([, text]) => text.replace(/\\(.)/g, "$1")).join("");
  };
  const labelled = (el) => (el.getAttribute("aria-labelledby") || "").split(/\s+/).filter(Boolean)
    .map((id) => (document.getElementById(id) || { textContent: "" }).textContent).join(" ").trim();
  const drawn = (el) => [...el.querySelectorAll("text, title, desc")].map((part) => part.textContent.trim()).join(" ").trim();
  // Width and height of something that may show words as a picture.
  const picture = (el, name) => {
    const painted = () => !el.textContent.trim() && /url\(/.test(getComputedStyle(el).backgroundImage);
    if (!PICTURES.has(name) && !painted()) return "";
    const { width, height } = el.getBoundingClientRect();
    return width >= ICON.width && height >= ICON.height ? `${Math.round(width)}x${Math.round(height)}` : "";
  };
  const unwritten = (el, name) => {
    const found = {
      "data-dg-before": [LISTED.has(name) ? written(el, "::marker") : "", written(el, "::before")].join(" ").trim(),
      "data-dg-after": written(el, "::after"),
      "data-dg-labelled": labelled(el),
      "data-dg-drawn": name === "SVG" ? drawn(el) : "",
      "data-dg-picture": picture(el, name),
    };
    return Object.entries(found).filter(([, words]) => words.trim())
      .map(([key, words]) => ` ${key}="${escapeValue(words.slice(0, 2000))}"`);
  };

  const textOf = (node) => {
    const text = node.data;
    if (!text.trim()) return text ? " " : "";
    return escapeText(text.length > textLimit ? text.slice(0, textLimit) + "…" : text);
  };
  const startTag = (node, tag, seen) => {
    const parts = ["<", tag];
    for (const key of KEEP) {
      const value = node.getAttribute(key);
      // Hidden elements have no words.
      if (value !== null && (seen || !WORDS.has(key))) parts.push(" ", key, '="', escapeValue(value.slice(0, 2000)), '"');
    }
    for (const key of AUTHORS) {
      const value = node.getAttribute(key);
      if (value !== null && /^[\w-]{1,20}$/.test(value)) parts.push(" ", key, '="', value, '"');
    }
    if (tag === "iframe") parts.push(' src="', escapeValue(node.src || ""), '"');
    if (seen && tag === "input" && /^(button|submit)$/.test(node.type)) parts.push(' value="', escapeValue(node.value), '"');
    if (!seen) parts.push(' data-dg-hidden=""');
    if (seen && pressable(node)) parts.push(' data-dg-press=""');
    if (seen) parts.push(...unwritten(node, node.tagName.toUpperCase()));
    parts.push(">");
    return parts.join("");
  };
  const drawing = (node, name) => {
    const own = ["aria-label", "title"].filter((key) => node.getAttribute(key))
      .map((key) => ` ${key}="${escapeValue(node.getAttribute(key).slice(0, 2000))}"`);
    return [...own, ...unwritten(node, name)].join("");
  };
  // Without recursion, since a page may nest elements deeply.
  const write = (root, out) => {
    const todo = [root];
    let depth = 0;
    while (todo.length) {
      const node = todo.pop();
      if (typeof node === "string") {
        if (node) out.push(node);
        depth -= 1;
      } else if (node.nodeType === Node.TEXT_NODE) out.push(textOf(node));
      if (node.nodeType !== Node.ELEMENT_NODE) continue;
      const name = node.tagName.toUpperCase();
      if (!visible(node)) continue;
      if (SKIP.has(name)) {
        // Its content is no text of the page, but its words and size count.
        if (PICTURES.has(name) && shown(node)) out.push(`<span${drawing(node, name)}></span>`);
        continue;
      }
      const tag = name.toLowerCase();
      const seen = shown(node);
      // Deeper elements keep only their words; no ordinary page is that deep.
      const kept = depth < DEEPEST;
      if (kept) out.push(startTag(node, tag, seen));
      todo.push(kept ? `</${tag}>` : "");
      depth += 1;
      const within = node.shadowRoot ? [...node.shadowRoot.childNodes, ...node.childNodes] : [...node.childNodes];
      const children = within.filter((child) => seen || child.nodeType !== Node.TEXT_NODE);
      for (const child of children.reverse()) todo.push(child);
    }
  };

  const out = [];
  const roots = scope ? [...document.querySelectorAll(scope)] : [document.body];
  const count = roots.length;
  for (const root of roots.slice(from)) if (root) write(root, out);
  return JSON.stringify({
    address: location.href,
    lang: document.documentElement.lang || "",
    title: document.title,
    translated: Boolean(translation && document.querySelector(translation)),
    count,
    html: out.join(""),
  });
}
