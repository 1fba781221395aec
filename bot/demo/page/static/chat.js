// Telegram's messages as elements. What others have typed is never parsed into this page: only these tags are built.
import { element } from "./elements.js";
import { timeOf } from "./times.js";

const PLAIN_TAGS = new Set(["b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "code", "pre"]);
const COLOURS = new Set(["primary", "success", "danger"]);

// ── quotes: three lines of an expandable one, the rest at a press ────────────

const lengths = new ResizeObserver((changes) => {
  for (const { target } of changes) {
    const quote = target.parentElement;
    if (quote && !quote.classList.contains("open")) quote.classList.toggle("long", target.scrollHeight > target.clientHeight + 1);
  }
});

export function unfold(quote, open) {
  quote.classList.toggle("open", open);
  if (open) quote.classList.add("long");
  const button = quote.querySelector(".unfold");
  button.setAttribute("aria-expanded", String(open));
  button.textContent = open ? "▴" : "▾";
}

function expandable(lines) {
  const button = element("button", { type: "button", class: "unfold", "aria-expanded": "false",
    "aria-label": "The whole quote" }, "▾");
  const quote = element("blockquote", { class: "expandable", onclick: () => {
    const selects = !document.getSelection().isCollapsed;
    if (quote.classList.contains("long") && !selects) unfold(quote, !quote.classList.contains("open"));
  } }, lines, button);
  lengths.observe(lines);
  return quote;
}

// ── texts ────────────────────────────────────────────────────────────────────

// a quote is a block of its own: the line break behind it is not one more
function textOf(node) {
  const behindQuote = node.previousSibling?.nodeName === "BLOCKQUOTE";
  return document.createTextNode(behindQuote ? node.nodeValue.replace(/^\n/, "") : node.nodeValue);
}

function build(node, locale) {
  if (node.nodeType === Node.TEXT_NODE) return textOf(node);
  const tag = node.nodeName.toLowerCase();
  if (tag === "tg-time") return timeOf(node, locale);
  const children = [...node.childNodes].map((child) => build(child, locale));
  if (tag === "a") return element("span", { class: "url", title: node.getAttribute("href") }, ...children);
  if (PLAIN_TAGS.has(tag)) return element(tag, {}, ...children);
  if (tag === "blockquote") {
    const lines = element("div", { class: "lines" }, ...children);
    return node.hasAttribute("expandable") ? expandable(lines) : element("blockquote", {}, lines);
  }
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

// ── buttons ──────────────────────────────────────────────────────────────────

export function keyboard(rows, press) {
  const made = element("div", { class: "keyboard" });
  for (const row of rows) {
    made.append(element("div", { class: "keys" }, ...row.map((button) => key(button, press))));
  }
  return made;
}

function does(button) {
  if (button.url) return { kind: "link", mark: "↗", hint: `Opens ${button.url}` };
  if (button.web_app) return { kind: "app", mark: "❐", hint: `Opens ${button.web_app.url} inside Telegram` };
  if (button.copy_text) return { kind: "copy", mark: "📋", hint: `Copies ${button.copy_text.text}` };
  return { kind: "press", mark: "", hint: null };
}

function key(button, press) {
  const { kind, mark, hint } = does(button);
  const colour = COLOURS.has(button.style) ? ` ${button.style}` : "";
  return element("button", { type: "button", class: kind + colour, title: hint, disabled: Boolean(button.disabled),
    onclick: () => press(button) },
  button.text, mark ? element("span", { class: "mark", "aria-hidden": "true" }, mark) : null);
}
