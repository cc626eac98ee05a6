// Describes an element and those around it, innermost first; runs in a world of its own, so the
// page cannot change what it calls. Text and links are read only to count the numbers in them.
function describe() {
  const KEPT = ["id", "class", "role", "data-pl", "data-testid", "data-test", "data-qa"];
  const numbers = (el) => {
    const links = [el, ...el.querySelectorAll("[href]")].map((each) => each.getAttribute("href") || "");
    const text = `${el.textContent} ${links.join(" ")}`;
    return [...new Set(text.match(/(?<![0-9])[0-9]{15,19}(?![0-9])/g) || [])].slice(0, 20);
  };
  const place = (el) => {
    const steps = [];
    for (let at = el; at && at !== document.documentElement; at = at.parentElement) {
      const nth = [...(at.parentElement ? at.parentElement.children : [])].indexOf(at) + 1;
      steps.unshift(`${CSS.escape(at.localName)}:nth-child(${nth})`);
    }
    return ["html", ...steps].join(" > ");
  };
  const found = [];
  for (let at = this.nodeType === Node.ELEMENT_NODE ? this : this.parentElement; at && at !== document.body && at !== document.documentElement; at = at.parentElement) {
    const attributes = {};
    for (const name of KEPT) if (at.hasAttribute(name)) attributes[name] = at.getAttribute(name).slice(0, 300);
    found.push({ tag: at.localName, attributes, numbers: numbers(at), place: place(at) });
  }
  return JSON.stringify(found);
}
