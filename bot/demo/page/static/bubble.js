// One message of the chat: its text, its keyboard, and whether it rang.
import { formatted, keyboard, unfold } from "./chat.js";
import { element } from "./elements.js";

// a card that a newer one has followed: one line without buttons
function isFolded({ bot, edited, buttons, text }) {
  return bot && edited > 0 && buttons.length === 0 && !text.includes("\n");
}

// what a folded card rang like when it came is of no use any more
function sound(message) {
  if (!message.bot || isFolded(message)) return null;
  const [mark, word] = message.silent ? ["🔕", "silent"] : ["🔔", "sound"];
  return element("span", { class: word }, element("span", { "aria-hidden": "true" }, mark), ` ${word}`);
}

function meta(message, reply) {
  const time = new Date(message.at * 1000).toLocaleTimeString([], { hour: "numeric", minute: "2-digit" });
  const control = isFolded(message) ? null : element("button", { type: "button", class: "answer",
    "aria-label": "Reply to this message", title: "Reply", onclick: () => reply(message) }, "↩");
  const marks = [message.edited ? "edited" : null, sound(message), element("span", { class: "sent" }, time), control];
  const parts = marks.filter(Boolean).flatMap((mark) => [" · ", mark]).slice(1);
  return element("div", { class: "meta" }, ...parts);
}

// `before` is the message as it was drawn last: an edit flashes
export function bubble(message, before, press, reply) {
  const words = message.html === null ? message.text || `[${message.kind}]` : formatted(message.html, message.locale);
  const classes = [message.bot ? "from-bot" : "from-person"];
  if (isFolded(message)) classes.push("folded");
  if (before && message.edited > before.edited) classes.push("flash");
  const body = element("div", { class: "bubble" },
    message.reply ? element("div", { class: "quote" }, message.reply) : null,
    element("div", { class: "text" }, words), meta(message, reply));
  return element("article", { class: classes.join(" "), "data-id": message.id }, body,
    message.buttons.length ? keyboard(message.buttons, (button) => press(message, button)) : null);
}

const focusable = (node) => [...node.querySelectorAll("button, select, input")];

// Puts a node in the place of another: what was open stays open, and the focus stays where it was.
export function replace(old, fresh) {
  const quotes = fresh.querySelectorAll(".expandable");
  old.querySelectorAll(".expandable").forEach((quote, index) => {
    if (quote.classList.contains("open") && quotes[index]) unfold(quotes[index], true);
  });
  const focused = document.activeElement;
  const position = focusable(old).indexOf(focused);
  old.replaceWith(fresh);
  if (position < 0) return;
  const usable = focusable(fresh).filter((one) => !one.disabled && one.offsetParent !== null);
  const same = usable.find((one) => one.textContent === focused.textContent);
  (same ?? usable[Math.min(position, usable.length - 1)] ?? fresh.closest("[tabindex]"))?.focus({ preventScroll: true });
}
