// Telegram's messages as elements. What others have typed is never parsed into this page: only these tags are built.
const PLAIN_TAGS = new Set(["b", "strong", "i", "em", "u", "s", "code", "pre", "blockquote"]);

export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value === true) made.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(name, value);
  }
  made.append(...children.filter((child) => child !== null));
  return made;
}

// A status may go on to another line behind each underscore.
export function breakable(text) {
  return text.split(/(?<=_)/).flatMap((part) => (part.endsWith("_") ? [part, element("wbr")] : [part]));
}

// Telegram shows a <tg-time> in the reader's zone and language; so does this page, in the browser's zone.
function timeOf(node, locale) {
  const when = new Date(Number(node.getAttribute("unix")) * 1000);
  if (Number.isNaN(when.getTime())) return document.createTextNode(node.textContent);
  const how = { weekday: "short", month: "short", day: "numeric", hour: "numeric", minute: "2-digit" };
  const shown = new Intl.DateTimeFormat(locale || undefined, how).format(when);
  return element("time", { datetime: when.toISOString(), title: node.textContent }, shown);
}

function build(node, locale) {
  if (node.nodeType === Node.TEXT_NODE) return document.createTextNode(node.nodeValue);
  const tag = node.nodeName.toLowerCase();
  if (tag === "tg-time") return timeOf(node, locale);
  const children = [...node.childNodes].map((child) => build(child, locale));
  if (PLAIN_TAGS.has(tag)) return element(tag, {}, ...children);
  const fragment = document.createDocumentFragment();
  fragment.append(...children);
  return fragment;
}

export function formatted(html, locale) {
  // a document of its own runs nothing and loads nothing
  const parsed = new DOMParser().parseFromString(html, "text/html");
  const fragment = document.createDocumentFragment();
  fragment.append(...[...parsed.body.childNodes].map((node) => build(node, locale)));
  return fragment;
}

export function keyboard(rows, press) {
  const made = element("div", { class: "keyboard" });
  for (const row of rows) {
    made.append(element("div", { class: "keys" }, ...row.map((button) => key(button, press))));
  }
  return made;
}

function key(button, press) {
  const kind = button.url ? "link" : button.copy_text ? "copy" : "press";
  const hint = button.url ? `Opens ${button.url}` : button.copy_text ? `Copies ${button.copy_text.text}` : null;
  const mark = { link: "↗", copy: "📋", press: "" }[kind];
  return element("button", { type: "button", class: kind, title: hint, onclick: () => press(button) },
    button.text, mark ? element("span", { class: "mark", "aria-hidden": "true" }, mark) : null);
}
