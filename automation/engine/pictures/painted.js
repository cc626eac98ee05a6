// Returns what the window shows, and where: words, pictures, and backgrounds with words of their
// own; if asked, also the elements around these words as HTML. Runs in a world of its own and
// changes nothing, so no script of the page can notice it.
({ covers, html }) => {
  const ICON = 24;
  const WORD = /\S+/g;
  const NEAR = 60; // the longest text around a word that is still told with it
  const PLAIN_INPUT = /^(button|submit|reset|image|checkbox|radio|hidden|range|color)$/;
  const THINGS = "img, svg, canvas, video, iframe, frame, object, embed, input, textarea, select, portal, fencedframe";
  const KEPT = ["class", "id", "role", "type", "open", "href", "title", "data-pl", "data-role", "data-author", "data-sender", "data-from", "data-by"];
  const W = innerWidth, H = innerHeight;
  const words = [], things = [], backgrounds = [];

  const styles = new Map();
  const styleOf = (el) => {
    if (!styles.has(el)) styles.set(el, getComputedStyle(el));
    return styles.get(el);
  };
  const up = (el) => el.assignedSlot || el.parentElement || (el.getRootNode().host ?? null);
  const shown = (el) => el.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  const boxOf = (el) => {
    const { left, top, right, bottom } = el.getBoundingClientRect();
    return [left, top, right, bottom];
  };
  const area = ([l, t, r, b]) => Math.max(0, r - l) * Math.max(0, b - t);
  const both = (a, b) => [Math.max(a[0], b[0]), Math.max(a[1], b[1]), Math.min(a[2], b[2]), Math.min(a[3], b[3])];
  // The part of the window in which an element can be seen, if it is certain.
  const clips = new Map();
  const clipOf = (el) => {
    if (!el) return [0, 0, W, H];
    if (clips.has(el)) return clips.get(el);
    const style = styleOf(el);
    const free = style.position === "absolute" || style.position === "fixed" || style.display === "contents";
    let clip = free ? [0, 0, W, H] : clipOf(up(el));
    const cuts = style.overflowX !== "visible" && style.overflowY !== "visible" && style.display !== "inline";
    if (cuts && el !== document.body && el !== document.documentElement) clip = both(clip, boxOf(el));
    clips.set(el, clip);
    return clip;
  };

  // The solid box of an open dialog: what is under it is not painted.
  const solid = (el) => {
    const color = styleOf(el).backgroundColor;
    const parts = color.match(/[\d.]+/g) || [];
    if (!/^rgb/.test(color) || (parts.length > 3 && Number(parts[3]) < 1)) return false;
    for (let at = el; at; at = up(at)) if (Number(styleOf(at).opacity) < 1) return false;
    return true;
  };
  const inside = (el, around) => {
    for (let at = el; at; at = up(at)) if (at === around) return true;
    return false;
  };
  const onTop = (el, [l, t, r, b]) => {
    for (const x of [0.04, 0.5, 0.96]) for (const y of [0.04, 0.5, 0.96]) {
      const px = l + (r - l) * x, py = t + (b - t) * y;
      if (px < 0 || py < 0 || px >= W || py >= H) continue;
      if (!inside(document.elementFromPoint(px, py), el)) return false;
    }
    return true;
  };
  const solids = [];
  for (const dialog of covers ? document.querySelectorAll(covers) : []) {
    if (!shown(dialog)) continue;
    const found = [dialog, ...dialog.querySelectorAll("*")].find((el) => area(boxOf(el)) > 10000 && solid(el));
    if (found && !solids.some(({ el }) => el === found) && onTop(found, boxOf(found))) solids.push({ el: found, box: boxOf(found) });
  }
  const cut = (box, hole) => {
    const [l, t, r, b] = both(box, hole);
    if (r <= l || b <= t) return [box];
    return [
      [box[0], box[1], box[2], t], [box[0], b, box[2], box[3]],
      [box[0], t, l, b], [r, t, box[2], b],
    ].filter((part) => part[2] > part[0] && part[3] > part[1]);
  };
  // What of a box can be seen: in the window, not cut off, and not under an open dialog.
  const seen = (box, el) => {
    let parts = [both(box, clipOf(el))].filter(([l, t, r, b]) => r > l && b > t);
    if (!solids.length || styleOf(el).pointerEvents === "none") return parts;
    for (const { el: cover, box: hole } of solids) {
      if (inside(el, cover)) continue;
      parts = parts.flatMap((part) => {
        const [l, t, r, b] = both(part, hole);
        if (r <= l || b <= t) return [part];
        return inside(document.elementFromPoint((l + r) / 2, (t + b) / 2), cover) ? cut(part, hole) : [part];
      });
    }
    return parts;
  };

  // What may reach into the window; only a part that is placed freely can be further from its element.
  const isNear = ([l, t, r, b]) => r >= -W && b >= -H && l <= 2 * W && t <= 2 * H;
  const isClose = ([l, t, r, b]) => r >= -200 && b >= -200 && l <= W + 200 && t <= H + 200;
  // The elements around the words that can be seen.
  const around = new Set();
  const texts = new Set();
  const range = document.createRange();
  const textOf = (node) => node.textContent.split(/\s+/).filter(Boolean).join(" ");
  const near = (el) => {
    const found = [];
    for (let at = el, text; at && (text = at.textContent).length <= NEAR; at = up(at)) {
      text = text.trim();
      if (text && text !== found[found.length - 1]) found.push(text);
    }
    return found;
  };
  const readText = (node) => {
    const el = node.parentElement || (node.getRootNode().host ?? null);
    if (!el || !node.data.trim() || /^(SCRIPT|STYLE|TEMPLATE|NOSCRIPT|TITLE|OPTION)$/.test(el.tagName)) return;
    range.selectNodeContents(node);
    const whole = range.getBoundingClientRect();
    if (whole.right < 0 || whole.bottom < 0 || whole.left > W || whole.top > H || !shown(el)) return;
    const boxes = [];
    for (const match of node.data.matchAll(WORD)) {
      range.setStart(node, match.index);
      range.setEnd(node, match.index + match[0].length);
      boxes.push([...range.getClientRects()].flatMap(({ left, top, right, bottom }) => seen([left, top, right, bottom], el)));
    }
    if (!boxes.some((each) => each.length)) return;
    words.push({ text: textOf(node), near: node.data.trim().length <= 3 ? near(el) : [], boxes });
    texts.add(node);
    for (let at = el; at && !around.has(at); at = up(at)) around.add(at);
  };

  // Words that a style sheet paints, or a picture that it loads.
  const drawn = /url\(|image-set|cross-fade|element\(|paint\(/;
  const says = (content) => content !== "none" && content !== "normal" && (/[\p{L}\p{N}]/u.test(content.replace(/\\[\da-f]{1,6} ?/gi, "")) || drawn.test(content));
  const written = (el, part) => {
    const style = getComputedStyle(el, part);
    if (!says(style.content) || style.display === "none") return null;
    if (style.position !== "absolute" && style.position !== "fixed") return boxOf(el);
    const around = style.position === "fixed" ? null : styleOf(el).position !== "static" ? el : el.offsetParent;
    const [l, t] = around ? boxOf(around) : [0, 0];
    const [x, y, w, h] = [style.left, style.top, style.width, style.height].map(parseFloat);
    if (![x, y, w, h].every(Number.isFinite)) return [0, 0, W, H];
    return [l + x - 2, t + y - 2, l + x + w + 4, t + y + h + 4];
  };
  const readElement = (el, box) => {
    const small = box[2] - box[0] <= ICON && box[3] - box[1] <= ICON;
    if (!isClose(box) || !shown(el)) return;
    if (el.matches(THINGS)) {
      const framed = /^(IFRAME|FRAME|INPUT|TEXTAREA|SELECT|OBJECT|EMBED)$/i.test(el.tagName);
      if (el.ownerSVGElement) return;
      if (el.tagName === "INPUT" && PLAIN_INPUT.test(el.type)) {
        const parts = seen(box, el);
        if (el.value && /^(button|submit|reset)$/.test(el.type) && parts.length) words.push({ text: el.value, near: [], boxes: [parts] });
        if (el.type !== "image") return;
      }
      if (!small || framed) things.push(...seen(box, el));
      return;
    }
    const style = styleOf(el);
    const closed = el.tagName.includes("-") && !el.shadowRoot;
    const picture = [style.backgroundImage, style.borderImageSource, style.listStyleImage, style.maskImage].some((value) => drawn.test(value || ""));
    if (closed || (picture && !small)) backgrounds.push(...seen(box, el));
    for (const part of ["::before", "::after", "::marker"]) {
      if (part === "::marker" && style.display !== "list-item") continue;
      const told = written(el, part);
      if (told) backgrounds.push(...seen(part === "::marker" ? [told[0] - 80, told[1], told[2], told[3]] : told, el));
    }
  };

  // Without recursion, since a page may nest elements deeply.
  const children = (node) => node.shadowRoot ? [...node.shadowRoot.childNodes, ...node.childNodes] : node.childNodes;
  const todo = [document.documentElement];
  while (todo.length) {
    const el = todo.pop();
    const box = boxOf(el);
    readElement(el, box);
    if (el.tagName.toUpperCase() === "SVG") continue;
    const near = isNear(box);
    for (const child of children(el)) {
      if (child.nodeType === Node.ELEMENT_NODE) todo.push(child);
      else if (near && child.nodeType === Node.TEXT_NODE) readText(child);
    }
  }
  const escaped = (text) => text.replace(/[&<>"]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c]);
  const written_html = () => {
    const out = [], left = [document.body];
    while (left.length) {
      const node = left.pop();
      if (typeof node === "string") out.push(node);
      else if (texts.has(node)) out.push(escaped(node.data));
      else if (around.has(node)) {
        const tag = node.tagName.toLowerCase();
        const kept = KEPT.filter((name) => node.hasAttribute(name)).map((name) => ` ${name}="${escaped(node.getAttribute(name).slice(0, 2000))}"`);
        out.push(`<${tag}${kept.join("")}>`);
        left.push(`</${tag}>`, ...[...children(node)].reverse());
      } else if (node.nodeType === Node.TEXT_NODE || (node.tagName === "BR")) out.push(" ");
    }
    return out.join("");
  };
  const view = visualViewport;
  return {
    address: location.href,
    width: view.scale === 1 ? W : view.width,
    height: view.scale === 1 ? H : view.height,
    left: view.offsetLeft,
    top: view.offsetTop,
    lang: document.documentElement.lang,
    html: html ? written_html() : "",
    words,
    things,
    backgrounds,
  };
}
